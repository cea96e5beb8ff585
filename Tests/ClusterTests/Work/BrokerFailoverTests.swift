import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

extension ClusterTests {
    @Suite("Two brokers on one PostgreSQL database", .enabled(if: PostgreSQLServer.programs != nil))
    struct BrokerFailover {
        private static let documents = 60

        /// Two brokers and workers that know both; queue and register are in the database.
        private final class Pair {
            let server: PostgreSQLServer
            let folder: TestFolder
            private(set) var brokers: [RunningProgram] = []
            private var workers: [RunningProgram] = []
            private let now = "2025-03-19T09:00"

            init() throws {
                server = try PostgreSQLServer()
                folder = try TestFolder()
                let endpoints = ["one", "two"].map { "ipc://\(folder.path("\($0).ipc"))" }
                try folder.write(
                    "greffier.yaml",
                    Cluster.configuration
                        + "store: \"\(server.url)\"\nbrokers: [\(endpoints.joined(separator: ", "))]\n")
                for (name, endpoint) in zip(["one", "two"], endpoints) {
                    brokers.append(try start(.broker, name, ["--endpoint", endpoint]))
                }
                for name in [ProgramName.ingest, .ingest, .validate, .notify, .notify] {
                    workers.append(try start(name, "\(name.rawValue)-\(workers.count)", []))
                }
            }

            private func start(_ name: ProgramName, _ data: String, _ options: [String]) throws -> RunningProgram {
                let log = folder.path("\(data).log")
                return try RunningProgram(name.path, common(data) + options, output: log, errors: log)
            }

            private func common(_ data: String) -> [String] {
                ["--config", folder.path("greffier.yaml"), "--data", folder.path(data), "--now", now]
            }

            func push(_ files: String, _ source: String) throws -> RunningProgram {
                try RunningProgram(
                    ProgramName.greffier.path, ["push", files, "--wait", "--source", source] + common("pusher"),
                    output: folder.path("\(source).out"), errors: folder.path("\(source).err"))
            }

            func count(_ question: String) throws -> Int {
                Int(try server.sql("SELECT COUNT(*) FROM \(question)")) ?? -1
            }

            func stop() async throws {
                for worker in workers { _ = try await worker.stop() }
                for broker in brokers where broker.isRunning { _ = try await broker.stop() }
            }

            /// What the programs said last.
            var logs: String {
                folder.names(in: ".").filter { $0.hasSuffix(".log") || $0.hasSuffix(".err") }
                    .map { "\($0): …\(folder.text($0).suffix(1_200))" }.joined(separator: "\n")
            }
        }

        @Test("When one is killed under load, everything accepted is registered once and its mail is made once")
        func killed() async throws {
            let pair = try Pair()
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
            let pair = try Pair()
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
