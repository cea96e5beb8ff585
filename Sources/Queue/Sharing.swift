import GreffierProtocol
import Storage

/// What a broker does that is not alone on its store.
extension QueueMachine {
    /// How often it asks what others did.
    var beatInterval: Int { max(1, settings.heartbeat / 4) }

    /// So many documents at a time whose end other brokers may have seen.
    private static let watchedAtOnce = 500

    /// Says that this broker lives, and asks for what it cannot know by itself.
    mutating func beat() {
        guard !isBeating, mode != .storeFailing, now.monotonic - lastBeat >= beatInterval else { return }
        isBeating = true
        lastBeat = now.monotonic
        let idle = Stage.allCases.filter { stage in
            let knowsNone = waiting[stage].map { $0.isEmpty } ?? true && suspects[stage, default: 0] == 0
            return knowsNone && workers.values.contains { $0.ready.stage == stage && $0.isServing }
        }
        // Whoever was cut off from the store itself cannot tell the dead from those who were cut off with it.
        let judges = now.monotonic - steadySince >= settings.lease
        let question = BeatQuestion(
            idle: idle, watched: watchers.some(Self.watchedAtOnce), deathAfter: judges ? settings.lease : nil,
            leases: doubtsLeases)
        doubtsLeases = false
        store(.beat(question), .beat)
    }

    mutating func beaten(_ result: Result<StoreAnswer, StorageError>) {
        isBeating = false
        guard case .success(.beat(let beat)) = result else { return }
        if now.monotonic - lastAnswer >= settings.lease / 2 { steadySince = now.monotonic }
        lastAnswer = now.monotonic
        for jobs in beat.waiting where isUnknown(jobs) { add(jobs) }
        paused = beat.paused
        delayed = delayed || beat.delayed
        learn(register: beat.register)
        for outcome in beat.settled { settled(outcome, isNews: false) }
        for job in beat.leases where leases[job.token] == nil {
            leases[job.token] = Lease(
                job: job, payloadBytes: 0, worker: nil, granted: now.monotonic, end: now.monotonic + settings.lease,
                ending: .crowded)
        }
        endUnknown(beat.held)
        guard !beat.leases.isEmpty else { return }
        log(.warning, "another broker died; its leases are kept here", ["leases": "\(beat.leases.count)"])
    }

    /// Ends leases that came about though their transaction was said to fail: the server was lost between commit and
    /// answer. No worker got the job under a token of this broker; those of a dead one are waited for.
    private mutating func endUnknown(_ held: [LeasedJob]) {
        let ending = Set(pending.values.compactMap(\.endingToken))
        let unknown = held.filter { leases[$0.token] == nil && !ending.contains($0.token) }
        for job in unknown {
            let end = isForeign(job.token) ? now.monotonic + settings.lease : now.monotonic
            leases[job.token] = Lease(
                job: job, payloadBytes: 0, worker: nil, granted: now.monotonic, end: end,
                ending: isForeign(job.token) ? .crowded : .unused)
        }
        guard !unknown.isEmpty else { return }
        log(
            .warning, "leases whose commit was not answered are given back", ["leases": "\(unknown.count)"])
    }

    /// Jobs that this broker came to know of while the question was out are counted already.
    private func isUnknown(_ jobs: WaitingJobs) -> Bool {
        jobs.suspect
            ? suspects[jobs.stage, default: 0] == 0
            : waiting[jobs.stage].map { !$0.contains(jobs.source) } ?? true
    }

    /// The register is the one that the first notify worker named, to whichever broker.
    private mutating func learn(register named: String?) {
        guard let named, register != ExactName(named) else { return }
        register = ExactName(named)
        for worker in workers.values where worker.ready.stage == .notify {
            guard let other = worker.ready.register, ExactName(other) != register else { continue }
            refuse(
                .wrongRegister, "this queue belongs to register \(named), the worker writes to \(other)",
                to: worker.peer)
            for token in worker.leases {
                if let lease = take(token) { giveBack(lease, .unused) }
            }
            workers[worker.peer] = nil
        }
    }

    /// Whether a worker speaks of leases that another broker granted: then the message waits until they are this one's.
    mutating func adopts(_ message: MessageToBroker, _ payload: [any StoredBytes], from peer: Peer) -> Bool {
        guard opening.isShared, mode == .running || mode == .draining else { return false }
        let foreign = message.heldTokens.filter { isForeign($0) && leases[$0] == nil }
        guard !foreign.isEmpty, foreign.count <= settings.credit else { return false }
        // An honest worker names all its leases once, and each of them once more with its result. No question of others may
        // stand in their way.
        guard adopting[peer, default: 0] + foreign.count <= 2 * settings.credit else { return false }
        adopting[peer, default: 0] += foreign.count
        let adoptions = foreign.map { Adoption(old: $0, new: nextToken()) }
        inFlightBytes += payload.reduce(0) { $0 + $1.count }
        store(.adopt(adoptions), .adopt(peer, message, payload: payload, tokens: foreign))
        return true
    }

    private func isForeign(_ token: LeaseToken) -> Bool { token.value >> 32 != opening.incarnation }

    mutating func adopted(
        _ tokens: [LeaseToken], _ message: MessageToBroker, _ payload: [any StoredBytes], from peer: Peer,
        _ result: Result<StoreAnswer, StorageError>
    ) {
        inFlightBytes -= payload.reduce(0) { $0 + $1.count }
        let left = adopting[peer, default: 0] - tokens.count
        adopting[peer] = left > 0 ? left : nil
        if case .success(.adopted(let jobs)) = result {
            for (token, job) in zip(tokens, jobs) {
                guard let job, leases[token] == nil else { continue }
                leases[token] = Lease(
                    job: job, payloadBytes: 0, worker: nil, granted: now.monotonic,
                    end: now.monotonic + settings.lease, ending: .unused)
            }
        }
        receive(message, payload, from: peer, isAdopted: true)
    }
}

extension QueueMachine.Pending {
    /// The lease that ends when the store has answered.
    fileprivate var endingToken: LeaseToken? {
        switch self {
        case .complete(let lease), .end(let lease): lease.job.token
        default: nil
        }
    }
}

extension MessageToBroker {
    /// The leases that a worker says it holds.
    fileprivate var heldTokens: [LeaseToken] {
        switch self {
        case .ready(let ready): ready.holding ?? []
        case .done(let done): [done.token]
        case .failed(let failed): [failed.token]
        default: []
        }
    }
}
