import GreffierProtocol
import Storage

extension QueueTransaction {
    /// Documents that one `REPLAY` begins anew at most, and that it looks at when it only counts.
    private static let page = (acting: 200, counting: 5_000)

    /// A document that has ended and may begin anew.
    private struct Ended {
        let number: Int64
        let source: ExactName
        let size: Int
        let generation: Int
        let stage: Stage
        let state: DocumentState
        let body: SegmentReference?
        let results: [SegmentReference]
    }

    /// Begins the next passage of a page of documents that have ended, or counts them.
    mutating func replay(_ request: ReplayRequest) throws -> StoreAnswer {
        let isDry = request.dryRun == true
        let limit = isDry ? Self.page.counting : Self.page.acting
        let found = try ended(request, limit: limit + 1, locking: !isDry)
        let documents = found.prefix(limit)
        var waiting: [ExactName: Int] = [:]
        if !isDry {
            for document in documents {
                try beginAnew(document, request)
                waiting[document.source, default: 0] += 1
            }
            if !documents.isEmpty { try noteReplay(request, documents.count) }
        }
        let answer = Replayed(
            documents: documents.count, bytes: documents.reduce(0) { $0 + $1.size },
            next: found.count > limit ? documents.last.map { Int($0.number) } : nil)
        return .replayed(
            answer,
            waiting: waiting.map {
                WaitingJobs(stage: request.stage, source: $0.key, suspect: false, count: $0.value)
            })
    }

    private func ended(_ request: ReplayRequest, limit: Int, locking: Bool) throws -> [Ended] {
        var conditions = ["number >= ?", "accepted_at >= ?", Self.condition(of: request.stage)]
        let first = try max(firstNumber(acceptedFrom: request.from), Int64(request.after ?? -1) + 1)
        var values: [SQLValue] = [.integer(first), .integer(request.from)]
        if let until = request.until {
            conditions.append("accepted_at < ?")
            values.append(.integer(until))
        }
        if let source = request.source {
            conditions.append("source = ?")
            values.append(.text(source))
        }
        return try sql.query(
            """
            SELECT number, source, size, generation, stage, state, extract, converted, report, body
            FROM documents
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY number LIMIT \(limit)\(locking ? sql.dialect.locking : "")
            """, values
        ) { row in
            let results = try Self.forgotten(request.stage).map { column in
                try row.optionalText(6 + column).flatMap(SegmentReference.init)
            }
            return Ended(
                number: try row.integer(0), source: ExactName(try row.text(1)), size: Int(try row.integer(2)),
                generation: Int(try row.integer(3)), stage: try row.stage(4), state: try row.state(5),
                body: try row.optionalText(9).flatMap(SegmentReference.init), results: results.compactMap(\.self))
        }
    }

    /// Which documents a stage can do again: what it works on must still be here.
    private static func condition(of stage: Stage) -> String {
        switch stage {
        case .ingest: "state IN ('registered', 'refused') AND body IS NOT NULL"
        case .validate: "state = 'registered' AND extract IS NOT NULL AND converted IS NOT NULL"
        case .notify:
            "state = 'registered' AND extract IS NOT NULL AND converted IS NOT NULL AND report IS NOT NULL"
        }
    }

    /// The results (extract, converted, report) that are made anew.
    private static func forgotten(_ stage: Stage) -> Range<Int> {
        switch stage {
        case .ingest: 0..<3
        case .validate: 2..<3
        case .notify: 3..<3
        }
    }

    private mutating func beginAnew(_ document: Ended, _ request: ReplayRequest) throws {
        giveUp(document.results, keeping: document.body)
        let columns = ["extract", "converted", "report"][Self.forgotten(request.stage)]
        let forgotten = columns.map { ", \($0) = NULL" }.joined()
        try sql.execute(
            """
            UPDATE documents SET generation = ?, stage = ?, state = 'waiting', since = ?, attempts = 0, failures = 0,
                suspect = 0, due = NULL, token = NULL, worker = NULL, code = NULL, message = NULL\(forgotten)
            WHERE number = ?
            """,
            [
                .integer(document.generation + 1), .text(request.stage.rawValue), .integer(time.wallSeconds),
                .integer(document.number),
            ])
        try note(
            document.number,
            HistoryEntry(
                at: time.wallSeconds, what: "replayed", stage: request.stage, generation: document.generation + 1,
                who: BoundedName.cut(request.by), message: request.why))
        tallies.move(
            from: (document.stage, document.state), to: (request.stage, .waiting), size: document.size,
            of: document.source)
    }

    private func noteReplay(_ request: ReplayRequest, _ count: Int) throws {
        try note(
            Self.audit,
            HistoryEntry(
                at: time.wallSeconds, what: "replayed", stage: request.stage, generation: 0,
                who: BoundedName.cut(request.by),
                message: BoundedText("\(count) documents" + (request.why.map { ": \($0)" } ?? ""))))
    }
}
