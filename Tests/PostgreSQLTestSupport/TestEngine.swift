import Foundation
import Storage

/// The engine on which a test of ``OnEveryEngine`` runs its store at the moment.
public enum TestEngine: Sendable {
    case sqlite
    case postgreSQL(PostgreSQLServer)

    /// The engine of the running test.
    @TaskLocal public static var current = TestEngine.sqlite

    /// The address of the engine's database, or nil for SQLite.
    public var address: ServerAddress? {
        get throws {
            guard case .postgreSQL(let server) = self else { return nil }
            return try ServerAddress(server.url)
        }
    }

    /// Whether this is SQLite.
    public var isSQLite: Bool {
        if case .sqlite = self { true } else { false }
    }

    /// A schema's name that nobody else has.
    public static func schema() -> String {
        "t_" + UUID().uuidString.lowercased().replacing("-", with: "")
    }

    /// Removes a schema and what is in it.
    public func drop(_ schema: String) {
        guard case .postgreSQL(let server) = self, let address = try? ServerAddress(server.url) else { return }
        _ = try? SQLDatabase(address, schema: schema).write { try $0.execute("DROP SCHEMA \(schema) CASCADE") }
    }
}
