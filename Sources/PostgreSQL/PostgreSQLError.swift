/// What a PostgreSQL server or the way to it refuses.
public enum PostgreSQLError: Error, Hashable, Sendable {
    /// The address cannot be used as it is written.
    case unusableAddress(reason: String)
    /// No server that takes writes could be reached in the time given for it.
    case unreachable(server: String, message: String)
    /// The connection broke within a transaction.
    case lost(message: String)
    /// The server refused a statement; `code` is its SQLSTATE (PostgreSQL 15, appendix A).
    case refused(code: String, message: String, sql: String)
    /// The client was closed.
    case closed

    /// Whether the same transaction may well pass when it is run again at once: it met another one.
    public var isCollision: Bool {
        guard case .refused(let code, _, _) = self else { return false }
        return ["40001", "40P01"].contains(code)
    }

    /// Whether the server of this connection takes no more statements, though another connection may: it ends, starts,
    /// has no room for another client, or is a standby.
    public var isLoss: Bool {
        switch self {
        case .lost: true
        case .refused(let code, _, _):
            code.hasPrefix("08") || code.hasPrefix("57P") || ["25006", "53300"].contains(code)
        default: false
        }
    }
}

extension PostgreSQLError: CustomStringConvertible {
    /// One English sentence for an operator: what failed and the cure.
    public var description: String {
        switch self {
        case .unusableAddress(let reason):
            "the address of the PostgreSQL store cannot be used: \(reason)"
        case .unreachable(let server, let message):
            "PostgreSQL at \(server) cannot be reached (\(message)): start it, or correct `store`"
        case .lost(let message):
            "the connection to PostgreSQL was lost (\(message)): it is opened again by itself"
        case .refused(let code, let message, let sql):
            "PostgreSQL refused a statement: \(message) [\(code)] (\(sql.prefix(120)))"
        case .closed:
            "the connection to PostgreSQL was closed"
        }
    }
}

extension PostgreSQLError {
    /// A server's text without its line breaks, bounded.
    static func words(_ text: String) -> String {
        String(text.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(300))
    }
}
