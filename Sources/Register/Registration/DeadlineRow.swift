import Deadlines
import Deliberations
import GreffierProtocol

/// A deadline as its row has it.
struct DeadlineRow {
    let id: DeadlineID
    let scope: DeadlineScope
    let key: String
    /// The act by which people find it.
    var act: ActID
    var state: Deadline.State
    var version: Int
    var precedence: Precedence
    var isArchive: Bool
    var knownAt: UTCInstant
    var lastStep: ReminderStep?
    /// What staff are to be told of it, if their act's mail did not.
    var change: DeadlineChange?
    /// The step that told the change.
    var changeStep: ReminderStep?
    /// The mail about changes that told it, if one did.
    var changeMail: Int64?
    /// The last thing that a person did with it.
    var handling: DeadlineHandling?
    /// Who takes care of it.
    var assignee: String?
    /// Before this day nothing is sent.
    var snoozedUntil: CivilDate?
    /// Before this day nothing is sent either: the deadline behind which it stands is not overdue.
    var asleepUntil: CivilDate?
    /// The date that a person entered.
    var entered: EnteredDate?
    /// What the best document says of it.
    var terms: DeadlineTerms
    /// Where it says so; nil for a row of an earlier version that keeps the words itself.
    var place: StatedPlace?

    /// The date as it stands: a person's holds.
    var due: CivilDate? { entered?.due ?? terms.due }

    /// The deadline as the schedule must see it, without its words.
    var scheduled: Deadline {
        var deadline = terms.scheduled
        deadline.state = state
        entered?.apply(to: &deadline)
        return deadline
    }

    /// Whether a document states it: what a person closed stays closed when none does.
    var isStated: Bool { state != .superseded && terms.state != .superseded }

    /// Whether a document, and no person, closed it: what it says is what was owed.
    var isFulfilled: Bool {
        state == .closed && terms.state == .closed
            && (handling?.person ?? DeadlineHandling.reader) == DeadlineHandling.reader
    }

    /// Whether it still asks for something.
    var isRunning: Bool { state == .open || state == .scheduled }
}
