/// The second frame of what is said to the broker.
public enum VerbToBroker: String, Sendable, CaseIterable {
    case submit = "SUBMIT"
    case outcome = "OUTCOME"
    case status = "STATUS"
    case list = "LIST"
    case show = "SHOW"
    case acts = "ACTS"
    case hold = "HOLD"
    case release = "RELEASE"
    case retry = "RETRY"
    case drop = "DROP"
    case pause = "PAUSE"
    case resume = "RESUME"
    case forget = "FORGET"
    case replay = "REPLAY"
    case ready = "READY"
    case done = "DONE"
    case failed = "FAILED"
    case heartbeat = "HEARTBEAT"
    case bye = "BYE"
}

/// The second frame of what the broker says.
public enum VerbFromBroker: String, Sendable, CaseIterable {
    case accepted = "ACCEPTED"
    case known = "KNOWN"
    case busy = "BUSY"
    case refused = "REFUSED"
    case outcome = "OUTCOME"
    case status = "STATUS"
    case list = "LIST"
    case show = "SHOW"
    case acts = "ACTS"
    case replayed = "REPLAYED"
    case job = "JOB"
    case heartbeat = "HEARTBEAT"
    case bye = "BYE"
}
