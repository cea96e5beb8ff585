import GRDB
internal import GRDBSQLite

/// One prepared statement of SQLite: values bound by position, rows read in place.
///
/// It passes by GRDB's own layer, whose boxed values and observers cost more than SQLite itself; GRDB keeps the connection
/// and prepares each text once. A statement is used by one caller at a time: whoever meets a busy one prepares its own.
struct SQLStatement {
    /// Keeps the C statement.
    private let statement: Statement
    private let connection: OpaquePointer
    private let sql: String

    private var pointer: OpaquePointer { statement.sqliteStatement }

    init(_ sql: String, in database: Database) throws {
        guard let connection = database.sqliteConnection else { throw StorageError.closed(reason: "it was closed") }
        let cached = try database.cachedStatement(sql: sql)
        let isBusy = sqlite3_stmt_busy(cached.sqliteStatement) != 0
        statement = isBusy ? try database.makeStatement(sql: sql) : cached
        self.connection = connection
        self.sql = sql
    }

    /// Runs it to its end, past whatever rows it has; answers how many rows it changed.
    func execute(_ values: [SQLValue]) throws -> Int {
        try forEach(values) { _ in true }
        return Int(sqlite3_changes(connection))
    }

    /// Hands over each row until `body` answers false. The row is valid only inside `body`.
    func forEach(_ values: [SQLValue], _ body: (SQLRow) throws -> Bool) throws {
        try bind(values)
        defer { sqlite3_reset(pointer) }
        while true {
            switch sqlite3_step(pointer) {
            case SQLITE_ROW: if try !body(SQLRow(pointer)) { return }
            case SQLITE_DONE: return
            default: throw failure()
            }
        }
    }

    private func bind(_ values: [SQLValue]) throws {
        guard Int(sqlite3_bind_parameter_count(pointer)) == values.count else {
            throw StorageError.statement(message: "\(values.count) values are given", sql: sql)
        }
        for (index, value) in values.enumerated() {
            guard bind(value, at: Int32(index + 1)) == SQLITE_OK else { throw failure() }
        }
    }

    private func bind(_ value: SQLValue, at position: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(pointer, position)
        case .integer(let integer): return sqlite3_bind_int64(pointer, position, integer)
        case .double(let double): return sqlite3_bind_double(pointer, position, double)
        case .text(var text):
            return text.withUTF8 { bytes in
                // An empty text may have no address, and none would be NULL.
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    sqlite3_bind_text(
                        pointer, position, characters.baseAddress ?? Self.nothing, Int32(clamping: bytes.count),
                        Self.copied)
                }
            }
        case .blob(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(pointer, position, 0) }
            return bytes.withUnsafeBytes {
                sqlite3_bind_blob(pointer, position, $0.baseAddress, Int32(clamping: $0.count), Self.copied)
            }
        }
    }

    /// SQLITE_TRANSIENT: SQLite takes a copy before the call returns.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    /// The address of an empty C string.
    private static var nothing: UnsafePointer<CChar> {
        UnsafeRawPointer(StaticString("").utf8Start).assumingMemoryBound(to: CChar.self)
    }

    private func failure() -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)), sql: sql)
    }
}

extension SQLTransaction {
    /// How many statements SQLite keeps prepared for this connection. Each distinct text is one for ever: a text that
    /// holds a value instead of a `?` makes them grow without end. 0 on PostgreSQL, whose client keeps a bounded number.
    package var preparedStatements: Int {
        guard case .sqlite(let database) = session, let connection = database.sqliteConnection else { return 0 }
        var count = 0
        var statement = sqlite3_next_stmt(connection, nil)
        while statement != nil {
            count += 1
            statement = sqlite3_next_stmt(connection, statement)
        }
        return count
    }
}
