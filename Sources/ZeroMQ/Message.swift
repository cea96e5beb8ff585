/// The name a router gave to one connection of a dealer; it means nothing after that connection is lost.
public struct RoutingID: Sendable, Hashable, CustomStringConvertible {
    /// The bytes of the name.
    public let bytes: [UInt8]

    /// A routing id from the bytes that a router gave before.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The bytes in hexadecimal, at most 16 of them, for a log.
    public var description: String {
        bytes.prefix(16).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

/// By what connection a message came.
public struct MessageOrigin: Sendable, Hashable {
    /// The key that the peer proved to own and the authenticator let in.
    public let key: CurvePublicKey?
    /// The connection's descriptor, for ``Connection``.
    public let descriptor: Int32?

    /// An origin.
    public init(key: CurvePublicKey?, descriptor: Int32?) {
        self.key = key
        self.descriptor = descriptor
    }
}

/// A whole message.
public struct Message: Sendable {
    /// Who sent it, when a router received it.
    public let sender: RoutingID?
    /// By what connection it came, when that was asked.
    public let origin: MessageOrigin?
    /// Its parts, without the sender's routing id; at least one.
    public let frames: [Frame]

    /// A message made by hand.
    public init(sender: RoutingID?, origin: MessageOrigin? = nil, frames: [Frame]) {
        self.sender = sender
        self.origin = origin
        self.frames = frames
    }
}

/// How large a message may be, since libzmq limits only its single frames.
public struct MessageLimits: Sendable, Hashable {
    /// The most frames of one message, its routing id not counted.
    public var maximumFrames: Int
    /// The most bytes of all its frames together, its routing id not counted.
    public var maximumBytes: Int

    /// Limits of frames and of bytes.
    public init(maximumFrames: Int, maximumBytes: Int) {
        self.maximumFrames = maximumFrames
        self.maximumBytes = maximumBytes
    }
}

/// A message beyond the limits. All of it was read and dropped except the frames before the one too many.
public struct RefusedMessage: Sendable {
    /// What was exceeded first.
    public enum Reason: Sendable, Hashable {
        /// More frames than `MessageLimits.maximumFrames`.
        case tooManyFrames
        /// More bytes than `MessageLimits.maximumBytes`.
        case tooLarge
    }

    /// Who sent it, when a router received it: the one to answer.
    public let sender: RoutingID?
    /// By what connection it came, when that was asked.
    public let origin: MessageOrigin?
    /// What was exceeded first.
    public let reason: Reason
    /// The frames within the limits, by which an answer can say what it answers.
    public let firstFrames: [Frame]
    /// The frames of the whole message.
    public let frameCount: Int
    /// The bytes of the whole message.
    public let byteCount: Int
}

/// What `Socket.receive` read.
public enum Received: Sendable {
    /// A message within the limits.
    case message(Message)
    /// A message beyond them, already dropped.
    case refused(RefusedMessage)
}
