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
    fileprivate let notices: NoticeLog
    fileprivate let doors: Doors
    fileprivate let access: AccessControl?
    fileprivate let table: ConnectionTable
    private let clock = BrokerClock()
    private let store: StoreQueue
    private let checks: CheckThread
    private let limits: MessageLimits
    fileprivate var memory: MemoryGuard
    private var machine: QueueMachine
    private var offences = Offences()
    private var shares: TurnShares
    private var nextTick = 0
    private var nextDiskCheck = 0
    private var end: Result<Void, StorageError>?

    init(
        _ settings: BrokerSettings, _ doors: Doors, _ access: AccessControl?, _ table: ConnectionTable,
        store: QueueStore, opening: QueueStore.Opening, inbox: EventInbox, notices: NoticeLog
    ) throws {
        self.settings = settings
        self.doors = doors
        self.access = access
        self.table = table
        self.inbox = inbox
        self.notices = notices
        limits = MessageLimits(
            maximumFrames: ProtocolLimits.frames,
            maximumBytes: settings.largestFrame + 4 * ProtocolLimits.headerBytes)
        doors.add(inbox.wakeUp)
        memory = MemoryGuard(mark: settings.memoryMark)
        shares = TurnShares(messages: settings.turnMessages)
        self.store = StoreQueue(store, inbox: inbox, notices: notices)
        checks = CheckThread(store: store.store, inbox: inbox)
        machine = QueueMachine(
            settings: settings.queue, version: settings.version, opening: opening,
            now: clock.moment(settings.wallClock), random: SystemRandomNumberGenerator())
        notices.started(doors.endpoints, opening)
    }

    /// Bytes that peers sent and that are not on the disk yet.
    private var unstoredBytes: Int { max(store.unstoredBytes, machine.unverifiedBytes) }

    mutating func run() throws {
        defer {
            store.stop()
            checks.close()
        }
        while end == nil {
            try doors.wait(timeout: .milliseconds(max(0, nextTick - clock.milliseconds)))
            var events = inbox.takeAll()
            events += try doors.takeEvents().map { .closed($0) }
            try takeMessages(into: &events)
            addTicks(to: &events)
            try turn(events)
            doors.listen(unstoredBytes <= settings.unstoredBytes)
            settings.turned()
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

    private mutating func send(
        _ message: MessageFromBroker, _ payload: [any StoredBytes], to peer: Peer
    ) throws -> QueueEvent? {
        let frames = message.frames.map(OutgoingFrame.bytes) + payload.map(\.outgoing)
        let outcome = try doors.send(frames, to: peer)
        switch message {
        case .refused(let refused):
            machine.refused(refused.code)
            note(peer.identity, .refused(bytes: 0))
        case .busy: note(peer.identity, .busy)
        default: break
        }
        guard outcome != .sent else { return nil }
        var token: LeaseToken?
        if case .job(let job) = message { token = job.token }
        return .undelivered(peer, token: token, gone: outcome == .unreachable)
    }

    private mutating func takeMessages(into events: inout [QueueEvent]) throws {
        var bytes = unstoredBytes
        shares.begin()
        for _ in 0..<settings.turnMessages where bytes <= settings.unstoredBytes {
            guard let (door, received) = try doors.receive(limits: limits) else { return }
            switch received {
            case .message(let message):
                let count = message.frames.reduce(0) { $0 + $1.count }
                bytes += count
                if let origin = message.origin { table.read(origin, bytes: message.carriedBytes) }
                if let event = try understand(message, from: door) { events.append(event) }
            case .refused(let refused):
                if let origin = refused.origin { table.read(origin, bytes: refused.carriedBytes) }
                if let event = try understand(refused, from: door) { events.append(event) }
            }
        }
    }

    private mutating func understand(_ message: Message, from door: Door) throws -> QueueEvent? {
        guard let sender = message.sender else { return nil }
        do {
            let (said, payload) = try message.toBroker()
            guard let peer = try admit(sender, message.origin, said, from: door) else { return nil }
            guard try isWithinShare(message.origin, said, of: peer) else { return nil }
            return .message(peer, said, payload: payload)
        } catch let error as ProtocolError {
            notices.misunderstood(sender, error)
            note(message.origin?.key, .refused(bytes: message.frames.reduce(0) { $0 + $1.count }))
            let peer = Peer(routing: sender.bytes, door: door.number)
            _ = try send(.refused(Refused(code: error.refusalCode, message: BoundedText("\(error)"))), [], to: peer)
            return nil
        }
    }

    /// Tells a peer to come later that floods the broker while others speak; what workers say is taken all the same.
    private mutating func isWithinShare(
        _ origin: MessageOrigin?, _ said: MessageToBroker, of peer: Peer
    ) throws -> Bool {
        guard let key = origin?.key, shares.isBeyondShare(key), !said.isOfWorker else { return true }
        let busy = Busy(
            reason: "rate: others speak too, and this key has had its half of the broker's turn",
            retryAfterMilliseconds: settings.queue.retryAfter, id: said.document, request: said.request)
        _ = try send(.busy(busy), [], to: peer)
        return false
    }

    private mutating func understand(_ refused: RefusedMessage, from door: Door) throws -> QueueEvent? {
        notices.refused(refused)
        note(refused.origin?.key, .refused(bytes: refused.byteCount))
        guard let sender = refused.sender else { return nil }
        let problem = refused.problem(limits: limits)
        if let said = refused.said {
            return try admit(sender, refused.origin, said, from: door).map { .oversized($0, said, problem: problem) }
        }
        let peer = Peer(routing: sender.bytes, door: door.number)
        _ = try send(.refused(Refused(code: .tooLarge, message: problem)), [], to: peer)
        return nil
    }

    /// Notes that a peer was refused something, and sends one away that goes on regardless.
    private mutating func note(_ identity: Identity?, _ offence: Offences.Offence) {
        guard let key = identity.flatMap({ CurvePublicKey($0.key) }) else { return }
        note(key, offence)
    }

    fileprivate mutating func note(_ key: CurvePublicKey?, _ offence: Offences.Offence) {
        let now = clock.milliseconds
        guard let key, let end = offences.note(key, offence, now: now) else { return }
        access?.sendAway(key, for: .milliseconds(end - now))
    }

    /// Who says that; nil when they may not, and were told so.
    private mutating func admit(
        _ sender: RoutingID, _ origin: MessageOrigin?, _ said: MessageToBroker, from door: Door
    ) throws -> Peer? {
        guard door.isGuarded else { return Peer(routing: sender.bytes, door: door.number) }
        switch access?.judge(origin, said) ?? .refused("nobody is let in here", nil) {
        case .allowed(let identity):
            return Peer(routing: sender.bytes, door: door.number, identity: identity)
        case .refused(let reason, let identity):
            notices.notAllowed(identity, reason)
            note(origin?.key, .refused(bytes: 0))
            let refused = Refused(
                code: .notAllowed, message: reason, id: said.document, token: said.token, request: said.request)
            _ = try send(.refused(refused), [], to: Peer(routing: sender.bytes, door: door.number))
            return nil
        }
    }

    private mutating func addTicks(to events: inout [QueueEvent]) {
        let now = clock.milliseconds
        if now >= nextTick {
            nextTick = now + Self.tick
            events.append(.tick(listening: unstoredBytes <= settings.unstoredBytes))
            doors.openMissing()
            guardMemory()
        }
        if now >= nextDiskCheck {
            nextDiskCheck = now + Self.diskInterval
            checks.add([.freeSpace])
        }
    }
}

extension BrokerLoop {
    /// Takes memory back from peers that send without end, the honest ones last.
    fileprivate mutating func guardMemory() {
        let bytes = MemoryGuard.residentBytes()
        for sender in table.handshakeFloods() {
            table.cut(sender)
            notices.flooded(sender)
        }
        switch memory.measure(bytes) {
        case .cut(var excess)?:
            for sender in table.largestSenders() where excess > 0 && sender.unreadBytes > 1 << 20 {
                table.cut(sender)
                excess -= sender.unreadBytes
                let key = table.likelyKey(of: sender)
                notices.cut(sender, name: key.flatMap { access?.owner(of: $0)?.name }, memory: bytes)
                note(key, .flood)
            }
        case .reopen?:
            notices.reopening(memory: bytes)
            doors.reopenAll()
        case nil: break
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
