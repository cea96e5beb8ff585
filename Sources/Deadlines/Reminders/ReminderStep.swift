import Deliberations

/// One place in the reminder schedule of a deadline.
public enum ReminderStep: Hashable, Sendable {
    /// When the deadline became known, because an earlier step was past by then.
    case atCreation
    /// When the date changed, or the deadline was added, after its act had been told of.
    case changed
    /// So many days before the date.
    case before(days: Int)
    /// On the date.
    case onTheDay
    /// The day after the date, when something has become final.
    case dayAfter
    /// So many days after the date, if nobody has done the duty.
    case overdue(days: Int)
    /// For a deadline without a date: its start is to be entered. Counted from 1.
    case startMissing(count: Int)

    /// The step's stable name for a ledger: "creation", "changement", "J-7", "J", "J+1", "lendemain", "depart-1".
    public var key: String {
        switch self {
        case .atCreation: "creation"
        case .changed: "changement"
        case .before(let days): "J-\(days)"
        case .onTheDay: "J"
        case .dayAfter: "lendemain"
        case .overdue(let days): "J+\(days)"
        case .startMissing(let count): "depart-\(count)"
        }
    }

    /// The step whose ``key`` is `key`.
    public init?(key: String) {
        switch key {
        case "creation": self = .atCreation
        case "changement": self = .changed
        case "J": self = .onTheDay
        case "lendemain": self = .dayAfter
        default:
            guard let (prefix, number) = Self.parts(key) else { return nil }
            switch prefix {
            case "J-": self = .before(days: number)
            case "J+": self = .overdue(days: number)
            default: self = .startMissing(count: number)
            }
        }
    }

    private static func parts(_ key: String) -> (prefix: String, number: Int)? {
        for prefix in ["J-", "J+", "depart-"] where key.hasPrefix(prefix) {
            let digits = key.dropFirst(prefix.count)
            guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits), number > 0 else {
                return nil
            }
            return (prefix, number)
        }
        return nil
    }
}

/// A reminder to send.
public struct Reminder: Hashable, Sendable {
    /// Which step of the schedule.
    public let step: ReminderStep
    /// When it is to leave; never before the moment at which it was asked for.
    public let sendAt: UTCInstant
    /// The day in Paris on which it leaves.
    public let sendOn: CivilDate
    /// Whether it leaves on a later day than planned, after an outage.
    public let isLate: Bool
    /// Steps that it stands for: they were missed, and are never to be sent.
    public let skipped: [ReminderStep]

    /// The step in French as it is true on the day of sending: "J-7", "le jour même",
    /// "échéance dépassée de 3 jours".
    ///
    /// - Parameter due: the deadline's date; nil while its start is unknown.
    public func label(due: CivilDate?) -> String {
        guard let due else { return "date de départ à saisir" }
        let days = due - sendOn
        if days < 0 { return step == .dayAfter ? "délai expiré" : "échéance dépassée de \(Self.days(-days))" }
        if days == 0 { return "le jour même" }
        return switch step {
        case .before(let planned) where !isLate: "J-\(planned)"
        default: "J-\(days)"
        }
    }

    private static func days(_ count: Int) -> String { count == 1 ? "1 jour" : "\(count) jours" }
}
