import Deadlines
import Deliberations
import GreffierProtocol
import Storage

/// Writes deadlines that change, whoever changes them.
struct DeadlineWriter {
    let sql: SQLTransaction
    let planner: ReminderPlanner
    let now: UTCInstant

    /// Writes a row with its next reminder.
    func write(_ row: DeadlineRow) throws {
        let next = planner.next(for: row, after: row.lastStep, now: now)
        try sql.execute(
            Self.update,
            [
                .init(row.act), .text(row.state.rawValue), .init(row.due), .text(row.terms.state.rawValue),
                .init(row.terms.due), .text(row.terms.direction.rawValue), .text(row.terms.reminders.rawValue),
                .init(row.terms.isStarted), .integer(row.version), .init(row.precedence.document),
                .init(row.place?.report), .init(row.place?.position), .init(row.isArchive), .init(row.knownAt),
                .init(row.lastStep?.key), .init(next?.step.key), .init(next?.sendAt), .init(row.change?.key),
                .init(row.change?.formerDue), .init(row.changeStep?.key), .init(row.handling?.act),
                .init(row.handling?.person), .init(row.handling?.at), .init(row.handling?.note), .init(row.assignee),
                .init(row.snoozedUntil), .init(row.entered?.due), .init(row.entered?.how), .init(row.id),
            ])
    }

    private static let update = """
        UPDATE deadlines SET act = ?, state = ?, due = ?, stated_state = ?, stated_due = ?, direction = ?, reminders = ?,
            started = ?, version = ?, source = ?, report = ?, position = ?, archive = ?, known_at = ?, last_step = ?,
            next_step = ?, next_at = ?, change = ?, former_due = ?, change_step = ?, handled = ?, handled_by = ?,
            handled_at = ?, note = ?, assignee = ?, snoozed_until = ?, entered_due = ?, entered_how = ?
        WHERE id = ?
        """

    /// Takes back the alerts of a deadline that have not left; one that is being sent has left. Answers their steps.
    @discardableResult
    func cancelAlerts(of deadline: DeadlineID, reason: String) throws -> Set<String> {
        let subject = SQLValue.text(AlertSubject.deadline(deadline).key)
        let steps = try sql.query(
            "SELECT step FROM alerts WHERE kind = 'reminder' AND subject = ? AND state = 'pending'", [subject]
        ) { try $0.text(0) }
        guard !steps.isEmpty else { return [] }
        try sql.execute(
            """
            UPDATE alerts SET state = 'cancelled', wake_at = NULL, finished_at = ?, reply = ?
            WHERE kind = 'reminder' AND subject = ? AND state = 'pending'
            """, [.init(now), .text(reason), subject])
        return Set(steps)
    }
}
