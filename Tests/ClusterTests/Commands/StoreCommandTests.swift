import Foundation
import GreffierProtocol
import Testing

extension ClusterTests {
    @Suite("Commands about what is stored")
    struct StoreCommands {
        @Test("search finds a registered act by words of its subject, as a table and as JSON")
        func search() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let document = FictionalDocument(1_300)
            let pushed = try await cluster.greffier(
                "push", "--wait", try cluster.folder.write(document.fileName, document.bytes))
            #expect(pushed.code == 0, "\(pushed.errors)")
            let found = try await cluster.greffier("search", "--json", "BRUME", document.token)
            #expect(found.code == 0 && found.output.contains("\(DocumentID(of: document.bytes))"), "\(found.errors)")
            let table = try await cluster.greffier("search", "SOUTIEN", "asso")
            #expect(table.output.contains(document.number) && table.output.contains("subject"), "\(table.output)")
            #expect(try await cluster.greffier("search", "introuvable").output == "nothing found\n")
            #expect(try await cluster.greffier("search", "«»").code != 0)
        }

        @Test("doctor names the document whose record on disk has a changed bit, while the broker goes on")
        func damage() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker])
            let document = FictionalDocument(1_310)
            let pushed = try await cluster.greffier(
                "push", try cluster.folder.write(document.fileName, document.bytes))
            #expect(pushed.code == 0, "\(pushed.errors)")
            let before = try await cluster.greffier("doctor")
            #expect(before.output.contains("1 documents with 1 records, all as kept"), "\(before.output)")
            let path = cluster.data + "/queue/queue.segments/000000000001.segment"
            let file = try #require(FileHandle(forUpdatingAtPath: path))
            try file.seek(toOffset: 40)
            let byte = try #require(try file.read(upToCount: 1)?.first)
            try file.seek(toOffset: 40)
            try file.write(contentsOf: [byte ^ 1])
            try file.close()
            let after = try await cluster.greffier("doctor")
            #expect(after.code == 1)
            #expect(
                after.output.contains("the body of \(DocumentID(of: document.bytes)) (\(document.fileName), waiting)"),
                "\(after.output)")
            #expect(after.output.contains("--again"))
            #expect(try await cluster.status() != nil)
        }

        @Test("SIGHUP of `greffier up` reaches its broker, which reads the list of keys anew, and ends nobody")
        func hangUp() async throws {
            let secure = try await SecureCluster()
            let cluster = secure.cluster
            let up = try cluster.startGreffier(["up"])
            try await cluster.waitUntil("the cluster stands") { try await cluster.status()?.workers.count == 3 }
            let good = cluster.folder.text("keys.list")
            try cluster.folder.write("keys.list", "# nobody\n")
            up.sendSignal(SIGHUP)
            try await cluster.waitUntil("nobody is let in") {
                try await cluster.greffier("status").errors.contains("not let in")
            }
            try cluster.folder.write("keys.list", good)
            up.sendSignal(SIGHUP)
            try await cluster.waitUntil("the hand tool is let in again") {
                try await cluster.status()?.incarnation == 1
            }
            #expect(try await up.stop() == 0)
        }
    }
}
