import Foundation
import GreffierProtocol
import Testing
import ZeroMQ

extension ClusterTests {
    @Suite("Bad peers")
    struct BadPeers {
        @Test("Malformed frames and unknown verbs are each refused by their code, and the broker works on")
        func malformed() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let tag = Array("GREFFIER/1".utf8)
            let cases: [(frames: [[UInt8]], code: RefusalCode)] = [
                ([[1, 2, 3]], .malformed), ([Array("GET / HTTP/1.1".utf8), [], []], .malformed),
                ([Array("GREFFIER/9".utf8), Array("STATUS".utf8), Array("{}".utf8)], .version),
                ([tag, Array("DANCE".utf8), Array("{}".utf8)], .unknownVerb),
                ([tag, Array("STATUS".utf8), Array("{".utf8)], .badHeader),
                ([tag, Array("SUBMIT".utf8), Array("{\"id\":7}".utf8), [1]], .badHeader),
                ([tag, Array("STATUS".utf8), [UInt8](repeating: 32, count: 70_000)], .tooLarge),
                ([tag, Array("STATUS".utf8), Array("{}".utf8), [1]], .wrongPayload),
                (Array(repeating: tag, count: 7), .tooLarge),
            ]
            for (index, entry) in cases.enumerated() {
                #expect(try refusals(of: [entry.frames], cluster.endpoint) == [entry.code], "case \(index)")
            }
            try await expectWork(FictionalDocument(1_100), cluster)
        }

        @Test("Bytes that differ from what their header says are refused, and nothing of them is kept")
        func wrongBytes() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let bytes = FictionalDocument(1_101).bytes
            let other = Array("autre chose".utf8)
            let id = DocumentID(of: bytes)
            let otherBytes = MessageToBroker.submit(Submit(id: id, name: "a", source: "s", size: other.count))
            let otherSize = MessageToBroker.submit(Submit(id: id, name: "a", source: "s", size: bytes.count + 1))
            let messages = [otherBytes.frames + [other], otherSize.frames + [bytes]]
            #expect(try refusals(of: messages, cluster.endpoint) == [.wrongDigest, .wrongSize])
            #expect(try await cluster.documents().isEmpty)
            try await expectWork(FictionalDocument(1_101), cluster)
        }

        @Test("A worker that lies about its stage spoils nothing: its results are refused, the document is registered")
        func lyingWorker() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait([.broker])
            let document = FictionalDocument(1_102)
            let push = try cluster.startGreffier(
                ["push", "--wait", try cluster.folder.write(document.fileName, document.bytes)])
            try lie(try cluster.endpoint)
            try cluster.start([.ingest, .validate, .notify])
            #expect(try await push.exitCode() == 0)
            #expect(try await RegisterContents.read(cluster).numbers == [document.number])
        }

        /// The codes under which these messages are refused, nil for one that is not. A socket belongs to one thread, so
        /// nothing waits here.
        private func refusals(of messages: [[[UInt8]]], _ endpoint: Endpoint) throws -> [RefusalCode?] {
            var peer = try RawPeer(endpoint)
            var codes: [RefusalCode?] = []
            for frames in messages {
                try peer.send(frames)
                codes.append(try peer.refusal())
            }
            return codes
        }

        /// Works as ingest and answers as if it were notify; then another, of validate, answers with ingest's token.
        private func lie(_ endpoint: Endpoint) throws {
            var peer = try RawPeer(endpoint)
            let ready = Ready(stage: .ingest, credit: 1, program: "liar", version: "1", host: "here", process: 1)
            try peer.send(.ready(ready))
            guard case .job(let job) = try peer.receive().said else {
                Issue.record("no job")
                return
            }
            try peer.send(.done(Done(token: job.token)))
            var code = try peer.refusal()
            #expect(code == .wrongPayload)
            var other = try RawPeer(endpoint)
            let validate = Ready(stage: .validate, credit: 1, program: "liar", version: "1", host: "here", process: 2)
            try other.send(.ready(validate))
            try other.send(.done(Done(token: job.token)))
            code = try other.refusal()
            #expect([.wrongStage, .staleToken].contains(code))
            try peer.send(.bye(Bye()))
            try other.send(.bye(Bye()))
        }

        private func expectWork(_ document: FictionalDocument, _ cluster: Cluster) async throws {
            let run = try await cluster.greffier(
                "push", "--wait", try cluster.folder.write(document.fileName, document.bytes))
            #expect(run.code == 0, "\(run.errors)")
            for name in ProgramName.cluster { #expect(try cluster.program(name).isRunning) }
        }
    }
}
