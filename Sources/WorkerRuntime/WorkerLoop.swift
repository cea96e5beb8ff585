import Client
import GreffierProtocol
import Logging
import ZeroMQ

/// A result on its way to the broker.
private struct UnsentResult {
    let token: LeaseToken
    let message: MessageToBroker
    let payload: [OutgoingFrame]

    init(token: LeaseToken, message: MessageToBroker, payload: [OutgoingFrame]) {
        self.token = token
        self.message = message
        self.payload = payload
    }

    init(_ failed: Failed) {
        self.init(token: failed.token, message: .failed(failed), payload: [])
    }
}

/// The thread of a worker's socket: carries events to its machine and does what that says.
struct WorkerLoop: ~Copyable {
    private let settings: WorkerSettings
    private let commands: Mailbox<Worker.Command>
    private let jobs: JobThreads
    private let logger: Logger
    private let context: Context
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var machine: WorkerMachine
    private var connection: BrokerConnection
    private var endpoints: BrokerEndpoints
    /// What could not leave yet because the broker is away; bounded by the jobs in hand.
    private var unsent: [UnsentResult] = []
    private var arrived: LeasedJob?
    private var end: Result<Void, WorkerError>?
    /// When to look next which jobs are being done.
    private var nextLook = 0
    private static let lookMilliseconds = 250

    init(_ settings: WorkerSettings, commands: Mailbox<Worker.Command>, jobs: JobThreads, logger: Logger) throws {
        let context = try Context()
        let connection = try BrokerConnection(
            settings.endpoints.current, settings.security, context: context, commands: commands.wakeUp)
        self.settings = settings
        endpoints = settings.endpoints
        self.commands = commands
        self.jobs = jobs
        self.logger = logger
        self.context = context
        self.connection = connection
        start = clock.now
        machine = WorkerMachine(
            identity: settings.identity, drainMilliseconds: settings.drainMilliseconds,
            hasOtherBrokers: settings.endpoints.areSeveral, now: 0)
    }

    private var now: Int { Int((clock.now - start) / .milliseconds(1)) }

    mutating func run() throws {
        while !isOver {
            try connection.wait(milliseconds: machine.untilNextTick(now: now), untilWritable: !unsent.isEmpty)
            try takeMessages()
            try takeConnectionEvents()
            try takeCommands()
            try sendWaiting()
            try lookAtJobs()
            try handle(.tick)
            settings.turned()
        }
        try end?.get()
    }

    private mutating func lookAtJobs() throws {
        guard now >= nextLook else { return }
        nextLook = now + Self.lookMilliseconds
        try handle(.working(jobs.working))
    }

    /// Whether the worker has ended and its last results have left.
    private var isOver: Bool {
        switch end {
        case nil: false
        case .failure: true
        case .success: unsent.isEmpty
        }
    }

    private mutating func takeConnectionEvents() throws {
        while let event = try connection.nextEvent() {
            if event.isFailure {
                logger.warning("\(event.operatorSentence)")
            } else {
                logger.debug("\(event.operatorSentence)")
            }
            if case .handshakeSucceeded = event.kind {
                logger.info("connected to the broker", metadata: ["endpoint": "\(endpoints.current)"])
                // Jobs that the former connection brought are known before READY says which are held: else they would be
                // given to others too. Before READY none comes.
                while try takeMessages() {}
                try handle(.connected)
            }
            if case .handshakeFailed(let failure) = event.kind, failure.isFinal { try handle(.reconnectFailed) }
            if case .disconnected = event.kind { try handle(.disconnected) }
        }
    }

    /// Takes some of the messages that have arrived.
    /// - Returns: whether there may be more.
    @discardableResult
    private mutating func takeMessages() throws -> Bool {
        for _ in 0..<64 {
            guard let message = try connection.receive() else { return false }
            do throws(ProtocolError) {
                let (said, payload) = try message.fromBroker()
                if case .job(let job) = said { arrived = LeasedJob(job: job, payload: payload) }
                try handle(.message(said))
            } catch .version(let tag) {
                let reason = BoundedText("\(ProtocolError.version(tag))")
                try handle(.message(.refused(Refused(code: .version, message: reason))))
            } catch {
                logger.error("a message of the broker was not understood", metadata: ["reason": "\(error)"])
            }
        }
        return true
    }

    private mutating func takeCommands() throws {
        for command in commands.takeAll() {
            switch command {
            case .drain: try handle(.drain)
            case .finished(let results):
                for (job, _) in results { try handle(.ended(job.job.token)) }
                unsent += results.map { job, result in Self.message(of: result, for: job.job) }
                try sendWaiting()
            }
        }
    }

    private static func message(of result: JobResult, for job: Job) -> UnsentResult {
        switch result.bounded {
        case .done(let payload):
            UnsentResult(
                token: job.token, message: .done(Done(token: job.token)), payload: payload.map(OutgoingFrame.bytes))
        case .failed(let code, let message, let retry):
            UnsentResult(Failed(token: job.token, code: code, message: message, retry: retry))
        case .unable(let code, let message, let consequence, let wait):
            // A broker that does not know of consequences tries again.
            UnsentResult(
                Failed(
                    token: job.token, code: code, message: message, retry: true, consequence: consequence,
                    waitMilliseconds: wait))
        }
    }

    private mutating func sendWaiting() throws {
        var sent = 0
        defer { unsent.removeFirst(sent) }
        for result in unsent {
            guard try connection.send(result.message, payload: result.payload) else { return }
            sent += 1
            try handle(.finished(result.token))
        }
    }

    private mutating func handle(_ event: WorkerMachine.Event) throws(ProtocolError) {
        for action in machine.handle(event, now: now) { try perform(action) }
    }

    private mutating func perform(_ action: WorkerMachine.Action) throws(ProtocolError) {
        switch action {
        case .send(let message): say(message)
        case .start:
            if let job = arrived { jobs.add(job) }
            arrived = nil
        case .reconnect: try reconnect()
        case .note(let note): log(note)
        case .end(let error):
            end = error.map { .failure($0) } ?? .success(())
        }
    }

    private mutating func say(_ message: MessageToBroker) {
        do {
            if try !connection.send(message) {
                logger.debug("the broker is away; it hears this later")
            }
        } catch {
            logger.error("cannot send to the broker", metadata: ["reason": "\(error)"])
        }
    }

    private mutating func reconnect() throws(ProtocolError) {
        endpoints.turn()
        do {
            connection = try BrokerConnection(
                endpoints.current, settings.security, context: context, commands: commands.wakeUp)
        } catch {
            logger.error("cannot connect to the broker, trying again", metadata: ["reason": "\(error)"])
            try handle(.reconnectFailed)
        }
    }

    private func log(_ note: WorkerMachine.Note) {
        switch note {
        case .brokerRestarted(let incarnation):
            logger.notice("the broker was restarted", metadata: ["incarnation": "\(incarnation)"])
        case .brokerLeaves(let reason):
            logger.notice("the broker leaves; waiting for it to return", metadata: ["reason": "\(reason?.text ?? "")"])
        case .resultRefused(let refused):
            logger.warning(
                "the broker did not take a result",
                metadata: ["code": "\(refused.code.rawValue)", "reason": "\(refused.message)"])
        case .silent(let milliseconds):
            logger.warning("the broker is silent; connecting anew", metadata: ["milliseconds": "\(milliseconds)"])
        }
    }
}
