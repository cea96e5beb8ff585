import Deadlines
import Deliberations
import GreffierProtocol
import Storage

/// Under what conditions the documents of a session leave the register: all of them are old, no deadline of theirs runs, and
/// no mail about them waits.
struct ExpiryCondition {
    let sql: SQLTransaction
    let now: UTCInstant

    /// Whether all of its documents were registered before a moment, and nothing of it is still to come.
    func holds(for session: SessionKey, before: UTCInstant) throws -> Bool {
        let place: [SQLValue] = [.init(session.day), .integer(session.authority)]
        let isFresh = try sql.first(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM documents WHERE session_day = ? AND authority = ?
                    AND (registered_at >= ? OR announce_at IS NOT NULL))
                OR EXISTS (SELECT 1 FROM findings WHERE announce_at IS NOT NULL AND session_day = ? AND authority = ?)
                OR EXISTS (SELECT 1 FROM acts a JOIN notices n ON n.act = a.id
                    WHERE a.session_day = ? AND a.authority = ? AND n.announce_at IS NOT NULL)
            """, place + [.init(before)] + place + place
        ) { _ in true }
        guard isFresh == nil else { return false }
        let deadlines = try deadlines(of: place)
        guard !deadlines.contains(where: { $0.isRunning }) else { return false }
        var subjects = deadlines.flatMap { [AlertSubject.deadline($0.id)] + ($0.changes.map { [.changes($0)] } ?? []) }
        let documents = try sql.query("SELECT id FROM documents WHERE session_day = ? AND authority = ?", place) {
            try $0.document(0)
        }
        for document in documents {
            if try waitsForDigest(document) { return false }
            subjects.append(.document(document))
            subjects += try sql.query(
                "SELECT mail FROM findings WHERE cause = ? AND mail IS NOT NULL", [.init(document)]
            ) {
                AlertSubject.changes(try $0.integer(0))
            }
        }
        subjects += try sql.query(
            """
            SELECT n.mail FROM acts a JOIN notices n ON n.act = a.id
            WHERE a.session_day = ? AND a.authority = ? AND n.mail IS NOT NULL
            """, place
        ) { AlertSubject.changes(try $0.integer(0)) }
        return try !Set(subjects).contains { try isWaiting($0) }
    }

    /// A deadline that a session's documents state.
    private struct StatedDeadline {
        let id: DeadlineID
        let isRunning: Bool
        let changes: Int64?
    }

    /// The deadlines that the documents of a session state, alone or among others. One runs while its date lies ahead or is
    /// unknown, or while people are reminded of it; most of an archive's are over.
    private func deadlines(of place: [SQLValue]) throws -> [StatedDeadline] {
        let today = ParisTime.civil(at: now).date
        return try sql.query(
            """
            SELECT d.id, d.state, d.due, d.next_at, d.archive, d.change_mail FROM acts a JOIN deadlines d ON d.act = a.id
            WHERE a.session_day = ? AND a.authority = ?
            UNION
            SELECT d.id, d.state, d.due, d.next_at, d.archive, d.change_mail
            FROM documents x JOIN shared_statements s ON s.document = x.id JOIN deadlines d ON d.id = s.deadline
            WHERE x.session_day = ? AND x.authority = ?
            """, place + place
        ) { row in
            let due = try row.optionalDay(2)
            let isAhead = try due.map { $0 >= today } ?? (row.integer(4) == 0)
            let isUnanswered = ["open", "scheduled"].contains(try row.text(1))
            return StatedDeadline(
                id: DeadlineID(try row.integer(0)),
                isRunning: try isUnanswered && (isAhead || row.optionalInstant(3) != nil),
                changes: try row.optionalInteger(5))
        }
    }

    private func isWaiting(_ subject: AlertSubject) throws -> Bool {
        try sql.first(
            """
            SELECT 1 FROM alerts WHERE subject = ?
                AND (wake_at IS NOT NULL OR state IN ('pending', 'claimed', 'failed', 'uncertain')) LIMIT 1
            """, [.text(subject.key)]
        ) { _ in true } ?? false
    }

    private func waitsForDigest(_ document: DocumentID) throws -> Bool {
        try sql.first(
            """
            SELECT 1 FROM digest_items i JOIN alerts a ON a.recipient = i.recipient AND a.version = i.version
            WHERE i.document = ? AND a.kind = 'digest' AND a.wake_at IS NOT NULL LIMIT 1
            """, [.init(document)]
        ) { _ in true } ?? false
    }
}
