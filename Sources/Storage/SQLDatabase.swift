import GRDB

/// The one SQL door: a database whose statements are plain SQL for SQLite and PostgreSQL alike (SQLite today).
///
/// Safe to share between threads; transactions run one after the other on the calling thread.
public final class SQLDatabase: Sendable {
    /// How a database is opened.
    public struct Options: Sendable {
        /// Refuse every write, as a second connection of a tool does.
        public var readOnly = false
        /// Seconds to wait for another process's lock.
        public var busyTimeout = 5.0
        /// The bound of the page cache, in KiB.
        public var pageCacheKibibytes = 8192

        /// The options for a program that owns the database.
        public init() {}

        /// The options for a second connection that only reads.
        public static var reading: Options {
            var options = Options()
            options.readOnly = true
            return options
        }
    }

    /// The file's path.
    public let path: String
    private let queue: DatabaseQueue

    /// Opens or creates the SQLite file at `path`: write-ahead log, synchronous=FULL, bounded page cache.
    public init(path: String, options: Options = Options()) throws(StorageError) {
        self.path = path
        do {
            queue = try DatabaseQueue(path: path, configuration: SQLiteDialect.configuration(options))
            try queue.writeWithoutTransaction { database in
                for pragma in SQLiteDialect.pragmas(options) {
                    try database.execute(sql: pragma)
                }
            }
        } catch let error as DatabaseError {
            throw StorageError(error, path: path)
        } catch {
            throw .statement(message: "\(error)", sql: "open")
        }
    }

    /// Runs a transaction that reads. Nested transactions are not possible.
    public func read<Result>(_ body: (SQLTransaction) throws -> Result) throws -> Result {
        try run { database in
            try self.transact("BEGIN", in: database, body)
        }
    }

    /// Runs one transaction: committed and durable when this returns, undone when `body` throws.
    @discardableResult
    public func write<Result>(_ body: (SQLTransaction) throws -> Result) throws -> Result {
        try run { database in
            try self.transact("BEGIN IMMEDIATE", in: database, body)
        }
    }

    /// Copies the write-ahead log into the file and empties it; a reader that is in the way makes it a partial copy.
    public func checkpoint() throws {
        try run { database in
            _ = try database.checkpoint(.truncate)
        }
    }

    /// Looks for damage: empty when the file is sound, else the engine's own words, at most `limit` of them.
    public func integrityProblems(limit: Int = 20) throws -> [String] {
        let answers = try run { database in
            try String.fetchAll(database, sql: "PRAGMA integrity_check(\(max(1, limit)))")
        }
        return answers == ["ok"] ? [] : answers
    }

    /// Closes the file; later transactions throw.
    public func close() throws {
        try queue.close()
    }

    private func transact<Result>(
        _ begin: String, in database: Database, _ body: (SQLTransaction) throws -> Result
    ) throws -> Result {
        let transaction = SQLTransaction(database: database, path: path)
        try transaction.execute(begin)
        do {
            let result = try body(transaction)
            try transaction.execute("COMMIT")
            return result
        } catch {
            if database.isInsideTransaction {
                _ = try? transaction.execute("ROLLBACK")
            }
            throw error
        }
    }

    private func run<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            return try queue.writeWithoutTransaction(body)
        } catch let error as DatabaseError {
            throw StorageError(error, path: path)
        }
    }
}
