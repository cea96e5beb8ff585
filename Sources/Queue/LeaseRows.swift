import GreffierProtocol
import Storage

/// What the machine reads about leases and waiting jobs when a broker starts.
enum LeaseRows {
    static func all(_ sql: SQLTransaction) throws -> [LeasedJob] {
        try sql.query("SELECT \(columns) FROM documents WHERE state = 'leased' ORDER BY number") { try lease($0) }
    }

    /// The columns that ``lease(_:)`` reads.
    static let columns = """
        number, id, stage, generation, attempts, failures, source, size, token, worker, suspect
        """

    static func lease(_ row: SQLRow) throws -> LeasedJob {
        LeasedJob(
            number: try row.integer(0), id: try row.documentID(1), stage: try row.stage(2),
            generation: Int(try row.integer(3)), attempt: Int(try row.integer(4)),
            failures: Int(try row.integer(5)), source: ExactName(try row.text(6)), size: Int(try row.integer(7)),
            token: LeaseToken(Int(try row.integer(8))), worker: ExactName(try row.optionalText(9) ?? ""),
            suspect: try row.boolean(10))
    }

    /// Waiting jobs at a stage, as many as a broker without any can lease before it asks again.
    static func waiting(at stage: Stage, _ sql: SQLTransaction) throws -> [WaitingJobs] {
        try sql.query(
            """
            SELECT suspect, source, COUNT(*) FROM (
                SELECT suspect, source FROM documents WHERE state = 'waiting' AND stage = ? LIMIT 2000) AS few
            GROUP BY suspect, source
            """, [.text(stage.rawValue)]
        ) { row in
            WaitingJobs(
                stage: stage, source: ExactName(try row.text(1)), suspect: try row.boolean(0),
                count: Int(try row.integer(2)))
        }
    }

    static func waiting(_ sql: SQLTransaction) throws -> [WaitingJobs] {
        try sql.query(
            """
            SELECT stage, suspect, source, COUNT(*) FROM documents WHERE state = 'waiting'
            GROUP BY stage, suspect, source
            """
        ) { row in
            WaitingJobs(
                stage: try row.stage(0), source: ExactName(try row.text(2)), suspect: try row.boolean(1),
                count: Int(try row.integer(3)))
        }
    }
}

/// A waiting row as a claim reads it.
private struct WaitingRow {
    let lease: LeasedJob
    let description: DocumentDescription
    let references: [SegmentReference?]

    /// The columns of the payload frames of a stage's `JOB`, in the frames' order.
    static func payloadColumns(_ stage: Stage) -> [String] {
        switch stage {
        case .ingest: ["body"]
        case .validate: ["extract", "converted"]
        case .notify: ["report", "extract", "converted"]
        }
    }

    static func find(_ claim: Claim, _ slot: Claim.Slot, _ sql: SQLTransaction) throws -> [WaitingRow] {
        let columns = payloadColumns(claim.stage)
        var tokens = slot.tokens.makeIterator()
        return try sql.query(
            """
            SELECT number, id, generation, attempts, failures, source, size, name, media_type, replaces, archive,
                accepted_at, \(columns.joined(separator: ", "))
            FROM documents WHERE state = 'waiting' AND stage = ? AND suspect = ? \(claim.suspect ? "" : "AND source = ?")
            ORDER BY number LIMIT ?\(sql.dialect.claiming)
            """,
            [.text(claim.stage.rawValue), SQLValue(claim.suspect)]
                + (claim.suspect ? [] : [.text(slot.source.text)]) + [.integer(slot.tokens.count)]
        ) { row in
            // There are no more rows than tokens.
            try WaitingRow(row, claim, tokens.next() ?? LeaseToken(0), payload: columns.count)
        }
    }

    init(_ row: SQLRow, _ claim: Claim, _ token: LeaseToken, payload: Int) throws {
        lease = LeasedJob(
            number: try row.integer(0), id: try row.documentID(1), stage: claim.stage,
            generation: Int(try row.integer(2)), attempt: Int(try row.integer(3)) + 1,
            failures: Int(try row.integer(4)), source: ExactName(try row.text(5)), size: Int(try row.integer(6)),
            token: token, worker: claim.worker, suspect: claim.suspect)
        description = DocumentDescription(
            name: try row.text(7), mediaType: try row.optionalText(8), source: lease.source.text,
            replaces: row[9] == .null ? nil : try row.documentID(9),
            archive: try row.optionalInteger(10).map { $0 != 0 }, acceptedAt: Int(try row.integer(11)))
        references = try (0..<payload).map { try row.optionalText(12 + $0).flatMap(SegmentReference.init) }
    }

    var payloadBytes: Int { references.reduce(0) { $0 + ($1?.length ?? 0) } }
}

extension QueueTransaction {
    /// Leases waiting jobs to one worker, the oldest of each source first. A paused stage leases nothing.
    mutating func claim(_ claim: Claim) throws -> StoreAnswer {
        let paused = try sql.first("SELECT 1 FROM settings WHERE name = ?", [.text("paused.\(claim.stage.rawValue)")]) {
            _ in true
        }
        guard paused == nil else { return .paused }
        var taken = TakenJobs(claim)
        var setAside: [Outcome] = []
        for row in try rows(claim) {
            guard taken.hasRoom(for: row.payloadBytes), !waitsBehindSlow(row, taken) else {
                taken.leave(row.lease.source)
                continue
            }
            switch try payload(of: row) {
            case .success(let payload):
                let isSlow = claim.stage == .ingest && payload.contains { Pace.isSlow($0) }
                guard taken.hasRoom(for: row.payloadBytes, isSlow: isSlow) else {
                    taken.leave(row.lease.source)
                    continue
                }
                taken.add(try lease(row, payload, isSlow: isSlow), bytes: row.payloadBytes)
            case .failure(let problem) where problem.isPassing:
                setAside.append(try delay(row, problem, milliseconds: claim.unreadableDelay))
            case .failure(let problem): setAside.append(try hold(row, problem))
            }
        }
        return .claimed(taken.jobs, unserved: taken.unserved, setAside: setAside)
    }

    /// Whether the document may take minutes, and the claim has taken as many of those as it may. Its first bytes show that:
    /// an archive of scans would be read whole at each claim to no purpose. What cannot be read is found when it is wanted.
    private func waitsBehindSlow(_ row: WaitingRow, _ taken: TakenJobs) -> Bool {
        guard row.lease.stage == .ingest, !taken.hasRoomForSlow, case let body?? = row.references.first,
            let start = try? store.beginning(of: body, count: Pace.beginning)
        else { return false }
        return Pace.isSlow(start)
    }

    /// The waiting rows that a claim asks for, the sources in turn.
    private func rows(_ claim: Claim) throws -> [WaitingRow] {
        let bySource = try claim.slots.map { try WaitingRow.find(claim, $0, sql) }
        let longest = bySource.map(\.count).max() ?? 0
        return (0..<longest).flatMap { place in bySource.compactMap { place < $0.count ? $0[place] : nil } }
    }

    private struct MissingPayload: Error {
        let code: String
        let message: BoundedText
        /// Whether the record may be read another time.
        var isPassing = false
    }

    private func payload(of row: WaitingRow) throws -> Result<[any StoredBytes], MissingPayload> {
        do throws(StorageError) {
            var payload: [any StoredBytes] = []
            for reference in row.references {
                guard let reference else {
                    return .failure(
                        MissingPayload(code: "missing-record", message: "a record of the document is missing"))
                }
                payload.append(try store.recall(reference))
            }
            return .success(payload)
        } catch {
            let message = BoundedText("\(error)")
            switch error {
            case .damagedRecord: return .failure(MissingPayload(code: "damaged-record", message: message))
            case .unreadableRecord:
                return .failure(MissingPayload(code: "unreadable-record", message: message, isPassing: true))
            default: throw error
            }
        }
    }

    private mutating func lease(
        _ row: WaitingRow, _ payload: [any StoredBytes], isSlow: Bool
    ) throws -> ClaimedJob {
        let lease = row.lease
        try sql.enqueue(
            """
            UPDATE documents SET state = 'leased', since = ?, attempts = ?, token = ?, worker = ? WHERE number = ?
            """,
            [
                .integer(time.wallSeconds), .integer(lease.attempt), .integer(lease.token.value),
                .text(lease.worker.text),
                .integer(lease.number),
            ])
        tallies.move(
            from: (lease.stage, .waiting), to: (lease.stage, .leased), size: lease.size, of: lease.source)
        return ClaimedJob(lease: lease, description: row.description, payload: payload, isSlow: isSlow)
    }

    /// The document waits for its record to be readable; nothing is held against it, and its history stays as it is.
    private mutating func delay(
        _ row: WaitingRow, _ problem: MissingPayload, milliseconds: Int
    ) throws -> Outcome {
        try sql.execute(
            "UPDATE documents SET state = 'delayed', since = ?, due = ?, code = ?, message = ? WHERE number = ?",
            [
                .integer(time.wallSeconds), .integer(time.queueMilliseconds + milliseconds), .text(problem.code),
                .text(problem.message.text), .integer(row.lease.number),
            ])
        return setAside(row, .delayed, problem)
    }

    private mutating func hold(_ row: WaitingRow, _ problem: MissingPayload) throws -> Outcome {
        let lease = row.lease
        try sql.execute(
            "UPDATE documents SET state = 'held', since = ?, code = ?, message = ? WHERE number = ?",
            [.integer(time.wallSeconds), .text(problem.code), .text(problem.message.text), .integer(lease.number)])
        try note(
            lease.number,
            HistoryEntry(
                at: time.wallSeconds, what: "held", stage: lease.stage, generation: lease.generation,
                code: problem.code, message: problem.message))
        return setAside(row, .held, problem)
    }

    private mutating func setAside(_ row: WaitingRow, _ state: DocumentState, _ problem: MissingPayload) -> Outcome {
        let lease = row.lease
        tallies.move(
            from: (lease.stage, .waiting), to: (lease.stage, state), size: lease.size, of: lease.source)
        return Outcome(
            id: lease.id, state: state, stage: lease.stage, generation: lease.generation, since: time.wallSeconds,
            code: problem.code, message: problem.message)
    }
}
