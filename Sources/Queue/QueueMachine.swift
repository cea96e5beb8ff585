import GreffierProtocol
import Storage

/// The broker's logic: what happens goes in, what is to be done comes out. No socket, clock or disk is touched here.
///
/// The truth is in the rows. Memory holds connections, credit, the leases of living workers, how many jobs each source
/// has waiting, and who waits for an outcome: nothing that a restart cannot find again, and nothing without a bound.
public struct QueueMachine {
    let settings: QueueSettings
    let version: String
    let opening: QueueStore.Opening
    let started: Moment
    var random: any RandomNumberGenerator

    var now: Moment
    var actions: [QueueAction] = []
    var workers: [Peer: Worker] = [:]
    var leases: [LeaseToken: Lease] = [:]
    var waiting: [Stage: WaitingSources] = [:]
    var suspects: [Stage: Int] = [:]
    var paused: Set<Stage>
    var register: ExactName?
    var watchers = Watchers()
    /// What was done since the start.
    var activity = Activity()
    /// When the operator was told what a worker's host lacks.
    var lacks: [String: MonotonicTime] = [:]
    var pending: [Ticket: Pending] = [:]
    var submissions: [Ticket: Submission] = [:]
    /// Documents that are on their way to the store.
    var submitting = Allowances()
    /// What peers' questions and acts cost the store that are not answered, and each of them.
    var questions = Allowances()
    var questionCosts: [Ticket: (cost: Int, asker: Asker)] = [:]
    /// How many leases of other brokers are on their way to this one for each worker.
    var adopting: [Peer: Int] = [:]
    /// Bytes that claims on their way to the store may bring.
    var claimingBytes = 0
    var lastTicket: Ticket = 0
    var lastToken: Int
    var inFlightBytes = 0
    var queuedBytes: Int
    var freeBytes = Int.max
    /// Since when the store has been asked and has answered nothing; nil while nothing is asked.
    var storeQuietSince: MonotonicTime?
    /// When the store may be tried again that had no space left; nil once something was kept since.
    var diskFullUntil: MonotonicTime?
    var delayed: Bool
    var isWaking = false
    /// Whether the store is giving up what has ended long ago, when it is asked to next, and whether the wall clock is
    /// believed by which that is told.
    var isPurging = false
    var nextPurge: MonotonicTime
    var nextHistoryPurge: MonotonicTime
    var clockTrust: ClockTrust
    /// When the store was last asked what other brokers did, and whether the answer is out.
    var lastBeat: MonotonicTime
    var isBeating = false
    /// Whether an operation failed since the last look at the leases: its commit may have come through all the same.
    var doubtsLeases = false
    /// When it answered last, and since when it has answered every time.
    var lastAnswer: MonotonicTime
    var steadySince: MonotonicTime
    var mode = Mode.running
    var drainEnd: MonotonicTime?
    /// When the broker was last seen to take messages.
    var listened: MonotonicTime

    /// What the broker does as a whole.
    enum Mode: String {
        case running, draining
        case storeFailing = "store-failing"
        case stopped
    }

    /// A document on its way to the store.
    struct Submission {
        let peer: Peer
        let submit: Submit
        let body: any StoredBytes
    }

    /// Who asked for an operation, and what hangs on its answer.
    enum Pending {
        case accept(Submission)
        case claim(Claim, Peer)
        case complete(Lease)
        case end(Lease)
        case wake
        case purge
        case act(Peer, DocumentAct)
        case pause(Peer, StageAct, Bool, before: Bool)
        case register(String)
        case forget(Peer, RegisterAct)
        case outcome(Peer, OutcomeRequest)
        case count(Peer, request: Int?)
        case list(Peer, request: Int?)
        case show(Peer, ShowRequest)
        case acts(Peer, request: Int?)
        case replay(Peer, ReplayRequest)
        case beat
        case adopt(Peer, MessageToBroker, payload: [any StoredBytes], tokens: [LeaseToken])
    }

    /// A machine that continues what the store holds.
    public init(
        settings: QueueSettings, version: String, opening: QueueStore.Opening, now: Moment,
        random: any RandomNumberGenerator
    ) {
        self.settings = settings
        self.version = version
        self.opening = opening
        self.random = random
        self.now = now
        started = now
        listened = now.monotonic
        nextPurge = now.monotonic + 60_000
        nextHistoryPurge = now.monotonic
        clockTrust = ClockTrust(
            wallSeconds: now.wallSeconds, milliseconds: now.monotonic.milliseconds, memory: opening.clock)
        lastBeat = now.monotonic
        lastAnswer = now.monotonic
        steadySince = now.monotonic
        paused = opening.paused
        register = opening.register.map { ExactName($0) }
        queuedBytes = opening.queuedBytes
        delayed = opening.delayed
        lastToken = opening.incarnation << 32
        for jobs in opening.waiting { add(jobs) }
        for job in opening.leases {
            leases[job.token] = Lease(
                job: job, payloadBytes: 0, worker: nil, granted: now.monotonic, end: now.monotonic + settings.lease,
                ending: .crowded)
        }
    }

    /// Takes what happened since the last turn, in order, and answers what is to be done, in order.
    public mutating func handle(_ events: [QueueEvent], now: Moment) -> [QueueAction] {
        self.now = now
        for event in events where mode != .stopped {
            handle(event)
        }
        if mode == .running {
            for stage in [Stage.notify, .validate, .ingest] { lease(at: stage) }
        }
        finishDraining()
        defer { actions = [] }
        return actions
    }

    /// The time by which rows written for this turn are dated.
    public func operationTime(at now: Moment) -> OperationTime {
        OperationTime(
            wallSeconds: now.wallSeconds,
            queueMilliseconds: opening.queueMilliseconds + (now.monotonic - started.monotonic))
    }

    /// To be told of each refusal that is sent, whoever refused.
    public mutating func refused(_ code: RefusalCode) {
        activity.refuse(code)
    }

    /// Bytes of documents that are being compared with their ids or are on their way to the store.
    public var unverifiedBytes: Int { inFlightBytes }

    private mutating func handle(_ event: QueueEvent) {
        switch event {
        case .message(let peer, let message, let payload): receive(message, payload, from: peer)
        case .oversized(let peer, let message, let problem): oversized(message, problem, from: peer)
        case .verified(let ticket, let matches): verified(ticket, matches)
        case .stored(let ticket, let result): stored(ticket, result)
        case .undelivered(let peer, let token, let gone): undelivered(peer, token, gone: gone)
        case .closed(let peer): watchers.forget(peer)
        case .measured(let free, let queued): measured(free: free, queued: queued)
        case .tick(let listening): tick(listening: listening)
        case .access(let keys): accessChanged(keys)
        case .drain: drain()
        }
    }

    mutating func receive(
        _ message: MessageToBroker, _ payload: [any StoredBytes], from peer: Peer, isAdopted: Bool = false
    ) {
        workers[peer]?.heard = now.monotonic
        if refusesForStore(message, to: peer) { return }
        if !isAdopted, adopts(message, payload, from: peer) { return }
        switch message {
        case .submit(let submit): self.submit(submit, payload, from: peer)
        case .ready(let ready): self.ready(ready, from: peer)
        case .done(let done): self.done(done, payload, from: peer)
        case .failed(let failed): self.failed(failed, from: peer)
        case .heartbeat(let heartbeat): self.heartbeat(heartbeat, from: peer)
        case .bye: bye(from: peer)
        case .hold(let act): self.act(.hold, act, from: peer)
        case .release(let act): self.act(.release, act, from: peer)
        case .retry(let act): self.act(.retry, act, from: peer)
        case .drop(let act): self.act(.drop, act, from: peer)
        case .erase(let act): self.act(.erase, act, from: peer)
        case .pause(let act): pause(act.signed(by: peer), true, from: peer)
        case .resume(let act): pause(act.signed(by: peer), false, from: peer)
        case .forget(let act): forget(act.signed(by: peer), from: peer)
        case .outcome(let request): outcome(request, from: peer)
        case .status(let request):
            let ages = request.ages == true
            ask(.count(ages: ages), .count(peer, request: request.request), cost: ages ? 256 : 64)
        case .list(let request): list(request, from: peer)
        case .show(let request): ask(.show(request.id, for: peer.onlySource), .show(peer, request), cost: 32)
        case .acts(let request): ask(.acts(request), .acts(peer, request: request.request), cost: 64)
        case .replay(let request):
            let request = request.signed(by: peer)
            ask(.replay(request), .replay(peer, request), cost: 1_024)
        }
    }

    private mutating func act(_ act: OperatorAct, _ request: DocumentAct, from peer: Peer) {
        let request = request.signed(by: peer)
        ask(.act(act, request), .act(peer, request), cost: 1)
    }

    private mutating func list(_ request: ListRequest, from peer: Peer) {
        var request = request
        if let own = peer.onlySource { request.source = own.text }
        let rows = min(max(0, request.limit ?? 100), ProtocolLimits.listedDocuments)
        ask(.list(request), .list(peer, request: request.request), cost: 16 + rows / 4)
    }

    /// Refuses a message that was dropped. A result that is too large now will be so again: its job is held.
    private mutating func oversized(_ message: MessageToBroker, _ problem: BoundedText, from peer: Peer) {
        workers[peer]?.heard = now.monotonic
        switch message {
        case .submit(let submit): refuse(.tooLarge, problem, to: peer, id: submit.id, request: submit.request)
        case .done(let done): tooLarge(done, problem, from: peer)
        default: refuse(.tooLarge, problem, to: peer)
        }
    }

    mutating func send(_ message: MessageFromBroker, to peer: Peer, payload: [any StoredBytes] = []) {
        workers[peer]?.spoken = now.monotonic
        actions.append(.send(peer, message, payload: payload))
    }

    mutating func refuse(
        _ code: RefusalCode, _ message: BoundedText, to peer: Peer, id: DocumentID? = nil, token: LeaseToken? = nil,
        request: Int? = nil
    ) {
        send(.refused(Refused(code: code, message: message, id: id, token: token, request: request)), to: peer)
    }

    mutating func store(_ operation: StoreOperation, _ pending: Pending) {
        noteQuestion()
        let ticket = nextTicket()
        self.pending[ticket] = pending
        actions.append(.store(ticket, operation))
    }

    /// Asks the store on behalf of a peer, who is told to come later when it, or all together, asked for too much already.
    /// - Returns: whether the store was asked.
    @discardableResult
    mutating func ask(_ operation: StoreOperation, _ pending: Pending, cost: Int) -> Bool {
        guard let (peer, request) = pending.asker else { return false }
        let isCrowding = peer.identity != nil && questions.isCrowding(cost, of: peer, share: settings.questions / 16)
        guard !isCrowding, questions.hasRoom(for: cost, of: peer, limit: settings.questions) else {
            let busy = Busy(
                reason:
                    "questions: the store has more of them to answer than it may have at a time, or than you may ask",
                retryAfterMilliseconds: settings.retryAfter, request: request)
            send(.busy(busy), to: peer)
            return false
        }
        store(operation, pending)
        let asker = Asker(peer)
        questions.add(cost, by: asker)
        questionCosts[lastTicket] = (cost, asker)
        return true
    }

    /// Tells a peer how things stand after its act, which paid for that too.
    mutating func tellStatus(_ peer: Peer, request: Int?) {
        store(.count(ages: false), .count(peer, request: request))
    }

    mutating func log(_ level: QueueNotice.Level, _ message: String, _ details: [String: String] = [:]) {
        actions.append(.log(QueueNotice(level, message, details)))
    }

    mutating func nextTicket() -> Ticket {
        lastTicket += 1
        return lastTicket
    }

    mutating func add(_ jobs: WaitingJobs) {
        if jobs.suspect {
            suspects[jobs.stage, default: 0] += jobs.count
        } else {
            waiting[jobs.stage, default: WaitingSources()].add(jobs.count, of: jobs.source)
        }
    }
}

extension QueueMachine.Pending {
    /// Who asked a question, and under which number.
    fileprivate var asker: (Peer, request: Int?)? {
        switch self {
        case .act(let peer, let act): (peer, act.request)
        case .pause(let peer, let act, _, _): (peer, act.request)
        case .forget(let peer, let act): (peer, act.request)
        case .outcome(let peer, let request): (peer, request.request)
        case .count(let peer, let request), .list(let peer, let request), .acts(let peer, let request):
            (peer, request)
        case .replay(let peer, let request): (peer, request.request)
        case .show(let peer, let request): (peer, request.request)
        default: nil
        }
    }
}

extension DocumentAct {
    /// The act with what was proved of who does it.
    fileprivate func signed(by peer: Peer) -> Self {
        var signed = self
        if let identity = peer.identity { signed.by = identity.signing(by) }
        return signed
    }
}

extension StageAct {
    /// The act with what was proved of who does it.
    fileprivate func signed(by peer: Peer) -> Self {
        var signed = self
        if let identity = peer.identity { signed.by = identity.signing(by) }
        return signed
    }
}

extension RegisterAct {
    /// The act with what was proved of who does it.
    fileprivate func signed(by peer: Peer) -> Self {
        var signed = self
        if let identity = peer.identity { signed.by = identity.signing(by) }
        return signed
    }
}

extension ReplayRequest {
    /// The act with what was proved of who does it.
    fileprivate func signed(by peer: Peer) -> Self {
        var signed = self
        if let identity = peer.identity { signed.by = identity.signing(by) }
        return signed
    }
}
