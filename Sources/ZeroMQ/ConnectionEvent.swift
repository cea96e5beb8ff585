/// Something that happened to a connection of a watched socket.
public struct ConnectionEvent: Sendable, Hashable {
    /// What happened.
    public enum Kind: Sendable, Hashable {
        /// The socket listens.
        case listening
        /// The socket could not listen; the number is one of errno(3).
        case bindFailed(code: Int32)
        /// A peer connected; it has proved nothing yet.
        case accepted
        /// A peer could not be accepted; the number is one of errno(3).
        case acceptFailed(code: Int32)
        /// A connection to a listener was made; it has proved nothing yet.
        case connected
        /// A connection is being made.
        case connectDelayed
        /// A connection could not be made and is tried again after this time.
        case connectRetried(after: Duration)
        /// The peer speaks ZMTP and, where that is asked, was let in.
        case handshakeSucceeded
        /// The peer was turned away, or turned this socket away.
        case handshakeFailed(HandshakeFailure)
        /// A connection ended.
        case disconnected
        /// A listener or a connection that was being made was closed.
        case closed
        /// It could not be closed; the number is one of errno(3).
        case closeFailed(code: Int32)
        /// No more events follow.
        case monitorStopped
    }

    /// What happened.
    public let kind: Kind
    /// Where, as libzmq names it.
    public let endpoint: String

    /// Which connection, where one was accepted or ended; it may be closed already.
    public let descriptor: Int32?

    /// An event.
    public init(kind: Kind, endpoint: String, descriptor: Int32? = nil) {
        self.kind = kind
        self.endpoint = endpoint
        self.descriptor = descriptor
    }

    /// Whether an operator should hear of it even when all is well otherwise.
    public var isFailure: Bool {
        switch kind {
        case .bindFailed, .acceptFailed, .handshakeFailed, .closeFailed: true
        default: false
        }
    }
}

/// Why two sockets did not come together.
public enum HandshakeFailure: Sendable, Hashable {
    /// One side wants encryption and the other does not, or they want different kinds.
    case mechanismMismatch
    /// A key is wrong.
    case wrongKey
    /// The peer does not speak ZMTP as its specification says; the number is libzmq's.
    case protocolViolation(code: Int32)
    /// The authenticator of this process answered what ZAP (ZeroMQ RFC 27) excludes; the number is libzmq's.
    case authenticatorFailed(code: Int32)
    /// The authenticator refused the peer with this ZAP status: 300, 400 or 500.
    case refused(status: Int32)
    /// The connection ended during the handshake; the number is one of errno(3).
    case interrupted(code: Int32)

    /// Whether libzmq gives the connection up: only a new socket tries again.
    public var isFinal: Bool {
        switch self {
        case .interrupted: false
        case .refused(let status): status != 300
        default: true
        }
    }
}
