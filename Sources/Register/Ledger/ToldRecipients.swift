import Deadlines
import GreffierProtocol
import Storage

/// Who was told of what changes now: whoever had the old date gets the new one, wherever routes lead today.
struct ToldRecipients {
    let sql: SQLTransaction

    func recipients(of changes: AlertMaker.DueChanges) throws -> [AlertRecipient] {
        var found: [AlertRecipient] = []
        for row in changes.rows where row.change != .added { found += try recipients(of: row.id) }
        for id in changes.notices {
            guard let notice = try NoticeRow.row(id, sql) else { continue }
            if let deadline = notice.deadline {
                found += try recipients(of: deadline)
            } else {
                found += try sent([.document(notice.introducedBy)]) + digested(notice.introducedBy)
            }
        }
        return found
    }

    /// Those to whom the mail about its act, one about its change or a reminder left.
    private func recipients(of deadline: DeadlineID) throws -> [AlertRecipient] {
        let origin = try sql.first(
            "SELECT a.introduced_by, d.change_mail FROM deadlines d JOIN acts a ON a.id = d.act WHERE d.id = ?",
            [.init(deadline)]
        ) { (document: try $0.document(0), mail: try $0.optionalInteger(1)) }
        guard let origin else { return try sent([.deadline(deadline)]) }
        let mail = origin.mail.map { [AlertSubject.changes($0)] } ?? []
        return try sent([.deadline(deadline), .document(origin.document)] + mail) + digested(origin.document)
    }

    private func sent(_ subjects: [AlertSubject]) throws -> [AlertRecipient] {
        let marks = subjects.map { _ in "?" }.joined(separator: ", ")
        return try sql.query(
            """
            SELECT recipient, route, escalation FROM alerts
            WHERE subject IN (\(marks)) AND (state IN ('sent', 'uncertain') OR doubts > 0) ORDER BY id
            """, subjects.map { .text($0.key) }
        ) { AlertRecipient(try $0.text(0), route: try $0.text(1), isEscalation: try $0.boolean(2)) }
    }

    private func digested(_ document: DocumentID) throws -> [AlertRecipient] {
        try sql.query("SELECT DISTINCT recipient FROM digest_items WHERE document = ?", [.init(document)]) {
            AlertRecipient(try $0.text(0))
        }
    }
}
