import CodecTestSupport
import Deliberations
import Testing

@Suite("CivilDate")
struct CivilDateTests {
    /// The next day as a child learns it: the months' lengths by the old rhyme, counted one day after the other.
    private struct Counter {
        var (year, month, day) = (1, 1, 1)

        private var lengthOfMonth: Int {
            let isLeap = year.isMultiple(of: 400) || year.isMultiple(of: 4) && !year.isMultiple(of: 100)
            return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        }

        mutating func advance() {
            day += 1
            if day > lengthOfMonth { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test("Every day of the years 1 to 9999 has its number, components and weekday")
    func wholeRange() {
        var counter = Counter()
        var mistakes = 0
        // 0001-01-01 was a Monday in the proleptic Gregorian calendar, 719,162 days before 1970.
        for number in -719_162...2_932_896 {
            let date = CivilDate(daysSince1970: number)
            let parts = date.components
            let isRight =
                parts.year == counter.year && parts.month == counter.month && parts.day == counter.day
                && CivilDate(year: counter.year, month: counter.month, day: counter.day) == date
            let weekday = (number + 719_162) % 7
            if !isRight || date.weekday != Weekday.allCases[weekday] { mistakes += 1 }
            counter.advance()
        }
        #expect(mistakes == 0)
        #expect(counter.year == 10_000 && counter.month == 1 && counter.day == 1)
    }

    @Test(
        "Known days have their weekday",
        arguments: [
            ("1789-07-14", Weekday.tuesday), ("1970-01-01", .thursday), ("2000-02-29", .tuesday),
            ("2024-09-26", .thursday), ("0001-01-01", .monday), ("9999-12-31", .friday),
        ])
    func weekdays(text: String, weekday: Weekday) throws {
        let date = try #require(CivilDate(jsonString: text))
        #expect(date.weekday == weekday)
        #expect(date.jsonString == text)
    }

    @Test(
        "What is no day is refused",
        arguments: [
            "", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-01-00",
            "2024-01-32", "0000-01-01", "10000-01-01", "2024-1-01", "2024-01-1", "24-01-01", "2024/01/01",
            "2024-01-01 ",
            " 2024-01-01", "+024-01-01", "-024-01-01", "2024-+1-01", "２０２4-01", "2024-01-01T00:00", "2024--1-01",
        ])
    func refused(_ text: String) {
        #expect(CivilDate(jsonString: text) == nil)
    }

    @Test("Counting days stops at the first and the last day and never overflows")
    func bounds() throws {
        let last = try #require(CivilDate(year: 9_999, month: 12, day: 31))
        let first = try #require(CivilDate(year: 1, month: 1, day: 1))
        for days in [1, 40_000_000, Int.max] {
            #expect(last + days == last)
            #expect(last - (-days) == last)
            #expect(first - days == first)
            #expect(first + (-days) == first)
        }
        #expect(first + Int.min == first && last - Int.min == last)
        #expect(CivilDate(daysSince1970: .max) == last && CivilDate(daysSince1970: .min) == first)
        #expect(last - first == 3_652_058)
    }

    @Test(
        "A month has as many days as it has",
        arguments: [(2, 2024, 29), (2, 2023, 28), (2, 1900, 28), (4, 2024, 30), (12, 2024, 31)])
    func lengths(month: Int, year: Int, days: Int) {
        #expect(CivilDate.numberOfDays(inMonth: month, of: year) == days)
    }
}

@Suite("TimeOfDay")
struct TimeOfDayTests {
    @Test("Every minute of the day is written and read")
    func allMinutes() throws {
        for hour in 0..<24 {
            for minute in 0..<60 {
                let time = try #require(TimeOfDay(hour: hour, minute: minute))
                #expect(time.minutes == hour * 60 + minute)
                #expect(TimeOfDay(jsonString: time.jsonString) == time)
            }
        }
        #expect(TimeOfDay(hour: 9, minute: 5)?.jsonString == "09:05")
    }

    @Test(
        "What is no time is refused",
        arguments: [
            "", "24:00", "12:60", "1:05", "001:5", "1:005", ":1:05", "1::05", "12:3:", "+1:02", "-0:00", "12:+3",
            "12.30",
            "12h30", "12:30 ", "12:30:00", "１2:3", "99:99",
        ])
    func refused(_ text: String) {
        #expect(TimeOfDay(jsonString: text) == nil)
    }

    @Test("There is no hour 24 and no minute 60")
    func components() {
        #expect(TimeOfDay(hour: 24, minute: 0) == nil && TimeOfDay(hour: 0, minute: 60) == nil)
        #expect(TimeOfDay(hour: -1, minute: 0) == nil && TimeOfDay(hour: 0, minute: -1) == nil)
    }
}
