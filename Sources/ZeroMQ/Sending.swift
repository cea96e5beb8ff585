internal import CZeroMQ

/// What became of a message. Only `sent` gives it away; after the others nothing of it left.
public enum SendOutcome: Sendable, Hashable {
    /// It was queued for its peer, which is no promise that it arrives: a connection that ends may take
    /// with it what has not left yet and what its peer has not read yet.
    case sent
    /// The peer's queue is full, or a dealer connects to nobody: try again when the socket is writable.
    case wouldBlock
    /// The router has no such peer, or lost it: what was meant for it goes back to where it came from.
    case unreachable
}

extension Socket {
    /// Sends a message from a dealer or a pair, without waiting.
    /// - Throws: `ZeroMQError`, with `isTermination` when the context was shut down.
    public func send(_ frames: [OutgoingFrame]) throws(ZeroMQError) -> SendOutcome {
        precondition(kind != .router, "A router sends to a peer: use send(_:to:).")
        return try send(frames, after: nil)
    }

    /// Sends a message from a router to one peer, without waiting.
    /// - Throws: `ZeroMQError`, with `isTermination` when the context was shut down.
    public func send(_ frames: [OutgoingFrame], to peer: RoutingID) throws(ZeroMQError) -> SendOutcome {
        precondition(kind == .router, "Only a router chooses the peer: use send(_:).")
        return try send(frames, after: .bytes(peer.bytes))
    }

    private func send(_ frames: [OutgoingFrame], after first: OutgoingFrame?) throws(ZeroMQError) -> SendOutcome {
        precondition(!frames.isEmpty, "A message has at least one frame.")
        let pointer = handle.use()
        if let first {
            let outcome = try Self.send(first, on: pointer, isFollowed: true)
            guard outcome == .sent else { return outcome }
        }
        var result = SendOutcome.sent
        for (index, frame) in frames.enumerated() {
            let outcome = try Self.send(frame, on: pointer, isFollowed: index < frames.count - 1)
            guard outcome != .sent else { continue }
            // Only the first frame is refused for want of room. A later one is refused when the connection went
            // away in between: libzmq has taken back the earlier frames and swallows the rest, which must be offered
            // to it so that it knows where the next message begins.
            guard index > 0 else { return outcome }
            result = outcome
        }
        return result
    }

    private static func send(
        _ frame: OutgoingFrame, on pointer: UnsafeMutableRawPointer, isFollowed: Bool
    ) throws(ZeroMQError) -> SendOutcome {
        let code = withUnsafeTemporaryAllocation(of: zmq_msg_t.self, capacity: 1) { message -> Int32 in
            guard let message = message.baseAddress else { return ENOMEM }
            frame.fill(message)
            return send(message, on: pointer, flags: ZMQ_DONTWAIT | (isFollowed ? ZMQ_SNDMORE : 0))
        }
        switch code {
        case 0: return .sent
        case EAGAIN: return .wouldBlock
        case EHOSTUNREACH: return .unreachable
        default: throw .refused(.send, code: code)
        }
    }

    /// Sends or releases the message; answers 0 or the error's number.
    private static func send(
        _ message: UnsafeMutablePointer<zmq_msg_t>, on pointer: UnsafeMutableRawPointer, flags: Int32
    ) -> Int32 {
        while zmq_msg_send(message, pointer, flags) < 0 {
            let code = zmq_errno()
            guard code == EINTR else {
                zmq_msg_close(message)
                return code
            }
        }
        return 0
    }
}
