import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

extension ClusterTests {
    @Suite("Two brokers on one PostgreSQL database", .enabled(if: PostgreSQLServer.programs != nil))
    struct BrokerFailover {
        private static let documents = 60

        @Test("When one is killed under load, everything accepted is registered once and its mail is made once")
        func killed() async throws {
            let pair = try BrokerPair(PostgreSQLServer())
            let documents = (1...Self.documents).map { FictionalDocument($0) }
            for (index, document) in documents.enumerated() {
                try pair.folder.write("source-\(index % 2)/\(document.fileName)", document.bytes)
            }
            let pushers = try (0..<2).map { try pair.push(pair.folder.path("source-\($0)"), "source-\($0)") }
            let registered = "greffier_queue.documents WHERE state = 'registered'"
            do {
                try await wait(for: "a few documents") {
                    ((try? pair.count(registered)) ?? 0) >= Self.documents / 6
                }
                try await pair.brokers[0].kill()
                for pusher in pushers { #expect(try await pusher.exitCode() == 0) }
                try await wait(for: "all documents") { try pair.count(registered) == Self.documents }
                try await wait(for: "all mails") {
                    try pair.count("greffier_register.alerts WHERE kind = 'new-acts' AND state = 'sent'")
                        == Self.documents
                }
            } catch let error as NeverCame {
                throw NeverCame(description: "\(error.description)\n\(pair.logs)")
            }
            #expect(try pair.count("greffier_queue.documents") == Self.documents)
            #expect(try pair.count("greffier_register.documents") == Self.documents)
            #expect(try pair.count("greffier_register.acts WHERE state = 'live'") == Self.documents)
            #expect(try pair.count("greffier_register.alerts WHERE doubts > 0") == 0)
            let written = pair.folder.names(in: ".").filter { $0.hasPrefix("greffier-notify") && !$0.hasSuffix(".log") }
                .flatMap { pair.folder.names(in: "\($0)/outbox") }.filter { $0.hasSuffix(".eml") }
            #expect(Set(written).count == written.count)
            try await pair.stop()
        }

        @Test("A database that crashes and comes back costs a wait and no document")
        func databaseRestart() async throws {
            let pair = try BrokerPair(PostgreSQLServer())
            for number in 1...20 {
                let document = FictionalDocument(500 + number)
                try pair.folder.write("source/\(document.fileName)", document.bytes)
            }
            let pusher = try pair.push(pair.folder.path("source"), "source")
            let registered = "greffier_queue.documents WHERE state = 'registered'"
            do {
                try await wait(for: "a few documents") { ((try? pair.count(registered)) ?? 0) >= 4 }
                try pair.server.restartAtOnce()
                #expect(try await pusher.exitCode() == 0)
                try await wait(for: "all documents") { try pair.count(registered) == 20 }
            } catch let error as NeverCame {
                throw NeverCame(description: "\(error.description)\n\(pair.logs)")
            }
            #expect(try pair.count("greffier_register.acts WHERE state = 'live'") == 20)
            try await pair.stop()
        }
    }
}
