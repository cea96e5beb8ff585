/// The engine that a database has, and the little that it wants said in its own words. What a whole engine does differently
/// lives in its own file: ``SQLiteDialect``, ``PostgreSQLDialect``.
public enum SQLDialect: String, Sendable, Hashable, CaseIterable {
    /// SQLite 3.40 or newer, in this process.
    case sqlite = "SQLite"
    /// PostgreSQL 15 or newer, which several hosts may share.
    case postgreSQL = "PostgreSQL"

    /// What ends a SELECT whose rows are to be changed: those that another transaction is changing are passed over.
    public var claiming: String {
        switch self {
        case .sqlite: ""
        case .postgreSQL: " FOR UPDATE SKIP LOCKED"
        }
    }

    /// What ends a SELECT of a row that is about to be changed according to what it holds: nobody else changes it meanwhile.
    public var locking: String {
        switch self {
        case .sqlite: ""
        case .postgreSQL: " FOR UPDATE"
        }
    }

    /// The database's own clock as an expression: milliseconds since 1970 UTC.
    public var clockMilliseconds: String {
        switch self {
        case .sqlite: "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
        case .postgreSQL: "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
        }
    }

    /// A statement of a schema in the engine's words: for an index of words it may be several.
    func definitions(_ sql: String) -> [String] {
        let textIndex = "CREATE TEXT INDEX "
        guard sql.hasPrefix(textIndex) else { return [definition(sql)] }
        let name = String(sql.dropFirst(textIndex.count))
        return switch self {
        case .sqlite: SQLiteDialect.textIndex(name)
        case .postgreSQL: PostgreSQLDialect.textIndex(name)
        }
    }

    /// A statement of a schema that makes no index of words, in the engine's words.
    func definition(_ sql: String) -> String {
        switch self {
        case .sqlite: SQLiteDialect.translate(migration: sql)
        case .postgreSQL: PostgreSQLDialect.translate(migration: sql)
        }
    }

    /// Keeps every other transaction from a table until this one ends; SQLite's one writer needs no more.
    func lockTable(_ table: StaticString) -> String {
        switch self {
        case .sqlite: "SELECT 1"
        case .postgreSQL: "LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE"
        }
    }

    /// Keeps every other program from making the tables of the schema until this transaction ends. Of two that make the same
    /// table at once, PostgreSQL refuses one in spite of IF NOT EXISTS (PostgreSQL 15, CREATE TABLE).
    var lockSchema: String {
        switch self {
        case .sqlite: "SELECT 1"
        case .postgreSQL: "SELECT pg_advisory_xact_lock(7230412, hashtext(current_schema()))"
        }
    }

    /// One row if there is a table of that name.
    var tableExists: String {
        switch self {
        case .sqlite: "SELECT 1 FROM sqlite_master WHERE name = ?"
        case .postgreSQL: "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?"
        }
    }
}
