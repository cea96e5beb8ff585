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
        try sql.enqueue(
            Self.update,
            [
                .init(row.act), .text(row.state.rawValue), .init(row.due), .text(row.terms.state.rawValue),
                .init(row.terms.due), .text(row.terms.direction.rawValue), .text(row.terms.reminders.rawValue),
                .init(row.terms.isStarted), .integer(row.version), .init(row.precedence.document),
                .init(row.place?.report), .init(row.place?.position), .init(row.isArchive), .init(row.knownAt),
                .init(row.lastStep?.key), .init(next?.step.key), .init(next?.sendAt), .init(row.change?.key),
                .init(row.change?.formerDue), .init(row.changeStep?.key), row.changeMail.map { .integer($0) } ?? .null,
                .init(row.handling?.act),
                .init(row.handling?.person), .init(row.handling?.at), .init(row.handling?.note), .init(row.assignee),
                .init(row.snoozedUntil), .init(row.entered?.due), .init(row.entered?.how),
                .init(row.entered?.start?.day), .init(row.entered?.start?.event), .init(row.entered?.alternative),
                .init(row.terms.backstopOf), .init(row.asleepUntil), .init(row.id),
            ])
    }

    private static let update = """
        UPDATE deadlines SET act = ?, state = ?, due = ?, stated_state = ?, stated_due = ?, direction = ?, reminders = ?,
            started = ?, version = ?, source = ?, report = ?, position = ?, archive = ?, known_at = ?, last_step = ?,
            next_step = ?, next_at = ?, change = ?, former_due = ?, change_step = ?, change_mail = ?, handled = ?, handled_by = ?,
            handled_at = ?, note = ?, assignee = ?, snoozed_until = ?, entered_due = ?, entered_how = ?,
            entered_start = ?, entered_event = ?, entered_alternative = ?, backstop_of = ?, asleep_until = ?
        WHERE id = ?
        """

    /// Takes back the alerts of a deadline that have not left. One that is being sent is composed for a version that is
    /// no more, and cancelled then, unless it has left.
    func cancelAlerts(of deadline: DeadlineID, reason: String) throws {
        try sql.enqueue(
            """
            UPDATE alerts SET state = 'cancelled', wake_at = NULL, finished_at = ?, reply = ?
            WHERE kind = 'reminder' AND subject = ? AND state = 'pending'
            """, [.init(now), .text(reason), .text(AlertSubject.deadline(deadline).key)])
    }

    /// Whether the reminder of a step reached staff, for all that is known: an attempt in doubt may have. Not if one for
    /// somebody is still on its way.
    func isTold(_ step: ReminderStep, of row: DeadlineRow) throws -> Bool {
        let alerts = try alerts(of: step, row)
        return alerts.contains(.told) && !alerts.contains(.onItsWay)
    }

    /// Whether the reminder of a step reached anybody, for all that is known.
    func isToldToAnybody(_ step: ReminderStep, of row: DeadlineRow) throws -> Bool {
        try alerts(of: step, row).contains(.told)
    }

    /// Whether the reminder of a step has not left for somebody: it never will once the deadline is another.
    func isOnItsWay(_ step: ReminderStep, of row: DeadlineRow) throws -> Bool {
        try alerts(of: step, row).contains(.onItsWay)
    }

    private enum Progress {
        case onItsWay
        case told
        case ended
    }

    private func alerts(of step: ReminderStep, _ row: DeadlineRow) throws -> [Progress] {
        let key: [SQLValue] =
            if step == .changed, let mail = row.changeMail {
                [.text(AlertSubject.changes(mail).key), .text(AlertKind.changes.rawValue), 0, ""]
            } else {
                [
                    .text(AlertSubject.deadline(row.id).key), .text(AlertKind.reminder.rawValue),
                    .integer(row.version), .text(step.key),
                ]
            }
        return try sql.query(
            "SELECT state, doubts FROM alerts WHERE subject = ? AND kind = ? AND version = ? AND step = ?", key
        ) { row in
            switch AlertState(rawValue: try row.text(0)) {
            case .sent, .uncertain: .told
            case .pending, .claimed: try row.integer(1) > 0 ? .told : .onItsWay
            case .failed, .cancelled, nil: .ended
            }
        }
    }
}
