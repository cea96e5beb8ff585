import Deadlines
import Deliberations
import GreffierProtocol
import Storage

extension AlertMaker {
    /// Something to be told of by a mail about changes.
    struct DueChanges {
        var rows: [DeadlineRow] = []
        var findings: [Int64] = []
        var notices: [Int64] = []
    }

    /// Tells what documents changed of acts that staff know: one mail a document, with its deadlines and findings.
    mutating func tellChanges(
        _ rows: [DeadlineRow], limit: Int, plan: (AlertOccasion) throws -> AlertPlan
    ) throws -> Int {
        let findings = try sql.query(
            "SELECT id, cause FROM findings WHERE announce_at <= ? ORDER BY announce_at, id LIMIT ?",
            [.init(now), .integer(limit)]
        ) { (id: try $0.integer(0), cause: try $0.document(1)) }
        var documents: [DocumentID: DueChanges] = [:]
        for row in rows { documents[row.precedence.document, default: DueChanges()].rows.append(row) }
        for finding in findings { documents[finding.cause, default: DueChanges()].findings.append(finding.id) }
        let notices = try sql.query(
            "SELECT id, cause FROM notices WHERE announce_at <= ? ORDER BY announce_at, id LIMIT ?",
            [.init(now), .integer(limit)]
        ) { (id: try $0.integer(0), cause: try $0.document(1)) }
        for notice in notices { documents[notice.cause, default: DueChanges()].notices.append(notice.id) }
        for (document, changes) in documents.sorted(by: { $0.key < $1.key }) {
            try tell(changes, plan(occasion(document, changes)))
        }
        return max(findings.count, notices.count)
    }

    private mutating func tell(_ changes: DueChanges, _ plan: AlertPlan) throws {
        let mail = numbers.next(.mail)
        try add(.changes, .changes(mail), version: 0, step: "", plan: plan)
        for row in changes.rows {
            try cancelOlderSteps(of: row, for: .changed)
            try setSteps(of: row, last: .changed)
            try sql.execute(
                "UPDATE deadlines SET change_step = ?, change_mail = ? WHERE id = ?",
                [.text(ReminderStep.changed.key), .integer(mail), .init(row.id)])
        }
        for finding in changes.findings {
            try sql.execute(
                "UPDATE findings SET told = 1, announce_at = NULL, mail = ? WHERE id = ?",
                [.integer(mail), .integer(finding)])
        }
        for notice in changes.notices {
            try sql.execute(
                "UPDATE notices SET announce_at = NULL, mail = ? WHERE id = ?", [.integer(mail), .integer(notice)])
        }
    }
}
