import GreffierProtocol

/// What a deployment may choose about the queue. Times are milliseconds, sizes bytes.
public struct QueueSettings: Sendable, Hashable {
    /// How often the broker speaks to a silent worker, and expects to hear from it.
    public var heartbeat = 2_000
    /// How long a silent worker keeps its leases.
    public var lease = 10_000
    /// How long a worker may keep a job however alive it is: no lease is without an end.
    public var longestLease = 1_800_000
    /// Failures at one stage after which a document is held.
    public var attempts = 10
    /// The first delay after a failure; each further failure doubles it.
    public var firstDelay = 1_000
    /// The longest delay after a failure.
    public var longestDelay = 3_600_000
    /// How long a document is delayed that its worker's host cannot handle, whatever the document is.
    public var hostDelay = 600_000
    /// How often the operator is told of the same lack of a host: once a day.
    public var lackNotice = 86_400_000
    /// How long a document is delayed whose records cannot be read now.
    public var unreadableDelay = 10_000
    /// Deaths of a worker alone with a document after which it is held.
    public var deaths = 3
    /// The time in which these deaths count: 72 hours.
    public var deathWindow = 259_200_000
    /// The largest document.
    public var documentBytes = ProtocolLimits.documentBytes
    /// Documents that wait, are leased or delayed may have so many bytes; past it pushers are told to come later.
    public var queuedBytes = 64 << 30
    /// Documents of one source that wait, are leased or delayed may have so many bytes; past it it is told to come later.
    public var sourceBytes = 16 << 30
    /// Its documents that are held, or were refused and are kept still, may have so many; past it it is told to come later.
    public var sourceKeptBytes = 16 << 30
    /// Documents of one pusher that may be on their way to the store while others push too.
    public var submissions = 64
    /// Bytes on their way to the disk; past it pushers are told to come later.
    public var inFlightBytes = 192 << 20
    /// Free space under which nothing new is accepted, while what was accepted is finished.
    public var lowWaterBytes = 256 << 20
    /// How long the store may answer nothing before peers are told so, instead of waiting with it.
    public var storePatience = 3_000
    /// How long nothing new is accepted after the store had no space left; then what is pushed tries it again.
    public var fullDiskPause = 2_000
    /// What a pusher is told to wait at least.
    public var retryAfter = 1_000
    /// The most jobs that one worker process is given at a time, whatever it asks for.
    public var credit = 256
    /// Bytes of payload that one claim reads at most (one job at least).
    public var claimBytes = 4 << 20
    /// Bytes of payload that one worker holds at a time (one job at least), whatever its credit.
    public var workerBytes = 32 << 20
    /// Bytes of payload that all claims on their way to the store may read together.
    public var claimingBytes = 64 << 20
    /// Work for the store that peers may have asked for and that is not answered; past it they are told to come later. One
    /// is a document looked up.
    public var questions = 4_096
    /// Requests that wait for an outcome.
    public var watchers = 10_000
    /// The longest wait for an outcome.
    public var longestWait = 3_600_000
    /// Sources with waiting documents at a stage.
    public var sources = 10_000
    /// Documents of one source that may wait for their first stage; past it its pusher is told to come later.
    public var sourceDocuments = 1_000_000
    /// The largest frame of a result.
    public var resultBytes = ProtocolLimits.resultBytes
    /// Worker processes.
    public var workers = 1_000
    /// Worker processes with the same name on the list of keys.
    public var workersOfOneName = 256
    /// How long the bytes of a document stay after its end, in seconds; nil for ever. 90 days.
    public var retention: Int? = 7_776_000
    /// How long the trail of acts and the history of documents that have ended stay, in seconds; nil for ever.
    public var auditRetention: Int?
    /// How long the broker waits for leased jobs when it ends.
    public var drain = 5_000

    /// The defaults.
    public init() {}
}
