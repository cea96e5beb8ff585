import Deadlines
import GreffierProtocol
import Storage

extension Register {
    /// Claims alerts whose time has come, and those whose sender died: until the claim ends, nobody else gets them.
    ///
    /// An alert whose sender died may be what ended it: it is claimed alone, so that no other is under its suspicion twice.
    ///
    /// - Parameters:
    ///   - seconds: how long the claim lasts: longer than sending them can take.
    ///   - token: a number that no other claim has, drawn at random.
    public func claimAlerts(now: UTCInstant, limit: Int, seconds: Int, token: Int64) throws -> [ClaimedAlert] {
        guard !isReadOnly else { throw RegisterError.readOnly }
        let isAnythingDue = try database.read { sql in
            try sql.first("SELECT 1 FROM alerts WHERE wake_at <= ? LIMIT 1", [.init(now)]) { _ in true } ?? false
        }
        guard isAnythingDue else { return [] }
        return try database.write { sql in
            let isSuspect = try sql.first(
                "SELECT state FROM alerts WHERE wake_at <= ? ORDER BY wake_at, id LIMIT 1", [.init(now)]
            ) { try $0.text(0) == AlertState.claimed.rawValue }
            let choice = isSuspect == true ? "= 'claimed'" : "<> 'claimed'"
            try sql.execute(
                """
                UPDATE alerts SET token = ?, wake_at = ?, attempts = attempts + 1,
                    doubts = doubts + CASE WHEN state = 'claimed' THEN 1 ELSE 0 END, state = 'claimed',
                    composed_at = COALESCE(composed_at, ?)
                WHERE wake_at <= ? AND id IN
                    (SELECT id FROM alerts WHERE wake_at <= ? AND state \(choice) ORDER BY wake_at, id LIMIT ?)
                """,
                [
                    .integer(token), .init(now + seconds), .init(now), .init(now), .init(now),
                    .integer(isSuspect == true ? min(1, limit) : limit),
                ])
            return try sql.query(
                ClaimedAlert.query + " WHERE token = ? AND wake_at IS NOT NULL ORDER BY id", [.integer(token)]
            ) { try ClaimedAlert($0) }
        }
    }

    /// Enters what became of a claimed alert.
    ///
    /// - Parameter listing: the dated deadlines that its mail listed, if it was about new acts: it is their reminder of
    ///   the day.
    /// - Returns: false if the claim had ended and another process took the alert: then nothing is entered.
    @discardableResult
    public func commit(
        _ alert: ClaimedAlert, as outcome: AlertOutcome, listing: [ListedDeadline] = [], now: UTCInstant
    ) throws -> Bool {
        guard !isReadOnly else { throw RegisterError.readOnly }
        let entry = LedgerEntry(outcome)
        return try database.write { sql in
            let changed = try sql.execute(
                """
                UPDATE alerts SET state = ?, wake_at = ?, token = NULL, finished_at = ?,
                    reply = COALESCE(NULLIF(?, ''), reply),
                    doubts = doubts + ?, attempts = attempts - ?, refused_at = ?,
                    refused_for = COALESCE(?, refused_for), composed_at = CASE WHEN ? = 1 AND doubts = 0 THEN NULL ELSE composed_at END
                WHERE id = ? AND token = ? AND state = 'claimed'
                """,
                [
                    .text(entry.state.rawValue), .init(entry.wakeAt), entry.wakeAt == nil ? .init(now) : .null,
                    .text(BoundedText(entry.reply).text), .init(entry.isDoubtful), .init(entry.isUnattempted),
                    .init(entry.refusedAt(alert, now)), entry.refusedFor.map { .integer($0) } ?? .null,
                    .init(entry.state == .pending), .init(alert.id), .integer(alert.token),
                ])
            if changed > 0 { try follow(alert, entry, listing, now, sql) }
            return changed > 0
        }
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

    /// The Message-ID of the first mail about an act or a deadline that a recipient got, which later mails continue.
    public func threadRoot(of subjects: [AlertSubject], recipient: String) throws -> String? {
        try database.read { sql in
            for subject in subjects {
                let root = try sql.first(
                    """
                    SELECT message_id FROM alerts WHERE subject = ? AND recipient = ? AND state IN ('sent', 'uncertain')
                    ORDER BY id LIMIT 1
                    """, [.text(subject.key), .text(recipient)]
                ) { try $0.text(0) }
                if let root { return root }
            }
            return nil
        }
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
        case .failed(let reply): (state, self.reply) = (.failed, reply)
        case .cancelled(let reason): (state, self.reply) = (.cancelled, reason)
        case .postponed(let moment): (state, wakeAt, reply, isUnattempted) = (.pending, moment, "", true)
        }
    }

    /// From when on the next refusal's wait counts.
    func refusedAt(_ alert: ClaimedAlert, _ now: UTCInstant) -> UTCInstant? {
        if refusedFor != nil { return now }
        return isUnreachable ? nil : alert.refusal.at
    }
}

extension ClaimedAlert {
    static let query = """
        SELECT id, kind, subject, version, step, recipient, message_id, composed_at, created_at, attempts, doubts, wake_at,
            token, refused_at, refused_for, route, escalation
        FROM alerts
        """

    init(_ row: SQLRow) throws {
        id = AlertID(try row.integer(0))
        guard let kind = AlertKind(rawValue: try row.text(1)), let subject = AlertSubject(key: try row.text(2)) else {
            throw StorageError.unexpectedValue(column: "alerts, row \(id)", wanted: "an alert")
        }
        key = AlertKey(
            kind: kind, subject: subject, version: try row.count(3), step: try row.text(4), recipient: try row.text(5))
        messageID = try row.text(6)
        composedAt = try row.instant(7)
        createdAt = try row.instant(8)
        attempt = try row.count(9)
        doubts = try row.count(10)
        claimedUntil = try row.instant(11)
        token = try row.integer(12)
        refusal = AlertRefusal(at: try row.optionalInstant(13), seconds: try row.count(14))
        route = try row.text(15)
        isEscalation = try row.boolean(16)
    }
}
