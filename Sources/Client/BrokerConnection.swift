import GreffierProtocol
import ZeroMQ

/// One dealer that connects to a broker for ever, its monitor, and what else wakes its thread. Used by one thread.
public struct BrokerConnection: ~Copyable {
    private let socket: Socket
    private let monitor: Monitor
    private var poller: Poller
    private let token: Poller.Token

    /// A dealer that connects to `endpoint`, now or as soon as a broker listens there.
    /// - Parameter commands: what else ends a wait.
    /// - Throws: `ZeroMQError` when no socket is left.
    public init(_ endpoint: Endpoint, context: Context, commands: WakeUp? = nil) throws(ZeroMQError) {
        var options = SocketOptions()
        options.maximumFrameBytes = ProtocolLimits.resultBytes
        options.maximumReconnectInterval = .seconds(5)
        let socket = try Socket(.dealer, in: context, options: options)
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

    /// Waits until something arrives, or until there is room to send if that is asked.
    public mutating func wait(milliseconds: Int, untilWritable: Bool = false) throws(ZeroMQError) {
        poller.setInterest(untilWritable ? [.readable, .writable] : .readable, of: token)
        try poller.wait(timeout: .milliseconds(milliseconds))
    }

    /// The next event of the connection, if there is one.
    public func nextEvent() throws(ZeroMQError) -> ConnectionEvent? {
        try monitor.nextEvent()
    }

    /// The next message of the broker, if one has arrived; one beyond the protocol's limits is dropped.
    public func receive() throws(ZeroMQError) -> Message? {
        let limits = MessageLimits(
            maximumFrames: ProtocolLimits.frames, maximumBytes: 3 * ProtocolLimits.resultBytes)
        while let received = try socket.receive(limits: limits) {
            if case .message(let message) = received { return message }
        }
        return nil
    }

    /// Sends a message with its payload frames.
    /// - Returns: whether it left; otherwise the broker is away or slow.
    public func send(_ message: MessageToBroker, payload: [OutgoingFrame] = []) throws(ZeroMQError) -> Bool {
        try socket.send(message.frames.map(OutgoingFrame.bytes) + payload) == .sent
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
