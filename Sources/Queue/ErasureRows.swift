import GreffierProtocol
import Storage

extension QueueTransaction {
    /// Takes out everything that a document says: its bytes and results, its name, what failures and people wrote about it.
    /// Its id and source stay, and in the audit trail who did it, when and why. One that had not ended is dropped.
    mutating func erase(_ row: DocumentRow, _ request: DocumentAct) throws -> StoreAnswer {
        let records = try sql.first(
            "SELECT body, extract, converted, report FROM documents WHERE number = ?", [.integer(row.number)]
        ) { columns in try (0..<4).compactMap { try columns.optionalText($0).flatMap(SegmentReference.init) } }
        giveUp(records ?? [])
        var outcome = row.outcome
        if !outcome.state.isFinal { outcome.state = .dropped }
        (outcome.since, outcome.code, outcome.message) = (time.wallSeconds, DocumentRow.erasedCode, nil)
        try sql.execute(
            """
            UPDATE documents SET name = '', media_type = NULL, state = ?, since = ?, due = NULL, token = NULL,
                worker = NULL, code = ?, message = NULL, body = NULL, extract = NULL, converted = NULL, report = NULL
            WHERE number = ?
            """,
            [
                .text(outcome.state.rawValue), .integer(time.wallSeconds), .text(DocumentRow.erasedCode),
                .integer(row.number),
            ])
        try sql.execute("UPDATE history SET message = NULL WHERE document = ?", [.integer(row.number)])
        try sql.execute(
            "UPDATE history SET message = NULL WHERE document = \(Self.audit) AND code = ?",
            [.text(request.id.jsonString)])
        try note(
            row.number,
            HistoryEntry(
                at: time.wallSeconds, what: "erased", stage: outcome.stage, generation: outcome.generation,
                who: BoundedName.cut(request.by)))
        if outcome.state != row.outcome.state {
            tallies.move(
                from: (outcome.stage, row.outcome.state), to: (outcome.stage, outcome.state), size: row.size,
                of: row.source)
        } else if row.hasBody {
            tallies.add(SourceBytes(-row.size, outcome.state), to: row.source)
        }
        hasErased = true
        if sql.dialect == .sqlite { try Settings.set(Settings.uncompacted, "1", sql) }
        return .moved(outcome, waiting: nil)
    }
}
