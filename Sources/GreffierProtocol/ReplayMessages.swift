import JSONCodec

/// `REPLAY` to the broker: send documents that have ended through the stages again, a page at a time; answered by
/// `REPLAYED`.
public struct ReplayRequest: Hashable, Codable, JSONObject {
    /// The first stage that does its work again. At `ingest` refused documents come again too, later only registered ones.
    public var stage: Stage
    /// Only documents accepted at this time or later, in seconds since 1970 UTC.
    public var from: Int
    /// Only documents accepted before this time, in seconds since 1970 UTC.
    public var until: Int?
    /// Only documents of this source.
    public var source: String?
    /// Only documents after this position, which a former answer's ``Replayed/next`` gave.
    public var after: Int?
    /// Whether to count them only.
    public var dryRun: Bool?
    /// Who does it.
    public var by: String
    /// Why.
    public var why: BoundedText?
    /// A number that the answer repeats.
    public var request: Int?

    /// A `REPLAY` to the broker.
    public init(
        stage: Stage, from: Int, until: Int? = nil, source: String? = nil, after: Int? = nil, dryRun: Bool? = nil,
        by: String, why: BoundedText? = nil, request: Int? = nil
    ) {
        self.stage = stage
        self.from = from
        self.until = until
        self.source = source
        self.after = after
        self.dryRun = dryRun
        self.by = by
        self.why = why
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(stage: .ingest, from: 0, by: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("stage", &stage)
        visitor.required("from", &from)
        visitor.optional("until", &until)
        visitor.optional("source", &source)
        visitor.optional("after", &after)
        visitor.optional("dryRun", &dryRun)
        visitor.required("by", &by)
        visitor.optional("why", &why)
        visitor.optional("request", &request)
    }
}

/// `REPLAYED` from the broker.
public struct Replayed: Hashable, Codable, JSONObject {
    /// How many documents of this page begin anew, or would.
    public var documents: Int
    /// Their bytes.
    public var bytes: Int
    /// What to ask for as ``ReplayRequest/after`` to go on; absent at the end.
    public var next: Int?
    /// The request's number.
    public var request: Int?

    /// A `REPLAYED` from the broker.
    public init(documents: Int, bytes: Int, next: Int? = nil, request: Int? = nil) {
        self.documents = documents
        self.bytes = bytes
        self.next = next
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(documents: 0, bytes: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("documents", &documents)
        visitor.required("bytes", &bytes)
        visitor.optional("next", &next)
        visitor.optional("request", &request)
    }
}

/// `ACTS` to the broker: what did operators do?
public struct ActsRequest: Hashable, Codable, JSONObject {
    /// Only acts before this position, which a former answer's ``ActList/next`` gave.
    public var before: Int?
    /// How many at most, up to ``ProtocolLimits/listedDocuments``.
    public var limit: Int?
    /// A number that the answer repeats.
    public var request: Int?

    /// An `ACTS` to the broker.
    public init(before: Int? = nil, limit: Int? = nil, request: Int? = nil) {
        self.before = before
        self.limit = limit
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("before", &before)
        visitor.optional("limit", &limit)
        visitor.optional("request", &request)
    }
}

/// What an operator did.
public struct ActEntry: Hashable, Codable, JSONObject {
    /// When, in seconds since 1970 UTC.
    public var at: Int
    /// What: `held`, `released`, `retried`, `dropped`, `paused`, `resumed`, `replayed`, `register forgotten`.
    public var what: String
    /// Who.
    public var by: String
    /// With which document.
    public var id: DocumentID?
    /// With which stage, or where the document was.
    public var stage: Stage?
    /// Why.
    public var why: BoundedText?

    /// An act.
    public init(
        at: Int, what: String, by: String, id: DocumentID? = nil, stage: Stage? = nil, why: BoundedText? = nil
    ) {
        self.at = at
        self.what = what
        self.by = by
        self.id = id
        self.stage = stage
        self.why = why
    }

    public init(blank: JSONBlank) {
        self.init(at: 0, what: "", by: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("at", &at)
        visitor.required("what", &what)
        visitor.required("by", &by)
        visitor.optional("id", &id)
        visitor.optional("stage", &stage)
        visitor.optional("why", &why)
    }
}

/// `ACTS` from the broker.
public struct ActList: Hashable, Codable, JSONObject {
    /// The acts, newest first.
    public var acts: [ActEntry]
    /// What to ask for as ``ActsRequest/before`` to see more; absent at the end.
    public var next: Int?
    /// The request's number.
    public var request: Int?

    /// An `ACTS` from the broker.
    public init(acts: [ActEntry], next: Int? = nil, request: Int? = nil) {
        self.acts = acts
        self.next = next
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(acts: [])
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("acts", &acts)
        visitor.optional("next", &next)
        visitor.optional("request", &request)
    }
}
