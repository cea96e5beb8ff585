import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// A document, and who is told of what it brings to light.
struct FindingCause {
    let document: DocumentID
    let isArchive: Bool
    /// Whether a mail about new acts of this document will be made.
    let isAnnounced: Bool
}

/// What comparing documents found.
struct FoundFinding {
    /// The same when it is found again.
    let subject: String
    let finding: Finding
    /// The act concerned; nil for the session.
    let act: ActID?
    let authority: Int64
    let day: CivilDate
}

/// What had been found.
struct FindingRow {
    let id: Int64
    let rule: String
    let subject: String
    let isLive: Bool
    let isTold: Bool
    let act: ActID?
    let detail: String
}

extension RegistrationBatch {
    /// What had been found under a condition.
    func findings(_ condition: String, _ values: [SQLValue]) throws -> [FindingRow] {
        try sql.query(
            "SELECT id, rule, subject, state, told, act, detail FROM findings WHERE \(condition) ORDER BY id", values
        ) { row in
            FindingRow(
                id: try row.integer(0), rule: try row.text(1), subject: try row.text(2),
                isLive: try row.text(3) == "live", isTold: try row.boolean(4),
                act: try row.optionalInteger(5).map { ActID($0) }, detail: try row.text(6))
        }
    }

    /// Brings what had been found up to what is found now: the same again changes nothing and is not told again.
    func settle(_ found: [FoundFinding], among rows: [FindingRow], cause: FindingCause) throws {
        var left = rows
        for finding in found {
            let index = left.firstIndex { $0.rule == finding.finding.rule && $0.subject == finding.subject }
            try settle(finding, as: index.map { left.remove(at: $0) }, cause: cause)
        }
        for row in left { try withdraw(row) }
    }

    private func settle(_ found: FoundFinding, as row: FindingRow?, cause: FindingCause) throws {
        guard let row else { return try insert(found, cause: cause) }
        let detail = found.finding.jsonText
        if row.isLive, row.act == found.act, row.detail == detail { return }
        let isTold = try row.isTold || isListed(found, cause: cause)
        try sql.execute(
            """
            UPDATE findings SET state = 'live', act = ?, session_day = ?, detail = ?, told = ?,
                announce_at = CASE WHEN ? = 1 THEN NULL WHEN announce_at IS NULL THEN ? ELSE announce_at END
            WHERE id = ?
            """,
            [
                found.act.map { .init($0) } ?? .null, .init(found.day), .text(detail), .init(isTold), .init(isTold),
                .init(isNotice(cause) ? now : nil), .integer(row.id),
            ])
        if !row.isLive { audit("finding.found", "finding/\(row.id)", found.finding.rule) }
    }

    private func insert(_ found: FoundFinding, cause: FindingCause) throws {
        let id = numbers.next(.finding)
        let isTold = try isListed(found, cause: cause)
        try sql.execute(
            """
            INSERT INTO findings (id, rule, subject, authority, session_day, act, state, cause, found_at, told,
                announce_at, detail)
            VALUES (?, ?, ?, ?, ?, ?, 'live', ?, ?, ?, ?, ?)
            """,
            [
                .integer(id), .text(found.finding.rule), .text(found.subject), .integer(found.authority),
                .init(found.day), found.act.map { .init($0) } ?? .null, value(of: cause.document), .init(now),
                .init(isTold), .init(!isTold && isNotice(cause) ? now : nil), .text(found.finding.jsonText),
            ])
        audit("finding.found", "finding/\(id)", "\(found.finding.rule): \(BoundedText(found.finding.message).text)")
    }

    /// Notes that something is no longer so.
    func withdraw(_ row: FindingRow) throws {
        guard row.isLive else { return }
        try sql.execute(
            "UPDATE findings SET state = 'withdrawn', announce_at = NULL WHERE id = ?", [.integer(row.id)])
        audit("finding.withdrawn", "finding/\(row.id)", row.rule)
    }

    /// Whether a mail about new acts that is still to be composed lists it.
    private func isListed(_ found: FoundFinding, cause: FindingCause) throws -> Bool {
        guard let act = found.act else { return cause.isAnnounced }
        return try news(of: act) == .pending
    }

    /// Archives are quiet about the past.
    private func isNotice(_ cause: FindingCause) -> Bool { !cause.isArchive }

    /// An authority as its row has it.
    func authority(numbered id: Int64) throws -> Authority {
        try sql.first("SELECT name, kind, siren, department FROM authorities WHERE id = ?", [.integer(id)]) { row in
            Authority(
                name: try row.text(0), kind: Authority.Kind(rawValue: try row.text(1)) ?? .other,
                siren: try row.optionalText(2), department: try row.optionalText(3))
        } ?? Authority(name: "", kind: .other)
    }
}
