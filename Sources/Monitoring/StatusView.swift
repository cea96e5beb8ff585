import Console
import GreffierProtocol

/// The cluster's status as text.
public struct StatusView {
    private let cluster: ClusterStatus
    private let now: Int
    private var status: Status { cluster.status }

    /// A view of `cluster`, seen at `now` in seconds since 1970 UTC.
    public init(_ cluster: ClusterStatus, now: Int) {
        self.cluster = cluster
        self.now = now
    }

    /// Everything: the brokers, warnings, counts, ages, rates, workers.
    public var text: String {
        [header, brokers, warnings, counts, ages, rates, workers].compactMap(\.self).joined(separator: "\n\n")
    }

    private var areSeveral: Bool { cluster.asked.count > 1 || (status.brokers?.count ?? 0) > 1 }

    private var header: String {
        let disk = status.measuredDiskBytes.map { ", free disk \(Units.bytes($0))" } ?? ""
        var lines = ["queued \(Units.bytes(status.queuedBytes))\(disk)"]
        if !areSeveral {
            let start = "start \(status.incarnation) on \(Units.instant(status.startedAt))"
            lines.insert("broker \(status.version), \(status.mode), \(start)", at: 0)
        }
        if !status.paused.isEmpty {
            lines.append("paused: " + status.paused.map(\.rawValue).joined(separator: ", "))
        }
        return lines.joined(separator: "\n")
    }

    /// The brokers that were asked, then those of which the store alone knows.
    private var brokers: String? {
        guard areSeveral else { return nil }
        var table = Table([
            ("BROKER", .left), ("VERSION", .left), ("MODE", .left), ("START", .right), ("SINCE", .left),
            ("WORKERS", .right), ("HEARD", .right), ("NAME", .left),
        ])
        let known = Dictionary((status.brokers ?? []).map { ($0.incarnation, $0) }, uniquingKeysWith: { $1 })
        for broker in cluster.asked {
            let row = broker.incarnation.flatMap { known[$0] }
            table.add([
                broker.endpoint, broker.version ?? "", broker.mode ?? "no answer",
                broker.incarnation.map(String.init) ?? "", broker.startedAt.map(Units.instant) ?? "",
                broker.workers.map(String.init) ?? "", row.map(Self.heard) ?? "", row?.name ?? "",
            ])
        }
        let answered = Set(cluster.asked.compactMap(\.incarnation))
        for broker in status.brokers ?? [] where !answered.contains(broker.incarnation) {
            table.add(["", broker.version ?? "", "", "\(broker.incarnation)", "", "", Self.heard(broker), broker.name])
        }
        return table.text
    }

    private static func heard(_ broker: BrokerStatus) -> String {
        Units.duration(milliseconds: broker.silentMilliseconds) + " ago"
    }

    private var warnings: String? {
        let warnings = ClusterWarnings.of(cluster, now: now)
        return warnings.isEmpty ? nil : warnings.map { "! \($0)" }.joined(separator: "\n")
    }

    private var counts: String {
        guard !status.counts.isEmpty else { return "no documents" }
        var table = Table([("STAGE", .left), ("STATE", .left), ("DOCUMENTS", .right), ("OLDEST", .right)])
        for count in status.counts {
            let age = count.oldestSince.map { Units.duration(milliseconds: max(0, now - $0) * 1_000) } ?? ""
            table.add([count.stage.rawValue, count.state.rawValue, "\(count.count)", count.state.isFinal ? "" : age])
        }
        return table.text
    }

    /// Documents by stage and minutes since acceptance, as qshape shows a mail queue.
    private var ages: String? {
        guard let ages = status.ages, !ages.isEmpty else { return nil }
        let titles = StageAges.minutes.map { "<\($0)" } + ["\(StageAges.minutes.last ?? 0)+"]
        var table = Table([("MINUTES", .left), ("T", .right)] + titles.map { ($0, .right) })
        let rows = ages.map { (name: $0.stage.rawValue, counts: $0.documents) }
        let total = titles.indices.map { column in
            rows.reduce(0) { $0 + ($1.counts.indices.contains(column) ? $1.counts[column] : 0) }
        }
        for row in [(name: "all", counts: total)] + rows {
            let cells = titles.indices.map { row.counts.indices.contains($0) ? "\(row.counts[$0])" : "0" }
            table.add([row.name, "\(row.counts.reduce(0, +))"] + cells)
        }
        return table.text
    }

    private var rates: String? {
        guard let activity = status.activity else { return nil }
        var table = Table([
            ("STAGE", .left), ("DONE/MIN", .right), ("DONE/H", .right), ("DONE", .right), ("FAILED", .right),
            ("RETURNED", .right), ("AVERAGE", .right), ("LAST DONE", .right),
        ])
        for stage in activity {
            let average = stage.done == 0 ? "" : Units.duration(milliseconds: stage.totalMilliseconds / stage.done)
            let last = stage.idleMilliseconds.map { Units.duration(milliseconds: $0) + " ago" } ?? "never"
            table.add([
                stage.stage.rawValue, "\(stage.lastMinute)", "\(stage.lastHour)", "\(stage.done)", "\(stage.failed)",
                "\(stage.returned)", average, last,
            ])
        }
        return table.text
    }

    private var workers: String {
        guard !status.workers.isEmpty else { return "no workers: start greffier-ingest, -validate and -notify" }
        var table = Table([
            ("WORKER", .left), ("VERSION", .left), ("HOST", .left), ("PROCESS", .right), ("JOBS", .right),
            ("CREDIT", .right), ("HEARD", .right), ("SINCE", .left), ("BUSY ON", .left), ("FOR", .right),
        ])
        for worker in status.workers {
            table.add([
                worker.program, worker.version, worker.host, "\(worker.process)", "\(worker.leased)",
                "\(worker.credit)", Units.duration(milliseconds: worker.silentMilliseconds) + " ago",
                Units.instant(worker.since), worker.busyOn.map { String($0.jsonString.prefix(12)) } ?? "",
                worker.busyMilliseconds.map { Units.duration(milliseconds: $0) } ?? "",
            ])
        }
        return table.text
    }
}
