/// One step of a schema, in plain SQL with the types BIGINT, TEXT, BYTEA and DOUBLE PRECISION.
public struct Migration: Sendable {
    /// 1 for the first step, then without gaps.
    public let version: Int
    /// The statements in their order.
    public let statements: [String]

    /// A numbered step.
    public init(version: Int, statements: [String]) {
        self.version = version
        self.statements = statements
    }
}

extension SQLDatabase {
    /// Brings the schema to the last of `migrations`, in one transaction; refuses a schema newer than that.
    /// Steps that are already applied are left alone.
    public func migrate(_ migrations: [Migration]) throws {
        let known = migrations.map(\.version).max() ?? 0
        try write { transaction in
            try transaction.execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
            let found = try transaction.first("SELECT version FROM schema_version") { Int(try $0.integer(0)) }
            if let found, found > known {
                throw StorageError.newerSchema(path: self.path, found: found, known: known)
            }
            for migration in migrations.sorted(by: { $0.version < $1.version }) where migration.version > found ?? 0 {
                for statement in migration.statements {
                    try transaction.execute(SQLiteDialect.translate(migration: statement))
                }
            }
            try transaction.execute(
                found == nil
                    ? "INSERT INTO schema_version (version) VALUES (?)" : "UPDATE schema_version SET version = ?",
                [.integer(known)])
        }
    }

    /// The version that the schema has, 0 for an empty database.
    public func schemaVersion() throws -> Int {
        try read { transaction in
            let exists = try transaction.first("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'") { _ in true
            }
            guard exists == true else { return 0 }
            return try transaction.first("SELECT version FROM schema_version") { Int(try $0.integer(0)) } ?? 0
        }
    }
}
