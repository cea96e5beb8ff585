import Foundation
import Locks
import PostgreSQLTestSupport
import Testing

@testable import Storage

/// What a PostgreSQL server may do to its clients, on servers that these tests start and stop.
@Suite("PostgreSQL that ends, restarts and fails over", .enabled(if: PostgreSQLServer.programs != nil))
struct PostgreSQLFaultTests {
    static let tables = [
        Migration(version: 1, statements: ["CREATE TABLE marks (number BIGINT PRIMARY KEY, times BIGINT NOT NULL)"])
    ]

    private func open(_ url: String, schema: String = TestEngine.schema()) throws -> SQLDatabase {
        let database = try SQLDatabase(try ServerAddress(url), schema: schema)
        try database.migrate(Self.tables)
        return database
    }

    private func count(_ number: Int, in database: SQLDatabase) throws {
        try database.write { sql in
            try sql.execute(
                """
                INSERT INTO marks (number, times) VALUES (?, 1) ON CONFLICT (number)
                DO UPDATE SET times = marks.times + 1
                """, [.integer(number)])
        }
    }

    private func times(_ database: SQLDatabase) throws -> [Int64] {
        try database.read { try $0.query("SELECT times FROM marks ORDER BY number") { try $0.integer(0) } }
    }

    @Test("A terminated backend runs the transaction again, once in effect, wherever it was")
    func terminated() throws {
        let server = try #require(PostgreSQLServer.shared)
        let database = try open(server.url)
        for number in 0..<8 {
            var runs = 0
            try database.write { sql in
                runs += 1
                let process = try sql.first("SELECT pg_backend_pid()") { try $0.integer(0) } ?? 0
                if number % 2 == 0 { try sql.execute("INSERT INTO marks VALUES (?, 1)", [.integer(number)]) }
                if runs == 1 { try server.sql("SELECT pg_terminate_backend(\(process))") }
                if number % 2 == 1 { try sql.execute("INSERT INTO marks VALUES (?, 1)", [.integer(number)]) }
            }
            #expect(runs == 2)
        }
        #expect(try times(database) == Array(repeating: 1, count: 8))
    }

    @Test("Under a hail of terminated backends every transaction takes effect once")
    func hail() throws {
        let server = try #require(PostgreSQLServer.shared)
        let schema = TestEngine.schema()
        let database = try open(server.url, schema: schema)
        let isOver = Lock(false)
        let killer = Beside {
            while !isOver.withLock({ $0 }) {
                // Whoever is in the middle of a statement or a commit, as it comes.
                _ = try? server.sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%marks%' "
                        + "AND pid <> pg_backend_pid()")
            }
        }
        for number in 0..<150 { try count(number, in: database) }
        isOver.withLock { $0 = true }
        try killer.wait()
        #expect(try times(database) == Array(repeating: 1, count: 150))
    }

    @Test("A server that crashes and is started again costs the wait, and no transaction")
    func restart() throws {
        let server = try PostgreSQLServer()
        let database = try open(server.url)
        for number in 0..<30 {
            if number % 10 == 5 { try server.restartAtOnce() }
            try count(number, in: database)
        }
        #expect(try times(database) == Array(repeating: 1, count: 30))
    }

    @Test("A standby that is promoted takes over with everything that was committed")
    func failover() throws {
        let primary = try PostgreSQLServer()
        // Without it a commit may be acknowledged that only the lost server had.
        let standby = try PostgreSQLServer(standbyOf: primary)
        try primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        try primary.sql("SELECT pg_reload_conf()")
        let database = try open(primary.url(or: standby))
        for number in 0..<20 { try count(number, in: database) }
        try primary.kill()
        let promotion = Beside { try standby.promote() }
        for number in 20..<40 { try count(number, in: database) }
        try promotion.wait()
        #expect(try times(database) == Array(repeating: 1, count: 40))
    }

    @Test("Without a server the error names it, and the next transaction finds it again")
    func away() throws {
        let server = try PostgreSQLServer()
        var options = SQLDatabase.Options()
        options.patience = 0.2
        let database = try SQLDatabase(try ServerAddress(server.url), schema: "away", options: options)
        try database.migrate(Self.tables)
        try server.kill()
        let error = #expect(throws: StorageError.self) { try count(1, in: database) }
        #expect(error?.needsReopening == false && error?.description.contains(server.folder) == true)
        try server.start()
        try count(1, in: database)
        #expect(try times(database) == [1])
    }

    @Test("Two clients that deadlock both come through")
    func deadlock() throws {
        let server = try #require(PostgreSQLServer.shared)
        let schema = TestEngine.schema()
        let one = try open(server.url, schema: schema)
        for number in 0..<2 { try count(number, in: one) }
        let meeting = (first: Handover<Bool>(), second: Handover<Bool>())
        @Sendable func both(_ numbers: [Int], given: Handover<Bool>, awaited: Handover<Bool>) throws {
            var isFirst = true
            try SQLDatabase(try ServerAddress(server.url), schema: schema).write { sql in
                let text = "UPDATE marks SET times = times + 1 WHERE number = ?"
                try sql.execute(text, [.integer(numbers[0])])
                if isFirst {
                    isFirst = false
                    given.give(true)
                    _ = awaited.take()
                }
                try sql.execute(text, [.integer(numbers[1])])
            }
        }
        let other = Beside { try both([1, 0], given: meeting.second, awaited: meeting.first) }
        try both([0, 1], given: meeting.first, awaited: meeting.second)
        try other.wait()
        #expect(try times(one) == [3, 3])
    }

    @Test("Programs that start at once on an empty database all find its tables, which one of them made")
    func madeAtOnce() throws {
        let server = try #require(PostgreSQLServer.shared)
        for _ in 0..<12 {
            let schema = TestEngine.schema()
            let others = (0..<5).map { _ in Beside { _ = try open(server.url, schema: schema) } }
            for other in others { try other.wait() }
            #expect(try times(open(server.url, schema: schema)) == [])
        }
    }

    @Test("What a unit of a batch fails of is undone alone, and what was enqueued is said to have failed")
    func savepoints() throws {
        let server = try #require(PostgreSQLServer.shared)
        let database = try open(server.url)
        try database.write { sql in
            try sql.execute("INSERT INTO marks VALUES (1, 1)")
            #expect(throws: StorageError.self) {
                try sql.nested { sql in
                    try sql.enqueue("INSERT INTO marks VALUES (2, 1)")
                    try sql.enqueue("INSERT INTO marks VALUES (1, 1)")
                }
            }
            try sql.enqueue("INSERT INTO marks VALUES (3, 1)")
        }
        #expect(
            try database.read { try $0.query("SELECT number FROM marks ORDER BY number") { try $0.integer(0) } } == [
                1, 3,
            ])
        #expect(throws: StorageError.self) { try database.write { try $0.enqueue("INSERT INTO marks VALUES (1, 1)") } }
    }

    @Test("An address with a password in it is refused without repeating it")
    func password() throws {
        let error = #expect(throws: (any Error).self) {
            try ServerAddress("postgres://clerk:secret@db.example/greffier")
        }
        #expect("\(String(describing: error))".contains("secret") == false)
        #expect(throws: (any Error).self) { try ServerAddress("postgres://db.example") }
        let address = try ServerAddress("postgres://clerk@db.example/greffier?sslmode=require", password: "secret")
        #expect(address.description == "postgres://clerk@db.example/greffier")
    }

    @Test(
        "An address beyond this host is refused unless TLS protects it; one of this host may be in clear",
        arguments: [
            ("postgres://db.example/greffier", false), ("postgres://db.example/greffier?sslmode=disable", false),
            ("postgres://db.example/greffier?sslmode=prefer", false),
            ("postgres://localhost,db.example/greffier", false),
            ("postgres://localhost/greffier?hostaddr=192.0.2.1", false),
            ("postgres://127.0.0.1.example/greffier", false), ("postgres:///greffier?service=mairie", false),
            ("postgres://localhost,db.example/greffier?hostaddr=127.0.0.1,", false),
            ("postgres:///greffier?service=mairie&sslmode=verify-full", true),
            ("postgres://db.example/greffier?sslmode=require", true),
            ("postgres://db.example/greffier?sslmode=verify-full", true), ("postgres://localhost/greffier", true),
            ("postgres://127.0.0.1:5433/greffier", true), ("postgres://[::1]/greffier", true),
            ("postgres:///greffier?host=/run/postgresql", true),
            ("postgres:///greffier?host=/run/postgresql&sslmode=disable", true),
        ])
    func clear(url: String, isTaken: Bool) {
        guard !isTaken else {
            #expect(throws: Never.self) { try ServerAddress(url) }
            return
        }
        let error = #expect(throws: (any Error).self) { try ServerAddress(url) }
        #expect("\(String(describing: error))".contains("sslmode=verify-full"))
    }
}
