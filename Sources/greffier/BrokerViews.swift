import Console
import Foundation
import GreffierProtocol

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
        for (position, entry) in history.history.enumerated() {
            if position == 1, history.isCut == true { table.add(["…", "older lines are left out"]) }
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
