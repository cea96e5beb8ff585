import Deliberations
import Storage

/// Conditions that all must hold, with their values.
struct SQLCondition {
    private var parts: [String] = []
    private(set) var values: [SQLValue] = []

    mutating func add(_ part: String, _ values: [SQLValue]) {
        parts.append("(\(part))")
        self.values += values
    }

    /// The `WHERE` clause, or nothing.
    var clause: String { parts.isEmpty ? "" : " WHERE " + parts.joined(separator: " AND ") }

    /// An authority by its SIREN or by part of its folded name.
    mutating func add(authority text: String) {
        let folded = FoldedText(text).text
        add("u.siren = ? OR u.name_key LIKE ?", [.text(folded.filter { $0 != " " }), .text("%\(folded)%")])
    }

    /// Acts of the sessions that a filter lets through.
    mutating func add(sessionsOf filter: ActFilter) {
        if let from = filter.from { add("a.session_day >= ?", [.init(from)]) }
        if let until = filter.until { add("a.session_day <= ?", [.init(until)]) }
        if let authority = filter.authority { add(authority: authority) }
    }
}
