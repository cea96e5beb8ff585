import Digest
import GreffierProtocol
import Storage

extension QueueTransaction {
    /// Takes the results of a lease that stands: the document waits at the next stage, or is registered.
    mutating func complete(
        _ job: LeasedJob, _ results: [any StoredBytes], _ milliseconds: Int
    ) throws -> StoreAnswer {
        let kept = try keep(results, of: job)
        let next = job.stage.next
        let state: DocumentState = next == nil ? .registered : .waiting
        let body = try sql.first(
            """
            UPDATE documents SET stage = ?, state = ?, since = ?, attempts = 0, failures = 0, suspect = 0, due = NULL,
                token = NULL, worker = NULL, code = NULL, message = NULL\(kept.assignments)
            WHERE number = ? AND token = ? AND state = 'leased' RETURNING body
            """,
            [.text((next ?? job.stage).rawValue), .text(state.rawValue), .integer(time.wallSeconds)]
                + kept.references.map { .text($0.description) } + [.integer(job.number), .integer(job.token.value)]
        ) { try $0.optionalText(0) }
        guard let body else {
            kept.references.forEach(store.erase)
            return .stale
        }
        if kept.sharesBody, let reference = body.flatMap(SegmentReference.init) { store.share(reference) }
        try note(job.number, entry("done", job, milliseconds: milliseconds))
        tallies.move(from: (job.stage, .leased), to: (next ?? job.stage, state), size: job.size, of: job.source)
        return .moved(
            outcome(job, state, stage: next ?? job.stage),
            waiting: next.map { WaitingJobs(stage: $0, source: job.source, suspect: false, count: 1) })
    }

    /// Results on their way into a row.
    private struct KeptResults {
        var references: [SegmentReference] = []
        /// The columns' assignments, each after a comma.
        var assignments = ""
        var sharesBody = false
    }

    /// Keeps the results of a stage. A text that is the document itself, byte by byte, is kept once.
    private func keep(_ results: [any StoredBytes], of job: LeasedJob) throws -> KeptResults {
        var kept = KeptResults()
        for (column, result) in zip(QueueTransaction.resultColumns(job.stage), results) {
            if column == "converted", result.isDocument(job) {
                kept.assignments += ", converted = body"
                kept.sharesBody = true
            } else {
                kept.assignments += ", \(column) = ?"
                kept.references.append(try store.append(result))
            }
        }
        return kept
    }

    private static func resultColumns(_ stage: Stage) -> [String] {
        switch stage {
        case .ingest: ["extract", "converted"]
        case .validate: ["report"]
        case .notify: []
        }
    }

    /// Takes the failure of a lease that stands: the document is delayed, held or refused.
    mutating func fail(_ job: LeasedJob, _ failure: Failure) throws -> StoreAnswer {
        let state: DocumentState
        var due: Int?
        switch failure.consequence {
        case .delay(let milliseconds): (state, due) = (.delayed, time.queueMilliseconds + milliseconds)
        case .wait(let milliseconds): return try waitForHost(job, failure, milliseconds)
        case .hold: state = .held
        case .refuse: state = .refused
        }
        let changed = try sql.execute(
            """
            UPDATE documents SET state = ?, since = ?, failures = failures + 1, suspect = 0, due = ?, token = NULL,
                worker = NULL, code = ?, message = ? WHERE number = ? AND token = ? AND state = 'leased'
            """,
            [
                .text(state.rawValue), .integer(time.wallSeconds), SQLValue(due), .text(failure.code),
                .text(failure.message.text), .integer(job.number), .integer(job.token.value),
            ])
        guard changed == 1 else { return .stale }
        let why = (failure.code, failure.message)
        try note(job.number, entry("failed", job, milliseconds: failure.milliseconds, why: why))
        if state == .held { try note(job.number, entry("held", job, why: why)) }
        tallies.move(from: (job.stage, .leased), to: (job.stage, state), size: job.size, of: job.source)
        return .moved(outcome(job, state, stage: job.stage, why: why), waiting: nil)
    }

    /// The document is delayed as if this attempt had not been. Its history tells each lack of a host once, however often
    /// it is met.
    private mutating func waitForHost(
        _ job: LeasedJob, _ failure: Failure, _ milliseconds: Int
    ) throws -> StoreAnswer {
        let former = try sql.first(
            "SELECT code, message FROM documents WHERE number = ?", [.integer(job.number)]
        ) { [try $0.optionalText(0), try $0.optionalText(1)] }
        let changed = try sql.execute(
            """
            UPDATE documents SET state = 'delayed', since = ?, attempts = attempts - 1, suspect = 0, due = ?,
                token = NULL, worker = NULL, code = ?, message = ? WHERE number = ? AND token = ? AND state = 'leased'
            """,
            [
                .integer(time.wallSeconds), .integer(time.queueMilliseconds + milliseconds), .text(failure.code),
                .text(failure.message.text), .integer(job.number), .integer(job.token.value),
            ])
        guard changed == 1 else { return .stale }
        let why = (failure.code, failure.message)
        if former != [failure.code, failure.message.text] {
            try note(job.number, entry("delayed", job, milliseconds: failure.milliseconds, why: why))
        }
        tallies.move(from: (job.stage, .leased), to: (job.stage, .delayed), size: job.size, of: job.source)
        return .moved(outcome(job, .delayed, stage: job.stage, why: why), waiting: nil)
    }

    /// Ends a lease that stands without a result.
    mutating func giveBack(_ job: LeasedJob, _ reason: GiveBack) throws -> StoreAnswer {
        switch reason {
        case .unused: return try waitAgain(job, suspect: nil)
        case .suspect(let death): return try died(job, death, alone: false, count: nil)
        case .died(let death, let limit, let window):
            let deaths =
                try sql.first(
                    """
                    SELECT COUNT(*) FROM history
                    WHERE document = ? AND what = 'died' AND code IN ('worker-died-alone', 'overtime-alone') AND clock > ?
                    """,
                    [.integer(job.number), .integer(time.queueMilliseconds - window)]
                ) { Int(try $0.integer(0)) } ?? 0
            return try died(job, death, alone: true, count: deaths + 1 >= limit ? deaths + 1 : nil)
        }
    }

    /// Writes down a death; with `count`, the death was one too many and the document is held.
    private mutating func died(
        _ job: LeasedJob, _ death: GiveBack.Death, alone: Bool, count: Int?
    ) throws -> StoreAnswer {
        let cause = death.cause(alone: alone)
        guard let count else {
            let answer = try waitAgain(job, suspect: true)
            if case .moved = answer { try note(job.number, entry("died", job, why: cause)) }
            return answer
        }
        let why = death.reasonToHold(count)
        let changed = try sql.execute(
            """
            UPDATE documents SET state = 'held', since = ?, token = NULL, worker = NULL, code = ?, message = ?
            WHERE number = ? AND token = ? AND state = 'leased'
            """,
            [
                .integer(time.wallSeconds), .text(why.0), .text(why.1.text), .integer(job.number),
                .integer(job.token.value),
            ])
        guard changed == 1 else { return .stale }
        try note(job.number, entry("died", job, why: cause))
        try note(job.number, entry("held", job, why: why))
        tallies.move(from: (job.stage, .leased), to: (job.stage, .held), size: job.size, of: job.source)
        return .moved(outcome(job, .held, stage: job.stage, why: why), waiting: nil)
    }

    /// The document waits again and the attempt is not counted. Without `suspect` its flag stays as it is.
    private mutating func waitAgain(_ job: LeasedJob, suspect: Bool?) throws -> StoreAnswer {
        let flag = suspect.map { $0 ? "1" : "0" } ?? "suspect"
        let isSuspect = try sql.first(
            """
            UPDATE documents SET state = 'waiting', since = ?, attempts = attempts - 1, suspect = \(flag), token = NULL,
                worker = NULL WHERE number = ? AND token = ? AND state = 'leased' RETURNING suspect
            """, [.integer(time.wallSeconds), .integer(job.number), .integer(job.token.value)]
        ) { try $0.boolean(0) }
        guard let isSuspect else { return .stale }
        tallies.move(from: (job.stage, .leased), to: (job.stage, .waiting), size: job.size, of: job.source)
        return .moved(
            outcome(job, .waiting, stage: job.stage),
            waiting: WaitingJobs(stage: job.stage, source: job.source, suspect: isSuspect, count: 1))
    }

    /// Makes documents wait whose delay is over.
    mutating func wake() throws -> StoreAnswer {
        var waiting: [WaitingJobs] = []
        try sql.forEach(
            """
            UPDATE documents SET state = 'waiting', since = ?, due = NULL
            WHERE number IN (SELECT number FROM documents WHERE state = 'delayed' AND due <= ? ORDER BY due LIMIT 500\(sql.dialect.claiming))
            RETURNING stage, source, suspect, size
            """, [.integer(time.wallSeconds), .integer(time.queueMilliseconds)]
        ) { row in
            let jobs = WaitingJobs(
                stage: try row.stage(0), source: ExactName(try row.text(1)), suspect: try row.boolean(2),
                count: 1)
            tallies.move(
                from: (jobs.stage, .delayed), to: (jobs.stage, .waiting), size: Int(try row.integer(3)), of: jobs.source
            )
            waiting.append(jobs)
        }
        let more = try sql.first("SELECT 1 FROM documents WHERE state = 'delayed' LIMIT 1") { _ in true } ?? false
        return .woken(waiting, more: more)
    }

    private func outcome(
        _ job: LeasedJob, _ state: DocumentState, stage: Stage, why: (String, BoundedText)? = nil
    ) -> Outcome {
        Outcome(
            id: job.id, state: state, stage: stage, generation: job.generation, since: time.wallSeconds, code: why?.0,
            message: why?.1)
    }

    private func entry(
        _ what: String, _ job: LeasedJob, milliseconds: Int? = nil, why: (String, BoundedText)? = nil
    ) -> HistoryEntry {
        HistoryEntry(
            at: time.wallSeconds, what: what, stage: job.stage, generation: job.generation, attempt: job.attempt,
            who: job.worker.text, milliseconds: milliseconds, code: why?.0, message: why?.1)
    }
}

extension GiveBack.Death {
    /// What the history says of it.
    fileprivate func cause(alone: Bool) -> (String, BoundedText) {
        switch self {
        case .silence: (alone ? "worker-died-alone" : "worker-died", "its worker fell silent")
        case .overtime: (alone ? "overtime-alone" : "overtime", "it outlived the longest lease while its worker lived")
        }
    }

    /// Why a document is held whose last of `count` deaths this is.
    fileprivate func reasonToHold(_ count: Int) -> (String, BoundedText) {
        let cure = "look at it and at the worker's log before you retry it"
        return switch self {
        case .silence: ("kills-worker", "\(count) workers died or were lost over this document alone: \(cure)")
        case .overtime: ("never-ends", "its worker did not end it in the longest lease, \(count) workers lost: \(cure)")
        }
    }
}

extension StoredBytes {
    /// Whether these are the bytes that were pushed: what names a document is their digest.
    fileprivate func isDocument(_ job: LeasedJob) -> Bool {
        count == job.size && withUnsafeBytes { SHA256Digest(of: $0) } == job.id.digest
    }
}
