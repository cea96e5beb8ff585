import JSONCodec

/// How old the documents are that have not ended and are not held, at one stage.
public struct StageAges: Hashable, Codable, JSONObject {
    /// The ages at which the columns of ``documents`` end, in minutes since acceptance; the last column has no end.
    public static let minutes = [5, 10, 20, 40, 80, 160, 320, 640, 1_280]

    /// The stage.
    public var stage: Stage
    /// How many documents were accepted less than 5, 10, 20, 40, 80, 160, 320, 640 and 1280 minutes ago, and how many before;
    /// each is counted once.
    public var documents: [Int]

    /// Counts by age.
    public init(stage: Stage, documents: [Int]) {
        self.stage = stage
        self.documents = documents
    }

    public init(blank: JSONBlank) {
        self.init(stage: .ingest, documents: [])
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("stage", &stage)
        visitor.required("documents", &documents)
    }
}

/// What the workers of one stage have done since the broker started.
public struct StageActivity: Hashable, Codable, JSONObject {
    /// The ends of the first columns of ``durations``, in milliseconds; the last column has no end.
    public static let durationMilliseconds = [10, 50, 100, 500, 1_000, 5_000, 10_000, 30_000, 60_000, 300_000]

    /// The stage.
    public var stage: Stage
    /// Jobs that were done.
    public var done: Int
    /// Attempts that failed.
    public var failed: Int
    /// Leases that ended without a result: the worker died, left or never got the job.
    public var returned: Int
    /// Jobs done in the last full minute.
    public var lastMinute: Int
    /// Jobs done in the last hour, or since the start.
    public var lastHour: Int
    /// How long ago a job was done, in milliseconds; absent when none was.
    public var idleMilliseconds: Int?
    /// The time from lease to result of all that were done, in milliseconds.
    public var totalMilliseconds: Int
    /// How many of them took up to 10, 50, 100, 500, 1000, 5000, 10000, 30000, 60000 and 300000 milliseconds, and how many
    /// longer; each is counted once.
    public var durations: [Int]
    /// How many of the failed attempts ended their document: it was refused.
    public var refused: Int?
    /// Worker processes of the stage that are connected.
    public var workers: Int?

    /// What a stage has done.
    public init(
        stage: Stage, done: Int, failed: Int, returned: Int, lastMinute: Int, lastHour: Int,
        idleMilliseconds: Int? = nil, totalMilliseconds: Int, durations: [Int],
        refused: Int? = nil, workers: Int? = nil
    ) {
        self.stage = stage
        self.done = done
        self.failed = failed
        self.returned = returned
        self.lastMinute = lastMinute
        self.lastHour = lastHour
        self.idleMilliseconds = idleMilliseconds
        self.totalMilliseconds = totalMilliseconds
        self.durations = durations
        self.refused = refused
        self.workers = workers
    }

    public init(blank: JSONBlank) {
        self.init(
            stage: .ingest, done: 0, failed: 0, returned: 0, lastMinute: 0, lastHour: 0, totalMilliseconds: 0,
            durations: [])
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("stage", &stage)
        visitor.required("done", &done)
        visitor.required("failed", &failed)
        visitor.required("returned", &returned)
        visitor.required("lastMinute", &lastMinute)
        visitor.required("lastHour", &lastHour)
        visitor.optional("idleMilliseconds", &idleMilliseconds)
        visitor.required("totalMilliseconds", &totalMilliseconds)
        visitor.required("durations", &durations)
        visitor.optional("refused", &refused)
        visitor.optional("workers", &workers)
    }
}

/// How often the broker has refused something under one code since it started.
public struct RefusalCount: Hashable, Codable, JSONObject {
    /// The code.
    public var code: String
    /// How often.
    public var count: Int

    /// A count.
    public init(code: String, count: Int) {
        self.code = code
        self.count = count
    }

    public init(blank: JSONBlank) {
        self.init(code: "", count: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("code", &code)
        visitor.required("count", &count)
    }
}
