import JSONCodec

/// What a document passes through, in this order.
public enum Stage: String, JSONStringEnumeration, Codable, Comparable {
    /// Bytes become text and an Extract.
    case ingest
    /// The Extract becomes a Report.
    case validate
    /// The Report enters the register, and staff are told.
    case notify

    /// The stage after this one, or nil after the last.
    public var next: Stage? {
        switch self {
        case .ingest: .validate
        case .validate: .notify
        case .notify: nil
        }
    }

    /// How many payload frames a `DONE` of this stage carries: the Extract and the text; the Report; none.
    public var resultFrames: Int {
        switch self {
        case .ingest: 2
        case .validate: 1
        case .notify: 0
        }
    }

    /// How many payload frames a `JOB` of this stage carries: the document; Extract and text; Report, Extract and text.
    public var jobFrames: Int {
        switch self {
        case .ingest: 1
        case .validate: 2
        case .notify: 3
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.position < right.position }

    private var position: Int {
        switch self {
        case .ingest: 0
        case .validate: 1
        case .notify: 2
        }
    }
}
