import Console
import Foundation
import GreffierProtocol

/// The cluster's status as text.
struct StatusView {
    private let status: Status

    init(_ status: Status) {
        self.status = status
    }

    var text: String {
        [header, counts, workers].joined(separator: "\n\n")
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

    private var counts: String {
        guard !status.counts.isEmpty else { return "no documents" }
        let now = Int(Date().timeIntervalSince1970)
        var table = Table([("STAGE", .left), ("STATE", .left), ("DOCUMENTS", .right), ("OLDEST", .right)])
        for count in status.counts {
            let age = count.oldestSince.map { Units.duration(milliseconds: max(0, now - $0) * 1_000) } ?? ""
            table.add([count.stage.rawValue, count.state.rawValue, "\(count.count)", count.state.isFinal ? "" : age])
        }
        return table.text
    }

    private var workers: String {
        guard !status.workers.isEmpty else { return "no workers: start greffier-ingest, -validate and -notify" }
        var table = Table([
            ("WORKER", .left), ("VERSION", .left), ("HOST", .left), ("PROCESS", .right), ("JOBS", .right),
            ("CREDIT", .right), ("HEARD", .right),
        ])
        for worker in status.workers {
            table.add([
                worker.program, worker.version, worker.host, "\(worker.process)", "\(worker.leased)",
                "\(worker.credit)", Units.duration(milliseconds: worker.silentMilliseconds) + " ago",
            ])
        }
        return table.text
    }
}

/// Documents as a table.
struct SummaryTable {
    private var table = Table([
        ("ID", .left), ("STATE", .left), ("STAGE", .left), ("SOURCE", .left), ("SIZE", .right), ("SINCE", .left),
        ("NAME", .left), ("REASON", .left),
    ])

    mutating func add(_ document: DocumentSummary) {
        table.add([
            String(document.id.jsonString.prefix(12)), document.state.rawValue, document.stage.rawValue,
            document.source, Units.bytes(document.size), Units.instant(document.since), document.name,
            document.code.map { code in document.message.map { "\(code): \($0)" } ?? code } ?? "",
        ])
    }

    var text: String { table.isEmpty ? "no documents" : table.text }
}

/// A document's history as text.
struct HistoryView {
    private let history: DocumentHistory

    init(_ history: DocumentHistory) {
        self.history = history
    }

    var text: String {
        let document = history.document
        var lines = [
            "\(document.id)",
            "\(document.name), \(Units.bytes(document.size)), from \(document.source)",
            "\(document.state.rawValue) at \(document.stage.rawValue) since \(Units.instant(document.since))",
        ]
        if let code = document.code { lines.append("\(code): \(document.message?.text ?? "")") }
        var table = Table([
            ("WHEN", .left), ("WHAT", .left), ("STAGE", .left), ("PASS", .right), ("TRY", .right), ("TOOK", .right),
            ("WHO", .left), ("WHY", .left),
        ])
        for entry in history.history {
            table.add([
                Units.instant(entry.at), entry.what, entry.stage?.rawValue ?? "", "\(entry.generation)",
                entry.attempt.map(String.init) ?? "",
                entry.milliseconds.map { Units.duration(milliseconds: $0) } ?? "", entry.who ?? "",
                [entry.code, entry.message?.text].compactMap(\.self).joined(separator: ": "),
            ])
        }
        return (lines + ["", table.text]).joined(separator: "\n")
    }
}
