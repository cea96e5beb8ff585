import Digest
import GreffierProtocol
import Storage

extension QueueTransaction {
    /// Keeps a new document, or starts a refused, held or dropped one again when the pusher asks for that.
    mutating func accept(
        _ submit: Submit, _ body: any StoredBytes, isProved: Bool, only source: ExactName?, _ limits: SourceLimits
    ) throws -> StoreAnswer {
        if let replaced = submit.replaces, let row = try DocumentRow.find(replaced, sql),
            try !hasPushed(source, row.number, of: row.source)
        {
            return .foreign(replaced)
        }
        let known = try DocumentRow.find(submit.id, sql, locking: submit.again == true)
        if known == nil, let excess = try excess(of: submit, isKept: false, limits) { return .sourceFull(excess) }
        guard let row = try known ?? insert(submit, body) else { return .accepted(generation: 1) }
        if isProved, row.source != ExactName(submit.source) { try share(row, with: submit.source) }
        let mayStartAgain = [.refused, .held, .dropped].contains(row.outcome.state)
        if submit.again == true, row.isErased { return .erased }
        guard submit.again == true, mayStartAgain else { return .known(row.outcome.state) }
        if let excess = try excess(of: submit, isKept: row.isKept(of: submit), limits) { return .sourceFull(excess) }
        if !row.hasBody {
            tallies.add(SourceBytes(row.size, row.outcome.state), to: row.source)
            try sql.execute(
                "UPDATE documents SET body = ? WHERE number = ?",
                [.text(try store.append(body).description), .integer(row.number)])
        }
        let generation = try restart(row, by: BoundedName.cut(submit.source), why: nil)
        // Whoever pushes it now is served with it: the machine counts it under that source, and so do the tallies.
        tallies.add(SourceBytes(-row.size, .waiting), to: row.source)
        tallies.add(SourceBytes(row.size, .waiting), to: ExactName(submit.source))
        try sql.execute(
            "UPDATE documents SET source = ? WHERE number = ?", [.text(submit.source), .integer(row.number)])
        return .accepted(generation: generation)
    }

    /// Which of its source's limits the document would pass; `isKept` says whether its bytes count as kept already.
    private mutating func excess(
        of submit: Submit, isKept: Bool, _ limits: SourceLimits
    ) throws -> SourceExcess? {
        let bytes = try tallies.bytes(of: ExactName(submit.source), sql)
        if bytes.unfinished > 0, bytes.unfinished + submit.size > limits.unfinishedBytes {
            return .unfinished(bytes: bytes.unfinished, limit: limits.unfinishedBytes)
        }
        guard !isKept, bytes.kept >= limits.keptBytes else { return nil }
        return .kept(bytes: bytes.kept, limit: limits.keptBytes)
    }

    /// Lets another pusher of the same bytes see the document, and the former one still.
    private func share(_ row: DocumentRow, with source: String) throws {
        for source in [row.source.text, source] {
            try sql.execute(
                "INSERT INTO pushers (document, source) VALUES (?, ?) ON CONFLICT (document, source) DO NOTHING",
                [.integer(row.number), .text(source)])
        }
    }

    /// Enters a document; answers the row of another broker that did so at the same time.
    private mutating func insert(_ submit: Submit, _ body: any StoredBytes) throws -> DocumentRow? {
        let reference = try store.append(body)
        let number = nextNumber()
        let inserted = try sql.execute(
            """
            INSERT INTO documents (number, id, name, media_type, source, replaces, archive, size, accepted_at,
                generation, stage, state, since, attempts, failures, suspect, body)
            VALUES (\(number == nil ? "nextval('document_numbers')" : "?"), ?, ?, ?, ?, ?, ?, ?, ?, 1, 'ingest', 'waiting', ?, 0, 0, 0, ?)
            ON CONFLICT (id) DO NOTHING
            """,
            (number.map { [.integer($0)] } ?? []) + [
                .blob(submit.id.digest.bytes), .text(submit.name), SQLValue(submit.mediaType),
                .text(submit.source), SQLValue(submit.replaces?.digest.bytes),
                SQLValue(submit.archive.map { $0 ? 1 : 0 }),
                .integer(submit.size), .integer(time.wallSeconds), .integer(time.wallSeconds),
                .text(reference.description),
            ])
        guard inserted == 1 else {
            store.erase(reference)
            return try DocumentRow.find(submit.id, sql, locking: submit.again == true)
        }
        tallies.add(1, .ingest, .waiting, bytes: submit.size, of: ExactName(submit.source))
        return nil
    }

    /// Begins the next passage of a document through the stages; its body is still here.
    mutating func restart(_ row: DocumentRow, by who: String, why: BoundedText?) throws -> Int {
        let generation = row.outcome.generation + 1
        let results = try sql.first(
            "SELECT body, extract, converted, report FROM documents WHERE number = ?", [.integer(row.number)]
        ) { columns in try (0..<4).map { try columns.optionalText($0).flatMap(SegmentReference.init) } }
        giveUp((results ?? []).dropFirst().compactMap(\.self), keeping: results?.first ?? nil)
        try sql.execute(
            """
            UPDATE documents SET generation = ?, stage = 'ingest', state = 'waiting', since = ?, attempts = 0,
                failures = 0, suspect = 0, due = NULL, token = NULL, worker = NULL, code = NULL, message = NULL,
                extract = NULL, converted = NULL, report = NULL WHERE number = ?
            """, [.integer(generation), .integer(time.wallSeconds), .integer(row.number)])
        try note(
            row.number,
            HistoryEntry(at: time.wallSeconds, what: "accepted", generation: generation, who: who, message: why))
        tallies.move(
            from: (row.outcome.stage, row.outcome.state), to: (.ingest, .waiting), size: row.size, of: row.source)
        return generation
    }
}

/// A document's row as far as acts and answers need it.
struct DocumentRow {
    let number: Int64
    let source: ExactName
    let size: Int
    let attempt: Int
    let suspect: Bool
    /// Whether its bytes are still here.
    let hasBody: Bool
    var outcome: Outcome

    /// Whether an operator had everything erased that it said.
    var isErased: Bool { outcome.code == Self.erasedCode }
    static let erasedCode = "erased"

    /// Whether the bytes that `submit` brings count already as kept of its source.
    func isKept(of submit: Submit) -> Bool {
        hasBody && source == ExactName(submit.source) && [.held, .refused].contains(outcome.state)
    }

    private static let columns = """
        number, source, size, attempts, suspect, state, stage, generation, since, code, message,
        CASE WHEN body IS NULL THEN 0 ELSE 1 END
        """

    /// - Parameter locking: whether the row is to stay as it is until the transaction ends.
    static func find(_ id: DocumentID, _ sql: SQLTransaction, locking: Bool = false) throws -> DocumentRow? {
        let end = locking ? sql.dialect.locking : ""
        return try sql.first("SELECT \(columns) FROM documents WHERE id = ?\(end)", [.blob(id.digest.bytes)]) { row in
            DocumentRow(
                number: try row.integer(0), source: ExactName(try row.text(1)), size: Int(try row.integer(2)),
                attempt: Int(try row.integer(3)), suspect: try row.boolean(4),
                hasBody: try row.boolean(11),
                outcome: Outcome(
                    id: id, state: try row.state(5), stage: try row.stage(6), generation: Int(try row.integer(7)),
                    since: Int(try row.integer(8)), code: try row.optionalText(9),
                    message: try row.optionalText(10).map { BoundedText($0) }))
        }
    }
}

extension SQLRow {
    func state(_ column: Int) throws(StorageError) -> DocumentState {
        guard let state = DocumentState(rawValue: try text(column)) else {
            throw .unexpectedValue(column: "state", wanted: "a document's state")
        }
        return state
    }

    func stage(_ column: Int) throws(StorageError) -> Stage {
        guard let stage = Stage(rawValue: try text(column)) else {
            throw .unexpectedValue(column: "stage", wanted: "a stage")
        }
        return stage
    }

    func documentID(_ column: Int) throws(StorageError) -> DocumentID {
        guard let digest = SHA256Digest(bytes: try blob(column)) else {
            throw .unexpectedValue(column: "id", wanted: "32 bytes")
        }
        return DocumentID(digest)
    }
}
