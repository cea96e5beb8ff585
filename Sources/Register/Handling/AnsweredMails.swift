import Deadlines
import GreffierProtocol
import Storage

/// The mails by which staff answered: each counts once.
struct AnsweredMails {
    let sql: SQLTransaction

    /// Enters a mail; false when it is entered already. One without a Message-ID is always new.
    func note(_ mail: String?, on deadline: DeadlineID, now: UTCInstant) throws(StorageError) -> Bool {
        guard let mail else { return true }
        let key = BoundedText(mail).text
        let isKnown = try sql.first("SELECT 1 FROM answered_mails WHERE message_id = ?", [.text(key)]) { _ in true }
        if isKnown == true { return false }
        try sql.execute(
            "INSERT INTO answered_mails (message_id, deadline, at) VALUES (?, ?, ?)",
            [.text(key), .init(deadline), .init(now)])
        return true
    }
}

extension Register {
    /// Who was sent a mail about a deadline: a reminder, or the mail about its act or its change, which offer the same
    /// answers.
    public func recipients(toldOf deadline: DeadlineID) throws -> [String] {
        try database.read { sql in
            let origins = try sql.first(
                "SELECT a.introduced_by, d.change_mail FROM deadlines d JOIN acts a ON a.id = d.act WHERE d.id = ?",
                [.init(deadline)]
            ) { row in
                [AlertSubject.document(try row.document(0))]
                    + [try row.optionalInteger(1).map { AlertSubject.changes($0) }].compactMap { $0 }
            }
            let subjects = [.deadline(deadline)] + (origins ?? [])
            let marks = subjects.map { _ in "?" }.joined(separator: ", ")
            return try sql.query(
                "SELECT DISTINCT recipient FROM alerts WHERE subject IN (\(marks)) ORDER BY recipient",
                subjects.map { .text($0.key) }
            ) { try $0.text(0) }
        }
    }
}
