import Foundation
import Storage
import Testing

@Suite("The SQL door")
struct SQLDatabaseTests {
    let folder = TemporaryFolder()

    private func open() throws -> SQLDatabase {
        let database = try SQLDatabase(path: folder.path("test.sqlite"))
        try database.migrate([
            Migration(version: 1, statements: ["CREATE TABLE pairs (key BIGINT PRIMARY KEY, value TEXT, bytes BYTEA)"])
        ])
        return database
    }

    @Test("Values come back as they were bound")
    func roundTrip() throws {
        let database = try open()
        try database.write {
            try $0.execute("INSERT INTO pairs VALUES (?, ?, ?)", [7, "séance", .blob([0, 255])])
            try $0.execute("INSERT INTO pairs VALUES (?, ?, ?)", [8, nil, .null])
        }
        let rows = try database.read { transaction in
            try transaction.query("SELECT key, value, bytes FROM pairs ORDER BY key") { row in
                "\(try row.integer(0)) \(try row.optionalText(1) ?? "-") \(try row.optionalBlob(2) ?? [])"
            }
        }
        #expect(rows == ["7 séance [0, 255]", "8 - []"])
    }

    @Test("A transaction that throws leaves nothing behind")
    func rollback() throws {
        let database = try open()
        #expect(throws: StorageError.self) {
            try database.write {
                try $0.execute("INSERT INTO pairs (key) VALUES (1)")
                try $0.execute("INSERT INTO pairs (key) VALUES (1)")
            }
        }
        #expect(try database.read { try $0.first("SELECT COUNT(*) FROM pairs") { try $0.integer(0) } } == 0)
    }

    @Test("A full disk inside a part ends the whole transaction, and says so")
    func fullInsidePart() throws {
        let database = try open()
        do {
            try database.write { transaction in
                try transaction.execute("PRAGMA max_page_count = 12")
                try transaction.execute("INSERT INTO pairs (key) VALUES (1)")
                try transaction.nested { part in
                    for key in Int64(10)..<1_000 {
                        let bytes = SQLValue.blob([UInt8](repeating: 7, count: 3_000))
                        try part.execute("INSERT INTO pairs (key, bytes) VALUES (?, ?)", [.integer(key), bytes])
                    }
                }
            }
            Issue.record("the disk was not full")
        } catch let error as StorageError {
            #expect(error.isDiskFull, "\(error)")
        }
        #expect(try database.read { try $0.first("SELECT COUNT(*) FROM pairs") { try $0.integer(0) } } == 0)
    }

    @Test("A nested part that throws is undone alone")
    func nested() throws {
        let database = try open()
        try database.write { transaction in
            try transaction.execute("INSERT INTO pairs (key) VALUES (1)")
            try? transaction.nested { part in
                try part.execute("INSERT INTO pairs (key) VALUES (2)")
                throw StorageError.closed(reason: "test")
            }
            try transaction.nested { try $0.execute("INSERT INTO pairs (key) VALUES (3)") }
        }
        let keys = try database.read { try $0.query("SELECT key FROM pairs ORDER BY key") { try $0.integer(0) } }
        #expect(keys == [1, 3])
    }

    @Test("A column of another type is an error, not a crash")
    func wrongType() throws {
        let database = try open()
        try database.write { try $0.execute("INSERT INTO pairs (key, value) VALUES (1, 'x')") }
        #expect(throws: StorageError.self) {
            try database.read { try $0.first("SELECT value FROM pairs") { try $0.integer(0) } }
        }
        #expect(throws: StorageError.self) {
            try database.read { try $0.first("SELECT bytes FROM pairs") { try $0.blob(0) } }
        }
    }

    @Test("A refused statement is a typed error that names it")
    func refusedStatement() throws {
        let database = try open()
        #expect {
            try database.write { try $0.execute("INSERT INTO nowhere VALUES (1)") }
        } throws: { error in
            "\(error)".contains("nowhere")
        }
    }

    @Test("Migrations run once and in order, and a newer schema is refused with both versions")
    func migrations() throws {
        let database = try open()
        let second = Migration(version: 2, statements: ["ALTER TABLE pairs ADD COLUMN note TEXT"])
        let first = Migration(version: 1, statements: ["CREATE TABLE pairs (key BIGINT PRIMARY KEY)"])
        try database.migrate([second, first])
        try database.migrate([first, second])
        #expect(try database.schemaVersion() == 2)
        #expect {
            try database.migrate([first])
        } throws: { error in
            error as? StorageError == .newerSchema(path: database.path, found: 2, known: 1)
        }
    }

    @Test("Commits are synchronous, the log is written ahead, the page cache is bounded")
    func pragmas() throws {
        let database = try open()
        let values = try database.read { transaction in
            try ["synchronous", "journal_mode", "cache_size"].map { name in
                try transaction.first("PRAGMA \(name)") { $0[0] }
            }
        }
        #expect(values == [.integer(2), .text("wal"), .integer(-8192)])
    }

    @Test("A reading connection sees commits and refuses to write")
    func reading() throws {
        let database = try open()
        let reader = try SQLDatabase(path: database.path, options: .reading)
        try database.write { try $0.execute("INSERT INTO pairs (key) VALUES (5)") }
        #expect(try reader.read { try $0.first("SELECT key FROM pairs") { try $0.integer(0) } } == 5)
        #expect(throws: StorageError.self) { try reader.write { try $0.execute("DELETE FROM pairs") } }
    }

    @Test("Damage to the file is a typed error")
    func damage() throws {
        let path = folder.path("garbage.sqlite")
        try Data(repeating: 0x5A, count: 8192).write(to: URL(fileURLWithPath: path))
        #expect {
            let database = try SQLDatabase(path: path)
            try database.migrate([])
        } throws: { error in
            if case .damagedDatabase = error as? StorageError { true } else { false }
        }
    }

    @Test("A quick look names a damaged file, finds nothing in a sound one, and ends when its time is up")
    func quickLook() throws {
        let temporary = TemporaryFolder()
        let path = temporary.path("look.sqlite")
        let database = try SQLDatabase(path: path)
        try database.write { sql in
            try sql.execute("CREATE TABLE lines (key BIGINT PRIMARY KEY, text TEXT)")
            for key in 1...2_000 {
                try sql.execute(
                    "INSERT INTO lines VALUES (?, ?)", [.integer(key), .text(String(repeating: "a", count: 200))])
            }
        }
        try database.close()
        #expect(try SQLDatabase.quickDamages(path: path) == [])
        #expect(try SQLDatabase.quickDamages(path: path, seconds: 0) == [])
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        try file.seek(toOffset: 4_096 * 20)
        try file.write(contentsOf: Data(repeating: 0xFF, count: 4_096 * 10))
        try file.close()
        #expect(try !SQLDatabase.quickDamages(path: path).isEmpty)
    }
}
