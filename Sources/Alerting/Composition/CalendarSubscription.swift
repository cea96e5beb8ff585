import Deadlines
import Deliberations
import Mail
import Register

/// A calendar of the register's deadlines to which staff subscribe: made anew, it replaces what they saw before.
public struct CalendarSubscription {
    private let calendar: DeadlineCalendar
    private let today: CivilDate

    /// How long what is done or withdrawn stays in the calendar as cancelled, so that clients see it end.
    private static let daysKept = 400

    /// A calendar as of `now`, with the identities of events that mails use too.
    public init(settings: AlertSettings, now: UTCInstant) {
        calendar = DeadlineCalendar(settings: settings, stamp: Instant(unixSeconds: Int64(now.secondsSince1970)))
        today = ParisTime.civil(at: now).date
    }

    /// The file: one event a dated deadline.
    ///
    /// - Parameter authority: only deadlines of authorities whose name has these words.
    /// - Throws: `StorageError`, `RegisterError`, `MailError`.
    public func file(of register: Register, name: String, authority: String? = nil) throws -> [UInt8] {
        var filter = DeadlineFilter()
        filter.authority = authority
        filter.states = Set(Deadline.State.allCases).subtracting([.open])
        filter.limit = 100_000
        let earliest = today + -Self.daysKept
        let rows = try register.registeredDeadlines(filter, today: today).filter { row in
            row.deadline.due.map { $0 >= earliest } ?? false
        }
        return try calendar.subscription(to: rows, name: name)
    }
}
