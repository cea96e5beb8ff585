import GreffierProtocol
import Storage

extension QueueTransaction {
    /// Where documents are; one that is unknown, or that `source` did not push, is left out.
    func outcomes(_ ids: [DocumentID], for source: ExactName?) throws -> StoreAnswer {
        .outcomes(
            try ids.compactMap { id in
                guard let row = try DocumentRow.find(id, sql) else { return nil }
                return try hasPushed(source, row.number, of: row.source) ? row.outcome : nil
            })
    }

    /// Whether `source`, where one is given, pushed the document, be it as one of several.
    func hasPushed(_ source: ExactName?, _ document: Int64, of first: ExactName) throws -> Bool {
        guard let source, source != first else { return true }
        return try sql.first(
            "SELECT 1 FROM pushers WHERE document = ? AND source = ?", [.integer(document), .text(source.text)]
        ) { try $0.integer(0) } != nil
    }

    /// How many documents are at each stage in each state, and since when the oldest waits.
    mutating func count(ages wantsAges: Bool) throws -> StoreAnswer {
        try tallies.write(sql, slot: slot)
        tallies = Tallies()
        let sums = """
            SELECT stage, state, CAST(SUM(amount) AS BIGINT) FROM tallies GROUP BY stage, state
            HAVING SUM(amount) > 0 ORDER BY stage, state
            """
        let counts = try sql.query(sums) {
            StageCount(stage: try $0.stage(0), state: try $0.state(1), count: Int(try $0.integer(2)))
        }
        let lacking = try lacking()
        let documents = try counts.map { count in
            var count = count
            if !count.state.isFinal { count.oldestSince = try oldest(count) }
            if count.state == .delayed { count.lacking = lacking[count.stage] ?? 0 }
            return count
        }
        return .counts(
            StoreCounts(
                documents: documents, ages: wantsAges ? try ages() : nil,
                brokers: sql.dialect == .postgreSQL ? try BrokerRows.all(sql) : nil))
    }

    /// How many documents are delayed though no attempt failed, by stage.
    private func lacking() throws -> [Stage: Int] {
        let rows = try sql.query(
            """
            SELECT stage, COUNT(*) FROM (
                SELECT stage FROM documents WHERE state = 'delayed' AND failures = 0 LIMIT 1000) AS few
            GROUP BY stage
            """
        ) { (try $0.stage(0), Int(try $0.integer(1))) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private func oldest(_ count: StageCount) throws -> Int? {
        try sql.first(
            "SELECT MIN(since) FROM documents WHERE state = '\(count.state.rawValue)' AND stage = ?",
            [.text(count.stage.rawValue)]
        ) { try $0.optionalInteger(0).map { Int($0) } } ?? nil
    }

    private static let summary = """
        number, id, name, source, size, state, stage, generation, attempts, accepted_at, since, code, message
        """

    private static func summary(_ row: SQLRow) throws -> DocumentSummary {
        DocumentSummary(
            id: try row.documentID(1), name: try row.text(2), source: try row.text(3), size: Int(try row.integer(4)),
            state: try row.state(5), stage: try row.stage(6), generation: Int(try row.integer(7)),
            attempts: Int(try row.integer(8)), acceptedAt: Int(try row.integer(9)), since: Int(try row.integer(10)),
            code: try row.optionalText(11), message: try row.optionalText(12).map { BoundedText($0) })
    }

    /// How much of an answer its rows may fill, so that its header keeps the protocol's limit.
    static let answerBytes = ProtocolLimits.headerBytes * 3 / 4

    /// One page of documents, oldest first.
    func list(_ request: ListRequest) throws -> StoreAnswer {
        let limit = min(max(1, request.limit ?? 100), ProtocolLimits.listedDocuments)
        var conditions = ["number > ?"]
        var values: [SQLValue] = [.integer(request.after ?? 0)]
        if let state = request.state {
            conditions.append("state = '\(state.rawValue)'")
        }
        if let stage = request.stage {
            conditions.append("stage = ?")
            values.append(.text(stage.rawValue))
        }
        if let source = request.source {
            conditions.append("source = ?")
            values.append(.text(source))
        }
        let rows = try sql.query(
            """
            SELECT \(Self.summary) FROM documents WHERE \(conditions.joined(separator: " AND "))
            ORDER BY number LIMIT ?
            """, values + [.integer(limit + 1)]
        ) { (Int(try $0.integer(0)), try Self.summary($0)) }
        var bytes = 0
        let page = rows.prefix(limit).prefix { row in
            bytes += row.1.jsonBytes(reserving: 512).count
            return bytes <= Self.answerBytes
        }
        return .list(
            DocumentList(documents: page.map(\.1), next: rows.count > page.count ? page.last?.0 : nil))
    }

    /// One document and what happened to it.
    func show(_ id: DocumentID, for source: ExactName?) throws -> StoreAnswer {
        let found = try sql.first(
            "SELECT \(Self.summary), worker FROM documents WHERE id = ?", [.blob(id.digest.bytes)]
        ) { (try $0.integer(0), try Self.summary($0), try $0.optionalText(13)) }
        guard let (number, document, worker) = found,
            try hasPushed(source, number, of: ExactName(document.source))
        else { return .unknownDocument }
        var history = [
            HistoryEntry(at: document.acceptedAt, what: "accepted", generation: 1, who: document.source)
        ]
        var bytes = 0
        var count = 0
        try sql.forEach(
            """
            SELECT at, what, stage, generation, attempt, who, milliseconds, code, message FROM history
            WHERE document = ? ORDER BY position DESC LIMIT \(Self.mostEntries + 1)
            """, [.integer(number)]
        ) { row in
            count += 1
            let entry = try Self.entry(row)
            bytes += entry.jsonBytes(reserving: 256).count
            if bytes <= Self.answerBytes, count <= Self.mostEntries { history.insert(entry, at: 1) }
        }
        let isCut = bytes > Self.answerBytes || count > Self.mostEntries
        if document.state == .leased {
            history.append(
                HistoryEntry(
                    at: document.since, what: "leased", stage: document.stage, generation: document.generation,
                    attempt: document.attempts, who: worker))
        }
        return .history(DocumentHistory(document: document, history: history, isCut: isCut ? true : nil))
    }

    /// So many lines of a history are shown, the newest.
    private static let mostEntries = 200

    private static func entry(_ row: SQLRow) throws -> HistoryEntry {
        HistoryEntry(
            at: Int(try row.integer(0)), what: try row.text(1),
            stage: try row.optionalText(2).flatMap { Stage(rawValue: $0) }, generation: Int(try row.integer(3)),
            attempt: try row.optionalInteger(4).map { Int($0) }, who: try row.optionalText(5),
            milliseconds: try row.optionalInteger(6).map { Int($0) }, code: try row.optionalText(7),
            message: try row.optionalText(8).map { BoundedText($0) })
    }
}
