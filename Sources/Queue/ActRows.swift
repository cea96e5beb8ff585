import GreffierProtocol
import Storage

extension QueueTransaction {
    /// Does what an operator wants with a document, if its state allows it.
    mutating func perform(_ act: OperatorAct, _ request: DocumentAct) throws -> StoreAnswer {
        let answer = try carryOut(act, request)
        if case .moved(let outcome, _) = answer { try noteAct(act.past, request, at: outcome.stage) }
        return answer
    }

    private mutating func carryOut(_ act: OperatorAct, _ request: DocumentAct) throws -> StoreAnswer {
        guard let row = try DocumentRow.find(request.id, sql, locking: true) else { return .unknownDocument }
        if act == .erase { return try erase(row, request) }
        if row.isErased { return .erased }
        switch (act, row.outcome.state) {
        case (.hold, .waiting), (.hold, .leased), (.hold, .delayed):
            return try set(row, .held, request, what: "held", code: "operator")
        case (.drop, .waiting), (.drop, .leased), (.drop, .delayed), (.drop, .held):
            return try set(row, .dropped, request, what: "dropped", code: "operator")
        case (.release, .held):
            return try set(row, .waiting, request, what: "released", code: nil)
        case (.retry, .held), (.retry, .delayed):
            return try set(row, .waiting, request, what: "retried", code: nil, afresh: true)
        case (.retry, .refused), (.retry, .dropped):
            guard row.hasBody else { return .unkept }
            let generation = try restart(row, by: BoundedName.cut(request.by), why: request.why)
            let outcome = Outcome(
                id: request.id, state: .waiting, stage: .ingest, generation: generation, since: time.wallSeconds)
            return .moved(
                outcome, waiting: WaitingJobs(stage: .ingest, source: row.source, suspect: false, count: 1))
        default:
            return .wrongState(row.outcome.state)
        }
    }

    private mutating func set(
        _ row: DocumentRow, _ state: DocumentState, _ request: DocumentAct, what: String, code: String?,
        afresh: Bool = false
    ) throws -> StoreAnswer {
        let who = BoundedName.cut(request.by)
        let message: BoundedText? = code == nil ? nil : "\(what) by \(who)\(request.why.map { ": \($0)" } ?? "")"
        try sql.execute(
            """
            UPDATE documents SET state = ?, since = ?, due = NULL, token = NULL, worker = NULL, code = ?, message = ?
                \(afresh ? ", attempts = 0, failures = 0, suspect = 0" : "") WHERE number = ?
            """,
            [
                .text(state.rawValue), .integer(time.wallSeconds), SQLValue(code), SQLValue(message?.text),
                .integer(row.number),
            ])
        var outcome = row.outcome
        (outcome.state, outcome.since, outcome.code, outcome.message) = (state, time.wallSeconds, code, message)
        try note(
            row.number,
            HistoryEntry(
                at: time.wallSeconds, what: what, stage: outcome.stage, generation: outcome.generation, who: who,
                message: request.why))
        tallies.move(
            from: (outcome.stage, row.outcome.state), to: (outcome.stage, state), size: row.size, of: row.source)
        let waiting = WaitingJobs(
            stage: outcome.stage, source: row.source, suspect: row.suspect && !afresh, count: 1)
        return .moved(outcome, waiting: state == .waiting ? waiting : nil)
    }

    /// Remembers a pause or its end, with who and why.
    func pause(_ act: StageAct, _ paused: Bool) throws -> StoreAnswer {
        let name = "paused.\(act.stage.rawValue)"
        if paused {
            try Settings.set(name, "\(time.wallSeconds) \(BoundedName.cut(act.by)): \(act.why?.text ?? "")", sql)
        } else {
            try Settings.remove(name, sql)
        }
        try note(
            Self.audit,
            HistoryEntry(
                at: time.wallSeconds, what: paused ? "paused" : "resumed", stage: act.stage, generation: 0,
                who: BoundedName.cut(act.by), message: act.why))
        return .done
    }

    /// Forgets the register that notify writes to, and remembers who wanted that.
    func forgetRegister(_ act: RegisterAct) throws -> StoreAnswer {
        try Settings.remove("register", sql)
        try note(
            Self.audit,
            HistoryEntry(
                at: time.wallSeconds, what: "register forgotten", stage: .notify, generation: 0,
                who: BoundedName.cut(act.by), message: act.why))
        return .done
    }

    /// Remembers the first register that a notify worker named.
    func setRegister(_ register: String) throws -> StoreAnswer {
        try sql.execute(
            "INSERT INTO settings (name, value) VALUES ('register', ?) ON CONFLICT (name) DO NOTHING", [.text(register)]
        )
        return .done
    }
}

extension OperatorAct {
    /// What the audit trail calls it.
    fileprivate var past: String {
        switch self {
        case .hold: "held"
        case .release: "released"
        case .retry: "retried"
        case .drop: "dropped"
        case .erase: "erased"
        }
    }
}
