import Foundation
import GreffierProtocol
import Testing
import ZeroMQ

extension ClusterTests {
    @Suite("Programs of other versions")
    struct OtherVersions {
        @Test(
            "A peer that speaks an older or a newer protocol is refused by a sentence that names both",
            arguments: ["GREFFIER/0", "GREFFIER/2", "GREFFIER/10"])
        func otherPeer(tag: String) async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker])
            let ready = Ready(
                stage: .ingest, credit: 1, program: "greffier-ingest", version: "9", host: "h", process: 1)
            for message in [MessageToBroker.status(StatusRequest()), .ready(ready)] {
                let frames = [Array(tag.utf8)] + message.frames.dropFirst()
                let refused = try refusal(of: frames, cluster.endpoint)
                #expect(refused?.code == .version)
                let said = refused?.message.text ?? ""
                #expect(said.contains(tag) && said.contains("GREFFIER/1"), "\(said)")
            }
            #expect(try await cluster.status()?.workers.isEmpty == true)
        }

        @Test(
            "Before a broker of another protocol every program ends with a sentence that names both",
            arguments: ["GREFFIER/0", "GREFFIER/2"])
        func otherBroker(tag: String) async throws {
            let cluster = try Cluster()
            _ = try cluster.folder.folder("data")
            let broker = try OtherVersionBroker(try cluster.endpoint, tag: tag)
            let file = try cluster.folder.write("one.txt", FictionalDocument(1_250).bytes)
            for arguments in [["status"], ["push", "--deadline", "5", file]] {
                let run = try await CommandRun(of: try cluster.startGreffier(arguments))
                #expect(run.code != 0)
                #expect(run.errors.contains(tag) && run.errors.contains("GREFFIER/1"), "\(arguments): \(run.errors)")
            }
            try cluster.start([.ingest, .validate, .notify])
            for name in [ProgramName.ingest, .validate, .notify] {
                #expect(try await cluster.program(name).exitCode() != 0)
                let log = cluster.folder.text("\(name.rawValue).log")
                #expect(log.contains(tag) && log.contains("GREFFIER/1"), "\(name.rawValue): \(log)")
            }
            withExtendedLifetime(broker) {}
        }

        @Test("An older program refuses the stores of a newer one, names both versions, and leaves them as they are")
        func newerStores() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let document = FictionalDocument(1_251)
            let push = try await cluster.greffier(
                "push", "--wait", try cluster.folder.write(document.fileName, document.bytes))
            #expect(push.code == 0)
            #expect(try await cluster.stop() == [0, 0, 0, 0])
            for (store, name) in [("queue/queue.sqlite", ProgramName.broker), ("register/register.sqlite", .notify)] {
                let path = "\(cluster.data)/\(store)"
                let known = try await setVersion(99, of: path, cluster)
                if name == .notify { try await cluster.startAndWait([.broker]) }
                try cluster.start([name])
                #expect(try await cluster.program(name).exitCode() != 0)
                let log = cluster.folder.text("\(name.rawValue).log")
                #expect(log.contains("schema version 99") && log.contains("knows \(known)"), "\(log)")
                #expect(try await setVersion(known, of: path, cluster) == 99)
            }
            try cluster.start([.ingest, .validate, .notify])
            #expect(try await cluster.documents().map(\.state) == [.registered])
        }

        /// Sets what version a store says it has; answers what it said before.
        private func setVersion(_ version: Int, of path: String, _ cluster: Cluster) async throws -> Int {
            let run = try await Script.run("schema_version.py", [path, "\(version)"], scratch: cluster.folder)
            return try #require(Int(run.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        }

        private func refusal(of frames: [[UInt8]], _ endpoint: Endpoint) throws -> Refused? {
            var peer = try RawPeer(endpoint)
            try peer.send(frames)
            guard case .refused(let refused) = try peer.receive().said else { return nil }
            return refused
        }
    }
}
