import GreffierProtocol
import Storage

extension QueueMachine {
    /// Asks the store for as many jobs as workers of the stage have room for: suspects first, then sources in turn.
    mutating func lease(at stage: Stage) {
        guard !paused.contains(stage) else { return }
        leaseSuspects(at: stage)
        guard waiting[stage].map({ !$0.isEmpty }) ?? false else { return }
        var rooms = workers.values.filter { $0.ready.stage == stage }
            .map { (peer: $0.peer, room: room(of: $0)) }.filter { $0.room > 0 }
        var plan: [Peer: [Claim.Slot]] = [:]
        while let index = rooms.indices.max(by: { rooms[$0].room < rooms[$1].room }),
            let source = waiting[stage]?.next()
        {
            plan[rooms[index].peer, default: []].add(nextToken(), of: source)
            rooms[index].room -= 1
            if rooms[index].room == 0 { rooms.remove(at: index) }
        }
        for (peer, slots) in plan { claim(stage, for: peer, slots: slots, suspect: false) }
    }

    private func room(of worker: Worker) -> Int {
        guard claimingBytes < settings.claimingBytes, worker.slowRoom > 0 else { return 0 }
        return worker.room(at: now.monotonic, bytes: settings.workerBytes)
    }

    /// A suspect goes to a worker that holds nothing else. When all are at work, one of them gets nothing new until
    /// it is idle.
    private mutating func leaseSuspects(at stage: Stage) {
        guard suspects[stage, default: 0] > 0 else { return }
        let candidates = workers.values.filter { $0.ready.stage == stage && $0.isServing }
        for worker in candidates
        where worker.isIdle && room(of: worker) > 0 && suspects[stage, default: 0] > 0 {
            suspects[stage, default: 0] -= 1
            workers[worker.peer]?.alone = true
            let slot = Claim.Slot(source: "", tokens: [nextToken()])
            claim(stage, for: worker.peer, slots: [slot], suspect: true)
        }
        let busy = candidates.filter { !$0.isIdle }
        guard suspects[stage, default: 0] > 0, !busy.contains(where: { $0.alone }),
            let least = busy.min(by: { $0.leases.count + $0.claiming < $1.leases.count + $1.claiming })
        else { return }
        workers[least.peer]?.alone = true
    }

    private mutating func claim(_ stage: Stage, for peer: Peer, slots: [Claim.Slot], suspect: Bool) {
        guard let worker = workers[peer] else { return }
        let name = worker.name
        let count = slots.reduce(0) { $0 + $1.tokens.count }
        // A mebibyte a job is more than most have; a claim takes one job at least, however large.
        let budget = min(
            settings.claimBytes, count << 20, max(1, settings.workerBytes - worker.payloadBytes - worker.claimingBytes))
        claimingBytes += budget
        workers[peer]?.claiming += count
        workers[peer]?.claimingBytes += budget
        let slowJobs = worker.slowRoom
        workers[peer]?.claimingSlow += stage == .ingest ? slowJobs : 0
        let claim = Claim(
            stage: stage, suspect: suspect, worker: name.row, slots: slots, byteBudget: budget, slowJobs: slowJobs,
            unreadableDelay: settings.unreadableDelay)
        store(.claim(claim), .claim(claim, peer))
    }

    mutating func nextToken() -> LeaseToken {
        lastToken += 1
        return LeaseToken(lastToken)
    }

    mutating func claimed(_ claim: Claim, _ peer: Peer, _ result: Result<StoreAnswer, StorageError>) {
        claimingBytes -= claim.byteBudget
        workers[peer]?.claiming -= claim.slots.reduce(0) { $0 + $1.tokens.count }
        workers[peer]?.claimingBytes -= claim.byteBudget
        if claim.stage == .ingest { workers[peer]?.claimingSlow -= claim.slowJobs }
        guard case .success(.claimed(let jobs, let unserved, let setAside)) = result else {
            for slot in claim.slots { putBack(claim, slot.source, slot.tokens.count) }
            if case .success(.paused) = result { paused.insert(claim.stage) }
            let later = now.monotonic + settings.heartbeat
            workers[peer]?.notBefore = later
            if claim.suspect { workers[peer]?.alone = false }
            return
        }
        for (source, count) in unserved { putBack(claim, source, count) }
        if !unserved.isEmpty, !claim.suspect { keepTurns(claim, served: Set(jobs.map(\.lease.source))) }
        self.setAside(setAside)
        for job in jobs { grant(job, to: peer) }
        if claim.suspect, jobs.isEmpty { workers[peer]?.alone = false }
    }

    /// Sources that were passed over come before those that were served.
    private mutating func keepTurns(_ claim: Claim, served: Set<ExactName>) {
        let sources = claim.slots.map(\.source)
        let passedOver = sources.filter { !served.contains($0) }
        guard !passedOver.isEmpty else { return }
        waiting[claim.stage]?.keepTurns(passedOver + sources.filter(served.contains))
    }

    /// Documents that cannot be leased as they are: some come back by themselves.
    private mutating func setAside(_ outcomes: [Outcome]) {
        for outcome in outcomes { settled(outcome) }
        let later = outcomes.filter { $0.state == .delayed }
        guard let first = later.first else { return }
        delayed = true
        log(
            .error, "records cannot be read; their documents are tried again",
            ["count": "\(later.count)", "id": "\(first.id)", "reason": first.message?.text ?? ""])
    }

    private mutating func putBack(_ claim: Claim, _ source: ExactName, _ count: Int) {
        add(WaitingJobs(stage: claim.stage, source: source, suspect: claim.suspect, count: count))
    }

    private mutating func grant(_ job: ClaimedJob, to peer: Peer) {
        let lease = Lease(
            job: job.lease, payloadBytes: job.payload.reduce(0) { $0 + $1.count }, worker: peer, granted: now.monotonic,
            end: nil, ending: .unused, isSlow: job.isSlow)
        guard let worker = workers[peer], !worker.leaving, mode == .running else {
            return giveBack(lease, .unused)
        }
        leases[job.lease.token] = lease
        workers[peer]?.leases.insert(job.lease.token)
        workers[peer]?.payloadBytes += lease.payloadBytes
        workers[peer]?.slow += lease.isSlow ? 1 : 0
        let header = Job(
            id: job.lease.id, stage: job.lease.stage, generation: job.lease.generation, attempt: job.lease.attempt,
            token: job.lease.token, document: job.description)
        send(.job(header), to: peer, payload: job.payload)
    }

    /// Takes a lease out of memory; its worker has room again.
    mutating func take(_ token: LeaseToken) -> Lease? {
        guard let lease = leases.removeValue(forKey: token) else { return nil }
        if let peer = lease.worker, var worker = workers[peer] {
            worker.leases.remove(token)
            worker.payloadBytes -= lease.payloadBytes
            worker.slow -= lease.isSlow ? 1 : 0
            if worker.isIdle { worker.alone = false }
            workers[peer] = worker
        }
        return lease
    }

    /// Ends a lease without a result.
    mutating func giveBack(_ lease: Lease, _ reason: GiveBack) {
        store(.giveBack(lease.job, reason), .end(lease))
    }

    /// - Parameter isCounted: whether the job that waits now was counted when the operation was asked for.
    mutating func ended(_ lease: Lease, _ result: Result<StoreAnswer, StorageError>, isCounted: Bool) {
        switch result {
        case .success(.moved(let outcome, let jobs)):
            if let jobs, !isCounted { add(jobs) }
            activity.end(lease, outcome, isResult: isCounted, now: now.monotonic)
            if outcome.state == .delayed { delayed = true }
            settled(outcome)
        case .success:
            break
        case .failure(let error):
            log(
                .error, "a lease could not be ended, it is tried again", ["id": "\(lease.job.id)", "error": "\(error)"])
            var again = lease
            (again.worker, again.end, again.ending) = (nil, now.monotonic + settings.lease, .unused)
            leases[lease.job.token] = again
        }
    }
}

extension [Claim.Slot] {
    /// Adds a token to the slot of a source; a source's first one opens its slot behind the others.
    fileprivate mutating func add(_ token: LeaseToken, of source: ExactName) {
        if let index = firstIndex(where: { $0.source == source }) {
            self[index].tokens.append(token)
        } else {
            append(Claim.Slot(source: source, tokens: [token]))
        }
    }
}
