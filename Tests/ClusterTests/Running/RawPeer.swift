import Foundation
import GreffierProtocol
import ZeroMQ

/// A dealer of the test's own, which says to a broker whatever it is told to.
struct RawPeer: ~Copyable {
    private let context: Context
    private let socket: Socket
    private var poller = Poller()

    init(_ endpoint: Endpoint, _ security: SocketSecurity = .none) throws {
        var options = SocketOptions()
        options.linger = .zero
        let context = try Context()
        let socket = try Socket(.dealer, in: context, options: options)
        try socket.protect(security)
        try socket.connect(endpoint)
        _ = poller.add(socket)
        self.context = context
        self.socket = socket
    }

    /// Sends these frames.
    mutating func send(_ frames: [[UInt8]]) throws {
        let end = ContinuousClock.now + patience
        while try socket.send(frames.map(OutgoingFrame.bytes)) != .sent {
            guard ContinuousClock.now < end else { throw NeverCame(description: "the broker takes no message") }
            try poller.wait(timeout: .milliseconds(10))
        }
    }

    mutating func send(_ message: MessageToBroker, _ payload: [[UInt8]] = []) throws {
        try send(message.frames + payload)
    }

    /// Sends unless the broker is away or slow; whether it did.
    func trySending(_ message: MessageToBroker, _ payload: [[UInt8]] = []) throws -> Bool {
        try socket.send((message.frames + payload).map(OutgoingFrame.bytes)) == .sent
    }

    /// What comes next within a time, if anything does.
    mutating func receive(within time: Duration) throws -> MessageFromBroker? {
        let limits = MessageLimits(maximumFrames: 10, maximumBytes: 1 << 28)
        for isLast in [false, true] {
            if case .message(let message)? = try socket.receive(limits: limits) {
                let frames = message.frames.prefix(3).map { $0.copyBytes() }
                return try MessageFromBroker(frames: frames, payloadCount: message.frames.count - 3)
            }
            if !isLast { try poller.wait(timeout: time) }
        }
        return nil
    }

    /// The next message that is no heartbeat, and its payload.
    mutating func receive() throws -> (said: MessageFromBroker, payload: [[UInt8]]) {
        let end = ContinuousClock.now + .seconds(60)
        let limits = MessageLimits(maximumFrames: 10, maximumBytes: 1 << 28)
        while ContinuousClock.now < end {
            guard case .message(let message)? = try socket.receive(limits: limits) else {
                try poller.wait(timeout: .milliseconds(50))
                continue
            }
            let frames = message.frames.map { $0.copyBytes() }
            let said = try MessageFromBroker(frames: Array(frames.prefix(3)), payloadCount: frames.count - 3)
            if case .heartbeat = said { continue }
            return (said, Array(frames.dropFirst(3)))
        }
        throw NeverCame(description: "the broker did not answer")
    }

    /// The code under which the next message is refused, or nil if it is none of a refusal.
    mutating func refusal() throws -> RefusalCode? {
        guard case .refused(let refused) = try receive().said else { return nil }
        return refused.code
    }
}
