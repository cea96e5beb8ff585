import Client
import GreffierProtocol
import ZeroMQ

/// A document to be pushed.
public struct PushedDocument: Sendable {
    /// What people call it.
    public var name: String
    /// Its bytes.
    public var bytes: [UInt8]
    /// Its id.
    public let id: DocumentID

    /// The document that is `bytes`.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        id = DocumentID(of: bytes)
    }
}

/// How to push.
public struct PushSettings: Sendable {
    /// Where the broker listens, or several.
    public var endpoints: BrokerEndpoints
    /// What protects the connection.
    public var security = SocketSecurity.none
    /// Who pushes; to a broker that knows this program's key, that key's name counts instead.
    public var source: String
    /// The document that the pushed one corrects.
    public var replaces: DocumentID?
    /// Whether the documents are from the archives.
    public var isArchive = false
    /// Whether refused, held and dropped documents start again.
    public var again = false
    /// Whether to wait for each document's end.
    public var waitsForOutcome = false
    /// How long busy answers may go on, in milliseconds; nil is for ever.
    public var busyDeadlineMilliseconds: Int?
    /// How many documents may be under way; together they have 32 MiB at most, or are one.
    public var window = 64
    /// How long nobody may be there before all is given up, in milliseconds: of several brokers one may take half a minute to
    /// be there again, and by default gets it.
    public var unreachableMilliseconds: Int

    /// Settings for pushing as `source`.
    public init(endpoint: Endpoint, source: String) {
        self.init(endpoints: BrokerEndpoints(endpoint), source: source)
    }

    /// Settings for pushing to one of several brokers as `source`.
    public init(endpoints: BrokerEndpoints, source: String) {
        self.endpoints = endpoints
        self.source = source
        unreachableMilliseconds = endpoints.areSeveral ? 45_000 : 10_000
    }
}

/// Pushes documents one after the other, a bounded number under way, on the calling thread.
public struct Pusher: ~Copyable {
    private let settings: PushSettings
    private let context: Context
    private var connection: BrokerConnection
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var machine: PushMachine
    private var documents: [Int: PushedDocument] = [:]
    private var count = 0
    private var endpoints: BrokerEndpoints
    private var hasConnected = false
    /// Since when there is no connection, if there is none.
    private var awaySince: Int? = 0
    private var unsent: [PushMachine.Action] = []
    private var toldDelay: String?

    /// A pusher.
    /// - Throws: `ZeroMQError` when no socket is left.
    public init(
        _ settings: PushSettings, random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) throws(ZeroMQError) {
        let context = try Context()
        let connection = try BrokerConnection(settings.endpoints.current, settings.security, context: context)
        endpoints = settings.endpoints
        self.settings = settings
        self.context = context
        self.connection = connection
        start = clock.now
        var machineSettings = PushMachine.Settings()
        machineSettings.window = max(1, settings.window)
        machineSettings.waitsForOutcome = settings.waitsForOutcome
        machineSettings.busyDeadlineMilliseconds = settings.busyDeadlineMilliseconds
        machineSettings.unreachableMilliseconds = settings.unreachableMilliseconds
        machine = PushMachine(machineSettings, random: random, now: 0)
    }

    /// Pushes what `next` gives until it gives nil, and tells `finished` what became of each document; the bytes of one
    /// that was accepted before it ended are gone then.
    /// - Parameter delayed: told in a few words what is waited for, each time that becomes something else; nil when it goes on.
    /// - Throws: `ZeroMQError`, or what `next` or `finished` throws.
    public mutating func push(
        _ next: () throws -> PushedDocument?, finished: (PushedDocument, PushOutcome) throws -> Void,
        delayed: (String?) -> Void = { _ in }
    ) throws {
        var isExhausted = false
        while !isExhausted || !machine.isIdle {
            while !isExhausted, machine.hasRoom, unsent.isEmpty {
                guard let document = try next() else {
                    isExhausted = true
                    break
                }
                if let refused = Self.tooLarge(document) {
                    try finished(document, .refused(refused))
                    continue
                }
                documents[count] = document
                count += 1
                try perform(machine.begin(count - 1, bytes: document.bytes.count, now: now), finished)
            }
            if machine.isIdle { continue }
            try sendWaiting()
            try connection.wait(milliseconds: 100, untilWritable: !unsent.isEmpty)
            try takeEvents(finished)
            try turnIfAway()
            try takeAnswers(finished)
            try perform(machine.tick(now: now), finished)
            tell(machine.delay(now: now), delayed)
        }
    }

    private mutating func tell(_ delay: String?, _ delayed: (String?) -> Void) {
        guard delay != toldDelay else { return }
        toldDelay = delay
        delayed(delay)
    }

    /// A frame beyond the protocol's limit may cost the connection instead of an answer: it is not sent.
    private static func tooLarge(_ document: PushedDocument) -> Refused? {
        guard document.bytes.count > ProtocolLimits.documentBytes else { return nil }
        return Refused(
            code: .tooLarge,
            message:
                "it has \(document.bytes.count) bytes, and a document at most \(ProtocolLimits.documentBytes): split it",
            id: document.id)
    }

    private var now: Int { Int((clock.now - start) / .milliseconds(1)) }

    private mutating func takeEvents(_ finished: (PushedDocument, PushOutcome) throws -> Void) throws {
        while let event = try connection.nextEvent() {
            if let failure = connection.handshakeFailure(event) {
                throw ClientError.turnedAway(endpoints.current, failure)
            }
            switch event.kind {
            case .handshakeSucceeded:
                awaySince = nil
                machine.connected(true, now: now)
                if hasConnected {
                    unsent = []
                    try perform(machine.reconnected(now: now), finished)
                }
                hasConnected = true
            case .disconnected:
                awaySince = awaySince ?? now
                machine.connected(false, now: now)
            default: break
            }
        }
    }

    /// Turns to the next broker when this one is away.
    private mutating func turnIfAway() throws {
        guard endpoints.areSeveral, let since = awaySince, now - since >= BrokerEndpoints.patienceMilliseconds else {
            return
        }
        endpoints.turn()
        awaySince = now
        machine.connected(false, now: now)
        hasConnected = true
        connection = try BrokerConnection(endpoints.current, settings.security, context: context)
    }

    private mutating func takeAnswers(_ finished: (PushedDocument, PushOutcome) throws -> Void) throws {
        while let message = try connection.receive() {
            let said = try message.fromBroker().said
            if let request = said.request {
                switch said {
                case .accepted, .known: documents[request]?.bytes = []
                default: break
                }
                try perform(machine.answered(request, said, now: now), finished)
            } else {
                machine.heard(now: now)
            }
        }
    }

    private mutating func perform(
        _ actions: [PushMachine.Action], _ finished: (PushedDocument, PushOutcome) throws -> Void
    ) throws {
        for action in actions {
            if case .finish(let number, let outcome) = action {
                unsent.removeAll { $0 == .submit(number) || $0 == .askOutcome(number) }
                if let document = documents.removeValue(forKey: number) { try finished(document, outcome) }
            } else if !unsent.contains(action) {
                unsent.append(action)
            }
        }
        try sendWaiting()
    }

    private mutating func sendWaiting() throws {
        while let action = unsent.first {
            guard try send(action) else { return }
            unsent.removeFirst()
        }
    }

    private func send(_ action: PushMachine.Action) throws -> Bool {
        switch action {
        case .submit(let number):
            guard let document = documents[number] else { return true }
            let submit = Submit(
                id: document.id, name: document.name, source: settings.source, size: document.bytes.count,
                replaces: settings.replaces, archive: settings.isArchive ? true : nil,
                again: settings.again ? true : nil, request: number)
            return try connection.send(.submit(submit), payload: [.bytes(document.bytes)])
        case .askOutcome(let number):
            guard let document = documents[number] else { return true }
            let request = OutcomeRequest(ids: [document.id], waitMilliseconds: 10_000, request: number)
            return try connection.send(.outcome(request))
        case .finish: return true
        }
    }
}
