import Deadlines
import Deliberations
import GreffierProtocol
import Storage

/// A generation of a document whose acts are to be told.
struct AnnouncedDocument {
    let id: DocumentID
    let generation: Int
}

extension AlertMaker {
    /// Tells of the acts that a document brought, and lets the mail count as the first reminder of the deadlines it lists:
    /// nobody is told the same thing twice on one day.
    mutating func announce(_ document: AnnouncedDocument, _ plan: AlertPlan) throws {
        try add(.newActs, .document(document.id), version: document.generation, step: "", plan: plan)
        try sql.execute("UPDATE documents SET announce_at = NULL WHERE id = ?", [.init(document.id)])
        let day = ParisTime.civil(at: max(now, plan.sendAt)).date
        for row in try listedDeadlines(of: document, limit: plan.listedDeadlines) {
            guard let reminder = next(row, after: row.lastStep),
                reminder.step == .atCreation || reminder.sendOn <= day
            else { continue }
            try setSteps(of: row, last: reminder.step)
            try audit(
                "reminder.announced", "deadline/\(row.id)",
                "\(reminder.step.key): the mail about document \(document.id) lists it")
        }
    }

    /// The document that brought a deadline's act, if it still waits to be announced.
    func unannounced(_ deadline: DeadlineID) throws -> AnnouncedDocument? {
        try sql.first(
            """
            SELECT c.id, c.generation
            FROM deadlines d JOIN acts a ON a.id = d.act JOIN documents c ON c.id = a.introduced_by
            WHERE d.id = ? AND a.introduced_in = c.generation AND c.announce_at <= ?
            """, [.init(deadline), .init(now)]
        ) { AnnouncedDocument(id: try $0.document(0), generation: try $0.count(1)) }
    }

    /// The dated deadlines of the acts that a document brought, the earliest first.
    private func listedDeadlines(of document: AnnouncedDocument, limit: Int) throws -> [DeadlineRow] {
        guard limit > 0 else { return [] }
        return try sql.query(
            DeadlineRow.query + """
                 WHERE d.act IN (SELECT id FROM acts WHERE introduced_by = ? AND introduced_in = ? AND state = 'live')
                    AND d.due IS NOT NULL AND d.state IN ('open', 'scheduled')
                ORDER BY d.due, d.id LIMIT ?
                """, [.init(document.id), .integer(document.generation), .integer(limit)]
        ) { try DeadlineRow($0) }
    }
}
