import Access
import GreffierProtocol
import Queue
import Storage
import ZeroMQ

/// What a broker needs to know.
public struct BrokerSettings: Sendable {
    /// The folder of the queue's state.
    public var folder: String
    /// The database of the queue's state, which several brokers may share; without it the state is in the folder.
    public var store: ServerAddress?
    /// Where peers connect.
    public var endpoint: Endpoint
    /// Where else they may, for instance from other hosts.
    public var furtherEndpoints: [Endpoint] = []
    /// The keys. With them every TCP endpoint is encrypted and asks for a key on the list; without them there may be
    /// none that other hosts can reach. Whoever reaches an ipc endpoint may do everything.
    public var keys: BrokerKeys?
    /// The queue's own settings.
    public var queue: QueueSettings
    /// The program's version, for `STATUS`.
    public var version: String
    /// The clock for people, in seconds since 1970 UTC.
    public var wallClock: @Sendable () -> Int
    /// Bytes on their way to the disk past which nothing more is read from the socket.
    public var unstoredBytes = 6 << 20
    /// Messages of one peer that may wait in the socket. They count, not their bytes: few, as each may be a whole document.
    public var waitingMessages = 8
    /// The most messages taken in one turn.
    public var turnMessages = 256
    /// How many connections there may be to the encrypted endpoints, in all and from one address (of IPv6, from one /64), and
    /// as many in all to those in clear.
    public var connections = ConnectionLimits(total: 1_000, perAddress: 256)
    /// Bytes of memory past which the connections that sent most are cut, and if that is not enough the sockets opened
    /// anew.
    public var memoryMark = 1 << 30

    /// Called each time the thread of the broker's socket turns, for whoever watches that it does.
    public var turned: @Sendable () -> Void = {}

    /// Settings with the defaults for all that is not given.
    public init(
        folder: String, endpoint: Endpoint, queue: QueueSettings = QueueSettings(), version: String,
        wallClock: @escaping @Sendable () -> Int
    ) {
        self.folder = folder
        self.endpoint = endpoint
        self.queue = queue
        self.version = version
        self.wallClock = wallClock
    }

    /// Whether an endpoint is encrypted and asks for keys.
    func isGuarded(_ endpoint: Endpoint) -> Bool {
        if case .tcp = endpoint.address { keys != nil } else { false }
    }
}

/// The broker's own key, and whose keys it lets in.
public struct BrokerKeys: Sendable {
    /// Its secret key; the others know the public one.
    public var secretKey: CurveSecretKey
    /// The list at the start; ``Broker/admit(_:)`` changes it.
    public var list: AccessList

    /// A key and a list.
    public init(secretKey: CurveSecretKey, list: AccessList) {
        self.secretKey = secretKey
        self.list = list
    }
}

/// How many connections there may be.
public struct ConnectionLimits: Sendable, Hashable {
    /// In all.
    public var total: Int
    /// From one IP address.
    public var perAddress: Int

    /// Limits.
    public init(total: Int, perAddress: Int) {
        self.total = total
        self.perAddress = perAddress
    }
}
