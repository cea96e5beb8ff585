import GreffierProtocol
import Storage

/// What the store's answers mean to those who asked.
extension QueueMachine {
    mutating func stored(_ ticket: Ticket, _ result: Result<StoreAnswer, StorageError>) {
        guard let pending = pending.removeValue(forKey: ticket) else { return }
        noteAnswer(result)
        if let (cost, asker) = questionCosts.removeValue(forKey: ticket) { questions.add(-cost, by: asker) }
        switch pending {
        case .accept(let submission): accepted(submission, result)
        case .claim(let claim, let peer): claimed(claim, peer, result)
        case .complete(let lease): ended(lease, result, isCounted: true)
        case .end(let lease): ended(lease, result, isCounted: false)
        case .wake: woken(result)
        case .purge: purged(result)
        case .act(let peer, let act): acted(peer, act, result)
        case .pause(let peer, let act, let paused, let before): self.paused(peer, act, paused, before: before, result)
        case .register(let named):
            if case .failure = result, register == ExactName(named) { register = nil }
        case .forget(let peer, let act): forgot(peer, act, result)
        case .outcome(let peer, let request): outcomes(peer, request, result)
        case .count(let peer, let request): counted(peer, request, result)
        case .list(let peer, let request): listed(peer, request, result)
        case .show(let peer, let request): shown(peer, request, result)
        case .acts(let peer, let request): acts(peer, request, result)
        case .replay(let peer, let request): replayed(peer, request, result)
        case .beat: beaten(result)
        case .adopt(let peer, let message, let payload, let tokens):
            adopted(tokens, message, payload, from: peer, result)
        }
        guard case .failure(let error) = result else { return }
        doubtsLeases = true
        if error.isDiskFull { noteFullDisk() }
        if error.needsReopening { failStore(error) }
    }

    /// Tells those who wait for it that a document has ended or is held.
    /// - Parameter isNews: whether it happened here, so that it is for this broker to say.
    mutating func settled(_ outcome: Outcome, isNews: Bool = true) {
        guard outcome.state.isFinal || outcome.state == .held else { return }
        if outcome.state == .held, isNews {
            log(
                .warning, "document held",
                ["id": "\(outcome.id)", "stage": outcome.stage.rawValue, "code": outcome.code ?? ""])
        }
        for watcher in watchers.take(outcome.id) { tell(outcome, watcher.peer, watcher.request) }
    }

    mutating func outcome(_ request: OutcomeRequest, from peer: Peer) {
        guard request.ids.count <= ProtocolLimits.outcomeIDs else {
            return refuse(
                .tooLarge, "OUTCOME asks for at most \(ProtocolLimits.outcomeIDs) documents", to: peer,
                request: request.request)
        }
        ask(
            .outcome(request.ids, for: peer.onlySource), .outcome(peer, request), cost: max(1, request.ids.count))
    }

    private mutating func outcomes(
        _ peer: Peer, _ request: OutcomeRequest, _ result: Result<StoreAnswer, StorageError>
    ) {
        guard case .success(.outcomes(let outcomes)) = result else { return fail(result, peer, request.request) }
        let known = Set(outcomes.map(\.id))
        for id in request.ids where !known.contains(id) {
            refuse(.unknownDocument, "no document has this id", to: peer, id: id, request: request.request)
        }
        let wait = min(max(0, request.waitMilliseconds ?? 0), settings.longestWait)
        for outcome in outcomes {
            let isSettled = outcome.state.isFinal || outcome.state == .held
            if isSettled || wait == 0
                || !watchers.hasRoom(for: peer, waitingFor: outcome.id, limit: settings.watchers)
            {
                tell(outcome, peer, request.request)
            } else {
                watch(outcome, for: peer, request.request, until: now.monotonic + wait)
            }
        }
    }

    private mutating func watch(_ outcome: Outcome, for peer: Peer, _ request: Int?, until end: MonotonicTime) {
        let watcher = Watchers.Watcher(id: outcome.id, peer: peer, request: request, end: end)
        // No request is left without an answer.
        if let former = watchers.add(watcher), former.request != request { tell(outcome, peer, former.request) }
    }

    private mutating func tell(_ outcome: Outcome, _ peer: Peer, _ request: Int?) {
        var answer = outcome
        answer.request = request
        send(.outcome(answer), to: peer)
    }

    private mutating func acted(_ peer: Peer, _ act: DocumentAct, _ result: Result<StoreAnswer, StorageError>) {
        switch result {
        case .success(.moved(let outcome, let jobs)):
            if let jobs { add(jobs) }
            log(.info, "operator's act", ["id": "\(act.id)", "by": act.by, "state": outcome.state.rawValue])
            settled(outcome)
            send(.known(Known(id: act.id, state: outcome.state, request: act.request)), to: peer)
        case .success(.wrongState(let state)):
            refuse(
                .wrongState, "that cannot be done with a document that is \(state.rawValue)", to: peer, id: act.id,
                request: act.request)
        case .success(.erased):
            refuse(.wrongState, "the document was erased", to: peer, id: act.id, request: act.request)
        case .success(.unkept):
            refuse(
                .wrongState, "its bytes are no longer kept: push it again with `again` (greffier push --again)",
                to: peer, id: act.id, request: act.request)
        case .success:
            refuse(.unknownDocument, "no document has this id", to: peer, id: act.id, request: act.request)
        case .failure:
            fail(result, peer, act.request)
        }
    }

    /// What an act costs the store that is answered by a `STATUS`.
    private static let actWithStatus = 65

    /// A stage is paused in memory as soon as somebody asks for it; what counts in the end is the row.
    mutating func pause(_ act: StageAct, _ isPaused: Bool, from peer: Peer) {
        let wasPaused = paused.contains(act.stage)
        let pending = Pending.pause(peer, act, isPaused, before: wasPaused)
        guard ask(.pause(act, isPaused), pending, cost: Self.actWithStatus) else { return }
        if isPaused { paused.insert(act.stage) }
    }

    private mutating func paused(
        _ peer: Peer, _ act: StageAct, _ isPaused: Bool, before: Bool, _ result: Result<StoreAnswer, StorageError>
    ) {
        guard case .success = result else {
            if !before { paused.remove(act.stage) }
            return fail(result, peer, act.request)
        }
        if isPaused { paused.insert(act.stage) } else { paused.remove(act.stage) }
        log(.info, isPaused ? "stage paused" : "stage resumed", ["stage": act.stage.rawValue, "by": act.by])
        tellStatus(peer, request: act.request)
    }

    /// Only while nobody writes to the register: otherwise two would share the acts between them.
    mutating func forget(_ act: RegisterAct, from peer: Peer) {
        let isWorking =
            workers.values.contains { $0.ready.stage == .notify } || leases.values.contains { $0.job.stage == .notify }
        guard !isWorking else {
            return refuse(
                .wrongState, "notify workers are connected or hold jobs: end them, then forget their register",
                to: peer, request: act.request)
        }
        ask(.forgetRegister(act), .forget(peer, act), cost: Self.actWithStatus)
    }

    private mutating func forgot(_ peer: Peer, _ act: RegisterAct, _ result: Result<StoreAnswer, StorageError>) {
        guard case .success = result else { return fail(result, peer, act.request) }
        if let register, workers.values.contains(where: { $0.ready.stage == .notify }) {
            // A worker came back meanwhile: its register is the queue's again.
            store(.setRegister("\(register)"), .register("\(register)"))
        } else {
            register = nil
        }
        log(.info, "register forgotten", ["by": act.by])
        tellStatus(peer, request: act.request)
    }

    private mutating func counted(_ peer: Peer, _ request: Int?, _ result: Result<StoreAnswer, StorageError>) {
        guard case .success(.counts(let counts)) = result else { return fail(result, peer, request) }
        send(.status(status(counts, request: request)), to: peer)
    }

    private mutating func listed(_ peer: Peer, _ request: Int?, _ result: Result<StoreAnswer, StorageError>) {
        guard case .success(.list(var list)) = result else { return fail(result, peer, request) }
        list.request = request
        send(.list(list), to: peer)
    }

    private mutating func shown(_ peer: Peer, _ request: ShowRequest, _ result: Result<StoreAnswer, StorageError>) {
        guard case .success(.history(var history)) = result else {
            if case .failure = result { return fail(result, peer, request.request) }
            return refuse(
                .unknownDocument, "no document has this id", to: peer, id: request.id, request: request.request)
        }
        history.request = request.request
        send(.show(history), to: peer)
    }

    private mutating func acts(_ peer: Peer, _ request: Int?, _ result: Result<StoreAnswer, StorageError>) {
        guard case .success(.acts(var list)) = result else { return fail(result, peer, request) }
        list.request = request
        send(.acts(list), to: peer)
    }

    private mutating func replayed(
        _ peer: Peer, _ request: ReplayRequest, _ result: Result<StoreAnswer, StorageError>
    ) {
        guard case .success(.replayed(var answer, let waiting)) = result else {
            return fail(result, peer, request.request)
        }
        for jobs in waiting { add(jobs) }
        if !waiting.isEmpty {
            log(
                .info, "documents replayed",
                ["documents": "\(answer.documents)", "stage": request.stage.rawValue, "by": request.by])
        }
        answer.request = request.request
        send(.replayed(answer), to: peer)
    }

    private mutating func fail(_ result: Result<StoreAnswer, StorageError>, _ peer: Peer, _ request: Int?) {
        guard case .failure(let error) = result else { return }
        refuse(.storeFailing, BoundedText("\(error)"), to: peer, request: request)
    }
}
