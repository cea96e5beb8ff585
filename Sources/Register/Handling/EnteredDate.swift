import Deadlines
import Deliberations
import Storage

/// A date that a person entered for a deadline: the date itself, or the day of the event from which it follows.
struct EnteredDate: Hashable {
    /// The event and its day; nil if the person gave the date itself.
    var start: Start?
    var due: CivilDate
    /// The other reading.
    var alternative: CivilDate?
    /// How it was computed, in French.
    var how: String

    /// An event that has come.
    struct Start: Hashable {
        let day: CivilDate
        /// What it is known by in the deadline's scope; nil if only this deadline means it.
        let event: String?
    }

    /// A date that a person gave.
    init(due: CivilDate, how: String) {
        self.due = due
        self.how = how
    }

    /// The date that follows from an event by a rule; nil where none does.
    init?(_ rule: StartRule, from day: CivilDate, addedHolidays: [CivilDate: String]) {
        let date = rule.date(from: day, addedHolidays: addedHolidays)
        guard let due = date.due else { return nil }
        start = Start(day: day, event: rule.event)
        (self.due, alternative, how) = (due, date.alternative, date.how)
    }

    /// The same event by the rule that holds now, if there is one.
    func recomputed(by rule: StartRule?, addedHolidays: [CivilDate: String]) -> Self {
        guard let start, let rule else { return self }
        return Self(rule, from: start.day, addedHolidays: addedHolidays) ?? self
    }

    /// Makes a deadline say it. The notice of an event that may never come has its day once it has come.
    func apply(to deadline: inout Deadline) {
        (deadline.due, deadline.dueAlternative, deadline.how) = (due, alternative, how)
        guard start != nil, deadline.direction == .continuous else { return }
        deadline.direction = .information
        if deadline.reminders == .none { deadline.reminders = .mid }
    }

    /// From the columns `entered_due`, `entered_how`, `entered_start`, `entered_event` and `entered_alternative`; nil if no
    /// person entered a date.
    init?(_ row: SQLRow, from column: Int) throws(StorageError) {
        guard let due = try row.optionalDay(column) else { return nil }
        self.init(due: due, how: try row.text(column + 1))
        alternative = try row.optionalDay(column + 4)
        if let day = try row.optionalDay(column + 2) {
            start = Start(day: day, event: try row.optionalText(column + 3))
        }
    }
}
