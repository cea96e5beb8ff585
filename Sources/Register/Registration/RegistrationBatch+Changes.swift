import Deadlines
import Deliberations
import GreffierProtocol
import Storage

extension RegistrationBatch {
    /// What is to be told of a deadline that is stated for the first time: nothing of what is done, of what stands behind
    /// another deadline, or of what the authority owes every year: its reminders come in time.
    func change(adding statement: DeadlineStatement) throws -> DeadlineChange? {
        let isQuiet = statement.isWatched || statement.asleepUntil != nil || statement.terms.state == .closed
        if isQuiet { return nil }
        return try isToBeTold(of: statement.act, due: statement.terms.due, isArchive: statement.isArchive)
            ? .added : nil
    }

    /// What is to be told of a row that becomes another: its date as it stands counts, not what a document says where a
    /// person's holds. Nothing new is told of what is closed.
    func change(of row: DeadlineRow, to changed: DeadlineRow) throws -> DeadlineChange? {
        guard changed.isRunning || row.change != nil,
            try isToBeTold(of: changed.act, due: changed.due, isArchive: changed.isArchive)
        else { return nil }
        let isUntold = try row.changeStep.map { try !writer.isToldToAnybody($0, of: row) } ?? true
        if let change = row.change, isUntold { return change == .moved(from: changed.due) ? nil : change }
        if row.state == .superseded, try isWithdrawalTold(of: row.id) { return .added }
        return row.due == changed.due ? nil : .moved(from: row.due)
    }

    /// Not if the mail about the act is still to be composed, as it says everything; nor what archives say of the past, or
    /// of acts of which staff know nothing.
    private func isToBeTold(of act: ActID, due: CivilDate?, isArchive: Bool) throws -> Bool {
        switch try news(of: act) {
        case .pending: return false
        case .never: return !isArchive
        case .told:
            guard isArchive else { return true }
            return due.map { $0 >= ParisTime.civil(at: now).date } ?? false
        }
    }

    /// Whether staff have been told of an act: by the mail about the generation of the document that brought it.
    func news(of act: ActID) throws -> ActNews {
        if let known = news[act] { return known }
        let introduction = try sql.first(
            """
            SELECT c.id, a.introduced_in, CASE WHEN c.announce_at IS NOT NULL AND c.generation = a.introduced_in THEN 1 ELSE 0 END
            FROM acts a JOIN documents c ON c.id = a.introduced_by WHERE a.id = ?
            """, [.init(act)]
        ) { (document: try $0.document(0), generation: try $0.count(1), isAnnounced: try $0.boolean(2)) }
        let result = try introduction.map { $0.isAnnounced ? .pending : try news(from: $0.document, $0.generation) }
        news[act] = result ?? .never
        return result ?? .never
    }

    private func news(from document: DocumentID, _ generation: Int) throws -> ActNews {
        let isComposed = try sql.query(
            """
            SELECT CASE WHEN state = 'pending' AND composed_at IS NULL THEN 0 ELSE 1 END FROM alerts
            WHERE subject = ? AND kind = 'new-acts' AND version = ?
            """, [.text(AlertSubject.document(document).key), .integer(generation)]
        ) { try $0.boolean(0) }
        if isComposed.isEmpty { return .never }
        return isComposed.contains(true) ? .told : .pending
    }
}
