import JSONCodec

/// `READY`: a worker process says what it does and how many jobs it takes at a time.
public struct Ready: Hashable, Codable, JSONObject {
    /// The stage whose work it does.
    public var stage: Stage
    /// How many jobs it may hold at a time, 1 or more.
    public var credit: Int
    /// The program's name.
    public var program: String
    /// The program's version.
    public var version: String
    /// The host's name.
    public var host: String
    /// The process id on that host; host, process and start together name the worker.
    public var process: Int
    /// When the process was started, in seconds since 1970 UTC: process ids come again.
    public var startedAt: Int?
    /// The id of the register that it writes to: needed from a notify worker, absent from others.
    public var register: String?
    /// The leases that it still holds: jobs in hand, and results that have not left. Its other leases go back to the
    /// queue at once. Absent from a worker that does not say: its leases end by themselves.
    public var holding: [LeaseToken]?
    /// How many jobs it does at the same time; the others in its hands wait. It holds no more documents that may take
    /// minutes. Who says it tells also which jobs it has begun (``Heartbeat/begun``).
    public var threads: Int?

    /// A `READY`.
    public init(
        stage: Stage, credit: Int, program: String, version: String, host: String, process: Int, startedAt: Int? = nil,
        register: String? = nil, holding: [LeaseToken]? = nil, threads: Int? = nil
    ) {
        self.stage = stage
        self.credit = credit
        self.program = program
        self.version = version
        self.host = host
        self.process = process
        self.startedAt = startedAt
        self.register = register
        self.holding = holding
        self.threads = threads
    }

    public init(blank: JSONBlank) {
        self.init(stage: .ingest, credit: 1, program: "", version: "", host: "", process: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("stage", &stage)
        visitor.required("credit", &credit)
        visitor.required("program", &program)
        visitor.required("version", &version)
        visitor.required("host", &host)
        visitor.required("process", &process)
        visitor.optional("startedAt", &startedAt)
        visitor.optional("register", &register)
        visitor.optional("holding", &holding)
        visitor.optional("threads", &threads)
    }
}

/// What the pusher said of a document, handed on to every stage.
public struct DocumentDescription: Hashable, Codable, JSONObject {
    /// What people call the document.
    public var name: String
    /// Its media type if the pusher knew it.
    public var mediaType: String?
    /// Who pushed it.
    public var source: String
    /// The document that it corrects.
    public var replaces: DocumentID?
    /// Whether it is from the archives.
    public var archive: Bool?
    /// When it was accepted, in seconds since 1970 UTC.
    public var acceptedAt: Int

    /// A description.
    public init(
        name: String, mediaType: String? = nil, source: String, replaces: DocumentID? = nil, archive: Bool? = nil,
        acceptedAt: Int
    ) {
        self.name = name
        self.mediaType = mediaType
        self.source = source
        self.replaces = replaces
        self.archive = archive
        self.acceptedAt = acceptedAt
    }

    public init(blank: JSONBlank) {
        self.init(name: "", source: "", acceptedAt: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("name", &name)
        visitor.optional("mediaType", &mediaType)
        visitor.required("source", &source)
        visitor.optional("replaces", &replaces)
        visitor.optional("archive", &archive)
        visitor.required("acceptedAt", &acceptedAt)
    }
}

/// `JOB`: the broker leases a job to a worker; the payload frames are what its stage needs (``Stage/jobFrames``).
public struct Job: Hashable, Codable, JSONObject {
    /// The document.
    public var id: DocumentID
    /// The stage.
    public var stage: Stage
    /// Which passage of the document through the stages this is.
    public var generation: Int
    /// Which attempt at this stage this is, from 1.
    public var attempt: Int
    /// The lease's token, to be given back with the result.
    public var token: LeaseToken
    /// What the pusher said of the document.
    public var document: DocumentDescription

    /// A `JOB`.
    public init(
        id: DocumentID, stage: Stage, generation: Int, attempt: Int, token: LeaseToken, document: DocumentDescription
    ) {
        self.id = id
        self.stage = stage
        self.generation = generation
        self.attempt = attempt
        self.token = token
        self.document = document
    }

    public init(blank: JSONBlank) {
        self.init(
            id: DocumentID(of: []), stage: .ingest, generation: 1, attempt: 1, token: LeaseToken(0),
            document: DocumentDescription(blank: blank))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("stage", &stage)
        visitor.required("generation", &generation)
        visitor.required("attempt", &attempt)
        visitor.required("token", &token)
        visitor.required("document", &document)
    }
}

/// `DONE`: the job of this lease is done; the payload frames are its results (``Stage/resultFrames``).
public struct Done: Hashable, Codable, JSONObject {
    /// The lease.
    public var token: LeaseToken

    /// A `DONE`.
    public init(token: LeaseToken) {
        self.token = token
    }

    public init(blank: JSONBlank) {
        self.init(token: LeaseToken(0))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("token", &token)
    }
}

/// `FAILED`: the job of this lease could not be done.
public struct Failed: Hashable, Codable, JSONObject {
    /// The lease.
    public var token: LeaseToken
    /// Why, as a stable word for scripts (kebab case).
    public var code: String
    /// Why and the cure, for people.
    public var message: BoundedText
    /// Whether another attempt may go better: then the job is delayed. Else ingest's failure refuses the document, and
    /// another stage's holds it.
    public var retry: Bool
    /// What becomes of the document if its host is at fault; it counts before `retry`.
    public var consequence: FailureConsequence?
    /// With the consequence `wait`, how long the document waits at most, in milliseconds; the broker has a longest wait.
    public var waitMilliseconds: Int?

    /// A `FAILED`.
    public init(
        token: LeaseToken, code: String, message: BoundedText, retry: Bool, consequence: FailureConsequence? = nil,
        waitMilliseconds: Int? = nil
    ) {
        self.token = token
        self.code = code
        self.message = message
        self.retry = retry
        self.consequence = consequence
        self.waitMilliseconds = waitMilliseconds
    }

    public init(blank: JSONBlank) {
        self.init(token: LeaseToken(0), code: "", message: "", retry: false)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("token", &token)
        visitor.required("code", &code)
        visitor.required("message", &message)
        visitor.required("retry", &retry)
        visitor.optional("consequence", &consequence)
        visitor.optional("waitMilliseconds", &waitMilliseconds)
    }
}

/// `HEARTBEAT`: the sender lives. The broker's also answers a `READY` and says how often it expects to hear something.
public struct Heartbeat: Hashable, Codable, JSONObject {
    /// How often the broker sends a heartbeat and expects one, in milliseconds; only from the broker.
    public var intervalMilliseconds: Int?
    /// How long a silent worker keeps its leases, in milliseconds; only from the broker.
    public var leaseMilliseconds: Int?
    /// How long a worker may keep a job however alive it is, in milliseconds; only from the broker. A worker whose job
    /// lasts longer has lost a thread: it ends, to be started again.
    public var longestLeaseMilliseconds: Int?
    /// Which start of the broker this is, from 1; only from the broker. Another number than before: it was restarted.
    public var incarnation: Int?
    /// The leases of jobs that were begun and not told before; only from a worker. From then on the longest lease counts.
    public var begun: [LeaseToken]?

    /// A `HEARTBEAT`.
    public init(
        intervalMilliseconds: Int? = nil, leaseMilliseconds: Int? = nil, longestLeaseMilliseconds: Int? = nil,
        incarnation: Int? = nil, begun: [LeaseToken]? = nil
    ) {
        self.intervalMilliseconds = intervalMilliseconds
        self.leaseMilliseconds = leaseMilliseconds
        self.longestLeaseMilliseconds = longestLeaseMilliseconds
        self.incarnation = incarnation
        self.begun = begun
    }

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("intervalMilliseconds", &intervalMilliseconds)
        visitor.optional("leaseMilliseconds", &leaseMilliseconds)
        visitor.optional("longestLeaseMilliseconds", &longestLeaseMilliseconds)
        visitor.optional("incarnation", &incarnation)
        visitor.optional("begun", &begun)
    }
}

/// `BYE`: from a worker, it wants no more jobs and ends after those it has; from the broker, it ends and will be back.
public struct Bye: Hashable, Codable, JSONObject {
    /// Why, for people.
    public var reason: BoundedText?

    /// A `BYE`.
    public init(reason: BoundedText? = nil) {
        self.reason = reason
    }

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("reason", &reason)
    }
}
