import JSONCodec

/// Where an accepted document is. There are no other states; each of the first four has an owner and a latest end.
public enum DocumentState: String, JSONStringEnumeration, Codable {
    /// Ready for a worker.
    case waiting
    /// In the hands of a worker that keeps its lease alive.
    case leased
    /// To be tried again at a later time.
    case delayed
    /// In the dead-letter list, with a reason, until a person retries or drops it.
    case held
    /// Ended: it is in the register.
    case registered
    /// Ended: it is no deliberation, or cannot be read; with the reason.
    case refused
    /// Ended: a named operator dropped it.
    case dropped

    /// Whether the document stays in this state for good, unless it is pushed again with `again`.
    public var isFinal: Bool {
        switch self {
        case .registered, .refused, .dropped: true
        case .waiting, .leased, .delayed, .held: false
        }
    }
}
