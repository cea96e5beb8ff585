import Broker
import Foundation
import GreffierProtocol
import Logging
import Queue
import Storage
import Testing
import ZeroMQ

/// A raw dealer that speaks with the broker, on the test's own thread.
struct TestDealer: ~Copyable {
    private let socket: Socket
    private var poller = Poller()

    init(_ endpoint: Endpoint, _ security: SocketSecurity = .none) throws {
        var options = SocketOptions()
        options.linger = .zero
        options.maximumFrameBytes = 1 << 30
        let socket = try Socket(.dealer, in: try Context(), options: options)
        try socket.protect(security)
        try socket.connect(endpoint)
        _ = poller.add(socket)
        self.socket = socket
    }

    mutating func send(_ message: MessageToBroker, _ payload: [[UInt8]] = []) throws {
        try send(raw: message.frames + payload)
    }

    mutating func send(raw frames: [[UInt8]]) throws {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if try socket.send(frames.map(OutgoingFrame.bytes)) == .sent { return }
            try poller.wait(timeout: .milliseconds(5))
        }
        Issue.record("the broker takes no message")
    }

    /// The next message that is no heartbeat, within a minute; says `again` while it waits.
    mutating func receive(
        saying again: MessageToBroker? = nil, withHeartbeats: Bool = false
    ) throws -> (said: MessageFromBroker, payload: [[UInt8]]) {
        let end = ContinuousClock.now + .seconds(60)
        let limits = MessageLimits(maximumFrames: 10, maximumBytes: 1 << 30)
        while ContinuousClock.now < end {
            guard case .message(let message)? = try socket.receive(limits: limits) else {
                if let again { try send(again) }
                try poller.wait(timeout: .milliseconds(50))
                continue
            }
            let frames = message.frames.map { $0.copyBytes() }
            let said = try MessageFromBroker(frames: Array(frames.prefix(3)), payloadCount: frames.count - 3)
            if case .heartbeat = said, !withHeartbeats { continue }
            return (said, Array(frames.dropFirst(3)))
        }
        throw Silence()
    }

    struct Silence: Error {}

    /// Sends unless nobody is there to take it.
    func trySending(_ message: MessageToBroker) throws {
        _ = try socket.send(message.frames.map(OutgoingFrame.bytes))
    }

    /// Whether anything at all comes within a time.
    mutating func hearsSomething(within time: Duration) throws -> Bool {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end {
            try poller.wait(timeout: .milliseconds(20))
            if try socket.receive(limits: MessageLimits(maximumFrames: 10, maximumBytes: 1 << 20)) != nil {
                return true
            }
        }
        return false
    }

    mutating func submit(_ bytes: [UInt8], source: String = "mairie") throws -> MessageFromBroker {
        let header = Submit(id: DocumentID(of: bytes), name: "a.txt", source: source, size: bytes.count)
        try send(.submit(header), [bytes])
        return try receive().said
    }

    mutating func ready(_ stage: Stage, process: Int = 1, credit: Int = 1) throws {
        try send(Self.ready(stage, process: process, credit: credit))
    }

    static func ready(_ stage: Stage, process: Int, credit: Int = 1) -> MessageToBroker {
        .ready(
            Ready(
                stage: stage, credit: credit, program: "test", version: "1", host: "here", process: process,
                register: stage == .notify ? "register" : nil))
    }

    mutating func job() throws -> (job: Job, payload: [[UInt8]]) {
        let (said, payload) = try receive()
        guard case .job(let job) = said else { throw Unexpected(said: said) }
        return (job, payload)
    }

    struct Unexpected: Error {
        let said: MessageFromBroker
    }
}

/// A broker in a folder of its own.
final class TestBroker: Sendable {
    let folder: String
    let settings: BrokerSettings

    init(
        _ change: (inout QueueSettings) -> Void = { _ in },
        also adjust: (inout BrokerSettings) throws -> Void = { _ in }
    ) throws {
        folder = "/tmp/greffier-test-\(UUID().uuidString.prefix(13))"
        var queue = QueueSettings()
        queue.lowWaterBytes = 0
        queue.firstDelay = 10
        queue.drain = 200
        change(&queue)
        var settings = BrokerSettings(
            folder: folder, endpoint: try .ipc(path: "\(folder)/broker.ipc"), queue: queue, version: "test",
            wallClock: { 1_700_000_000 })
        try adjust(&settings)
        self.settings = settings
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts a broker; waits while a former one lets go of the folder.
    func start() throws -> Broker {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try Broker(settings, logger: logger)
            } catch StorageError.folderInUse where ContinuousClock.now < end {
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }

    func stop(_ broker: Broker) throws {
        broker.drain()
        try broker.join()
    }
}
