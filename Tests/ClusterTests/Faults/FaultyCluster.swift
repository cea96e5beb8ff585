import Foundation
import GreffierProtocol
import Testing

/// A cluster whose data folder lies on a disk that fails.
final class FaultyCluster {
    let cluster: Cluster
    let disk: FaultyDisk
    private var pushes = 0

    /// - Parameter part: the folder of the data folder that lies on the disk; the whole data folder unless it is given.
    init(megabytes: Int = 128, configuration: String = "", part: String = "") async throws {
        let folder = try TestFolder()
        let host = try await VirtualHost("faulty", scratch: folder)
        if !part.isEmpty { _ = try folder.folder("data") }
        disk = try FaultyDisk(megabytes: megabytes, at: folder.path("data\(part)"), on: host)
        cluster = try Cluster(
            configuration: "limits:\n  freeDisk: 4 MiB\n" + configuration, folder: folder, host: host)
    }

    /// Starts a push of documents; the receipts come into its output one by one.
    func startPush(_ documents: [FictionalDocument]) throws -> RunningProgram {
        pushes += 1
        let source = "source-\(pushes)"
        for document in documents { try cluster.folder.write("\(source)/\(document.fileName)", document.bytes) }
        return try cluster.startGreffier([
            "push", "--json", "--source", source, "--deadline", "20", cluster.folder.path(source),
        ])
    }

    /// The documents of a push that were accepted so far.
    func accepted(_ push: RunningProgram) throws -> Set<DocumentID> {
        let text = String(decoding: FileManager.default.contents(atPath: push.output) ?? Data(), as: UTF8.self)
        // The last line may be on its way.
        let lines = text.split(separator: "\n").compactMap {
            try? JSONDecoder().decode(PushedLine.self, from: Data($0.utf8))
        }
        return Set(lines.filter { $0.outcome == "accepted" }.compactMap(\.id))
    }

    /// Kills every program of the cluster at once.
    func killAll() async throws {
        for name in ProgramName.cluster { try await cluster.kill(name) }
    }

    /// Waits until all documents that the queue has are registered and announced, and asserts that `accepted` are among them,
    /// that none was registered or announced twice, and that nothing is damaged.
    func expectKept(_ accepted: Set<DocumentID>) async throws {
        // What is lost does not come by waiting.
        let known = try await cluster.documents().map(\.id)
        #expect(accepted.subtracting(known) == [], "\(known.count) of \(accepted.count) accepted documents are known")
        try await cluster.waitUntil("everything is registered") {
            let documents = try await self.cluster.documents()
            return !documents.isEmpty && documents.allSatisfy { $0.state == .registered }
        }
        let documents = try await cluster.documents()
        #expect(accepted.subtracting(documents.map(\.id)) == [])
        try await cluster.waitUntil("everything is announced") {
            try await self.cluster.mails().count(where: \.announces) >= documents.count
        }
        let register = try await cluster.register()
        #expect(register.documents == documents.count)
        #expect(Set(register.numbers).count == documents.count && register.numbers.count == documents.count)
        let subjects = try await cluster.mails().filter(\.announces).map(\.subject)
        #expect(subjects.count == documents.count && Set(subjects).count == documents.count)
        let doctor = try await cluster.greffier("doctor", "--json")
        #expect(doctor.code == 0 && !doctor.output.contains("\"wrong\""), "\(doctor.output)")
    }
}
