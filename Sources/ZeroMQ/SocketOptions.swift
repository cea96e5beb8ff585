/// How a socket behaves. Every default that matters is stated here instead of left to libzmq, some of whose own hang
/// at exit or accept without limit.
public struct SocketOptions: Sendable, Hashable {
    /// How long what was sent may still leave after the socket is closed; 0 to 60 s. (libzmq: for ever.)
    public var linger: Duration = .seconds(1)
    /// The largest frame a peer may send, in bytes; a larger one closes its connection without an answer, so a limit
    /// that shall be answered must be lower. 1 byte to 2 GiB. (libzmq: none.)
    public var maximumFrameBytes: Int = 64 << 20
    /// Messages waiting to leave to one peer before `send` answers `wouldBlock`; 1 to 1,000,000.
    public var sendHighWaterMark: Int = 256
    /// Messages received from one peer and not yet read before it is slowed down; 1 to 1,000,000.
    public var receiveHighWaterMark: Int = 256
    /// How long a new connection may take to prove that it speaks ZMTP; 1 ms to 60 s. (libzmq: 30 s.)
    public var handshakeInterval: Duration = .seconds(5)
    /// How often a silent connection is asked whether its peer is alive; 100 ms to 600 s. (libzmq: never.)
    public var heartbeatInterval: Duration = .seconds(3)
    /// How long a peer may take to answer that before its connection is closed; 100 ms to 600 s.
    public var heartbeatTimeout: Duration = .seconds(10)
    /// The first wait before a lost connection is tried again; 1 ms to 600 s.
    public var reconnectInterval: Duration = .milliseconds(100)
    /// The longest wait between tries; each doubles the one before. At least `reconnectInterval`, at most 600 s.
    /// (libzmq: no doubling.)
    public var maximumReconnectInterval: Duration = .seconds(30)
    /// How long one try to connect may take; 100 ms to 600 s. (libzmq: the system's, two minutes.)
    public var connectTimeout: Duration = .seconds(10)
    /// Connections that may wait to be accepted; 1 to 65,535. (libzmq: 100.)
    public var backlog: Int = 512
    /// Whether IPv6 addresses are understood beside IPv4.
    public var ipv6: Bool = false

    /// The defaults.
    public init() {}
}

/// What a socket does.
public enum SocketKind: Sendable, Hashable {
    /// Speaks with any number of dealers and names each by a routing id. A message for a peer that is gone is reported
    /// (ROUTER_MANDATORY), and a peer cannot take over another's id (ROUTER_HANDOVER off).
    case router
    /// Speaks with the routers it connects to, and keeps what is sent until they are there: who needs to know asks the
    /// monitor. IMMEDIATE, which keeps nothing, is never set: libzmq takes its pipe away in the middle of a message that is
    /// being read when the connection is cut, and ends the process ("Assertion failed: !_more").
    case dealer
    /// Speaks with exactly one other pair socket, inside a process.
    case pair
}
