import GreffierProtocol
import Queue
import ZeroMQ

/// What a broker needs to know.
public struct BrokerSettings: Sendable {
    /// The folder of the queue's state.
    public var folder: String
    /// Where peers connect; only endpoints of this host.
    public var endpoint: Endpoint
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
}
