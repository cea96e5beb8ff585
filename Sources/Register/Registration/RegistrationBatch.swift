import Deadlines
import Deliberations
import GreffierProtocol
import Storage
import Validation

/// What the registrations of one transaction share.
///
/// Its methods are grouped by what they do: a document (`+Documents`), which act a deliberation is (`+Matching`), what an
/// act says (`+Facts`), its deadlines (`+Deadlines`, `+DeadlineRows`), what staff are told of their changes (`+Changes`, `+Notices`), what
/// comparing documents finds (`+Comparison`, `+Findings`).
final class RegistrationBatch {
    let sql: SQLTransaction
    let bodies: BodyStore
    let planner: ReminderPlanner
    let now: UTCInstant
    var numbers: RowNumbers
    private var audits = BulkInsert(into: "audit", columns: ["id", "at", "actor", "action", "subject", "detail"])
    private var reports: [DocumentID: Report] = [:]
    private var damaged: Set<DocumentID> = []
    private let passedOver: @Sendable (RegisterError) -> Void
    /// The rules that compare documents.
    let review: RegisterReview
    /// What the documents share that is to be compared.
    var comparisons = PendingComparisons()
    var news: [ActID: ActNews] = [:]
    /// The document that is being registered.
    var cause: FindingCause?
    /// How many entries were read to find which act a deliberation is.
    var entriesRead = 0
    var authorities: [AuthorityName: Int64] = [:]
    /// New rows about deadlines on their way into their tables.
    var newDeadlines = BulkInsert(into: "deadlines", columns: RegistrationBatch.deadlineColumns)
    var newStatements = BulkInsert(into: "shared_statements", columns: RegistrationBatch.statementColumns)
    /// Rows of duties that the documents of one session state one after the other, and those among them that changed.
    var sharedRows: [DeadlineScope: [String: DeadlineRow]] = [:]
    var changedRows: [DeadlineID: DeadlineRow] = [:]
    var lastSummary: (summary: ActSummary, text: String)?
    private var lastDocument: (id: DocumentID, value: SQLValue)?
    private var firstReminders: [ReminderQuestion: Reminder?] = [:]

    /// Writes deadlines that change.
    var writer: DeadlineWriter { DeadlineWriter(sql: sql, planner: planner, now: now) }

    /// How many Reports are kept in memory while documents of one session are put together.
    private static let reportLimit = 128

    init(
        sql: SQLTransaction, bodies: BodyStore, planner: ReminderPlanner, now: UTCInstant,
        review: RegisterReview = RegisterReview(), passedOver: @escaping @Sendable (RegisterError) -> Void = { _ in }
    ) throws(StorageError) {
        self.review = review
        self.passedOver = passedOver
        self.sql = sql
        self.bodies = bodies
        self.planner = planner
        self.now = now
        numbers = try RowNumbers(sql)
    }

    /// Compares and writes what was collected and makes the bodies durable. The last thing before the commit.
    func finish() throws {
        try compareShared()
        try flushDeadlines()
        try audits.flush(to: sql)
        try numbers.save(to: sql)
        try bodies.synchronize(sql)
    }

    /// Writes the lines of the audit trail that wait.
    func flushAudit() throws { try audits.flush(to: sql) }

    /// Adds a line to the audit trail, which is rewritten only where a document is forgotten.
    func audit(_ action: String, _ subject: String, _ detail: String, by actor: String = "greffier-notify") {
        audits.add([
            .integer(numbers.next(.audit)), .init(now), .text(actor), .text(action), .text(subject), .text(detail),
        ])
    }

    /// On what the first reminder of a deadline that becomes known now depends: the acts of a session share most dates.
    private struct ReminderQuestion: Hashable {
        let terms: DeadlineTerms
        let isArchive: Bool
        let tellsChange: Bool
        let asleepUntil: CivilDate?
    }

    /// The first reminder of a deadline that becomes known now.
    func firstReminder(
        of terms: DeadlineTerms, isArchive: Bool, tellsChange: Bool, asleepUntil: CivilDate?
    ) -> Reminder? {
        let question = ReminderQuestion(
            terms: terms, isArchive: isArchive, tellsChange: tellsChange, asleepUntil: asleepUntil)
        if let known = firstReminders[question] { return known }
        let reminder = planner.next(
            for: terms.scheduled, knownAt: now, isArchive: isArchive, tellsChange: tellsChange, last: nil,
            now: max(now, asleepUntil.map(planner.opening(of:)) ?? now))
        firstReminders[question] = .some(reminder)
        return reminder
    }

    /// The Report of a registered document.
    func report(of document: DocumentID) throws -> Report {
        if let report = reports[document] { return report }
        let reference = try sql.first("SELECT report FROM documents WHERE id = ?", [.init(document)]) { try $0.text(0) }
        let report = try StoredReport.read(reference ?? "", of: document, from: bodies)
        remember(report, of: document)
        return report
    }

    /// The Report of a registered document, or nil if it is damaged: what else is registered does not wait for it.
    func readableReport(of document: DocumentID) throws -> Report? {
        guard !damaged.contains(document) else { return nil }
        do {
            return try report(of: document)
        } catch let error as RegisterError where error.isDamage {
            damaged.insert(document)
            passOver(error, "document", "\(document)")
            return nil
        }
    }

    /// Goes on without something damaged: the audit keeps it, and operators are told.
    func passOver(_ error: RegisterError, _ thing: String, _ id: String) {
        audit("\(thing).damaged", "\(thing)/\(id)", BoundedText("\(error)").text)
        passedOver(error)
    }

    /// Keeps a Report at hand.
    func remember(_ report: Report, of document: DocumentID) {
        if reports.count >= Self.reportLimit { reports.removeAll(keepingCapacity: true) }
        reports[document] = report
    }

    /// A document's id as rows have it; most are used many times in a row.
    func value(of document: DocumentID) -> SQLValue {
        if let lastDocument, lastDocument.id == document { return lastDocument.value }
        let value = SQLValue(document)
        lastDocument = (document, value)
        return value
    }
}
