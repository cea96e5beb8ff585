import Client
import GreffierProtocol
import ZeroMQ

/// How a worker presents itself and how much it takes on.
public struct WorkerSettings: Sendable {
    /// Where the broker listens, or several.
    public var endpoints: BrokerEndpoints
    /// What protects the connection.
    public var security = SocketSecurity.none
    /// What the worker says of itself; its credit is how many jobs it holds at a time.
    public var identity: Ready
    /// How many threads do jobs at the same time.
    public var threads: Int
    /// How many jobs a thread takes at once; more than one where jobs share a cost, such as a commit.
    public var batch: Int
    /// How long the worker may take to end after it was told to, in milliseconds.
    public var drainMilliseconds: Int

    /// Called each time the thread of the worker's socket turns, for whoever watches that it does.
    public var turned: @Sendable () -> Void = {}

    /// Settings for `threads` threads that each take up to `batch` jobs at once.
    public init(endpoint: Endpoint, identity: Ready, threads: Int, batch: Int = 1, drainMilliseconds: Int = 30_000) {
        endpoints = BrokerEndpoints(endpoint)
        self.identity = identity
        self.threads = max(1, threads)
        self.batch = max(1, batch)
        self.drainMilliseconds = drainMilliseconds
    }
}

/// Why a worker cannot go on.
public enum WorkerError: Error, Equatable, CustomStringConvertible {
    /// The broker does not want this worker.
    case refused(RefusalCode, BoundedText)
    /// The jobs in hand did not end within the limit.
    case drainTimedOut(jobs: Int)
    /// A job lasted longer than the broker lets any: its thread hangs.
    case jobNeverEnds(LeaseToken, milliseconds: Int)

    public var description: String {
        switch self {
        case .refused(let code, let message): "the broker refuses this worker (\(code.rawValue)): \(message)"
        case .drainTimedOut(let jobs):
            "\(jobs) jobs did not end in time; the broker gives them to another worker"
        case .jobNeverEnds(let token, let milliseconds):
            """
            the job of lease \(token) has not ended in \(milliseconds / 1_000) s, longer than the broker waits: this \
            process has lost a thread and ends, start it again; the job goes alone to a worker, and is held if that \
            does not end it either
            """
        }
    }
}
