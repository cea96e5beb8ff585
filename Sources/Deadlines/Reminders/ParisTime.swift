import Deliberations
import Foundation

/// The time that people in metropolitan France read on their clocks.
public enum ParisTime {
    /// The zone by its name, so that a change of the law comes with the system's time zone data; nil on a host that has
    /// none, where the rule of the European Union holds (directive 2000/84/EC: summer time from the last Sunday of
    /// March to the last Sunday of October, changing at 01:00 UTC).
    private static let zone = TimeZone(identifier: "Europe/Paris")

    /// The day and the time on the clock at a moment.
    public static func civil(at instant: UTCInstant) -> (date: CivilDate, time: TimeOfDay) {
        let seconds = instant.secondsSince1970 + offset(at: instant)
        let days = seconds.flooredQuotient(by: 86_400)
        let minutes = (seconds - days * 86_400) / 60
        return (CivilDate(daysSince1970: days), TimeOfDay(wrapping: minutes))
    }

    /// The moment at which the clock shows `time` on `date`.
    ///
    /// Of the two moments of an hour that comes twice in autumn it is the first; a time that is skipped in spring is read
    /// with the offset from before the change, so it is an hour later on the clock.
    public static func instant(of date: CivilDate, at time: TimeOfDay) -> UTCInstant {
        let local = UTCInstant(secondsSince1970: date.daysSince1970 * 86_400 + time.minutes * 60)
        let before = offset(at: local + -86_400)
        let candidate = local + -before
        let now = offset(at: candidate)
        if now == before { return candidate }
        let other = local + -now
        return offset(at: other) == now ? other : candidate
    }

    /// How many seconds the clock is ahead of Universal Time.
    static func offset(at instant: UTCInstant) -> Int {
        guard let zone else { return europeanOffset(at: instant) }
        return zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.secondsSince1970)))
    }

    /// The offset by the European rule, which has held in France since 1996.
    static func europeanOffset(at instant: UTCInstant) -> Int {
        let date = CivilDate(daysSince1970: instant.secondsSince1970.flooredQuotient(by: 86_400))
        guard let march = CivilDate(year: date.year, month: 3, day: 31),
            let october = CivilDate(year: date.year, month: 10, day: 31)
        else { return 3_600 }
        let start = change(onLastSundayOfMonthEnding: march)
        let end = change(onLastSundayOfMonthEnding: october)
        return start <= instant && instant < end ? 7_200 : 3_600
    }

    private static func change(onLastSundayOfMonthEnding last: CivilDate) -> UTCInstant {
        let sunday = last - (last.daysSince1970 + 4).flooredRemainder(by: 7)
        return UTCInstant(secondsSince1970: sunday.daysSince1970 * 86_400 + 3_600)
    }
}

extension TimeOfDay {
    /// The time so many minutes after midnight; whole days are left out.
    init(wrapping minutes: Int) {
        let minutes = minutes.flooredRemainder(by: 24 * 60)
        guard let time = TimeOfDay(hour: minutes / 60, minute: minutes % 60) else {
            preconditionFailure("a remainder of a day's minutes is a time of day")
        }
        self = time
    }
}

extension Int {
    /// The quotient rounded towards minus infinity.
    func flooredQuotient(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// The remainder of the quotient rounded towards minus infinity: never negative.
    func flooredRemainder(by divisor: Int) -> Int {
        self - flooredQuotient(by: divisor) * divisor
    }
}
