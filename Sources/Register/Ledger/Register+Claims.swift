import Deadlines
import GreffierProtocol
import Storage

extension Register {
    /// Claims mails whose time has come, and those whose sender died: until the claim ends, nobody else gets them.
    ///
    /// All reminders that wait for one recipient by one route leave in one mail, up to `ClaimedMail.limit`. A mail that may
    /// have arrived stays as it was. One whose sender died may be what ended it: it is claimed alone, so that no other is
    /// under its suspicion twice.
    ///
    /// - Parameters:
    ///   - limit: the most mails.
    ///   - seconds: how long the claim lasts: longer than sending them can take.
    ///   - token: a number that no other claim has, drawn at random.
    ///   - rate: the most mails that all workers of the register claim in a minute; nil for any number.
    public func claimMails(
        now: UTCInstant, limit: Int, seconds: Int, token: Int64, rate: Int? = nil
    ) throws -> [ClaimedMail] {
        guard !isReadOnly else { throw RegisterError.readOnly }
        let isAnythingDue = try database.read { sql in
            try sql.first("SELECT 1 FROM alerts WHERE wake_at <= ? LIMIT 1", [.init(now)]) { _ in true } ?? false
        }
        guard isAnythingDue, limit > 0 else { return [] }
        return try database.write { sql in
            // Claims come one after the other, as they do on SQLite anyway: two that took parts of one mail would send it twice.
            try sql.execute("UPDATE counters SET last = last WHERE name = 'mail'")
            let claim = AlertClaim(sql: sql, now: now, end: now + seconds, token: token)
            guard let rate else { return try claim.mails(limit) }
            let claimed = try claim.claimedInMinute()
            guard claimed < rate else { return [] }
            let mails = try claim.mails(min(limit, rate - claimed))
            try claim.setClaimedInMinute(claimed + mails.count)
            return mails
        }
    }

    /// The Message-ID of the first mail about an act or a deadline that a recipient got, which later mails continue.
    public func threadRoot(of subjects: [AlertSubject], recipient: String) throws -> String? {
        try database.read { sql in
            for subject in subjects {
                let root = try sql.first(
                    """
                    SELECT COALESCE(mail, message_id) FROM alerts
                    WHERE subject = ? AND recipient = ? AND state IN ('sent', 'uncertain') ORDER BY id LIMIT 1
                    """, [.text(subject.key), .text(recipient)]
                ) { try $0.text(0) }
                if let root { return root }
            }
            return nil
        }
    }
}

/// Claims mails in one transaction.
private struct AlertClaim {
    let sql: SQLTransaction
    let now: UTCInstant
    let end: UTCInstant
    let token: Int64

    /// An alert whose time has come, and what decides with which others it leaves.
    private struct Candidate {
        let id: AlertID
        let state: AlertState?
        let mail: String?
        let recipient: SQLValue
        let route: SQLValue
        let isEscalation: SQLValue
        /// Whether it may leave with others that wait.
        let isFree: Bool

        static let columns = "id, state, mail, recipient, route, escalation, kind, doubts"

        init(_ row: SQLRow) throws {
            id = AlertID(try row.integer(0))
            state = AlertState(rawValue: try row.text(1))
            mail = try row.optionalText(2)
            recipient = .text(try row.text(3))
            route = .text(try row.text(4))
            isEscalation = .integer(try row.integer(5))
            let isReminder = try row.text(6) == AlertKind.reminder.rawValue
            isFree = try isReminder && state == .pending && mail == nil && row.integer(7) == 0
        }
    }

    func mails(_ limit: Int) throws -> [ClaimedMail] {
        let first = try sql.first(
            "SELECT \(Candidate.columns) FROM alerts WHERE wake_at <= ? ORDER BY wake_at, id LIMIT 1", [.init(now)]
        ) { try Candidate($0) }
        if let first, first.state == .claimed {
            try claim(try members(of: first), state: "= 'claimed'", of: first)
        } else {
            try claimWaiting(limit)
        }
        let alerts = try sql.readAll(
            ClaimedAlert.query + " WHERE token = ? AND wake_at IS NOT NULL ORDER BY id", [.integer(token)]
        ) { try ClaimedAlert($0) }
        return ClaimedMail.all(of: alerts)
    }

    private var minute: Int { now.secondsSince1970 / 60 }

    /// How many mails were claimed in this minute, or in the next if another worker's clock has reached it: workers whose
    /// clocks differ by seconds share one count.
    func claimedInMinute() throws -> Int {
        try sql.first(
            "SELECT mails FROM claimed_mails WHERE minute IN (?, ?) ORDER BY minute DESC LIMIT 1",
            [.integer(minute), .integer(minute + 1)]
        ) { try $0.count(0) } ?? 0
    }

    func setClaimedInMinute(_ count: Int) throws {
        let counted = try sql.first(
            "SELECT minute FROM claimed_mails WHERE minute IN (?, ?) ORDER BY minute DESC LIMIT 1",
            [.integer(minute), .integer(minute + 1)]
        ) { try $0.count(0) }
        try sql.execute("DELETE FROM claimed_mails")
        try sql.execute(
            "INSERT INTO claimed_mails (minute, mails) VALUES (?, ?)", [.integer(counted ?? minute), .integer(count)])
    }

    private func claimWaiting(_ limit: Int) throws {
        let candidates = try sql.query(
            """
            SELECT \(Candidate.columns) FROM alerts WHERE wake_at <= ? AND state <> 'claimed'
            ORDER BY wake_at, id LIMIT ?
            """, [.init(now), .integer(limit * ClaimedMail.limit)]
        ) { try Candidate($0) }
        var taken: Set<AlertID> = []
        var count = 0
        for candidate in candidates where count < limit && !taken.contains(candidate.id) {
            let members = try members(of: candidate)
            try claim(members, state: "<> 'claimed'", of: candidate)
            taken.formUnion(members)
            count += 1
        }
    }

    /// The alerts that leave in one mail with another, itself among them. Attempts that were put off are not waited for: who
    /// could not be reached for days gets one mail.
    private func members(of candidate: Candidate) throws -> [AlertID] {
        if let mail = candidate.mail {
            let state = candidate.state == .claimed ? "= 'claimed'" : "<> 'claimed'"
            return try sql.query(
                "SELECT id FROM alerts WHERE mail = ? AND state \(state) AND wake_at IS NOT NULL ORDER BY id",
                [.text(mail)]
            ) { AlertID(try $0.integer(0)) }
        }
        guard candidate.isFree else { return [candidate.id] }
        return try sql.query(
            """
            SELECT id FROM alerts
            WHERE recipient = ? AND route = ? AND escalation = ? AND kind = 'reminder' AND wake_at IS NOT NULL
                AND state = 'pending' AND doubts = 0 AND mail IS NULL
            ORDER BY wake_at, id LIMIT ?
            """, [candidate.recipient, candidate.route, candidate.isEscalation, .integer(ClaimedMail.limit)]
        ) { AlertID(try $0.integer(0)) }
    }

    private func claim(_ members: [AlertID], state: String, of candidate: Candidate) throws {
        guard let first = members.min() else { return }
        let marks = members.map { _ in "?" }.joined(separator: ", ")
        try sql.execute(
            """
            UPDATE alerts SET token = ?, wake_at = ?, attempts = attempts + 1,
                doubts = doubts + CASE WHEN state = 'claimed' THEN 1 ELSE 0 END, state = 'claimed',
                composed_at = COALESCE(composed_at, ?),
                mail = CASE WHEN ? = 1 THEN (SELECT f.message_id FROM alerts f WHERE f.id = ?) ELSE mail END
            WHERE id IN (\(marks)) AND wake_at IS NOT NULL AND state \(state)
            """,
            [
                .integer(token), .init(end), .init(now), .init(candidate.mail == nil && members.count > 1),
                .init(first),
            ] + members.map { .init($0) })
    }
}

extension ClaimedAlert {
    static let query = """
        SELECT id, kind, subject, version, step, recipient, COALESCE(mail, message_id), composed_at, created_at, attempts, doubts, wake_at,
            token, refused_at, refused_for, route, escalation
        FROM alerts
        """

    init(_ row: SQLRow) throws {
        id = AlertID(try row.integer(0))
        guard let kind = AlertKind(rawValue: try row.text(1)), let subject = AlertSubject(key: try row.text(2)) else {
            throw RegisterError.damagedRow(table: "alerts", id: "\(id)")
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
