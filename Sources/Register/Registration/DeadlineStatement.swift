import Deadlines
import Deliberations
import GreffierProtocol

/// What one document says of one deadline of one scope.
struct DeadlineStatement {
    let scope: DeadlineScope
    let key: String
    /// The act by which people find it; of a session's duty, one of its acts.
    let act: ActID
    let authority: Int64
    let deadline: Deadline
    /// Its place among the deadlines of the document's Report.
    let position: Int
    let precedence: Precedence
    let isArchive: Bool

    /// Whether this statement is to stand instead of one that `other` made: a date over none, then the better document.
    func outranks(dated: Bool, precedence other: Precedence) -> Bool {
        if other.document == precedence.document { return true }
        let isDated = deadline.due != nil
        return isDated == dated ? precedence > other : isDated
    }

    /// The best statement of each deadline.
    static func best(of statements: [Self]) -> [Self] {
        var best: [Identity: Int] = [:]
        var kept: [Self] = []
        for statement in statements {
            let identity = Identity(scope: statement.scope, key: statement.key)
            guard let index = best[identity] else {
                best[identity] = kept.count
                kept.append(statement)
                continue
            }
            let other = kept[index]
            if statement.isBetter(than: other) { kept[index] = statement }
        }
        return kept
    }

    /// Of two statements of one document a date counts more than none, and else the first one.
    private func isBetter(than other: Self) -> Bool {
        guard other.precedence.document == precedence.document else {
            return outranks(dated: other.deadline.due != nil, precedence: other.precedence)
        }
        return other.deadline.due == nil && deadline.due != nil
    }

    private struct Identity: Hashable {
        let scope: DeadlineScope
        let key: String
    }
}

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
    /// The last thing that a person did with it.
    var handling: DeadlineHandling?
    /// Who takes care of it.
    var assignee: String?
    /// Before this day nothing is sent.
    var snoozedUntil: CivilDate?
    /// The date that a person entered.
    var entered: EnteredDate?
    /// What the best document says of it.
    var deadline: Deadline

    /// The Deadline as it stands: with the register's state and date, which people change.
    var current: Deadline {
        var deadline = deadline
        deadline.state = state
        if let entered {
            deadline.due = entered.due
            deadline.how = entered.how
        }
        return deadline
    }

    /// Whether it still asks for something.
    var isRunning: Bool { state == .open || state == .scheduled }
}
