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

    /// The states of `RegisteredDeadline.state(on:)`, as rows have them.
    mutating func add(states: Set<Deadline.State>, today: CivilDate) {
        var choices: [String] = []
        for state in Deadline.State.allCases where states.contains(state) {
            switch state {
            case .open, .cancelled, .superseded: choices.append("d.state = '\(state.rawValue)'")
            case .scheduled: choices.append("d.state = 'scheduled' AND (d.due > ? OR d.due IS NULL)")
            case .due: choices.append("d.state = 'due' OR d.state = 'scheduled' AND d.due = ?")
            case .overdue:
                choices.append(
                    "d.state = 'overdue' OR d.state = 'scheduled' AND d.due < ? AND d.direction = 'actBefore'")
            case .closed:
                choices.append(
                    "d.state = 'closed' OR d.state = 'scheduled' AND d.due < ? AND d.direction <> 'actBefore'")
            }
        }
        let days = choices.filter { $0.contains("?") }.map { _ in SQLValue(today) }
        add(choices.isEmpty ? "1 = 0" : choices.map { "(\($0))" }.joined(separator: " OR "), days)
    }
}
