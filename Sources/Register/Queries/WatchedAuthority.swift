import Deadlines
import Deliberations
import Storage

/// An authority whose documents are in the register.
public struct WatchedAuthority: Hashable, Sendable {
    /// Its name as first written.
    public let name: String
    /// How many of its documents are known and not replaced.
    public let documents: Int
    /// How many of its deadlines run.
    public let deadlines: Int
    /// When its last document was accepted.
    public let lastAccepted: UTCInstant?
}

extension Register {
    /// The authorities, by name.
    public func watchedAuthorities() throws -> [WatchedAuthority] {
        try database.read { sql in
            let running = try sql.query(
                """
                SELECT a.authority, count(*) FROM deadlines d JOIN acts a ON a.id = d.act
                WHERE d.state IN ('open', 'scheduled') GROUP BY a.authority
                """
            ) { (authority: try $0.integer(0), count: try $0.count(1)) }
            let counts = Dictionary(running.map { ($0.authority, $0.count) }, uniquingKeysWith: +)
            return try sql.query(
                """
                SELECT u.id, u.name, count(c.id), max(c.accepted_at)
                FROM authorities u LEFT JOIN documents c ON c.authority = u.id AND c.superseded = 0
                GROUP BY u.id, u.name ORDER BY u.name, u.id
                """
            ) { row in
                WatchedAuthority(
                    name: try row.text(1), documents: try row.count(2), deadlines: counts[try row.integer(0)] ?? 0,
                    lastAccepted: try row.optionalInstant(3))
            }
        }
    }
}
