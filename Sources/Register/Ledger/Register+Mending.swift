import Deadlines
import GreffierProtocol
import Storage

/// Who acts on an alert, and why: what the audit keeps.
public struct AlertAct: Hashable, Sendable {
    /// The person.
    public let actor: String
    /// Why; bounded.
    public let reason: BoundedText

    /// An act of `actor`.
    public init(actor: String, reason: String) {
        self.actor = BoundedText(actor).text
        self.reason = BoundedText(reason)
    }
}

extension Register {
    /// How many alerts were given up and wait until a person resends or cancels them.
    public func alertsWaitingForPerson() throws -> Int {
        try database.read { sql in
            try sql.first(
                "SELECT count(*) FROM alerts WHERE wake_at IS NULL AND state IN ('failed', 'uncertain')"
            ) { try $0.count(0) } ?? 0
        }
    }

    /// Has an alert that failed, or of which nobody knows whether it arrived, sent again, with the others of its mail: anew
    /// from what the register says then, with its Message-ID. One that may have arrived takes no others along: a server
    /// that knows its Message-ID would drop them.
    /// - Throws: `RegisterError.noAlert`, `.alertIs` when it is in another state.
    @discardableResult
    public func resendAlert(_ id: AlertID, by act: AlertAct, now: UTCInstant) throws -> AlertListing {
        try change(id, from: [.failed, .uncertain], action: "alert.resent", act, now: now) { sql in
            let mail = try sql.first("SELECT mail FROM alerts WHERE id = ?", [.init(id)]) { try $0.optionalText(0) }
            try sql.execute(
                """
                UPDATE alerts SET state = 'pending', wake_at = ?, token = NULL, finished_at = NULL, composed_at = NULL,
                    attempts = 0, doubts = 0, refused_at = NULL, refused_for = 0,
                    mail = CASE WHEN state = 'uncertain' THEN COALESCE(mail, message_id) END
                WHERE id = ? OR (mail = ? AND state IN ('failed', 'uncertain'))
                """, [.init(now), .init(id), .init(mail ?? nil)])
        }
    }

    /// Ends an alert that has not left: it is not sent any more. What is being sent, or was, cannot be taken back.
    /// - Throws: `RegisterError.noAlert`, `.alertIs` when it is in another state.
    @discardableResult
    public func cancelAlert(_ id: AlertID, by act: AlertAct, now: UTCInstant) throws -> AlertListing {
        try change(id, from: [.pending, .failed, .uncertain], action: "alert.cancelled", act, now: now) { sql in
            try sql.execute(
                "UPDATE alerts SET state = 'cancelled', wake_at = NULL, token = NULL, finished_at = ?, reply = ? WHERE id = ?",
                [.init(now), .text(BoundedText("\(act.actor): \(act.reason.text)").text), .init(id)])
        }
    }

    /// A person's act on an alert that is in one of `states`, with its line in the audit, in one transaction.
    private func change(
        _ id: AlertID, from states: [AlertState], action: String, _ act: AlertAct, now: UTCInstant,
        _ body: (SQLTransaction) throws -> Void
    ) throws -> AlertListing {
        guard !isReadOnly else { throw RegisterError.readOnly }
        return try database.write { sql in
            var numbers = try RowNumbers(sql)
            guard let found = try AlertListing.row(id, sql) else { throw RegisterError.noAlert(id) }
            guard states.contains(found.state) else { throw RegisterError.alertIs(found.state, id) }
            try body(sql)
            try sql.execute(
                "INSERT INTO audit (id, at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    .integer(numbers.next(.audit)), .init(now), .text(act.actor), .text(action), .text("alert/\(id)"),
                    .text(act.reason.text),
                ])
            try numbers.save(to: sql)
            return try AlertListing.row(id, sql) ?? found
        }
    }
}
