/// Which days are worked in a zone, and what follows from it for time limits.
public struct WorkingCalendar: Hashable, Sendable {
    /// The zone whose holidays count.
    public var zone: HolidayZone
    /// Whether Good Friday is a holiday; only Alsace-Moselle knows it.
    public var observesGoodFriday: Bool
    /// Public holidays that a law or decree has added, by their days, with their names in French.
    public var addedHolidays: [CivilDate: String]
    /// Days off besides those of the law, for instance an office's closing days.
    public var otherDaysOff: Set<CivilDate>

    /// The calendar of a zone.
    public init(
        zone: HolidayZone = .metropole, observesGoodFriday: Bool = true, addedHolidays: [CivilDate: String] = [:],
        otherDaysOff: Set<CivilDate> = []
    ) {
        self.zone = zone
        self.observesGoodFriday = observesGoodFriday
        self.addedHolidays = addedHolidays
        self.otherDaysOff = otherDaysOff
    }

    /// The name of the public holiday on `date`, in French.
    public func holidayName(of date: CivilDate) -> String? {
        PublicHolidays.name(of: date, zone: zone, goodFriday: observesGoodFriday) ?? addedHolidays[date]
    }

    /// Whether `date` is a public holiday, or one of the other days off.
    public func isHoliday(_ date: CivilDate) -> Bool {
        holidayName(of: date) != nil || otherDaysOff.contains(date)
    }

    /// Whether `date` is a worked day (jour ouvré): Monday to Friday, no holiday.
    public func isWorked(_ date: CivilDate) -> Bool {
        !date.isWeekend && !isHoliday(date)
    }

    /// Whether `date` is a workable day (jour ouvrable): Monday to Saturday, no holiday.
    public func isWorkable(_ date: CivilDate) -> Bool {
        date.weekday != .sunday && !isHoliday(date)
    }

    /// `date`, or the first worked day after it.
    public func workedDay(onOrAfter date: CivilDate) -> CivilDate {
        first(from: date, step: 1, where: isWorked)
    }

    /// `date`, or the last worked day before it.
    public func workedDay(onOrBefore date: CivilDate) -> CivilDate {
        first(from: date, step: -1, where: isWorked)
    }

    /// The day that is `count` worked days (jours ouvrés) after `date`, or before it if `count` is negative.
    public func adding(workedDays count: Int, to date: CivilDate) -> CivilDate {
        adding(count, to: date, where: isWorked)
    }

    /// The day that is `count` workable days (jours ouvrables) after `date`, or before it if `count` is negative.
    public func adding(workableDays count: Int, to date: CivilDate) -> CivilDate {
        adding(count, to: date, where: isWorkable)
    }

    /// The end of a time limit whose last day is `date`: a limit that would end on a Saturday, a Sunday or a public
    /// holiday ends on the next working day.
    ///
    /// Only for acts before a court, and administrative appeals that preserve them: Code de procédure civile 642 al. 2,
    /// applied by the administrative courts (CE 19 September 2014 n° 362568). An office's other days off do not count.
    public func extended(_ date: CivilDate) -> CivilDate {
        first(from: date, step: 1) { !$0.isWeekend && holidayName(of: $0) == nil }
    }

    /// How far a search for a day goes: no run of days off lasts longer unless somebody configures one.
    private static let furthest = 400

    private func first(from date: CivilDate, step: Int, where holds: (CivilDate) -> Bool) -> CivilDate {
        var day = date
        var steps = 0
        while steps < Self.furthest, !holds(day) {
            day = day + step
            steps += 1
        }
        return day
    }

    private func adding(_ count: Int, to date: CivilDate, where counts: (CivilDate) -> Bool) -> CivilDate {
        let step = count < 0 ? -1 : 1
        var day = date
        for _ in 0..<min(abs(count), 10_000) { day = first(from: day + step, step: step, where: counts) }
        return day
    }
}

extension CivilDate {
    /// Whether it is a Saturday or a Sunday.
    public var isWeekend: Bool {
        switch weekday {
        case .saturday, .sunday: true
        default: false
        }
    }
}
