import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

extension AlertMaker {
    /// The mail about the acts that a document brought.
    func occasion(_ document: AnnouncedDocument) -> AlertOccasion {
        AlertOccasion(.newActs(document: document.id)) { [sql, bodies] in
            try AnnouncementReader(
                sql: sql, bodies: bodies, document: document.id, generation: document.generation,
                stated: StatedDeadlines(bodies)
            ).read()?.topics ?? []
        }
    }

    /// A reminder of a deadline.
    func occasion(_ row: DeadlineRow, _ reminder: Reminder) -> AlertOccasion {
        let standing = DeadlineStanding(
            due: row.due, isDuty: row.terms.direction == .actBefore,
            isAnswered: row.handling != nil || row.assignee != nil, assignee: row.assignee)
        return AlertOccasion(.reminder(row.id, reminder, standing)) { [sql, bodies] in
            try Self.topics(of: [row.id], sql, bodies)
        }
    }

    /// The mail about what a document changed.
    func occasion(_ document: DocumentID, _ changes: DueChanges) -> AlertOccasion {
        AlertOccasion(.changes(document: document)) { [sql, bodies] in
            try Self.topics(of: changes.rows.map(\.id), sql, bodies) + Self.topics(ofFindings: changes.findings, sql)
                + Self.topics(ofNotices: changes.notices, sql, bodies)
        } informed: { [sql] in
            try ToldRecipients(sql: sql).recipients(of: changes)
        }
    }

    private static func topics(
        of deadlines: [DeadlineID], _ sql: SQLTransaction, _ bodies: BodyStore
    ) throws -> [AlertTopic] {
        let stated = StatedDeadlines(bodies)
        return try deadlines.compactMap { id in
            try sql.readFirst(RegisteredDeadline.query + " WHERE d.id = ?", [.init(id)]) { row in
                AlertTopic(try RegisteredDeadline(row, from: stated))
            }
        }
    }

    private static func topics(
        ofNotices notices: [Int64], _ sql: SQLTransaction, _ bodies: BodyStore
    ) throws -> [AlertTopic] {
        var topics: [AlertTopic] = []
        for id in notices {
            guard let notice = try NoticeRow.row(id, sql) else { continue }
            if let deadline = notice.deadline {
                topics += try self.topics(of: [deadline], sql, bodies)
                continue
            }
            func topic(_ subject: AlertTopic.Subject) -> AlertTopic {
                AlertTopic(subject, authority: notice.authority, siren: notice.siren, act: notice.facts)
            }
            topics.append(topic(.act))
            topics += notice.correction.found.map { topic(.finding($0.severity)) }
        }
        return topics
    }

    private static func topics(ofFindings findings: [Int64], _ sql: SQLTransaction) throws -> [AlertTopic] {
        try findings.compactMap { id in
            try sql.readFirst(
                """
                SELECT f.detail, u.name, u.siren, a.facts
                FROM findings f JOIN authorities u ON u.id = f.authority LEFT JOIN acts a ON a.id = f.act
                WHERE f.id = ?
                """, [.integer(id)]
            ) { row in
                guard let finding = try? Finding(json: Array(try row.text(0).utf8)) else {
                    throw RegisterError.damagedRow(table: "findings", id: "\(id)")
                }
                let facts = try row.optionalText(3).flatMap { try? ActSummary(json: Array($0.utf8)) }
                return AlertTopic(
                    .finding(finding.severity), authority: try row.text(1), siren: try row.optionalText(2), act: facts)
            }
        }
    }
}
