import GreffierProtocol
import Storage

extension QueueMachine {
    mutating func ready(_ ready: Ready, from peer: Peer) {
        if let (code, message) = problem(of: ready, from: peer) { return refuse(code, message, to: peer) }
        if ready.stage == .notify, register == nil, let named = ready.register {
            register = ExactName(named)
            store(.setRegister(named), .register(named))
        }
        var worker = Worker(ready, peer: peer, credit: min(ready.credit, settings.credit), now: now)
        if let old = workers[peer] {
            (worker.leases, worker.claiming, worker.alone) = (old.leases, old.claiming, old.alone)
            worker.outlived = old.outlived
            (worker.payloadBytes, worker.claimingBytes) = (old.payloadBytes, old.claimingBytes)
            (worker.slow, worker.claimingSlow) = (old.slow, old.claimingSlow)
        } else {
            takeOverLeases(by: &worker)
            log(.info, "worker ready", ["worker": worker.name.description, "stage": ready.stage.rawValue])
        }
        workers[peer] = worker
        sendHeartbeat(to: peer)
    }

    private func problem(of ready: Ready, from peer: Peer) -> (RefusalCode, BoundedText)? {
        guard ready.credit >= 1 else { return (.badHeader, "credit must be 1 or more") }
        guard workers[peer] != nil || workers.count < settings.workers else {
            return (.tooLarge, "\(settings.workers) workers are connected, no more are allowed (limits.workers)")
        }
        if let identity = peer.identity, workers[peer] == nil {
            let others = workers.values.count { $0.peer.identity?.name == identity.name }
            guard others < settings.workersOfOneName else {
                return (
                    .tooLarge,
                    "\(others) workers of key \(identity.name) are connected, no more are allowed (limits.workersPerKey)"
                )
            }
        }
        if let known = workers[peer], known.ready.stage != ready.stage {
            return (.wrongStage, "this connection does the work of \(known.ready.stage.rawValue): use another one")
        }
        guard ready.stage == .notify else { return nil }
        guard let named = ready.register, !named.isEmpty, named.utf8.count <= BoundedName.bytes else {
            return (.wrongRegister, "a notify worker says which register it writes to")
        }
        guard let register, register != ExactName(named) else { return nil }
        return (
            .wrongRegister,
            "this queue belongs to register \(register), the worker writes to \(named): run it where that register is"
        )
    }

    /// A worker that comes back on a new connection, or to a new broker, has its jobs still, or never received them.
    /// When it says which it holds, these go on and the others end. Otherwise each lease is armed once more and ends
    /// then, unless its result comes.
    private mutating func takeOverLeases(by worker: inout Worker) {
        for old in workers.values where old.name == worker.name && old.ready.stage == worker.ready.stage {
            workers[old.peer] = nil
            worker.outlived.formUnion(old.outlived)
        }
        let holding = worker.ready.holding.map { Set($0) }
        if let holding { worker.outlived.formIntersection(holding) }
        for (token, var lease) in leases where isLease(lease, of: worker) {
            if let holding, !holding.contains(token) {
                leases[token] = nil
                giveBack(lease, .unused)
                continue
            }
            (lease.worker, lease.ending) = (worker.peer, .unused)
            lease.end = holding == nil ? now.monotonic + settings.lease : nil
            leases[token] = lease
            worker.leases.insert(token)
            worker.payloadBytes += lease.payloadBytes
            worker.slow += lease.isSlow ? 1 : 0
            if holding != nil, lease.job.suspect { worker.alone = true }
        }
    }

    /// A process has a connection for each stage.
    private func isLease(_ lease: Lease, of worker: Worker) -> Bool {
        lease.job.worker == worker.name.row && lease.job.stage == worker.ready.stage
    }

    mutating func heartbeat(_ heartbeat: Heartbeat, from peer: Peer) {
        guard let worker = workers[peer] else {
            return refuse(.notReady, "this connection has not said READY", to: peer)
        }
        for token in heartbeat.begun ?? [] where worker.leases.contains(token) {
            let begun = leases[token]?.begun ?? now.monotonic
            leases[token]?.begun = begun
        }
    }

    mutating func bye(from peer: Peer) {
        guard var worker = workers[peer] else { return }
        worker.leaving = true
        workers[peer] = worker
        log(.info, "worker leaving", ["worker": worker.name.description, "leased": "\(worker.leases.count)"])
        if worker.isIdle { workers[peer] = nil }
    }

    mutating func done(_ done: Done, _ payload: [any StoredBytes], from peer: Peer) {
        let mostFrames = Stage.allCases.map(\.resultFrames).max() ?? 0
        guard payload.count <= mostFrames || leases[done.token] != nil else {
            return refuse(
                .wrongPayload, "no stage's result has \(payload.count) frames", to: peer, token: done.token)
        }
        guard let lease = takeLease(done.token, for: peer) else { return }
        let stage = lease.job.stage
        if payload.count != stage.resultFrames {
            let message: BoundedText =
                "the worker's result has \(payload.count) frames, \(stage.rawValue) has \(stage.resultFrames)"
            refuse(.wrongPayload, message, to: peer, token: done.token)
            return fail(lease, code: "wrong-payload", message, retry: true)
        }
        if let largest = payload.map(\.count).max(), largest > settings.resultBytes {
            return hold(lease, "a result has at most \(settings.resultBytes) bytes, this one \(largest)", peer)
        }
        store(
            .complete(lease.job, results: payload, milliseconds: now.monotonic - lease.granted), .complete(lease))
        if let next = stage.next {
            add(WaitingJobs(stage: next, source: lease.job.source, suspect: false, count: 1))
        }
    }

    /// The result was dropped unread.
    mutating func tooLarge(_ done: Done, _ problem: BoundedText, from peer: Peer) {
        guard leases[done.token] != nil else { return refuse(.tooLarge, problem, to: peer, token: done.token) }
        guard let lease = takeLease(done.token, for: peer) else { return }
        hold(lease, problem, peer)
    }

    private mutating func hold(_ lease: Lease, _ problem: BoundedText, _ peer: Peer) {
        refuse(.tooLarge, problem, to: peer, token: lease.job.token)
        end(lease, code: "result-too-large", problem, .hold)
    }

    mutating func failed(_ failed: Failed, from peer: Peer) {
        guard let lease = takeLease(failed.token, for: peer) else { return }
        let code = BoundedName.cut(failed.code)
        switch failed.consequence {
        case .wait:
            noticeLack(code, failed.message, lease)
            let longest = min(settings.hostDelay, max(settings.firstDelay, failed.waitMilliseconds ?? Int.max))
            end(lease, code: code, failed.message, .wait(milliseconds: spread(longest)))
        case .hold: end(lease, code: code, failed.message, .hold)
        case nil: fail(lease, code: code, failed.message, retry: failed.retry)
        }
    }

    /// Tells the operator what a host lacks, once for all the documents that wait for it.
    private mutating func noticeLack(_ code: String, _ message: BoundedText, _ lease: Lease) {
        let lack = "\(lease.job.stage.rawValue) \(code) \(message)"
        lacks = lacks.filter { $0.value + settings.lackNotice > now.monotonic }
        guard lacks[lack] == nil, lacks.count < Self.mostLacks else { return }
        lacks[lack] = now.monotonic
        log(
            .warning, "documents wait for what a worker's host lacks; they are tried again by themselves",
            ["stage": lease.job.stage.rawValue, "code": code, "reason": message.text, "worker": lease.job.worker.text])
    }

    private static let mostLacks = 64

    private mutating func fail(_ lease: Lease, code: String, _ message: BoundedText, retry: Bool) {
        let failures = lease.job.failures + 1
        let consequence: Failure.Consequence
        if !retry {
            consequence = lease.job.stage == .ingest ? .refuse : .hold
        } else if failures >= settings.attempts {
            consequence = .hold
        } else {
            consequence = .delay(milliseconds: delay(afterFailures: failures))
        }
        end(lease, code: code, message, consequence)
    }

    private mutating func end(
        _ lease: Lease, code: String, _ message: BoundedText, _ consequence: Failure.Consequence
    ) {
        let failure = Failure(
            code: code, message: message, consequence: consequence, milliseconds: now.monotonic - lease.granted)
        store(.fail(lease.job, failure), .end(lease))
    }

    /// The first delay, doubled by each further failure up to the longest, of which a random half is taken away so
    /// that what failed together does not come back together.
    private mutating func delay(afterFailures failures: Int) -> Int {
        let doubled = settings.firstDelay << min(failures - 1, 30)
        return spread(min(doubled, settings.longestDelay))
    }

    private mutating func spread(_ delay: Int) -> Int {
        let whole = max(1, delay)
        return Int.random(in: ((whole + 1) / 2)...whole, using: &random)
    }

    /// The lease of a result, if it stands and the sender may speak for it.
    private mutating func takeLease(_ token: LeaseToken, for peer: Peer) -> Lease? {
        guard let lease = leases[token] else {
            workers[peer]?.outlived.remove(token)
            refuse(.staleToken, "lease \(token.value) has ended: the result is not used", to: peer, token: token)
            return nil
        }
        if let identity = peer.identity,
            !identity.stages.contains(lease.job.stage) || !lease.job.worker.text.hasExactSuffix(identity.workerSuffix)
        {
            refuse(.staleToken, "lease \(token.value) is another worker's", to: peer, token: token)
            return nil
        }
        if let worker = workers[peer] {
            guard worker.ready.stage == lease.job.stage else {
                refuse(.wrongStage, "lease \(token.value) is of \(lease.job.stage.rawValue)", to: peer, token: token)
                return nil
            }
            guard isLease(lease, of: worker) else {
                refuse(.staleToken, "lease \(token.value) is another worker's", to: peer, token: token)
                return nil
            }
        }
        return take(token)
    }

    mutating func undelivered(_ peer: Peer, _ token: LeaseToken?, gone: Bool) {
        if let token, let lease = take(token) { giveBack(lease, .unused) }
        if gone { watchers.forget(peer) }
        guard workers[peer] != nil else { return }
        if gone {
            disconnect(peer)
        } else {
            let later = now.monotonic + settings.heartbeat
            workers[peer]?.notBefore = later
        }
    }

    /// The connection is lost. Its worker may come back by itself; until then its leases wait for their results.
    private mutating func disconnect(_ peer: Peer) {
        guard let worker = workers.removeValue(forKey: peer) else { return }
        let end = worker.heard + settings.lease
        let ending: Lease.Ending = !worker.isServing ? .unused : worker.leases.count == 1 ? .alone : .crowded
        for token in worker.leases {
            guard var lease = leases[token] else { continue }
            (lease.worker, lease.end, lease.ending) = (nil, lease.end ?? end, lease.end == nil ? ending : lease.ending)
            leases[token] = lease
        }
        log(.info, "worker's connection lost", ["worker": worker.name.description, "leased": "\(worker.leases.count)"])
    }

    mutating func sendHeartbeat(to peer: Peer) {
        send(
            .heartbeat(
                Heartbeat(
                    intervalMilliseconds: settings.heartbeat, leaseMilliseconds: settings.lease,
                    longestLeaseMilliseconds: settings.longestLease, incarnation: opening.incarnation)),
            to: peer)
    }
}
