internal import CZeroMQ

extension Socket {
    /// Reads the next message if one has arrived, without waiting.
    ///
    /// The frames are not copied. A message beyond `limits` is read to its end, one frame in memory at a time, and
    /// reported with its sender; the next one is not affected. Call it until it answers `nil`, or a bounded number of
    /// times, after the poller said that the socket is readable.
    /// - Parameter withOrigin: whether to say by what connection the message came.
    /// - Returns: the message, or `nil` when none has arrived.
    /// - Throws: `ZeroMQError`, with `isTermination` when the context was shut down.
    public func receive(limits: MessageLimits, withOrigin: Bool = false) throws(ZeroMQError) -> Received? {
        let pointer = handle.use()
        var reader = MessageReader(limits: limits)
        guard try receiveFrame(pointer) else { return nil }
        if kind == .router {
            reader.sender = RoutingID(bytes: [UInt8](UnsafeRawBufferPointer(incoming: handle.incoming)))
            guard zmq_msg_more(handle.incoming) != 0 else { throw .unexpectedAnswer(.receive) }
            try receiveNextFrame(pointer)
        }
        if withOrigin { reader.origin = MessageOrigin(of: handle.incoming) }
        while true {
            // Asked before the frame is taken: what is left in its place knows of no successor.
            let isFollowed = zmq_msg_more(handle.incoming) != 0
            reader.take(handle.incoming)
            guard isFollowed else { return reader.result }
            try receiveNextFrame(pointer)
        }
    }

    private func receiveFrame(_ pointer: UnsafeMutableRawPointer) throws(ZeroMQError) -> Bool {
        while zmq_msg_recv(handle.incoming, pointer, ZMQ_DONTWAIT) < 0 {
            let code = zmq_errno()
            if code == EAGAIN { return false }
            guard code == EINTR else { throw .refused(.receive, code: code) }
        }
        return true
    }

    /// libzmq delivers whole messages, so a frame that was announced is there.
    private func receiveNextFrame(_ pointer: UnsafeMutableRawPointer) throws(ZeroMQError) {
        guard try receiveFrame(pointer) else { throw .unexpectedAnswer(.receive) }
    }
}

/// Collects the frames of one message up to its limits, then only counts them.
private struct MessageReader {
    let limits: MessageLimits
    var sender: RoutingID?
    var origin: MessageOrigin?
    private var frames: [Frame] = []
    private var frameCount = 0
    private var byteCount = 0
    private var reason: RefusedMessage.Reason?

    init(limits: MessageLimits) {
        self.limits = limits
    }

    /// Takes the frame, or leaves it to be overwritten by the next.
    mutating func take(_ incoming: UnsafeMutablePointer<zmq_msg_t>) {
        frameCount += 1
        byteCount += zmq_msg_size(incoming)
        if reason == nil {
            reason =
                frameCount > limits.maximumFrames
                ? .tooManyFrames : byteCount > limits.maximumBytes ? .tooLarge : nil
        }
        if reason == nil {
            frames.append(Frame(taking: incoming))
        }
    }

    var result: Received {
        guard let reason else { return .message(Message(sender: sender, origin: origin, frames: frames)) }
        return .refused(
            RefusedMessage(
                sender: sender, origin: origin, reason: reason, firstFrames: frames, frameCount: frameCount,
                byteCount: byteCount))
    }
}

extension MessageOrigin {
    /// The properties that libzmq keeps with a message: the user id of the authenticator's answer, which is the key,
    /// and the descriptor (ZMQ_SRCFD).
    fileprivate init(of message: UnsafeMutablePointer<zmq_msg_t>) {
        let user = zmq_msg_gets(message, "User-Id").map { String(cString: $0) }
        let descriptor = zmq_msg_get(message, ZMQ_SRCFD)
        self.init(key: user.flatMap { CurvePublicKey($0) }, descriptor: descriptor < 0 ? nil : descriptor)
    }
}

extension UnsafeRawBufferPointer {
    init(incoming: UnsafeMutablePointer<zmq_msg_t>) {
        self.init(start: zmq_msg_data(incoming), count: zmq_msg_size(incoming))
    }
}
