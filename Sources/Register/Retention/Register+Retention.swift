import Deadlines
import Deliberations
import Storage

extension Register {
    /// Where one pass over the register's sessions stands.
    struct ExpiryCursor: Sendable, Hashable {
        var day: Int64 = .min
        var authority: Int64 = .min
    }

    /// What one step took out.
    struct Expired: Sendable, Hashable {
        var documents = 0
        var auditLines = 0
        /// Where the next step goes on; nil when all sessions were looked at.
        var next: ExpiryCursor?
    }

    /// How many sessions a step looks at, how many documents it takes out, and how many lines of the trail.
    private static let sessions = 100
    private static let documents = 50
    private static let auditLines = 1_000
    /// How many pages of the search index a step merges, so that words leave it which no row has any more.
    private static let mergedPages = 200

    /// Takes out what is older than the register keeps, a step's worth.
    func expire(_ retention: RegisterRetention, from cursor: ExpiryCursor, now: UTCInstant) throws -> Expired {
        guard !isReadOnly else { throw RegisterError.readOnly }
        var expired = Expired()
        if let seconds = retention.auditSeconds { expired.auditLines = try expireAudit(before: now + -seconds) }
        guard let shortest = retention.shortest else { return expired }
        let page = try oldSessions(after: cursor, before: now + -shortest)
        for session in page {
            let place = SessionKey(authority: session.authority, day: session.day)
            if let kept = retention.seconds(name: session.name, siren: session.siren),
                Self.day(now + -kept) > session.day
            {
                do {
                    expired.documents += try expire(place, before: now + -kept, now: now)
                } catch let error as RegisterError where error.isDamage {
                    // The session stays; the others go.
                    passedOver(error)
                }
            }
            expired.next = ExpiryCursor(day: Int64(session.day.daysSince1970), authority: session.authority)
            if expired.documents > 0 { break }
        }
        // A session with more documents than one step takes is the next one's again.
        if expired.documents == Self.documents { expired.next = cursor }
        if expired.documents == 0, page.count < Self.sessions { expired.next = nil }
        return expired
    }

    private struct OldSession {
        let authority: Int64
        let day: CivilDate
        let name: String
        let siren: String?
    }

    private static func day(_ moment: UTCInstant) -> CivilDate { ParisTime.civil(at: moment).date }

    private func oldSessions(after cursor: ExpiryCursor, before: UTCInstant) throws -> [OldSession] {
        try database.read { sql in
            try sql.query(
                """
                SELECT s.authority, s.session_day, u.name_key, u.siren FROM
                    (SELECT session_day, authority FROM documents
                    WHERE (session_day, authority) > (?, ?) AND session_day < ?
                    GROUP BY session_day, authority ORDER BY session_day, authority LIMIT \(Self.sessions)) s
                JOIN authorities u ON u.id = s.authority
                ORDER BY s.session_day, s.authority
                """, [.integer(cursor.day), .integer(cursor.authority), .init(Self.day(before))]
            ) { row in
                OldSession(
                    authority: try row.integer(0), day: try row.day(1), name: try row.text(2),
                    siren: try row.optionalText(3))
            }
        }
    }

    private func expire(_ session: SessionKey, before: UTCInstant, now: UTCInstant) throws -> Int {
        let isOver = try database.read { try ExpiryCondition(sql: $0, now: now).holds(for: session, before: before) }
        guard isOver else { return 0 }
        let count = try database.write { sql in
            let mark = bodies.mark
            do {
                let batch = try RegistrationBatch(sql: sql, bodies: bodies, planner: planner, now: now)
                let count = try batch.expire(session, before: before, limit: Self.documents)
                if count > 0 { try SearchedTexts.index.merge(pages: Self.mergedPages, sql) }
                try batch.finish()
                return count
            } catch {
                bodies.rewind(to: mark)
                throw error
            }
        }
        if count > 0 { try eraseSpentBodies() }
        return count
    }

    private func expireAudit(before: UTCInstant) throws -> Int {
        try database.write { sql in
            try sql.execute(
                """
                DELETE FROM audit WHERE at < ? AND id IN (SELECT id FROM audit ORDER BY id LIMIT \(Self.auditLines))
                """, [.init(before)])
        }
    }
}
