import Deliberations

/// When mails to staff may leave: on worked days, by day.
public struct SendingHours: Hashable, Sendable {
    /// The time from which mails leave; scheduled ones leave then.
    public let opens: TimeOfDay
    /// The time from which they wait for the next worked day.
    public let closes: TimeOfDay

    /// From 8:00 to 19:00.
    public static let standard = SendingHours(opens: TimeOfDay(wrapping: 8 * 60), closes: TimeOfDay(wrapping: 19 * 60))

    /// The hours from `opens` up to `closes`, or nil if they do not begin before they end.
    public init?(from opens: TimeOfDay, until closes: TimeOfDay) {
        guard opens < closes else { return nil }
        self.init(opens: opens, closes: closes)
    }

    private init(opens: TimeOfDay, closes: TimeOfDay) {
        self.opens = opens
        self.closes = closes
    }

    /// When mails begin to leave on `date`.
    func opening(of date: CivilDate) -> UTCInstant { ParisTime.instant(of: date, at: opens) }

    /// `instant`, if mails may leave then, or else the next moment when they may.
    func firstMoment(onOrAfter instant: UTCInstant, calendar: WorkingCalendar) -> UTCInstant {
        let (date, time) = ParisTime.civil(at: instant)
        if calendar.isWorked(date) {
            if time < opens { return opening(of: date) }
            if time < closes { return instant }
        }
        return opening(of: calendar.workedDay(onOrAfter: date + 1))
    }
}
