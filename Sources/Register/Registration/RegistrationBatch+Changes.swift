import Deadlines
import Deliberations
import GreffierProtocol
import Storage

extension RegistrationBatch {
    /// What is to be told of a deadline that is stated for the first time.
    func change(adding statement: DeadlineStatement) throws -> DeadlineChange? {
        try isToBeTold(statement) ? .added : nil
    }

    /// What is to be told of a row whose date a statement changes.
    ///
    /// - Parameter cancelled: the steps whose alerts were taken back before they left.
    func change(
        of row: DeadlineRow, to statement: DeadlineStatement, cancelled: Set<String>
    ) throws -> DeadlineChange? {
        guard try isToBeTold(statement) else { return nil }
        let isUntold = row.changeStep.map { cancelled.contains($0.key) } ?? true
        if let change = row.change, isUntold {
            return change == .moved(from: statement.terms.due) ? nil : change
        }
        return row.due == statement.terms.due ? nil : .moved(from: row.due)
    }

    /// Not if the mail about the act is still to be composed, as it says everything; nor what archives say of the past, or
    /// of acts of which staff know nothing.
    private func isToBeTold(_ statement: DeadlineStatement) throws -> Bool {
        switch try news(of: statement.act) {
        case .pending: return false
        case .never: return !statement.isArchive
        case .told:
            guard statement.isArchive else { return true }
            return statement.terms.due.map { $0 >= ParisTime.civil(at: now).date } ?? false
        }
    }

    private func news(of act: ActID) throws -> ActNews {
        if let known = news[act] { return known }
        let introduction = try sql.first(
            """
            SELECT c.id, c.announce_at FROM acts a JOIN documents c ON c.id = a.introduced_by WHERE a.id = ?
            """, [.init(act)]
        ) { (document: try $0.document(0), announceAt: try $0.optionalInstant(1)) }
        let result = try introduction.map { $0.announceAt == nil ? try news(from: $0.document) : .pending } ?? .never
        news[act] = result
        return result
    }

    private func news(from document: DocumentID) throws -> ActNews {
        let isComposed = try sql.query(
            """
            SELECT CASE WHEN state = 'pending' AND composed_at IS NULL THEN 0 ELSE 1 END FROM alerts
            WHERE subject = ? AND kind = 'new-acts'
            """, [.text(AlertSubject.document(document).key)]
        ) { try $0.boolean(0) }
        if isComposed.isEmpty { return .never }
        return isComposed.contains(true) ? .told : .pending
    }
}
