import JSONCodec

/// `SUBMIT`: a pusher hands over a document; the payload frame is its bytes.
public struct Submit: Hashable, Codable, JSONObject {
    /// The SHA-256 of the payload.
    public var id: DocumentID
    /// What people call the document, usually its file name.
    public var name: String
    /// Its media type (RFC 6838) if the pusher knows it.
    public var mediaType: String?
    /// Who pushes: sources are served in turn, so that one of them does not starve another.
    public var source: String
    /// How many bytes the payload has.
    public var size: Int
    /// The document that this one corrects.
    public var replaces: DocumentID?
    /// Whether it is from the archives: registered without mailing what is past.
    public var archive: Bool?
    /// Whether a refused, held or dropped document is to start again.
    public var again: Bool?
    /// A number that the answer repeats.
    public var request: Int?

    /// A `SUBMIT`.
    public init(
        id: DocumentID, name: String, mediaType: String? = nil, source: String, size: Int, replaces: DocumentID? = nil,
        archive: Bool? = nil, again: Bool? = nil, request: Int? = nil
    ) {
        self.id = id
        self.name = name
        self.mediaType = mediaType
        self.source = source
        self.size = size
        self.replaces = replaces
        self.archive = archive
        self.again = again
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(id: DocumentID(of: []), name: "", source: "", size: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("name", &name)
        visitor.optional("mediaType", &mediaType)
        visitor.required("source", &source)
        visitor.required("size", &size)
        visitor.optional("replaces", &replaces)
        visitor.optional("archive", &archive)
        visitor.optional("again", &again)
        visitor.optional("request", &request)
    }
}

/// `ACCEPTED`: the document is on stable storage and will end in one of the three end states.
public struct Accepted: Hashable, Codable, JSONObject {
    /// The document.
    public var id: DocumentID
    /// Which passage of the document through the stages begins: 1, or more after `again`.
    public var generation: Int
    /// The request's number.
    public var request: Int?

    /// An `ACCEPTED`.
    public init(id: DocumentID, generation: Int, request: Int? = nil) {
        self.id = id
        self.generation = generation
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(id: DocumentID(of: []), generation: 1)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("generation", &generation)
        visitor.optional("request", &request)
    }
}

/// `KNOWN`: the document was accepted before; also the answer to what an operator did with a document.
public struct Known: Hashable, Codable, JSONObject {
    /// The document.
    public var id: DocumentID
    /// Its state now.
    public var state: DocumentState
    /// The request's number.
    public var request: Int?

    /// A `KNOWN`.
    public init(id: DocumentID, state: DocumentState, request: Int? = nil) {
        self.id = id
        self.state = state
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(id: DocumentID(of: []), state: .waiting)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("state", &state)
        visitor.optional("request", &request)
    }
}

/// `BUSY`: nothing was stored or looked up; the peer is to come again later.
public struct Busy: Hashable, Codable, JSONObject {
    /// Why: what is full, in words.
    public var reason: BoundedText
    /// How long to wait at least, in milliseconds; the pusher adds jitter.
    public var retryAfterMilliseconds: Int
    /// The document.
    public var id: DocumentID?
    /// The request's number.
    public var request: Int?

    /// A `BUSY`.
    public init(reason: BoundedText, retryAfterMilliseconds: Int, id: DocumentID? = nil, request: Int? = nil) {
        self.reason = reason
        self.retryAfterMilliseconds = retryAfterMilliseconds
        self.id = id
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(reason: "", retryAfterMilliseconds: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("reason", &reason)
        visitor.required("retryAfterMilliseconds", &retryAfterMilliseconds)
        visitor.optional("id", &id)
        visitor.optional("request", &request)
    }
}

/// `REFUSED`: the message had no effect, and never will as it is.
public struct Refused: Hashable, Codable, JSONObject {
    /// Why, for scripts.
    public var code: RefusalCode
    /// Why and the cure, for people.
    public var message: BoundedText
    /// The document, if the message was about one.
    public var id: DocumentID?
    /// The lease, if the message was about one.
    public var token: LeaseToken?
    /// The request's number.
    public var request: Int?

    /// A `REFUSED`.
    public init(
        code: RefusalCode, message: BoundedText, id: DocumentID? = nil, token: LeaseToken? = nil, request: Int? = nil
    ) {
        self.code = code
        self.message = message
        self.id = id
        self.token = token
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(code: .malformed, message: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("code", &code)
        visitor.required("message", &message)
        visitor.optional("id", &id)
        visitor.optional("token", &token)
        visitor.optional("request", &request)
    }
}

/// `OUTCOME` to the broker: where are these documents, or tell me when they have ended?
public struct OutcomeRequest: Hashable, Codable, JSONObject {
    /// The documents, at most ``ProtocolLimits/outcomeIDs``; each is answered by an `OUTCOME` of its own.
    public var ids: [DocumentID]
    /// How long the broker may hold back the answer for a document that has not ended and is not held, in milliseconds.
    /// Afterwards, and without this member at once, it answers with the state at hand.
    public var waitMilliseconds: Int?
    /// A number that the answers repeat.
    public var request: Int?

    /// An `OUTCOME` to the broker.
    public init(ids: [DocumentID], waitMilliseconds: Int? = nil, request: Int? = nil) {
        self.ids = ids
        self.waitMilliseconds = waitMilliseconds
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(ids: [])
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("ids", &ids)
        visitor.optional("waitMilliseconds", &waitMilliseconds)
        visitor.optional("request", &request)
    }
}

/// `OUTCOME` from the broker: where a document is.
public struct Outcome: Hashable, Codable, JSONObject {
    /// The document.
    public var id: DocumentID
    /// Its state.
    public var state: DocumentState
    /// The stage that it waits for or ended in.
    public var stage: Stage
    /// Which passage through the stages this is.
    public var generation: Int
    /// When it came into this state, in seconds since 1970 UTC.
    public var since: Int
    /// Why it is refused, held, delayed or dropped, for scripts.
    public var code: String?
    /// The same for people.
    public var message: BoundedText?
    /// The request's number.
    public var request: Int?

    /// An `OUTCOME` from the broker.
    public init(
        id: DocumentID, state: DocumentState, stage: Stage, generation: Int, since: Int, code: String? = nil,
        message: BoundedText? = nil, request: Int? = nil
    ) {
        self.id = id
        self.state = state
        self.stage = stage
        self.generation = generation
        self.since = since
        self.code = code
        self.message = message
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(id: DocumentID(of: []), state: .waiting, stage: .ingest, generation: 1, since: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("state", &state)
        visitor.required("stage", &stage)
        visitor.required("generation", &generation)
        visitor.required("since", &since)
        visitor.optional("code", &code)
        visitor.optional("message", &message)
        visitor.optional("request", &request)
    }
}
