import Console
import GreffierProtocol

/// The cluster's status as text.
public struct StatusView {
    private let status: Status
    private let now: Int

    /// A view of `status`, seen at `now` in seconds since 1970 UTC.
    public init(_ status: Status, now: Int) {
        self.status = status
        self.now = now
    }

    /// Everything: the broker, warnings, counts, ages, rates, workers.
    public var text: String {
        [header, warnings, counts, ages, rates, workers].compactMap(\.self).joined(separator: "\n\n")
    }

    private var header: String {
        var lines = [
            "broker \(status.version), \(status.mode), start \(status.incarnation) on \(Units.instant(status.startedAt))",
            "queued \(Units.bytes(status.queuedBytes)), free disk \(Units.bytes(status.freeDiskBytes))",
        ]
        if !status.paused.isEmpty {
            lines.append("paused: " + status.paused.map(\.rawValue).joined(separator: ", "))
        }
        return lines.joined(separator: "\n")
    }

    private var warnings: String? {
        let warnings = ClusterWarnings.of(status, now: now)
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
