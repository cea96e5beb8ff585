internal import CZeroMQ

/// One integer option of libzmq: its name for errors, its number, and the value that is set.
private struct IntegerOption {
    let name: String
    let number: Int32
    let value: Int

    init(_ name: String, _ number: Int32, _ value: Int) {
        self.name = name
        self.number = number
        self.value = value
    }
}

extension SocketOptions {
    /// Checks every range and sets every option of a socket that has neither bound nor connected.
    func apply(to handle: SocketHandle, kind: SocketKind) throws(ZeroMQError) {
        try validate()
        for option in integerOptions(for: kind) {
            try handle.set(option.name, option.number, Int32(option.value))
        }
        try handle.set("maximumFrameBytes", ZMQ_MAXMSGSIZE, Int64(maximumFrameBytes))
    }

    private func validate() throws(ZeroMQError) {
        try ZeroMQError.check(linger.milliseconds, of: "linger (ms)", in: 0...60_000)
        try ZeroMQError.check(maximumFrameBytes, of: "maximumFrameBytes", in: 1...(2 << 30))
        try ZeroMQError.check(sendHighWaterMark, of: "sendHighWaterMark", in: 1...1_000_000)
        try ZeroMQError.check(receiveHighWaterMark, of: "receiveHighWaterMark", in: 1...1_000_000)
        try ZeroMQError.check(handshakeInterval.milliseconds, of: "handshakeInterval (ms)", in: 1...60_000)
        try ZeroMQError.check(heartbeatInterval.milliseconds, of: "heartbeatInterval (ms)", in: 100...600_000)
        try ZeroMQError.check(heartbeatTimeout.milliseconds, of: "heartbeatTimeout (ms)", in: 100...600_000)
        try ZeroMQError.check(reconnectInterval.milliseconds, of: "reconnectInterval (ms)", in: 1...600_000)
        try ZeroMQError.check(
            maximumReconnectInterval.milliseconds, of: "maximumReconnectInterval (ms)",
            in: reconnectInterval.milliseconds...600_000)
        try ZeroMQError.check(connectTimeout.milliseconds, of: "connectTimeout (ms)", in: 100...600_000)
        try ZeroMQError.check(backlog, of: "backlog", in: 1...65_535)
    }

    private func integerOptions(for kind: SocketKind) -> [IntegerOption] {
        let common = [
            IntegerOption("linger", ZMQ_LINGER, linger.milliseconds),
            IntegerOption("sendHighWaterMark", ZMQ_SNDHWM, sendHighWaterMark),
            IntegerOption("receiveHighWaterMark", ZMQ_RCVHWM, receiveHighWaterMark),
            IntegerOption("handshakeInterval", ZMQ_HANDSHAKE_IVL, handshakeInterval.milliseconds),
            IntegerOption("heartbeatInterval", ZMQ_HEARTBEAT_IVL, heartbeatInterval.milliseconds),
            IntegerOption("heartbeatTimeout", ZMQ_HEARTBEAT_TIMEOUT, heartbeatTimeout.milliseconds),
            IntegerOption("reconnectInterval", ZMQ_RECONNECT_IVL, reconnectInterval.milliseconds),
            IntegerOption("maximumReconnectInterval", ZMQ_RECONNECT_IVL_MAX, maximumReconnectInterval.milliseconds),
            IntegerOption("connectTimeout", ZMQ_CONNECT_TIMEOUT, connectTimeout.milliseconds),
            IntegerOption("backlog", ZMQ_BACKLOG, backlog),
            IntegerOption("ipv6", ZMQ_IPV6, ipv6 ? 1 : 0),
        ]
        switch kind {
        case .router:
            return common + [
                IntegerOption("routerMandatory", ZMQ_ROUTER_MANDATORY, 1),
                IntegerOption("routerHandover", ZMQ_ROUTER_HANDOVER, 0),
            ]
        case .dealer, .pair:
            return common
        }
    }

    /// The options that libzmq says are in force.
    init(readFrom handle: SocketHandle) throws(ZeroMQError) {
        linger = try handle.duration("linger", ZMQ_LINGER)
        maximumFrameBytes = Int(try handle.get("maximumFrameBytes", ZMQ_MAXMSGSIZE, Int64(0)))
        sendHighWaterMark = Int(try handle.get("sendHighWaterMark", ZMQ_SNDHWM, Int32(0)))
        receiveHighWaterMark = Int(try handle.get("receiveHighWaterMark", ZMQ_RCVHWM, Int32(0)))
        handshakeInterval = try handle.duration("handshakeInterval", ZMQ_HANDSHAKE_IVL)
        heartbeatInterval = try handle.duration("heartbeatInterval", ZMQ_HEARTBEAT_IVL)
        heartbeatTimeout = try handle.duration("heartbeatTimeout", ZMQ_HEARTBEAT_TIMEOUT)
        reconnectInterval = try handle.duration("reconnectInterval", ZMQ_RECONNECT_IVL)
        maximumReconnectInterval = try handle.duration("maximumReconnectInterval", ZMQ_RECONNECT_IVL_MAX)
        connectTimeout = try handle.duration("connectTimeout", ZMQ_CONNECT_TIMEOUT)
        backlog = Int(try handle.get("backlog", ZMQ_BACKLOG, Int32(0)))
        ipv6 = try handle.get("ipv6", ZMQ_IPV6, Int32(0)) != 0
    }
}

extension SocketHandle {
    func set<Value: BitwiseCopyable>(_ name: String, _ number: Int32, _ value: Value) throws(ZeroMQError) {
        let status = withUnsafeBytes(of: value) { zmq_setsockopt(use(), number, $0.baseAddress, $0.count) }
        guard status == 0 else { throw .last(.setOption(name)) }
    }

    func set(_ name: String, _ number: Int32, bytes: [UInt8]) throws(ZeroMQError) {
        guard zmq_setsockopt(use(), number, bytes, bytes.count) == 0 else { throw .last(.setOption(name)) }
    }

    func get<Value: BitwiseCopyable>(_ name: String, _ number: Int32, _ initial: Value) throws(ZeroMQError) -> Value {
        var value = initial
        var size = MemoryLayout<Value>.size
        guard zmq_getsockopt(use(), number, &value, &size) == 0 else { throw .last(.readOption(name)) }
        return value
    }

    fileprivate func duration(_ name: String, _ number: Int32) throws(ZeroMQError) -> Duration {
        .milliseconds(try get(name, number, Int32(0)))
    }
}

extension Duration {
    /// Whole milliseconds, rounded up so that a wait never ends before its time; bounded to what libzmq can hold.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < Int64(Int32.max) / 1_000 else { return Int(Int32.max) }
        guard seconds > Int64(Int32.min) / 1_000 else { return Int(Int32.min) }
        let attosecondsInMillisecond: Int64 = 1_000_000_000_000_000
        let (whole, rest) = attoseconds.quotientAndRemainder(dividingBy: attosecondsInMillisecond)
        return Int(seconds * 1_000 + whole + (rest > 0 ? 1 : 0))
    }
}
