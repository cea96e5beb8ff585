import GreffierProtocol
import JSONCodec

/// A broker that was asked, as scripts see it.
public struct AskedBroker: Hashable, Codable, JSONObject {
    /// Where it was asked.
    public var endpoint: String
    /// Its version; absent like the rest when it did not answer.
    public var version: String?
    /// What it does.
    public var mode: String?
    /// Which start it is.
    public var incarnation: Int?
    /// When it started, in seconds since 1970 UTC.
    public var startedAt: Int?
    /// How many worker processes are connected to it.
    public var workers: Int?
    /// Why it did not answer.
    public var problem: String?

    init(_ answer: BrokerAnswer) {
        endpoint = answer.endpoint
        version = answer.status?.version
        mode = answer.status?.mode
        incarnation = answer.status?.incarnation
        startedAt = answer.status?.startedAt
        workers = answer.status.map { $0.workerCount ?? $0.workers.count }
        problem = answer.error.map { "\($0)" }
    }

    public init(blank: JSONBlank) {
        self.init(BrokerAnswer(endpoint: "", status: nil))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("endpoint", &endpoint)
        visitor.optional("version", &version)
        visitor.optional("mode", &mode)
        visitor.optional("incarnation", &incarnation)
        visitor.optional("startedAt", &startedAt)
        visitor.optional("workers", &workers)
        visitor.optional("problem", &problem)
    }
}

/// The status of a whole cluster, put together from what each of its brokers answers: what the store counts once, and what
/// each broker knows of its own workers and work, added up.
public struct ClusterStatus: Hashable, Codable, JSONObject {
    /// The answers as one.
    public var status: Status
    /// The brokers that were asked, in their order.
    public var asked: [AskedBroker]

    /// Puts answers together; nil when there is none.
    public init?(_ answers: [BrokerAnswer]) {
        guard let status = Status(merging: answers.compactMap(\.status)) else { return nil }
        self.status = status
        asked = answers.map(AskedBroker.init)
    }

    /// The status of a cluster with one broker.
    public init(_ status: Status) {
        self.status = status
        asked = []
    }

    public init(blank: JSONBlank) {
        self.init(Status(blank: blank))
    }

    /// The members of ``status``, and who was asked beside them.
    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        status.visitMembers(&visitor)
        visitor.required("asked", &asked)
    }

    /// Those that did not answer.
    public var unanswered: [AskedBroker] { asked.filter { $0.version == nil } }

    /// Brokers of the store that are silent for longer than `milliseconds`, those that were asked and answered aside.
    public func silentBrokers(longerThan milliseconds: Int) -> [BrokerStatus] {
        let answered = Set(asked.compactMap(\.incarnation))
        return (status.brokers ?? []).filter {
            $0.silentMilliseconds > milliseconds && !answered.contains($0.incarnation)
        }
    }
}

extension Status {
    /// What several brokers of one store say. What the store knows, any of them says: it is taken from the first.
    fileprivate init?(merging all: [Status]) {
        guard let first = all.first else { return nil }
        self = first
        guard all.count > 1 else { return }
        // What was done is known since the latest start only.
        startedAt = all.map(\.startedAt).max() ?? startedAt
        incarnation = all.map(\.incarnation).max() ?? incarnation
        mode = all.map(\.mode).first { $0 == "running" } ?? mode
        workers = all.flatMap(\.workers)
        workerCount = all.reduce(0) { $0 + ($1.workerCount ?? $1.workers.count) }
        freeDiskBytes = all.map(\.freeDiskBytes).min() ?? freeDiskBytes
        accepted = all.compactMap(\.accepted).reduce(0, +)
        let stages = Dictionary(grouping: all.flatMap { $0.activity ?? [] }, by: \.stage)
        activity = Stage.allCases.compactMap { stages[$0].flatMap(StageActivity.init(merging:)) }
        let codes = Dictionary(grouping: all.flatMap { $0.refusals ?? [] }, by: \.code)
        refusals = codes.map { RefusalCount(code: $0, count: $1.reduce(0) { $0 + $1.count }) }.sorted {
            $0.code < $1.code
        }
    }
}

extension StageActivity {
    /// What the workers of one stage did for several brokers.
    fileprivate init?(merging all: [StageActivity]) {
        guard var sum = all.first else { return nil }
        for other in all.dropFirst() {
            sum.done += other.done
            sum.failed += other.failed
            sum.returned += other.returned
            sum.lastMinute += other.lastMinute
            sum.lastHour += other.lastHour
            sum.totalMilliseconds += other.totalMilliseconds
            sum.idleMilliseconds = [sum.idleMilliseconds, other.idleMilliseconds].compactMap(\.self).min()
            sum.durations = zip(sum.durations, other.durations).map(+)
            sum.refused = sum.refused.map { $0 + (other.refused ?? 0) }
            sum.workers = sum.workers.map { $0 + (other.workers ?? 0) }
        }
        self = sum
    }
}
