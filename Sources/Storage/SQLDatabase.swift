import Foundation
import GRDB
import Locks
import PostgreSQL

/// The one SQL door: a database whose statements are plain SQL for SQLite and PostgreSQL alike.
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
        /// How long a transaction waits for a PostgreSQL server to come back, in seconds.
        public var patience = 30.0

        /// The options for a program that owns the database.
        public init() {}

        /// The options for a second connection that only reads.
        public static var reading: Options {
            var options = Options()
            options.readOnly = true
            return options
        }
    }

    enum Engine: Sendable {
        case sqlite(DatabaseQueue)
        case postgreSQL(PostgreSQLClient)
    }

    /// The file's path, or the server and its database.
    public let path: String
    let engine: Engine
    /// The newest schema that this program knows, once it has brought the database to it.
    let knownVersion = Lock<Int?>(nil)

    /// Opens or creates the SQLite file at `path`: write-ahead log, synchronous=FULL, bounded page cache.
    public init(path: String, options: Options = Options()) throws(StorageError) {
        self.path = path
        do {
            let queue = try DatabaseQueue(path: path, configuration: SQLiteDialect.configuration(options))
            engine = .sqlite(queue)
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

    /// Opens a schema of a PostgreSQL database, which is made when it is missing unless this is for reading only.
    public init(
        _ address: ServerAddress, schema: String, options: Options = Options()
    ) throws(StorageError) {
        path = address.name
        var clientOptions = PostgreSQLClient.Options(schema: schema)
        clientOptions.isReadOnly = options.readOnly
        clientOptions.patience = options.patience
        clientOptions.program = ProcessInfo.processInfo.processName
        clientOptions.translate = { PostgreSQLDialect.translate($0) }
        do throws(PostgreSQLError) {
            engine = .postgreSQL(try PostgreSQLClient(address, options: clientOptions))
        } catch {
            throw StorageError(error, server: address.name)
        }
    }

    /// Whose words the database understands.
    public var dialect: SQLDialect {
        switch engine {
        case .sqlite: .sqlite
        case .postgreSQL: .postgreSQL
        }
    }

    /// Runs a transaction that reads. Nested transactions are not possible.
    public func read<Result>(_ body: (SQLTransaction) throws -> Result) throws -> Result {
        switch engine {
        case .sqlite(let queue): try run(queue) { try self.transact("BEGIN", in: $0, body) }
        case .postgreSQL(let client):
            try reporting { try client.read { try body(SQLTransaction(session: .postgreSQL($0), name: self.path)) } }
        }
    }

    /// Runs one transaction: committed and durable when this returns, undone when `body` throws. With PostgreSQL `body` may
    /// run again, after a collision with another client or the loss of the server: then what it did before is undone.
    /// - Throws: `StorageError.newerSchema` once a newer program has changed the schema: this one must end.
    @discardableResult
    public func write<Result>(_ body: (SQLTransaction) throws -> Result) throws -> Result {
        switch engine {
        case .sqlite(let queue):
            try run(queue) { try self.transact("BEGIN IMMEDIATE", in: $0) { try self.checked($0, body) } }
        case .postgreSQL(let client):
            try reporting {
                try client.write { try self.checked(SQLTransaction(session: .postgreSQL($0), name: self.path), body) }
            }
        }
    }

    /// Runs a transaction that does nothing once a newer program has changed the schema. Who changes it waits for the
    /// transactions that have looked before.
    private func checked<Result>(
        _ sql: SQLTransaction, _ body: (SQLTransaction) throws -> Result
    ) throws -> Result {
        if let known = knownVersion.withLock({ $0 }) {
            let found = try sql.first("SELECT version FROM schema_version") { Int(try $0.integer(0)) }
            if let found, found > known { throw StorageError.newerSchema(path: path, found: found, known: known) }
        }
        return try body(sql)
    }

    /// Copies the write-ahead log of SQLite into the file and empties it; a reader that is in the way makes it a partial
    /// copy. PostgreSQL does so by itself.
    public func checkpoint() throws {
        guard case .sqlite(let queue) = engine else { return }
        try run(queue) { database in
            _ = try database.checkpoint(.truncate)
        }
    }

    /// Writes what one transaction sees into a new SQLite file, while others go on; nothing that was deleted is in it. Durable
    /// only once the caller has synchronized the file.
    public func copy(to file: String) throws {
        guard case .sqlite(let queue) = engine else {
            throw StorageError.statement(message: "PostgreSQL copies itself: pg_dump", sql: "VACUUM INTO")
        }
        try run(queue) { try $0.execute(sql: "VACUUM INTO ?", arguments: [file]) }
    }

    /// Looks for damage in the file: empty when it is sound, else the engine's own words, at most `limit` of them.
    /// PostgreSQL's files are its operators' to check (pg_amcheck).
    public func integrityProblems(limit: Int = 20) throws -> [String] {
        guard case .sqlite(let queue) = engine else { return [] }
        let answers = try run(queue) { database in
            try String.fetchAll(database, sql: "PRAGMA integrity_check(\(max(1, limit)))")
        }
        return answers == ["ok"] ? [] : answers
    }

    /// Closes the file or the connection; later transactions throw.
    public func close() throws {
        switch engine {
        case .sqlite(let queue): try queue.close()
        case .postgreSQL(let client): client.close()
        }
    }

    private func transact<Result>(
        _ begin: String, in database: Database, _ body: (SQLTransaction) throws -> Result
    ) throws -> Result {
        let transaction = SQLTransaction(session: .sqlite(database), name: path)
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

    func run<Result>(_ queue: DatabaseQueue, _ body: (Database) throws -> Result) throws -> Result {
        do {
            return try queue.writeWithoutTransaction(body)
        } catch let error as DatabaseError {
            throw StorageError(error, path: path)
        }
    }

    private func reporting<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as PostgreSQLError {
            throw StorageError(error, server: path)
        }
    }
}
