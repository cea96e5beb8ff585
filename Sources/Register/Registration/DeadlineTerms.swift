import Deadlines
import Deliberations

/// What a row keeps of a deadline as its best document states it: what queries and reminders need. Everything else is read
/// from the Report when it is shown.
struct DeadlineTerms: Hashable {
    /// `superseded` when no document states it any more.
    var state: Deadline.State
    let due: CivilDate?
    let direction: Deadline.Direction
    let reminders: Deadline.ReminderProfile
    /// Whether an event starts it.
    let isStarted: Bool
    /// The key of the deadline of the same scope behind which it stands.
    var backstopOf: String?

    init(
        state: Deadline.State, due: CivilDate?, direction: Deadline.Direction, reminders: Deadline.ReminderProfile,
        isStarted: Bool
    ) {
        self.state = state
        self.due = due
        self.direction = direction
        self.reminders = reminders
        self.isStarted = isStarted
    }

    init(_ deadline: Deadline) {
        self.init(
            state: deadline.state, due: deadline.due, direction: deadline.direction, reminders: deadline.reminders,
            isStarted: deadline.startEvent != nil)
        backstopOf = deadline.backstopOf.map { DeadlineIdentity(id: $0)?.duty ?? $0 }
    }

    /// How much a statement with such terms counts.
    var weight: StatementWeight {
        if state == .closed { return .fulfilled }
        return due == nil ? .undated : .dated
    }

    /// The deadline as the schedule must see it when nobody has changed it, without its words.
    var scheduled: Deadline {
        var deadline = Deadline(
            id: "", rule: "", kind: .other, what: "", due: due, state: state, direction: direction,
            reminders: reminders,
            how: "")
        deadline.startEvent = isStarted ? "" : nil
        return deadline
    }
}

/// How much what a document says of a deadline counts, before it is asked which document is the better one.
enum StatementWeight: Int, Comparable {
    /// It gives no date.
    case undated
    /// It gives a date.
    case dated
    /// It does what is owed.
    case fulfilled

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Where a deadline stands word for word: its place among the deadlines of a Report that is never rewritten.
struct StatedPlace: Hashable {
    /// The body of the Report, as a `BodyReference` is written.
    let report: String
    let position: Int
}
