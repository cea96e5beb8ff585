import Deadlines
import GreffierProtocol
import Storage

/// Letting the documents of a session leave that is older than the register keeps.
extension RegistrationBatch {
    /// Takes documents of a session out, the corrected ones first, unless something of it is still to come. Answers how many.
    /// - Parameters:
    ///   - before: only if all of its documents were registered before.
    ///   - limit: how many at most.
    func expire(_ session: SessionKey, before: UTCInstant, limit: Int) throws -> Int {
        guard try ExpiryCondition(sql: sql, now: now).holds(for: session, before: before) else { return 0 }
        let documents = try sql.query(
            """
            SELECT id FROM documents WHERE session_day = ? AND authority = ?
            ORDER BY superseded DESC, accepted_at, id LIMIT ?
            """, [.init(session.day), .integer(session.authority), .integer(limit)]
        ) { try $0.document(0) }
        for document in documents {
            _ = try forget(document)
            audit("document.expired", "document/\(document)", "retention.register")
        }
        return documents.count
    }
}
