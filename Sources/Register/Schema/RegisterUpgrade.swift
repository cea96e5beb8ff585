import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import JSONCodec
import Storage

/// Fills in what version 3 of the schema keeps and earlier ones did not, where SQL alone cannot: once, for registers that
/// are older. What is damaged is passed over: the register opens, and the audit says what.
struct RegisterUpgrade {
    let sql: SQLTransaction
    let bodies: BodyStore
    let planner: ReminderPlanner
    let passedOver: @Sendable (RegisterError) -> Void

    private static let mark = "filled"

    /// Does it, unless it is done.
    func run() throws {
        let isDone = try sql.first("SELECT 1 FROM meta WHERE name = ?", [.text(Self.mark)]) { _ in true } ?? false
        guard !isDone else { return }
        // An upgrade is no part of a simulated day: the audit says when it was really done.
        let now = UTCInstant(secondsSince1970: time(nil))
        let batch = try RegistrationBatch(sql: sql, bodies: bodies, planner: planner, now: now, passedOver: passedOver)
        try fillTerms(batch)
        let documents = try sql.query("SELECT id FROM documents WHERE superseded = 0 ORDER BY id") {
            try $0.document(0)
        }
        for document in documents {
            try fillKeys(of: document, batch)
            try fillStatements(of: document, batch)
        }
        try batch.finish()
        try sql.execute("INSERT INTO meta (name, value) VALUES (?, '3')", [.text(Self.mark)])
    }

    /// What reminders need of a deadline whose words stand in its row. One without its words is reminded of as often as
    /// any: then operators are told that its mail cannot be composed.
    private func fillTerms(_ batch: RegistrationBatch) throws {
        let rows = try sql.query("SELECT id, detail FROM deadlines WHERE detail IS NOT NULL") {
            (id: try $0.integer(0), detail: try $0.text(1))
        }
        for row in rows {
            guard let deadline = try? Deadline(json: Array(row.detail.utf8)) else {
                batch.passOver(.damagedRow(table: "deadlines", id: "\(row.id)"), "deadline", "\(row.id)")
                try sql.execute("UPDATE deadlines SET reminders = 'long' WHERE id = ?", [.integer(row.id)])
                continue
            }
            try sql.execute(
                "UPDATE deadlines SET stated_state = ?, stated_due = ?, reminders = ?, started = ? WHERE id = ?",
                [
                    .text(deadline.state.rawValue), .init(deadline.due), .text(deadline.reminders.rawValue),
                    .init(deadline.startEvent != nil), .integer(row.id),
                ])
        }
    }

    /// The numbers of a document's deliberations, with their separators; as they were where an entry is damaged.
    private func fillKeys(of document: DocumentID, _ batch: RegistrationBatch) throws {
        let summaries = try sql.query(
            "SELECT summary FROM entries WHERE document = ? ORDER BY position", [.init(document)]
        ) { try $0.text(0) }
        let keys = EntryKeys.keys(of: summaries.compactMap { try? ActSummary(json: Array($0.utf8)) })
        guard keys.count == summaries.count else {
            return batch.passOver(
                .damagedRow(table: "entries", id: "of document \(document)"), "document", "\(document)")
        }
        for (position, key) in keys.enumerated() {
            try sql.execute(
                "UPDATE entries SET number_key = ?, compact_key = ?, digits_key = ? WHERE document = ? AND position = ?",
                [
                    .init(key.number), .init(key.compactNumber), .init(key.number.map(NumberKey.digits)),
                    .init(document), .integer(position),
                ])
        }
    }

    /// Who states duties of a whole session or authority.
    private func fillStatements(of document: DocumentID, _ batch: RegistrationBatch) throws {
        let statements = try batch.statements(of: document) ?? []
        for statement in DeadlineStatement.best(of: statements) where !statement.scope.isAct {
            guard let row = try batch.deadlineRows(of: statement.scope)[statement.key] else { continue }
            batch.add(statement, of: row.id)
        }
    }
}
