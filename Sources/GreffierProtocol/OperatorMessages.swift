import JSONCodec

/// `STATUS` to the broker: how is the cluster?
public struct StatusRequest: Hashable, Codable, JSONObject {
    /// Whether to count the documents by age too, which takes the broker longer the more of them wait.
    public var ages: Bool?
    /// A number that the answer repeats.
    public var request: Int?

    /// A `STATUS` to the broker.
    public init(ages: Bool? = nil, request: Int? = nil) {
        self.ages = ages
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("ages", &ages)
        visitor.optional("request", &request)
    }
}

/// `LIST` to the broker: which documents are in a state?
public struct ListRequest: Hashable, Codable, JSONObject {
    /// Only documents in this state.
    public var state: DocumentState?
    /// Only documents at this stage.
    public var stage: Stage?
    /// Only documents of this source.
    public var source: String?
    /// Only documents after this position, which a former answer's ``DocumentList/next`` gave.
    public var after: Int?
    /// How many at most, up to ``ProtocolLimits/listedDocuments``.
    public var limit: Int?
    /// A number that the answer repeats.
    public var request: Int?

    /// A `LIST` to the broker.
    public init(
        state: DocumentState? = nil, stage: Stage? = nil, source: String? = nil, after: Int? = nil, limit: Int? = nil,
        request: Int? = nil
    ) {
        self.state = state
        self.stage = stage
        self.source = source
        self.after = after
        self.limit = limit
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("state", &state)
        visitor.optional("stage", &stage)
        visitor.optional("source", &source)
        visitor.optional("after", &after)
        visitor.optional("limit", &limit)
        visitor.optional("request", &request)
    }
}

/// `SHOW` to the broker: what happened to this document?
public struct ShowRequest: Hashable, Codable, JSONObject {
    /// The document.
    public var id: DocumentID
    /// A number that the answer repeats.
    public var request: Int?

    /// A `SHOW` to the broker.
    public init(id: DocumentID, request: Int? = nil) {
        self.id = id
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(id: DocumentID(of: []))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.optional("request", &request)
    }
}

/// `HOLD`, `RELEASE`, `RETRY`, `DROP` or `ERASE`: what an operator does with a document; answered by `KNOWN` with its new state.
public struct DocumentAct: Hashable, Codable, JSONObject {
    /// The document.
    public var id: DocumentID
    /// Who does it.
    public var by: String
    /// Why.
    public var why: BoundedText?
    /// A number that the answer repeats.
    public var request: Int?

    /// An operator's act on a document.
    public init(id: DocumentID, by: String, why: BoundedText? = nil, request: Int? = nil) {
        self.id = id
        self.by = by
        self.why = why
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(id: DocumentID(of: []), by: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("by", &by)
        visitor.optional("why", &why)
        visitor.optional("request", &request)
    }
}

/// `PAUSE` or `RESUME`: what an operator does with a stage; answered by `STATUS`.
public struct StageAct: Hashable, Codable, JSONObject {
    /// The stage.
    public var stage: Stage
    /// Who does it.
    public var by: String
    /// Why.
    public var why: BoundedText?
    /// A number that the answer repeats.
    public var request: Int?

    /// An operator's act on a stage.
    public init(stage: Stage, by: String, why: BoundedText? = nil, request: Int? = nil) {
        self.stage = stage
        self.by = by
        self.why = why
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(stage: .ingest, by: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("stage", &stage)
        visitor.required("by", &by)
        visitor.optional("why", &why)
        visitor.optional("request", &request)
    }
}

/// `FORGET`: an operator says that another register takes the place of the one this queue belongs to; answered by
/// `STATUS`.
public struct RegisterAct: Hashable, Codable, JSONObject {
    /// Who does it.
    public var by: String
    /// Why.
    public var why: BoundedText?
    /// A number that the answer repeats.
    public var request: Int?

    /// An operator's act on the register that the queue belongs to.
    public init(by: String, why: BoundedText? = nil, request: Int? = nil) {
        self.by = by
        self.why = why
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(by: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("by", &by)
        visitor.optional("why", &why)
        visitor.optional("request", &request)
    }
}
