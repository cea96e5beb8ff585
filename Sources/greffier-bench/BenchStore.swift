import Register
import Storage

/// Where a measured queue or register is kept.
enum BenchStore {
    case sqlite
    /// A database that is empty before and after each measurement.
    case postgreSQL(ServerAddress, url: String)

    /// SQLite, and the PostgreSQL database at `url` if there is one.
    /// - Throws: `BenchError.databaseInUse` for a database that holds a queue or a register: measuring would end them.
    static func both(_ url: String?) throws -> [BenchStore] {
        guard let url else { return [.sqlite] }
        let address = try ServerAddress(url)
        let used = try schemas.filter { try SQLDatabase(address, schema: $0, options: .reading).schemaVersion() > 0 }
        guard used.isEmpty else { throw BenchError.databaseInUse(address.name) }
        return [.sqlite, .postgreSQL(address, url: url)]
    }

    private static let schemas = ["greffier_queue", "greffier_register"]

    /// What the results call it.
    var name: String {
        switch self {
        case .sqlite: "SQLite"
        case .postgreSQL: "PostgreSQL"
        }
    }

    /// What tells a program of it.
    var environment: [String: String] {
        switch self {
        case .sqlite: [:]
        case .postgreSQL(_, let url): ["GREFFIER_STORE": url]
        }
    }

    /// Where a register of its own is.
    func register(_ folder: String) -> RegisterPlace {
        switch self {
        case .sqlite: .folder(folder)
        case .postgreSQL(let address, _): .server(address)
        }
    }

    /// Empties the database of queue and register; folders are the run's. What does it is in a schema of its own, which stays:
    /// a transaction is marked there.
    func clear() throws {
        guard case .postgreSQL(let address, _) = self else { return }
        let database = try SQLDatabase(address, schema: "greffier_bench")
        for schema in Self.schemas {
            try database.write { try $0.execute("DROP SCHEMA IF EXISTS \(schema) CASCADE") }
        }
        try database.close()
    }
}
