import JSONCodec

/// How many documents are in one state at one stage.
public struct StageCount: Hashable, Codable, JSONObject {
    /// The stage.
    public var stage: Stage
    /// The state.
    public var state: DocumentState
    /// How many.
    public var count: Int
    /// When the oldest of them came into the state, in seconds since 1970 UTC.
    public var oldestSince: Int?
    /// How many of them are delayed though no attempt failed, a thousand at most: their worker's host, or the store, lacks
    /// something.
    public var lacking: Int?

    /// A count.
    public init(stage: Stage, state: DocumentState, count: Int, oldestSince: Int? = nil, lacking: Int? = nil) {
        self.stage = stage
        self.state = state
        self.count = count
        self.oldestSince = oldestSince
        self.lacking = lacking
    }

    public init(blank: JSONBlank) {
        self.init(stage: .ingest, state: .waiting, count: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("stage", &stage)
        visitor.required("state", &state)
        visitor.required("count", &count)
        visitor.optional("oldestSince", &oldestSince)
        visitor.optional("lacking", &lacking)
    }
}

/// A worker process as the broker knows it.
public struct WorkerStatus: Hashable, Codable, JSONObject {
    /// The stage whose work it does.
    public var stage: Stage
    /// The program's name.
    public var program: String
    /// The program's version.
    public var version: String
    /// The host's name.
    public var host: String
    /// The process id on that host.
    public var process: Int
    /// How many jobs it may hold.
    public var credit: Int
    /// How many it holds.
    public var leased: Int
    /// When it said READY, in seconds since 1970 UTC.
    public var since: Int
    /// How long ago something was heard from it, in milliseconds.
    public var silentMilliseconds: Int
    /// The document that it has held longest.
    public var busyOn: DocumentID?
    /// How long it has held that, in milliseconds.
    public var busyMilliseconds: Int?

    /// A worker.
    public init(
        stage: Stage, program: String, version: String, host: String, process: Int, credit: Int, leased: Int,
        since: Int, silentMilliseconds: Int, busyOn: DocumentID? = nil, busyMilliseconds: Int? = nil
    ) {
        self.stage = stage
        self.program = program
        self.version = version
        self.host = host
        self.process = process
        self.credit = credit
        self.leased = leased
        self.since = since
        self.silentMilliseconds = silentMilliseconds
        self.busyOn = busyOn
        self.busyMilliseconds = busyMilliseconds
    }

    public init(blank: JSONBlank) {
        self.init(
            stage: .ingest, program: "", version: "", host: "", process: 0, credit: 0, leased: 0, since: 0,
            silentMilliseconds: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("stage", &stage)
        visitor.required("program", &program)
        visitor.required("version", &version)
        visitor.required("host", &host)
        visitor.required("process", &process)
        visitor.required("credit", &credit)
        visitor.required("leased", &leased)
        visitor.required("since", &since)
        visitor.required("silentMilliseconds", &silentMilliseconds)
        visitor.optional("busyOn", &busyOn)
        visitor.optional("busyMilliseconds", &busyMilliseconds)
    }
}

/// `STATUS` from the broker.
public struct Status: Hashable, Codable, JSONObject {
    /// The broker's version.
    public var version: String
    /// Which start of the broker this is, from 1.
    public var incarnation: Int
    /// When it started, in seconds since 1970 UTC.
    public var startedAt: Int
    /// What it does: `running`, `draining` or `store-failing`.
    public var mode: String
    /// Documents by stage and state; what has none is left out.
    public var counts: [StageCount]
    /// The worker processes.
    public var workers: [WorkerStatus]
    /// The stages that operators have paused.
    public var paused: [Stage]
    /// The bytes of the documents that have not ended.
    public var queuedBytes: Int
    /// The free bytes of the disk that the store is on; 9223372036854775807 where a server keeps it.
    public var freeDiskBytes: Int
    /// How many worker processes there are; ``workers`` may have no room for all.
    public var workerCount: Int?
    /// How many documents were accepted since the start.
    public var accepted: Int?
    /// What the stages have done since the start.
    public var activity: [StageActivity]?
    /// What was refused since the start.
    public var refusals: [RefusalCount]?
    /// How old the documents are; only when asked for.
    public var ages: [StageAges]?
    /// The brokers that share the store; absent where a broker is alone on it.
    public var brokers: [BrokerStatus]?
    /// The request's number.
    public var request: Int?

    /// A `STATUS` from the broker.
    public init(
        version: String, incarnation: Int, startedAt: Int, mode: String, counts: [StageCount], workers: [WorkerStatus],
        paused: [Stage], queuedBytes: Int, freeDiskBytes: Int, workerCount: Int? = nil, accepted: Int? = nil,
        activity: [StageActivity]? = nil, refusals: [RefusalCount]? = nil, ages: [StageAges]? = nil,
        brokers: [BrokerStatus]? = nil, request: Int? = nil
    ) {
        self.version = version
        self.incarnation = incarnation
        self.startedAt = startedAt
        self.mode = mode
        self.counts = counts
        self.workers = workers
        self.paused = paused
        self.queuedBytes = queuedBytes
        self.freeDiskBytes = freeDiskBytes
        self.workerCount = workerCount
        self.accepted = accepted
        self.activity = activity
        self.refusals = refusals
        self.ages = ages
        self.brokers = brokers
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(
            version: "", incarnation: 0, startedAt: 0, mode: "running", counts: [], workers: [], paused: [],
            queuedBytes: 0, freeDiskBytes: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("version", &version)
        visitor.required("incarnation", &incarnation)
        visitor.required("startedAt", &startedAt)
        visitor.required("mode", &mode)
        visitor.required("counts", &counts)
        visitor.required("workers", &workers)
        visitor.required("paused", &paused)
        visitor.required("queuedBytes", &queuedBytes)
        visitor.required("freeDiskBytes", &freeDiskBytes)
        visitor.optional("workerCount", &workerCount)
        visitor.optional("accepted", &accepted)
        visitor.optional("activity", &activity)
        visitor.optional("refusals", &refusals)
        visitor.optional("ages", &ages)
        visitor.optional("brokers", &brokers)
        visitor.optional("request", &request)
    }
}

/// A document as a list shows it.
public struct DocumentSummary: Hashable, Codable, JSONObject {
    /// The document.
    public var id: DocumentID
    /// What people call it.
    public var name: String
    /// Who pushed it.
    public var source: String
    /// How many bytes it has.
    public var size: Int
    /// Its state.
    public var state: DocumentState
    /// The stage that it waits for or ended in.
    public var stage: Stage
    /// Which passage through the stages this is.
    public var generation: Int
    /// How many attempts at this stage have begun.
    public var attempts: Int
    /// When it was accepted, in seconds since 1970 UTC.
    public var acceptedAt: Int
    /// When it came into its state, in seconds since 1970 UTC.
    public var since: Int
    /// Why it is refused, held, delayed or dropped, for scripts.
    public var code: String?
    /// The same for people.
    public var message: BoundedText?

    /// A document in a list.
    public init(
        id: DocumentID, name: String, source: String, size: Int, state: DocumentState, stage: Stage, generation: Int,
        attempts: Int, acceptedAt: Int, since: Int, code: String? = nil, message: BoundedText? = nil
    ) {
        self.id = id
        self.name = name
        self.source = source
        self.size = size
        self.state = state
        self.stage = stage
        self.generation = generation
        self.attempts = attempts
        self.acceptedAt = acceptedAt
        self.since = since
        self.code = code
        self.message = message
    }

    public init(blank: JSONBlank) {
        self.init(
            id: DocumentID(of: []), name: "", source: "", size: 0, state: .waiting, stage: .ingest, generation: 1,
            attempts: 0, acceptedAt: 0, since: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("name", &name)
        visitor.required("source", &source)
        visitor.required("size", &size)
        visitor.required("state", &state)
        visitor.required("stage", &stage)
        visitor.required("generation", &generation)
        visitor.required("attempts", &attempts)
        visitor.required("acceptedAt", &acceptedAt)
        visitor.required("since", &since)
        visitor.optional("code", &code)
        visitor.optional("message", &message)
    }
}

/// `LIST` from the broker.
public struct DocumentList: Hashable, Codable, JSONObject {
    /// The documents, oldest first.
    public var documents: [DocumentSummary]
    /// What to ask for as ``ListRequest/after`` to see more; absent at the end.
    public var next: Int?
    /// The request's number.
    public var request: Int?

    /// A `LIST` from the broker.
    public init(documents: [DocumentSummary], next: Int? = nil, request: Int? = nil) {
        self.documents = documents
        self.next = next
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(documents: [])
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("documents", &documents)
        visitor.optional("next", &next)
        visitor.optional("request", &request)
    }
}

/// Something that happened to a document.
public struct HistoryEntry: Hashable, Codable, JSONObject {
    /// When, in seconds since 1970 UTC.
    public var at: Int
    /// What, in one word: `accepted`, `leased`, `done`, `failed`, `died`, `held`, `released`, `retried`, `dropped`…
    public var what: String
    /// The stage.
    public var stage: Stage?
    /// Which passage through the stages.
    public var generation: Int
    /// Which attempt.
    public var attempt: Int?
    /// The worker (program, host and process) or operator.
    public var who: String?
    /// How long the step took, in milliseconds.
    public var milliseconds: Int?
    /// Why, for scripts.
    public var code: String?
    /// Why, for people.
    public var message: BoundedText?

    /// An entry.
    public init(
        at: Int, what: String, stage: Stage? = nil, generation: Int, attempt: Int? = nil, who: String? = nil,
        milliseconds: Int? = nil, code: String? = nil, message: BoundedText? = nil
    ) {
        self.at = at
        self.what = what
        self.stage = stage
        self.generation = generation
        self.attempt = attempt
        self.who = who
        self.milliseconds = milliseconds
        self.code = code
        self.message = message
    }

    public init(blank: JSONBlank) {
        self.init(at: 0, what: "", generation: 1)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("at", &at)
        visitor.required("what", &what)
        visitor.optional("stage", &stage)
        visitor.required("generation", &generation)
        visitor.optional("attempt", &attempt)
        visitor.optional("who", &who)
        visitor.optional("milliseconds", &milliseconds)
        visitor.optional("code", &code)
        visitor.optional("message", &message)
    }
}

/// `SHOW` from the broker.
public struct DocumentHistory: Hashable, Codable, JSONObject {
    /// The document.
    public var document: DocumentSummary
    /// What happened to it, oldest first.
    public var history: [HistoryEntry]
    /// Whether there was no room for all: of what followed the acceptance the oldest is left out.
    public var isCut: Bool?
    /// The request's number.
    public var request: Int?

    /// A `SHOW` from the broker.
    public init(document: DocumentSummary, history: [HistoryEntry], isCut: Bool? = nil, request: Int? = nil) {
        self.document = document
        self.history = history
        self.isCut = isCut
        self.request = request
    }

    public init(blank: JSONBlank) {
        self.init(document: DocumentSummary(blank: blank), history: [])
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("document", &document)
        visitor.required("history", &history)
        visitor.optional("isCut", &isCut)
        visitor.optional("request", &request)
    }
}
