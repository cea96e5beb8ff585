import GreffierProtocol
import ZeroMQ

/// One dealer that connects to a broker for ever, its monitor, and what else wakes its thread. Used by one thread.
///
/// What is said to a broker that is away is never kept for it: nothing is sent before the broker is there, and a dealer whose
/// connection was cut is given up for a new one, with what had not left.
public struct BrokerConnection: ~Copyable {
    private let endpoint: Endpoint
    private let security: SocketSecurity
    private let context: Context
    private let commands: WakeUp?
    private var line: Line
    private var state = State.connecting
    private var hangUps = 0
    private static let mostHangUps = 5

    private enum State {
        case connecting, connected
        /// What has arrived can still be read.
        case cut
    }

    /// A dealer that connects to `endpoint`, now or as soon as a broker listens there.
    /// - Parameters:
    ///   - security: what protects it; it must if the endpoint is not of this host.
    ///   - commands: what else ends a wait.
    /// - Throws: `ZeroMQError` when no socket is left, or nothing would protect what is said to another host.
    public init(
        _ endpoint: Endpoint, _ security: SocketSecurity = .none, context: Context, commands: WakeUp? = nil
    ) throws(ZeroMQError) {
        if !security.isEncrypted { try endpoint.requireLocal() }
        let line = try Line(endpoint, security, context: context, commands: commands)
        self.endpoint = endpoint
        self.security = security
        self.context = context
        self.commands = commands
        self.line = line
    }

    /// Waits until something arrives, or until there is room to send if that is asked and the broker is there.
    /// - Throws: `ZeroMQError` when a connection that was cut cannot be made anew.
    public mutating func wait(milliseconds: Int, untilWritable: Bool = false) throws(ZeroMQError) {
        if state == .cut {
            try line.socket.discardUnsent()
            line = try Line(endpoint, security, context: context, commands: commands)
            state = .connecting
        }
        try line.wait(milliseconds: milliseconds, untilWritable: untilWritable && state == .connected)
    }

    /// The next event of the connection, if there is one.
    public mutating func nextEvent() throws(ZeroMQError) -> ConnectionEvent? {
        // libzmq connects a dealer anew by itself: of one that is given up nothing is heard.
        guard state != .cut, let event = try line.monitor.nextEvent() else { return nil }
        switch event.kind {
        case .handshakeSucceeded: state = .connected
        case .disconnected where state == .connected: state = .cut
        default: break
        }
        return event
    }

    /// Why the broker did not let this connection in, if that happened; other events are passed over. A broker that ends
    /// in the middle of a handshake did not: it is tried again.
    public mutating func handshakeFailure() throws(ZeroMQError) -> HandshakeFailure? {
        while let event = try nextEvent() {
            if let failure = handshakeFailure(event) { return failure }
        }
        return nil
    }

    /// Why the broker does not let this connection in, if `event` says so. A broker that does not have the key that is
    /// expected of it only hangs up: several times in a row over an encrypted connection, and that is the cause.
    public mutating func handshakeFailure(_ event: ConnectionEvent) -> HandshakeFailure? {
        switch event.kind {
        case .handshakeFailed(let failure) where failure.isFinal: return failure
        case .handshakeFailed(let failure) where security.isEncrypted:
            hangUps += 1
            return hangUps >= Self.mostHangUps ? failure : nil
        case .handshakeSucceeded: hangUps = 0
        default: break
        }
        return nil
    }

    /// The next message of the broker, if one has arrived; one beyond the protocol's limits is dropped.
    public func receive() throws(ZeroMQError) -> Message? {
        let limits = MessageLimits(
            maximumFrames: ProtocolLimits.frames, maximumBytes: 3 * ProtocolLimits.resultBytes)
        while let received = try line.socket.receive(limits: limits) {
            if case .message(let message) = received { return message }
        }
        return nil
    }

    /// Sends a message with its payload frames.
    /// - Returns: whether it left; otherwise the broker is away or slow.
    public func send(_ message: MessageToBroker, payload: [OutgoingFrame] = []) throws(ZeroMQError) -> Bool {
        guard state == .connected else { return false }
        return try line.socket.send(message.frames.map(OutgoingFrame.bytes) + payload) == .sent
    }
}

/// A dealer with what watches it.
private struct Line: ~Copyable {
    let socket: Socket
    let monitor: Monitor
    private var poller: Poller
    private let token: Poller.Token

    init(
        _ endpoint: Endpoint, _ security: SocketSecurity, context: Context, commands: WakeUp?
    ) throws(ZeroMQError) {
        var options = SocketOptions()
        options.maximumFrameBytes = ProtocolLimits.resultBytes
        options.maximumReconnectInterval = .seconds(5)
        if case .tcp(let host, _) = endpoint.address { options.ipv6 = host.hasPrefix("[") }
        let socket = try Socket(.dealer, in: context, options: options)
        try socket.protect(security)
        let monitor = try Monitor(socket)
        var poller = Poller()
        let token = poller.add(socket)
        _ = poller.add(monitor)
        if let commands { _ = poller.add(commands) }
        try socket.connect(endpoint)
        self.socket = socket
        self.monitor = monitor
        self.poller = poller
        self.token = token
    }

    mutating func wait(milliseconds: Int, untilWritable: Bool) throws(ZeroMQError) {
        poller.setInterest(untilWritable ? [.readable, .writable] : .readable, of: token)
        try poller.wait(timeout: .milliseconds(milliseconds))
    }
}

extension Message {
    /// What the broker says, and how many payload frames follow the first three.
    /// - Throws: `ProtocolError`.
    public func fromBroker() throws(ProtocolError) -> (said: MessageFromBroker, payload: [Frame]) {
        let payload = Array(frames.dropFirst(3))
        let head = frames.prefix(3).map { $0.copyBytes() }
        return (try MessageFromBroker(frames: head, payloadCount: payload.count), payload)
    }
}
