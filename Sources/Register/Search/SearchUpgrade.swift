import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import Storage

/// Fills the index of words with what a register holds that is older than the index: once. Of a damaged document only the
/// subjects are found.
struct SearchUpgrade {
    let sql: SQLTransaction
    let bodies: BodyStore
    let planner: ReminderPlanner
    let passedOver: @Sendable (RegisterError) -> Void

    private static let mark = "searchable"

    /// Does it, unless it is done.
    func run() throws {
        let isDone = try sql.first("SELECT 1 FROM meta WHERE name = ?", [.text(Self.mark)]) { _ in true } ?? false
        guard !isDone else { return }
        let now = UTCInstant(secondsSince1970: time(nil))
        let batch = try RegistrationBatch(sql: sql, bodies: bodies, planner: planner, now: now, passedOver: passedOver)
        let documents = try sql.query("SELECT DISTINCT document FROM entries WHERE search IS NULL") {
            try $0.document(0)
        }
        for document in documents { try fill(document, batch) }
        try batch.finish()
        try sql.execute("INSERT INTO meta (name, value) VALUES (?, '6')", [.text(Self.mark)])
    }

    /// Nil for a damaged one: `greffier doctor` names it.
    private func report(of document: DocumentID, _ batch: RegistrationBatch) throws -> Report? {
        do {
            return try batch.report(of: document)
        } catch let error as RegisterError where error.isDamage {
            return nil
        }
    }

    private func fill(_ document: DocumentID, _ batch: RegistrationBatch) throws {
        let report = try self.report(of: document, batch)
        let entries = try sql.query(
            "SELECT position, summary FROM entries WHERE document = ? AND search IS NULL", [.init(document)]
        ) { (position: try $0.count(0), summary: try $0.text(1)) }
        for entry in entries {
            let summary = try? ActSummary(json: Array(entry.summary.utf8))
            let texts = SearchedTexts(of: summary ?? ActSummary(subject: ""), at: entry.position, in: report)
            try sql.execute(
                "UPDATE entries SET search = ?, beneficiaries = ?, people = ? WHERE document = ? AND position = ?",
                [
                    .integer(try batch.index(texts)), SearchedTexts.value(of: texts.beneficiaries),
                    SearchedTexts.value(of: texts.people), .init(document), .integer(entry.position),
                ])
        }
    }
}
