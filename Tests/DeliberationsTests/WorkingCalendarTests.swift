import Deliberations
import Testing

@Suite("Working calendar")
struct WorkingCalendarTests {
    /// 2,000 random days of random zones, the same in every run.
    private static let samples: [(CivilDate, WorkingCalendar)] = {
        var generator = SeededGenerator(seed: 20_240_926)
        return (0..<2_000).map { _ in
            let date = CivilDate(daysSince1970: Int.random(in: 5_000...40_000, using: &generator))
            let zone = HolidayZone.allCases.randomElement(using: &generator) ?? .metropole
            return (date, WorkingCalendar(zone: zone, observesGoodFriday: Bool.random(using: &generator)))
        }
    }()

    @Test("An extended limit ends on a working day, as late as needed and no later")
    func extensions() {
        for (date, calendar) in Self.samples {
            let extended = calendar.extended(date)
            #expect(extended >= date && calendar.isWorked(extended))
            #expect((0..<(extended - date)).allSatisfy { !calendar.isWorked(date + $0) })
        }
    }

    @Test("A clear limit ends the day after the ordinary one, whatever its length")
    func francIsOrdinaryPlusOne() {
        var generator = SeededGenerator(seed: 1)
        for (date, _) in Self.samples {
            let (months, days) = (Int.random(in: 0...40, using: &generator), Int.random(in: 0...90, using: &generator))
            let ordinary = TimeLimit.ordinary(from: date, months: months, days: days)
            #expect(TimeLimit.franc(from: date, months: months, days: days) == ordinary + 1)
        }
    }

    @Test("Adding months keeps the day of the month or takes the last one, and goes forward with the months")
    func addingMonths() {
        for (date, _) in Self.samples {
            for months in -30...30 {
                let moved = date.adding(months: months)
                let (year, month, day) = moved.components
                let (oldYear, oldMonth, oldDay) = date.components
                #expect((year - oldYear) * 12 + month - oldMonth == months)
                #expect(day == min(oldDay, CivilDate.numberOfDays(inMonth: month, of: year)))
                #expect(months == -30 || date.adding(months: months - 1) < moved)
            }
        }
    }

    @Test("Counting clear days backwards and forwards agree")
    func backwards() {
        var generator = SeededGenerator(seed: 2)
        for (date, _) in Self.samples {
            let count = Int.random(in: 0...30, using: &generator)
            let latest = TimeLimit.latestDay(before: date, clearDays: count)
            #expect(TimeLimit.clearDays(between: latest, and: date) == count)
            #expect(TimeLimit.franc(from: latest, days: count) == date)
            #expect(TimeLimit.latestDay(before: date, plainDays: count) == latest + 1)
        }
    }

    @Test("Worked days before and after are the nearest ones")
    func nearestWorkedDays() {
        for (date, calendar) in Self.samples {
            let (before, after) = (calendar.workedDay(onOrBefore: date), calendar.workedDay(onOrAfter: date))
            #expect(calendar.isWorked(before) && calendar.isWorked(after) && before <= date && date <= after)
            #expect((before == date) == calendar.isWorked(date))
            #expect((1..<max(1, after - before)).allSatisfy { !calendar.isWorked(before + $0) })
        }
    }

    @Test("Adding worked or workable days counts exactly those days, both ways")
    func addingDays() {
        var generator = SeededGenerator(seed: 3)
        for (date, calendar) in Self.samples.prefix(400) {
            let count = Int.random(in: 1...40, using: &generator)
            let later = calendar.adding(workedDays: count, to: date)
            #expect((1...(later - date)).filter { calendar.isWorked(date + $0) }.count == count)
            let workable = calendar.adding(workableDays: count, to: date)
            #expect((1...(workable - date)).filter { calendar.isWorkable(date + $0) }.count == count)
            #expect(workable <= later)
            let start = calendar.workedDay(onOrAfter: date)
            let back = calendar.adding(workedDays: -count, to: calendar.adding(workedDays: count, to: start))
            #expect(back == start)
        }
    }

    @Test("Saturday is workable and not worked; Sunday and a holiday are neither")
    func workable() throws {
        let calendar = WorkingCalendar()
        let saturday = try day("2024-10-26")
        #expect(calendar.isWorkable(saturday) && !calendar.isWorked(saturday))
        #expect(!calendar.isWorkable(saturday + 1) && !calendar.isWorked(saturday + 1))
        let labourDay = try day("2025-05-01")
        #expect(!calendar.isWorkable(labourDay) && calendar.holidayName(of: labourDay) == "1er mai")
    }

    @Test("An office's own day off moves reminders and not the limits of the law")
    func otherDaysOff() throws {
        let friday = try day("2025-05-02")
        let calendar = WorkingCalendar(otherDaysOff: [friday])
        #expect(calendar.workedDay(onOrAfter: friday) == friday + 3)
        #expect(calendar.extended(friday) == friday)
    }
}
