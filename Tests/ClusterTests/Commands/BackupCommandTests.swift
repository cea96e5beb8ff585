import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("Backup and restore")
    struct BackupCommands {
        @Test("A cluster restored from a backup knows what was pushed, finishes what waited, and sends nothing twice")
        func restore() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let (told, waiting) = (FictionalDocument(1_320), FictionalDocument(1_321))
            let first = try cluster.folder.write(told.fileName, told.bytes)
            #expect(try await cluster.greffier("push", "--wait", first).code == 0)
            try await cluster.waitUntil("the announcement is sent") {
                try await cluster.greffier("alerts", "list", "--state", "sent", "--json").output.contains("new-acts")
            }
            #expect(try await cluster.stop([.ingest]) == [0])
            let second = try cluster.folder.write(waiting.fileName, waiting.bytes)
            #expect(try await cluster.greffier("push", second).code == 0)
            let backup = cluster.folder.path("backup")
            let made = try await cluster.greffier("backup", backup)
            #expect(made.code == 0 && made.output.contains("all checked"), "\(made.output) \(made.errors)")
            let again = try await cluster.greffier("backup", backup)
            #expect(again.code == 1 && again.errors.contains("never overwrites"), "\(again.errors)")
            let occupied = try await cluster.greffier("restore", backup, "--to", cluster.data)
            #expect(occupied.code == 1 && occupied.errors.contains("is not empty"), "\(occupied.errors)")
            try await cluster.stop([.notify, .validate, .broker])

            let other = try Cluster()
            let restored = try await other.greffier("restore", backup, "--to", other.data)
            #expect(restored.code == 0, "\(restored.errors)")
            try await other.startAndWait()
            let pushed = try await other.greffier("push", "--wait", "--json", first, second)
            #expect(pushed.code == 0, "\(pushed.output) \(pushed.errors)")
            let states = try await other.documents().map(\.state)
            #expect(states == [.registered, .registered])
            try await other.waitUntil("the other announcement") {
                try await other.mails().contains { $0.announces && $0.flowing.contains(waiting.token) }
            }
            #expect(try await !other.mails().contains { $0.announces && $0.flowing.contains(told.token) })
            let doctor = try await other.greffier("doctor")
            #expect(doctor.code == 0 && doctor.output.contains("clock: "), "\(doctor.output)")
        }

        @Test("forget leaves nothing of a document in the data folder but its id, its reason and the mails that left")
        func forget() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let (gone, kept) = (FictionalDocument(1_330), FictionalDocument(1_331))
            let first = try cluster.folder.write(gone.fileName, gone.bytes)
            let second = try cluster.folder.write(kept.fileName, kept.bytes)
            #expect(try await cluster.greffier("push", "--wait", first, second).code == 0)
            func stored(_ text: String) -> Bool {
                let names = (try? FileManager.default.subpathsOfDirectory(atPath: cluster.data)) ?? []
                return names.filter { $0.hasPrefix("queue/") || $0.hasPrefix("register/") }.contains { name in
                    let bytes = FileManager.default.contents(atPath: cluster.data + "/" + name) ?? Data()
                    return bytes.range(of: Data(text.utf8)) != nil
                }
            }
            #expect(stored(gone.token) && stored(kept.token) && stored(gone.fileName))
            let id = "\(DocumentID(of: gone.bytes))"
            let refused = try await cluster.greffier("forget", id, "--why", "demande")
            #expect(refused.code == 1 && refused.errors.contains("--with-deadlines"), "\(refused.errors)")
            #expect(stored(gone.token))
            let run = try await cluster.greffier(
                "forget", id, "--why", "demande du 3 mars", "--by", "claire", "--with-deadlines")
            #expect(run.code == 0 && run.output.contains("queue and register"), "\(run.errors)")
            #expect(!stored(gone.token) && !stored(gone.fileName) && stored(kept.token))
            #expect(stored("demande du 3 mars"))
            let pushed = try await cluster.greffier("push", "--again", first)
            #expect(pushed.code != 0 && (pushed.output + pushed.errors).contains("erased"), "\(pushed.output)")
            let doctor = try await cluster.greffier("doctor")
            #expect(doctor.code == 0, "\(doctor.output)")
        }
    }
}
