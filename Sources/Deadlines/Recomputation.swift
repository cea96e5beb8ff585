import Deliberations

/// Which deadlines the rules make of a document.
public enum DeadlineRevision {
    /// Raised with every change of the rules by which a document gets another deadline: then registers compute theirs anew.
    public static let current = 2
}

extension DeadlineComputer {
    /// The deadlines of an Extract whose converted text is gone, with what `report`, made of that text, quotes of it.
    public func deadlines(of extract: Extract, recalling report: Report) -> [Deadline] {
        let recalled = RecalledText(report)
        let former = Dictionary(report.deadlines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return deadlines(of: extract, text: recalled.bytes).deadlines.compactMap { deadline in
            let known = former[deadline.id]
            // The beginning of a quote is no beginning of a line: what only looks like a step of a plan is none.
            if known == nil, deadline.rule == DeadlineRule.event.rawValue { return nil }
            var deadline = deadline
            deadline.evidence.removeAll { !recalled.has($0) }
            if let known, deadline.evidence.count < known.evidence.count { deadline.evidence = known.evidence }
            return deadline
        }
    }
}

/// What a Report quotes of a text, each quotation at its place and newlines in between.
private struct RecalledText {
    let bytes: [UInt8]
    private let quotes: [Evidence]

    init(_ report: Report) {
        let quoted = (report.deadlines.flatMap(\.evidence) + report.findings.flatMap(\.evidence)).filter { quote in
            quote.start >= 0 && quote.end - quote.start == quote.quote.utf8.count
                && quote.end <= report.document.text.bytes
        }
        var bytes = [UInt8](repeating: UInt8(ascii: "\n"), count: quoted.map(\.end).max() ?? 0)
        for quote in quoted { bytes.replaceSubrange(quote.start..<quote.end, with: quote.quote.utf8) }
        self.bytes = bytes
        quotes = quoted
    }

    /// Whether words come from one quotation.
    func has(_ evidence: Evidence) -> Bool {
        quotes.contains { $0.start <= evidence.start && evidence.end <= $0.end }
    }
}
