import Deadlines
import GreffierProtocol
import Storage

extension Register {
    /// Enters what became of a claimed mail, as a whole.
    ///
    /// - Parameters:
    ///   - outcome: what became of its alerts.
    ///   - exceptions: of those that it left out, or whose patience differs.
    ///   - listing: the dated deadlines that it listed, if it was about new acts: it is their reminder of the day.
    /// - Returns: false if the claim had ended and another process took the mail: then nothing is entered.
    @discardableResult
    public func commit(
        _ mail: ClaimedMail, as outcome: AlertOutcome, except exceptions: [AlertID: AlertOutcome] = [:],
        listing: [ListedDeadline] = [], now: UTCInstant
    ) throws -> Bool {
        guard !isReadOnly else { throw RegisterError.readOnly }
        return try database.write { sql in
            var isEntered = false
            for alert in mail.alerts {
                let entry = LedgerEntry(exceptions[alert.id] ?? outcome)
                guard try enter(entry, of: alert, now, sql) else { continue }
                try follow(alert, entry, listing, now, sql)
                isEntered = true
            }
            return isEntered
        }
    }

    private func enter(
        _ entry: LedgerEntry, of alert: ClaimedAlert, _ now: UTCInstant, _ sql: SQLTransaction
    ) throws -> Bool {
        let isPending = SQLValue(entry.state == .pending)
        let changed = try sql.execute(
            """
            UPDATE alerts SET state = ?, wake_at = ?, token = NULL, finished_at = ?,
                reply = COALESCE(NULLIF(?, ''), reply),
                doubts = doubts + ?, attempts = attempts - ?, refused_at = ?,
                refused_for = COALESCE(?, refused_for),
                composed_at = CASE WHEN ? = 1 AND doubts = 0 THEN NULL ELSE composed_at END,
                mail = CASE WHEN ? = 1 AND doubts = 0 THEN NULL ELSE mail END
            WHERE id = ? AND token = ? AND state = 'claimed'
            """,
            [
                .text(entry.state.rawValue), .init(entry.wakeAt), entry.wakeAt == nil ? .init(now) : .null,
                .text(BoundedText(entry.reply).text), .init(entry.isDoubtful), .init(entry.isUnattempted),
                .init(entry.refusedAt(alert, now)), entry.refusedFor.map { .integer($0) } ?? .null,
                isPending, isPending, .init(alert.id), .integer(alert.token),
            ])
        return changed > 0
    }

    /// What follows from an outcome: a failure stands in the audit, and a mail that lists deadlines has reminded of them.
    /// After an attempt in doubt a recipient may have an earlier mail alone, under the same Message-ID.
    private func follow(
        _ alert: ClaimedAlert, _ entry: LedgerEntry, _ listing: [ListedDeadline], _ now: UTCInstant,
        _ sql: SQLTransaction
    ) throws {
        let document: DocumentID? = if case .document(let id) = alert.key.subject { id } else { nil }
        let isListing = entry.state == .sent && alert.doubts == 0 && !listing.isEmpty
        guard entry.state == .failed || isListing else { return }
        var maker = AlertMaker(
            sql: sql, numbers: try RowNumbers(sql), register: id, messageHost: "", planner: planner, now: now,
            bodies: bodies)
        if entry.state == .failed {
            try maker.audit(
                "alert.failed", "alert/\(alert.id)", "\(alert.key.recipient): \(BoundedText(entry.reply).text)")
        } else if let document {
            try maker.countAsReminded(listing, by: document)
        }
        try maker.finish()
    }
}

/// How an outcome stands in the ledger.
private struct LedgerEntry {
    var state: AlertState
    var wakeAt: UTCInstant?
    var reply: String
    var isDoubtful = false
    var isUnattempted = false
    var isUnreachable = false
    var isRefused = false
    var refusedFor: Int?

    init(_ outcome: AlertOutcome) {
        switch outcome {
        case .sent(let reply): (state, self.reply) = (.sent, reply)
        case .retry(let moment, let reply, let seconds):
            (state, wakeAt, self.reply, refusedFor) = (.pending, moment, reply, seconds)
        case .unreachable(let moment, let reply):
            (state, wakeAt, self.reply) = (.pending, moment, reply)
            (isUnattempted, isUnreachable) = (true, true)
        case .uncertain(let moment, let reply):
            (state, wakeAt, self.reply, isDoubtful) = (.uncertain, moment, reply, true)
        case .failed(let reply): (state, self.reply, isRefused) = (.failed, reply, true)
        case .unsendable(let reason): (state, reply) = (.failed, reason)
        case .cancelled(let reason): (state, self.reply) = (.cancelled, reason)
        case .postponed(let moment): (state, wakeAt, reply, isUnattempted) = (.pending, moment, "", true)
        }
    }

    /// From when on the next refusal's wait counts.
    func refusedAt(_ alert: ClaimedAlert, _ now: UTCInstant) -> UTCInstant? {
        if refusedFor != nil || isRefused { return now }
        return isUnreachable ? nil : alert.refusal.at
    }
}
