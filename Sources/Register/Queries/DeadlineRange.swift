import Deliberations
import Storage

/// Deadlines that stand in one state on a day, as a range of rows that one index has in the order of their last days.
///
/// `RegisteredDeadline.state(on:)` is the same for a deadline in memory: rows keep `scheduled` when the day passes.
struct DeadlineRange {
    /// The condition on a deadline `d`.
    let condition: String
    /// Its values.
    let values: [SQLValue]

    private init(_ condition: String, _ values: [SQLValue] = []) {
        (self.condition, self.values) = (condition, values)
    }

    /// The ranges of some states on a day. No deadline is in two of them.
    static func all(of states: Set<Deadline.State>, today: CivilDate) -> [DeadlineRange] {
        Deadline.State.allCases.filter(states.contains).flatMap { state -> [DeadlineRange] in
            let own = DeadlineRange("d.state = '\(state.rawValue)'")
            return switch state {
            case .open, .cancelled, .superseded: [own]
            case .scheduled:
                [
                    DeadlineRange("d.state = 'scheduled' AND d.due > ?", [.init(today)]),
                    DeadlineRange("d.state = 'scheduled' AND d.due IS NULL"),
                ]
            case .due: [own, DeadlineRange("d.state = 'scheduled' AND d.due = ?", [.init(today)])]
            case .overdue: [own, past("= 'actBefore'", today)]
            case .closed: [own, past("<> 'actBefore'", today)]
            }
        }
    }

    private static func past(_ direction: String, _ today: CivilDate) -> DeadlineRange {
        DeadlineRange("d.state = 'scheduled' AND d.due < ? AND d.direction \(direction)", [.init(today)])
    }
}
