import Deadlines
import Deliberations
import GreffierProtocol

/// What a person does with a deadline.
public enum DeadlineAct: Hashable, Sendable {
    /// It is done: nothing more is sent.
    case done
    /// It is not done after all.
    case reopen
    /// Nothing is sent before this day; then, if a reminder would have left meanwhile, one does.
    case snooze(until: CivilDate)
    /// The event that it waits for happened, or will, on this day: its date follows, and that of every deadline of the same
    /// act that waits for this event; of all acts of the session, if `session` says so.
    case start(on: CivilDate, session: Bool = false)
    /// Its date, whatever documents say; how it was computed, in French.
    case setDate(CivilDate, how: String)
    /// Somebody takes care of it.
    case assign(to: String)

    /// Its name in commands and, after "deadline.", in the audit trail.
    public var name: String {
        switch self {
        case .done: "done"
        case .reopen: "reopen"
        case .snooze: "snooze"
        case .start: "start"
        case .setDate: "set-date"
        case .assign: "assign"
        }
    }
}

/// The last thing that a person did with a deadline, or that a document did what is owed.
public struct DeadlineHandling: Hashable, Sendable {
    /// What: a `DeadlineAct.name`.
    public let act: String
    /// Who; `greffier-notify` for a document.
    public let person: String
    /// When, in seconds since 1970 UTC.
    public let at: Int
    /// Why, or with what proof.
    public let note: String?

    /// Who stands there where a document does what is owed.
    static let reader = "greffier-notify"

    /// That a document does what is owed.
    static func fulfilled(by document: DocumentID, at moment: UTCInstant) -> Self {
        Self(act: DeadlineAct.done.name, person: reader, at: moment.secondsSince1970, note: "document \(document)")
    }
}
