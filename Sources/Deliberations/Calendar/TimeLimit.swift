/// How French law counts time limits. A week is 7 days, a year 12 months; months are counted before days (Code de
/// procédure civile 641 al. 3).
public enum TimeLimit {
    /// The last day of an ordinary limit that runs from `start`, which is not counted; it ends that day at midnight
    /// (CPC 640, 641, 642 al. 1).
    public static func ordinary(from start: CivilDate, months: Int = 0, days: Int = 0) -> CivilDate {
        start.adding(months: months) + days.clamped(to: furthestDays)
    }

    /// The last day of a clear limit (délai franc): the day after that of the ordinary one
    /// (CE 5 October 2018 n° 409579; CE 15 December 2023 n° 472836).
    public static func franc(from start: CivilDate, months: Int = 0, days: Int = 0) -> CivilDate {
        ordinary(from: start, months: months, days: days) + 1
    }

    /// The latest day on which something may be done so that `clearDays` clear days (jours francs) lie between that day
    /// and `day`: neither end counts. Never extended (Cass. com. 14 February 1990).
    public static func latestDay(before day: CivilDate, clearDays: Int) -> CivilDate {
        day - (clearDays.clamped(to: furthestDays) + 1)
    }

    /// The latest day that lies `plainDays` days before `day`, as where the law says "days" and not "clear days".
    public static func latestDay(before day: CivilDate, plainDays: Int) -> CivilDate {
        day - plainDays.clamped(to: furthestDays)
    }

    /// How many clear days lie between two days, neither counted; negative if they are the same or out of order.
    public static func clearDays(between first: CivilDate, and last: CivilDate) -> Int {
        last - first - 1
    }

    /// A limit on counts that come from text, so that no sum overflows.
    static let furthestDays = -4_000_000...4_000_000
}

extension CivilDate {
    /// The same day of the month so many months later or earlier; else the last day of that month (CPC 641 al. 2).
    ///
    /// The result stays within the years 1 to 9999.
    public func adding(months: Int) -> CivilDate {
        let (year, month, day) = components
        let target = year * 12 + month - 1 + months.clamped(to: -120_000...120_000)
        let clamped = target.clamped(to: 12...(9_999 * 12 + 11))
        let (targetYear, targetMonth) = (clamped / 12, clamped % 12 + 1)
        let lastDay = Self.numberOfDays(inMonth: targetMonth, of: targetYear)
        return CivilDate(year: targetYear, month: targetMonth, day: min(day, lastDay)) ?? self
    }

    /// The last day of its month.
    public var endOfMonth: CivilDate {
        let (year, month, day) = components
        return self + (Self.numberOfDays(inMonth: month, of: year) - day)
    }
}

extension Int {
    func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
