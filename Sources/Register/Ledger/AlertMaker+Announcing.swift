import Deadlines
import Deliberations
import GreffierProtocol
import Storage

/// A generation of a document whose acts are to be told.
struct AnnouncedDocument {
    let id: DocumentID
    let generation: Int
}

/// A deadline that a mail about new acts lists, as it stood then.
public struct ListedDeadline: Hashable, Sendable {
    /// The deadline.
    public let id: DeadlineID
    /// Its version then.
    public let version: Int

    /// A deadline as it stands.
    public init(_ deadline: RegisteredDeadline) {
        id = deadline.id
        version = deadline.version
    }
}

extension AlertMaker {
    /// Tells of the acts that a document brought, and lets the mail count as the first reminder of the deadlines it lists:
    /// nobody is told the same thing twice on one day.
    mutating func announce(_ document: AnnouncedDocument, _ plan: AlertPlan) throws {
        try add(.newActs, .document(document.id), version: document.generation, step: "", plan: plan)
        try sql.execute("UPDATE documents SET announce_at = NULL WHERE id = ?", [.init(document.id)])
        for digest in plan.digests { try add(document, to: digest) }
        // What only a digest tells is reminded of by it; who is told at once is reminded meanwhile.
        let moment = plan.recipients.isEmpty ? plan.digests.map(\.sendAt).max() : nil
        let day = ParisTime.civil(at: max(now, moment ?? plan.sendAt)).date
        for row in try listedDeadlines(of: document, limit: plan.listedDeadlines) {
            try countAsReminded(row, by: document.id, on: day)
        }
    }

    /// Counts as reminded of the deadlines that the mail about a document listed when it was sent. Most were when it was
    /// made; others were added or moved since.
    mutating func countAsReminded(_ listed: [ListedDeadline], by document: DocumentID) throws {
        guard !listed.isEmpty else { return }
        let versions = Dictionary(listed.map { ($0.id, $0.version) }, uniquingKeysWith: max)
        let marks = listed.map { _ in "?" }.joined(separator: ", ")
        let rows = try sql.readAll(
            DeadlineRow.query + " WHERE d.id IN (\(marks)) AND d.next_at IS NOT NULL", listed.map { .init($0.id) }
        ) { try DeadlineRow($0) }
        let day = ParisTime.civil(at: now).date
        for row in rows where row.version == versions[row.id] && row.change == nil {
            try countAsReminded(row, by: document, on: day)
        }
    }

    /// The mail is the reminder of its day.
    private mutating func countAsReminded(_ row: DeadlineRow, by document: DocumentID, on day: CivilDate) throws {
        guard let reminder = next(row, after: row.lastStep), reminder.step == .atCreation || reminder.sendOn <= day
        else {
            return
        }
        try setSteps(of: row, last: reminder.step)
        try audit(
            "reminder.announced", "deadline/\(row.id)",
            "\(reminder.step.key): the mail about document \(document) lists it")
    }

    /// How the mail about the act of a deadline stands, for the deadline's own reminder.
    enum News {
        /// It still waits to be made.
        case unannounced(AnnouncedDocument)
        /// It waits to be composed, and will list what is known then.
        case waiting(AnnouncedDocument)
        /// Somebody is sending it until then: whether it lists the deadline is not known yet.
        case leaving(until: UTCInstant)
        /// It has left, or there is none.
        case told
    }

    /// How the mail about the act of a deadline stands.
    func news(of deadline: DeadlineID) throws -> News {
        let found = try sql.first(
            """
            SELECT c.id, a.introduced_in, c.generation, c.announce_at
            FROM deadlines d JOIN acts a ON a.id = d.act JOIN documents c ON c.id = a.introduced_by WHERE d.id = ?
            """, [.init(deadline)]
        ) { row in
            let document = AnnouncedDocument(id: try row.document(0), generation: try row.count(1))
            let isPresent = try row.count(2) == document.generation
            return (document: document, announceAt: isPresent ? try row.optionalInstant(3) : nil)
        }
        guard let found else { return .told }
        if let moment = found.announceAt, moment <= now { return .unannounced(found.document) }
        return try mail(about: found.document)
    }

    private func mail(about document: AnnouncedDocument) throws -> News {
        let alerts = try sql.query(
            """
            SELECT state, wake_at FROM alerts
            WHERE subject = ? AND kind = 'new-acts' AND version = ? AND step = '' AND state IN ('pending', 'claimed')
                AND doubts = 0 AND wake_at IS NOT NULL
            """, [.text(AlertSubject.document(document.id).key), .integer(document.generation)]
        ) { (isClaimed: try $0.text(0) == AlertState.claimed.rawValue, until: try $0.instant(1)) }
        if let until = alerts.filter(\.isClaimed).map(\.until).max(), until > now { return .leaving(until: until) }
        return alerts.contains { !$0.isClaimed } ? .waiting(document) : .told
    }

    /// Whether the mail about a document lists a deadline; then it is reminded of by that.
    func lists(_ document: AnnouncedDocument, _ row: DeadlineRow, limit: Int) throws -> Bool {
        try row.change == nil && listedDeadlines(of: document, limit: limit).contains { $0.id == row.id }
    }

    /// The dated deadlines of the acts that a document brought, the earliest first.
    private func listedDeadlines(of document: AnnouncedDocument, limit: Int) throws -> [DeadlineRow] {
        guard limit > 0 else { return [] }
        return try sql.readAll(
            Self.listedDeadlines, [.init(document.id), .integer(document.generation), .integer(limit)]
        ) { try DeadlineRow($0) }
    }

    static let listedDeadlines =
        DeadlineRow.query + """
             WHERE \(DeadlineRow.ofActsBroughtBy) AND d.due IS NOT NULL AND \(DeadlineRow.isRunning)
            ORDER BY d.due NULLS FIRST, d.id LIMIT ?
            """
}
