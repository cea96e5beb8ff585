import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

/// How large the tests of whole clusters on a failing database are.
enum DatabaseFaultSize {
    /// GREFFIER_DATABASE_FAULTS: how many documents are pushed through each.
    static let documents =
        ProcessInfo.processInfo.environment["GREFFIER_DATABASE_FAULTS"].flatMap { Int($0) } ?? 24
}

extension ClusterTests {
    @Suite(
        "A whole cluster whose PostgreSQL fails under it", .serialized,
        .enabled(if: PostgreSQLServer.programs != nil))
    struct DatabaseFaults {
        private static let registered = "greffier_queue.documents WHERE state = 'registered'"
        private static var documents: Int { DatabaseFaultSize.documents }

        /// Pushes documents through a cluster, lets the fault happen once some are registered, and expects each to be
        /// registered and mailed once in the end.
        private func survive(
            _ pair: BrokerPair, fault: (RunningProgram) async throws -> Void
        ) async throws {
            for number in 1...Self.documents {
                let document = FictionalDocument(700 + number)
                try pair.folder.write("source/\(document.fileName)", document.bytes)
            }
            let pusher = try pair.push(pair.folder.path("source"), "source")
            do {
                try await wait(for: "a few documents") {
                    ((try? pair.count(Self.registered)) ?? 0) >= Self.documents / 6
                }
                try await fault(pusher)
                #expect(try await pusher.exitCode(within: .seconds(180)) == 0)
                try await wait(for: "all documents", atMost: .seconds(120)) {
                    try pair.count(Self.registered) == Self.documents
                }
                try await wait(for: "all mails", atMost: .seconds(120)) {
                    try pair.count("greffier_register.alerts WHERE kind = 'new-acts' AND state = 'sent'")
                        == Self.documents
                }
            } catch let error as NeverCame {
                throw NeverCame(description: "\(error.description)\n\(pair.logs)")
            }
            for table in ["greffier_queue.documents", "greffier_register.documents"] {
                #expect(try pair.count(table) == Self.documents)
            }
            #expect(try pair.count("greffier_register.acts WHERE state = 'live'") == Self.documents)
            #expect(try pair.count("greffier_queue.documents WHERE state = 'leased'") == 0)
            try await pair.stop()
        }

        @Test("Backends that are terminated again and again cost no document")
        func terminated() async throws {
            let pair = try BrokerPair(PostgreSQLServer())
            var ended: Set<String> = []
            try await survive(pair) { pusher in
                for _ in 0..<100 where pusher.isRunning {
                    let names = try pair.server.sql(
                        """
                        SELECT application_name FROM pg_stat_activity
                        WHERE application_name LIKE 'greffier-%' AND pg_terminate_backend(pid)
                        """)
                    ended.formUnion(names.split(separator: "\n").map { String($0) })
                }
            }
            #expect(ended == ["greffier-broker", "greffier-notify"])
        }

        @Test("A standby that is promoted takes over, and the cluster goes on with it")
        func promoted() async throws {
            let primary = try PostgreSQLServer()
            let standby = try PostgreSQLServer(standbyOf: primary)
            try primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
            try primary.sql("SELECT pg_reload_conf()")
            let pair = try BrokerPair(primary, address: primary.url(or: standby))
            try await survive(pair) { _ in
                try primary.kill()
                try standby.promote()
                pair.server = standby
            }
        }

        @Test(
            "While the database is away for longer than a transaction waits, the broker says so at once, and afterwards all goes on"
        )
        func away() async throws {
            let pair = try BrokerPair(PostgreSQLServer())
            try await survive(pair) { _ in
                try pair.server.kill()
                try await wait(for: "35 s of absence", atMost: .seconds(90)) {
                    let status = try await pair.status()
                    return status.errors.firstMatch(of: /not answered for (\d+) s/).flatMap { Int($0.1) } ?? 0 >= 35
                }
                try pair.server.start()
            }
        }
    }
}
