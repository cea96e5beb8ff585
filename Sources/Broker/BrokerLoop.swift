import GreffierProtocol
import Logging
import Queue
import Storage
import ZeroMQ

/// The thread of the broker's socket: carries what peers, the store and the clock say to the machine, and does what
/// that wants. It never waits for a disk.
struct BrokerLoop: ~Copyable {
    private static let tick = 100
    private static let diskInterval = 1_000

    private let settings: BrokerSettings
    private let inbox: EventInbox
    private let notices: NoticeLog
    private let router: Socket
    private let monitor: Monitor
    private var poller = Poller()
    private let incoming: Poller.Token
    private let connections: Poller.Token
    private let clock = BrokerClock()
    private let store: StoreQueue
    private let checks: CheckThread
    private let limits: MessageLimits
    private var machine: QueueMachine
    private var nextTick = 0
    private var nextDiskCheck = 0
    private var end: Result<Void, StorageError>?
    let endpoint: Endpoint

    init(
        _ settings: BrokerSettings, store: QueueStore, opening: QueueStore.Opening, inbox: EventInbox, logger: Logger
    ) throws {
        let largest = max(settings.queue.documentBytes, ProtocolLimits.resultBytes)
        let router = try Socket(
            .router, in: try Context(), options: Self.socketOptions(settings, largestFrame: 2 * largest))
        let monitor = try Monitor(router)
        try router.bind(settings.endpoint)
        let endpoint = try router.lastEndpoint() ?? settings.endpoint
        self.settings = settings
        self.inbox = inbox
        self.endpoint = endpoint
        limits = MessageLimits(
            maximumFrames: ProtocolLimits.frames, maximumBytes: largest + 4 * ProtocolLimits.headerBytes)
        incoming = poller.add(router)
        connections = poller.add(monitor)
        _ = poller.add(inbox.wakeUp)
        self.router = router
        self.monitor = monitor
        notices = NoticeLog(logger)
        self.store = StoreQueue(store, inbox: inbox)
        checks = CheckThread(folder: store.store.folder, inbox: inbox)
        machine = QueueMachine(
            settings: settings.queue, version: settings.version, opening: opening,
            now: clock.moment(settings.wallClock), random: SystemRandomNumberGenerator())
        notices.started(endpoint, opening)
    }

    private static func socketOptions(_ settings: BrokerSettings, largestFrame: Int) -> SocketOptions {
        var options = SocketOptions()
        options.maximumFrameBytes = largestFrame
        options.receiveHighWaterMark = settings.waitingMessages
        options.sendHighWaterMark = 2 * settings.queue.credit
        return options
    }

    /// Bytes that peers sent and that are not on the disk yet.
    private var unstoredBytes: Int { max(store.unstoredBytes, machine.unverifiedBytes) }

    mutating func run() throws {
        defer {
            store.stop()
            checks.close()
        }
        while end == nil {
            try poller.wait(timeout: .milliseconds(max(0, nextTick - clock.milliseconds)))
            var events = inbox.takeAll()
            if poller.isReadable(connections) { try takeConnectionEvents() }
            try takeMessages(into: &events)
            addTicks(to: &events)
            try turn(events)
            poller.setInterest(unstoredBytes > settings.unstoredBytes ? [] : .readable, of: incoming)
        }
        try end?.get()
        notices.ended()
    }

    /// One turn: everything that happened goes to the machine at once, so that it claims once and the store commits
    /// once. What could not be sent is another turn.
    private mutating func turn(_ first: [QueueEvent]) throws {
        var events = first
        while !events.isEmpty {
            let now = clock.moment(settings.wallClock)
            var operations: [(Ticket, StoreOperation)] = []
            var newChecks: [CheckThread.Check] = []
            var undelivered: [QueueEvent] = []
            for action in machine.handle(events, now: now) {
                switch action {
                case .send(let peer, let message, let payload):
                    if let event = try send(message, payload, to: peer) { undelivered.append(event) }
                case .store(let ticket, let operation): operations.append((ticket, operation))
                case .verify(let ticket, let id, let bytes): newChecks.append(.digest(ticket, id, bytes))
                case .log(let notice): notices.log(notice)
                case .stop(let failure): end = failure.map { .failure($0) } ?? .success(())
                }
            }
            if !newChecks.isEmpty { checks.add(newChecks) }
            store.submit(operations, at: machine.operationTime(at: now))
            events = undelivered
        }
    }

    private func send(
        _ message: MessageFromBroker, _ payload: [any StoredBytes], to peer: Peer
    ) throws -> QueueEvent? {
        let frames = message.frames.map(OutgoingFrame.bytes) + payload.map(\.outgoing)
        let outcome = try router.send(frames, to: RoutingID(bytes: peer.routing))
        guard outcome != .sent else { return nil }
        var token: LeaseToken?
        if case .job(let job) = message { token = job.token }
        return .undelivered(peer, token: token, gone: outcome == .unreachable)
    }

    private mutating func takeMessages(into events: inout [QueueEvent]) throws {
        var bytes = unstoredBytes
        for _ in 0..<settings.turnMessages where bytes <= settings.unstoredBytes {
            guard let received = try router.receive(limits: limits) else { return }
            switch received {
            case .message(let message):
                bytes += message.frames.reduce(0) { $0 + $1.count }
                if let event = try understand(message) { events.append(event) }
            case .refused(let refused):
                if let event = try understand(refused) { events.append(event) }
            }
        }
    }

    private func understand(_ message: Message) throws -> QueueEvent? {
        guard let sender = message.sender else { return nil }
        let peer = Peer(routing: sender.bytes)
        do throws(ProtocolError) {
            let (said, payload) = try message.toBroker()
            return .message(peer, said, payload: payload)
        } catch {
            notices.misunderstood(sender, error)
            _ = try send(.refused(Refused(code: error.refusalCode, message: BoundedText("\(error)"))), [], to: peer)
            return nil
        }
    }

    private func understand(_ refused: RefusedMessage) throws -> QueueEvent? {
        notices.refused(refused)
        guard let sender = refused.sender else { return nil }
        let peer = Peer(routing: sender.bytes)
        let problem = refused.problem(limits: limits)
        if let said = refused.said { return .oversized(peer, said, problem: problem) }
        _ = try send(.refused(Refused(code: .tooLarge, message: problem)), [], to: peer)
        return nil
    }

    private func takeConnectionEvents() throws {
        while let event = try monitor.nextEvent() {
            notices.connection(event)
        }
    }

    private mutating func addTicks(to events: inout [QueueEvent]) {
        let now = clock.milliseconds
        if now >= nextTick {
            nextTick = now + Self.tick
            events.append(.tick(listening: unstoredBytes <= settings.unstoredBytes))
        }
        if now >= nextDiskCheck {
            nextDiskCheck = now + Self.diskInterval
            checks.add([.freeSpace])
        }
    }
}

/// The broker's clock for leases, from its start.
struct BrokerClock {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    init() {
        start = clock.now
    }

    var milliseconds: Int { Int((clock.now - start) / .milliseconds(1)) }

    func moment(_ wallClock: () -> Int) -> Moment {
        Moment(monotonic: MonotonicTime(milliseconds: milliseconds), wallSeconds: wallClock())
    }
}
