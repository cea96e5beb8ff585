import Deadlines
import Deliberations

/// When mails may leave, by the clock of Paris. Reminders keep office hours; news of an act waits only for the night to
/// pass.
public struct AlertHours: Hashable, Sendable {
    /// When reminders may leave, on worked days.
    public var reminders = SendingHours.standard
    /// Which days are worked.
    public var calendar = WorkingCalendar()
    /// The times between which news of an act may leave, on any day; nil for when reminders may.
    public var news: DailyWindow? = DailyWindow.daytime

    /// The defaults: reminders from 8:00 to 19:00 on worked days, news from 7:00 to 20:00.
    public init() {}

    /// `instant`, if such a mail may leave then, or else the next moment when it may.
    func firstMoment(for urgency: Urgency, onOrAfter instant: UTCInstant) -> UTCInstant {
        if urgency == .news, let news { return firstMoment(news, onOrAfter: instant) { _ in true } }
        return firstMoment(DailyWindow(reminders), onOrAfter: instant) { calendar.isWorked($0) }
    }

    /// When the digest leaves that is the first after `instant`: on a worked morning, for weekly ones on the first of the
    /// week.
    func digestMoment(isWeekly: Bool, after instant: UTCInstant) -> UTCInstant {
        let today = ParisTime.civil(at: instant).date
        var day = isWeekly ? today + -((today.daysSince1970 + 3) % 7) : today
        while true {
            let moment = ParisTime.instant(of: calendar.workedDay(onOrAfter: day), at: reminders.opens)
            if moment > instant { return moment }
            day = day + (isWeekly ? 7 : 1)
        }
    }

    /// What kind of mail it is.
    enum Urgency {
        case news
        case reminder
    }

    private func firstMoment(
        _ window: DailyWindow, onOrAfter instant: UTCInstant, on isAllowed: (CivilDate) -> Bool
    ) -> UTCInstant {
        let (date, time) = ParisTime.civil(at: instant)
        if isAllowed(date), time < window.closes {
            return time < window.opens ? ParisTime.instant(of: date, at: window.opens) : instant
        }
        var day = date + 1
        for _ in 0..<Self.furthest where !isAllowed(day) { day = day + 1 }
        return ParisTime.instant(of: day, at: window.opens)
    }

    /// How many days off in a row are passed over; no office is closed longer.
    private static let furthest = 400
}

/// A time of every day.
public struct DailyWindow: Hashable, Sendable {
    /// The time from which it is open.
    public let opens: TimeOfDay
    /// The time from which it is closed; later than `opens`.
    public let closes: TimeOfDay

    /// The times from `opens` up to `closes`, or nil if they do not begin before they end.
    public init?(from opens: TimeOfDay, until closes: TimeOfDay) {
        guard opens < closes else { return nil }
        self.opens = opens
        self.closes = closes
    }

    init(_ hours: SendingHours) {
        opens = hours.opens
        closes = hours.closes
    }

    /// From 7:00 to 20:00; the office hours if a clock had no such times.
    public static let daytime: DailyWindow = {
        guard let opens = TimeOfDay(hour: 7, minute: 0), let closes = TimeOfDay(hour: 20, minute: 0),
            let window = DailyWindow(from: opens, until: closes)
        else { return DailyWindow(.standard) }
        return window
    }()
}
