import Console
import GreffierProtocol

/// What a person should look at, as the cluster's status shows it.
public enum ClusterWarnings {
    /// A stage without a finished job for so long, while documents wait for it, makes no progress.
    static let noProgressMilliseconds = 600_000
    /// A job held for so long is worth a look; conversions may take 15 minutes.
    static let longJobMilliseconds = 1_200_000
    /// A worker that says nothing for so long has missed two heartbeats.
    static let silenceMilliseconds = 5_000
    /// Less free disk than this is said before the broker's own limit is met.
    static let freeDiskBytes = 1 << 30

    /// A broker that shares the store and has not said for so long that it lives has died or is cut off.
    static let brokerSilenceMilliseconds = 10_000

    /// One sentence a warning, with what to do; the gravest first.
    /// - Parameter now: seconds since 1970 UTC.
    public static func of(_ cluster: ClusterStatus, now: Int) -> [String] {
        let status = cluster.status
        return brokers(cluster) + disk(status) + Stage.allCases.flatMap { stage(status, $0, now) } + held(status)
            + workers(status)
    }

    private static func brokers(_ cluster: ClusterStatus) -> [String] {
        guard cluster.asked.count > 1 else { return mode(cluster.status.mode, of: "the broker") + silent(cluster) }
        var warnings = cluster.asked.flatMap { broker in
            broker.mode.map { mode($0, of: "the broker at \(broker.endpoint)") }
                ?? ["\(broker.endpoint) gives no status, the others go on: \(broker.problem ?? "start it again")"]
        }
        let versions = Set(cluster.asked.compactMap(\.version)).sorted()
        if versions.count > 1 {
            warnings.append(
                "the brokers are of versions \(versions.joined(separator: " and ")): they work together, but finish the"
                    + " upgrade")
        }
        return warnings + silent(cluster)
    }

    private static func mode(_ mode: String, of broker: String) -> [String] {
        switch mode {
        case "running": []
        case "store-failing": ["\(broker)'s store fails: see its log, then start it again"]
        default: ["\(broker) is \(mode): it leases and accepts nothing"]
        }
    }

    /// Brokers that nobody asked, and of which the store alone knows. One that does not answer is told of already.
    private static func silent(_ cluster: ClusterStatus) -> [String] {
        guard cluster.unanswered.isEmpty else { return [] }
        return cluster.silentBrokers(longerThan: brokerSilenceMilliseconds).map { broker in
            let time = Units.duration(milliseconds: broker.silentMilliseconds)
            return
                "the broker of \(broker.name) has been silent for \(time): start it again, unless it is gone for good"
        }
    }

    private static func disk(_ status: Status) -> [String] {
        var warnings: [String] = []
        if status.freeDiskBytes < freeDiskBytes {
            warnings.append(
                "the broker's disk has \(Units.bytes(status.freeDiskBytes)) left: below limits.freeDisk nothing new is"
                    + " accepted")
        }
        return warnings
    }

    private static func stage(_ status: Status, _ stage: Stage, _ now: Int) -> [String] {
        let counts = status.counts.filter { $0.stage == stage }
        let open = counts.filter { [.waiting, .leased].contains($0.state) }
        let count = open.reduce(0) { $0 + $1.count }
        let lacking = counts.reduce(0) { $0 + ($1.lacking ?? 0) }
        let lack =
            lacking == 0
            ? []
            : ["\(documents(lacking)) at \(stage.rawValue) wait for what a host lacks: `greffier jobs --state delayed`"]
        if status.paused.contains(stage) {
            let waiting = count == 0 ? "" : ", \(documents(count)) wait for it"
            return ["\(stage.rawValue) is paused\(waiting): `greffier resume \(stage.rawValue) --why …`"]
        }
        guard count > 0 else { return lack }
        guard status.workers.contains(where: { $0.stage == stage }) else {
            return lack + ["\(documents(count)) wait and no greffier-\(stage.rawValue) is connected: start one"]
        }
        let activity = status.activity?.first { $0.stage == stage }
        let oldest = open.compactMap(\.oldestSince).min() ?? now
        let sinceStart = (now - max(oldest, status.startedAt)) * 1_000
        guard activity != nil, sinceStart >= noProgressMilliseconds,
            activity?.idleMilliseconds ?? Int.max >= noProgressMilliseconds
        else { return lack }
        let since = Units.duration(milliseconds: min(activity?.idleMilliseconds ?? sinceStart, sinceStart))
        return lack + [
            "no progress at \(stage.rawValue): no job was done for \(since) though \(documents(count)) wait; see the log of"
                + " its workers"
        ]
    }

    private static func held(_ status: Status) -> [String] {
        let count = status.counts.filter { $0.state == .held }.reduce(0) { $0 + $1.count }
        return count == 0 ? [] : ["\(documents(count)) held for a person: `greffier jobs --state held`"]
    }

    private static func workers(_ status: Status) -> [String] {
        var warnings = status.workers.flatMap { worker in Self.warnings(of: worker, broker: status.version) }
        if let all = status.workerCount, all > status.workers.count {
            warnings.append("\(all) workers are connected, \(status.workers.count) of them are shown")
        }
        return warnings
    }

    private static func warnings(of worker: WorkerStatus, broker: String) -> [String] {
        let name = "\(worker.program) \(worker.process) on \(worker.host)"
        var warnings: [String] = []
        if let busy = worker.busyMilliseconds, busy >= longJobMilliseconds, let id = worker.busyOn {
            warnings.append(
                "\(name) has held \(id.jsonString.prefix(12)) for \(Units.duration(milliseconds: busy)): see its log")
        }
        if worker.silentMilliseconds >= silenceMilliseconds {
            warnings.append("\(name) has been silent for \(Units.duration(milliseconds: worker.silentMilliseconds))")
        }
        if worker.version != broker {
            warnings.append(
                "\(name) is version \(worker.version), the broker \(broker): they work together, but finish the upgrade"
            )
        }
        return warnings
    }

    private static func documents(_ count: Int) -> String {
        count == 1 ? "1 document" : "\(count) documents"
    }
}
