import GreffierProtocol
import ZeroMQ

/// A job in this worker's hands.
public struct LeasedJob: Sendable {
    /// What the broker says of it.
    public let job: Job
    /// The payload frames of its stage (``Stage/jobFrames``).
    public let payload: [Frame]

    /// A job with its payload.
    public init(job: Job, payload: [Frame]) {
        self.job = job
        self.payload = payload
    }
}

/// What became of a job.
public enum JobResult: Sendable {
    /// It is done; the frames are the stage's results (``Stage/resultFrames``).
    case done([[UInt8]])
    /// It could not be done.
    case failed(code: String, message: BoundedText, retry: Bool)
    /// This host could not do it, whatever the job is. A document that waits does so for `wait` milliseconds at most, or for
    /// as long as the broker has it.
    case unable(code: String, message: BoundedText, consequence: FailureConsequence, wait: Int? = nil)
}

extension JobResult {
    /// The result, or a failure in its place when the broker could not take it: a frame far beyond the limit ends the
    /// connection, and the job would come again for ever.
    var bounded: JobResult {
        guard case .done(let payload) = self, let largest = payload.map(\.count).max(),
            largest > ProtocolLimits.resultBytes
        else { return self }
        return .failed(
            code: "result-too-large",
            message: "a result has at most \(ProtocolLimits.resultBytes) bytes, this one has \(largest)", retry: false)
    }
}

/// The work of a stage, free of sockets and leases.
public protocol JobProcessor: Sendable {
    /// Does the jobs, on a thread of its own; the results stand in the order of the jobs.
    func process(_ jobs: [LeasedJob]) -> [JobResult]
}
