import Deliberations
import ReferenceTables
import Testing

/// A date known to be one.
func day(_ text: String) throws -> CivilDate { try #require(CivilDate(jsonString: text), "\(text)") }

@Suite("Time limits")
struct TimeLimitTests {
    /// Start, day before extension, end of two clear months.
    private static let courtPeriods: [(String, String, String, HolidayZone)] = [
        ("2024-10-07", "2024-12-08", "2024-12-09", .metropole),  // ends on a Sunday
        ("2023-10-30", "2023-12-31", "2024-01-02", .metropole),  // Sunday, then New Year's Day
        ("2023-12-31", "2024-03-01", "2024-03-01", .metropole),  // clipped to 29 February
        ("2022-12-31", "2023-03-01", "2023-03-01", .metropole),  // clipped to 28 February
        ("2022-12-29", "2023-03-01", "2023-03-01", .metropole),  // clipped; another reading gives 28 February
        ("2024-03-07", "2024-05-08", "2024-05-10", .metropole),  // 8 May, then Ascension
        ("2021-10-31", "2022-01-01", "2022-01-03", .metropole),  // a holiday on a Saturday
        ("2025-02-20", "2025-04-21", "2025-04-22", .metropole),  // Easter Monday
        ("2025-03-31", "2025-06-01", "2025-06-02", .metropole),
        ("2025-04-08", "2025-06-09", "2025-06-10", .metropole),  // Whit Monday
        ("2026-05-13", "2026-07-14", "2026-07-15", .metropole),
        ("2026-06-14", "2026-08-15", "2026-08-17", .metropole),
        ("2026-08-31", "2026-11-01", "2026-11-02", .metropole),
        ("2027-09-10", "2027-11-11", "2027-11-12", .metropole),
        ("2025-10-24", "2025-12-25", "2025-12-26", .metropole),
        ("2025-10-24", "2025-12-25", "2025-12-29", .alsaceMoselle),  // 26 December is a holiday there
        ("2026-02-02", "2026-04-03", "2026-04-03", .metropole),  // Good Friday is worked
        ("2026-02-02", "2026-04-03", "2026-04-07", .alsaceMoselle),  // Good Friday to Easter Monday
        ("2024-10-19", "2024-12-20", "2024-12-20", .metropole),
        ("2024-10-19", "2024-12-20", "2024-12-23", .laReunion),
        ("2020-07-10", "2020-09-11", "2020-09-11", .metropole),
        ("2027-12-31", "2028-03-01", "2028-03-01", .metropole),
        ("2024-09-26", "2024-11-27", "2024-11-27", .metropole),
    ]

    @Test("Two clear months end where the courts say, extended to a working day", arguments: courtPeriods)
    func courtPeriod(start: String, raw: String, due: String, zone: HolidayZone) throws {
        let end = TimeLimit.franc(from: try day(start), months: 2)
        #expect(end == (try day(raw)))
        #expect(WorkingCalendar(zone: zone).extended(end) == (try day(due)))
    }

    @Test(
        "Ordinary limits keep the day of the month, or take its last, and are not extended",
        arguments: [
            ("2024-12-31", 6, 0, "2025-06-30"), ("2025-06-30", 6, 0, "2025-12-30"), ("2024-11-30", 3, 0, "2025-02-28"),
            ("2024-09-26", 0, 7, "2024-10-03"), ("2024-09-26", 1, 0, "2024-10-26"), ("2024-12-30", 0, 15, "2025-01-14"),
            ("2024-10-07", 0, 60, "2024-12-06"), ("2024-09-26", 4, 0, "2025-01-26"), ("2025-01-31", 1, 0, "2025-02-28"),
            ("2024-02-29", 120, 0, "2034-02-28"), ("2025-04-30", 120, 0, "2035-04-30"),
            ("2024-10-15", 36, 0, "2027-10-15"), ("2024-02-29", 36, 0, "2027-02-28"),
            ("2024-01-30", 1, 2, "2024-03-02"),
        ])
    func ordinary(start: String, months: Int, days: Int, due: String) throws {
        #expect(TimeLimit.ordinary(from: try day(start), months: months, days: days) == (try day(due)))
    }

    @Test(
        "Clear days are counted backwards without either end",
        arguments: [
            ("2024-09-26", 5, "2024-09-20"), ("2024-09-26", 3, "2024-09-22"), ("2025-04-22", 5, "2025-04-16"),
            ("2024-03-04", 5, "2024-02-27"), ("2024-01-03", 1, "2024-01-01"), ("2026-05-05", 3, "2026-05-01"),
        ])
    func convocation(session: String, clearDays: Int, latest: String) throws {
        let last = TimeLimit.latestDay(before: try day(session), clearDays: clearDays)
        #expect(last == (try day(latest)))
        #expect(TimeLimit.clearDays(between: last, and: try day(session)) == clearDays)
        #expect(TimeLimit.clearDays(between: last + 1, and: try day(session)) < clearDays)
    }

    @Test("400 limits from month ends, year ends and leap days end where an independent program says")
    func cases() throws {
        let cases = TimeLimitCases.text.split(whereSeparator: { $0 == ";" || $0.isNewline })
        #expect(cases.count == 400)
        for text in cases {
            let numbers = text.split(separator: " ").compactMap { Int($0) }
            try #require(numbers.count == 7)
            func date(_ number: Int) throws -> CivilDate {
                try #require(CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100))
            }
            let zone = try #require(HolidayZone(rawValue: TimeLimitCases.zones[numbers[3]]))
            let start = try date(numbers[0])
            let (months, days) = (numbers[1], numbers[2])
            let franc = TimeLimit.franc(from: start, months: months, days: days)
            #expect(TimeLimit.ordinary(from: start, months: months, days: days) == (try date(numbers[4])), "\(text)")
            #expect(franc == (try date(numbers[5])), "\(text)")
            #expect(WorkingCalendar(zone: zone).extended(franc) == (try date(numbers[6])), "\(text)")
        }
    }

    @Test(
        "The reference's vectors of deadlines hold",
        .enabled(if: SharedTable.isPresent, "\(SharedTable.absence)"))
    func referenceDeadlines() throws {
        let rows = try #require(SharedTable.rows("deadline-vectors.csv"))
        #expect(rows.count >= 36)
        for row in rows {
            let numbers = row[3].split(separator: " ").compactMap { Int($0) }
            let isFranc = row[3].contains("francs")
            let days = isFranc ? 0 : numbers[1]
            let ordinary = TimeLimit.ordinary(from: try day(row[2]), months: numbers[0], days: days)
            let raw = isFranc ? ordinary + 1 : ordinary
            let zone = try #require(HolidayZone(rawValue: row[8]))
            let due = isFranc ? WorkingCalendar(zone: zone).extended(raw) : raw
            #expect(raw == (try day(row[4])) && raw.weekday.rawValue == row[5], "\(row)")
            #expect(due == (try day(row[6])) && due.weekday.rawValue == row[7], "\(row)")
        }
    }

    @Test(
        "The reference's vectors of convocations hold",
        .enabled(if: SharedTable.isPresent, "\(SharedTable.absence)"))
    func referenceConvocations() throws {
        for row in try #require(SharedTable.rows("convocation-vectors.csv")) {
            let clearDays = try #require(Int(row[3]))
            let latest = TimeLimit.latestDay(before: try day(row[1]), clearDays: clearDays)
            #expect(latest == (try day(row[4])) && latest.weekday.rawValue == row[5], "\(row)")
        }
    }

    @Test("No count that a text can hold overflows")
    func absurdCounts() throws {
        let start = try day("2024-02-29")
        #expect(start.adding(months: .max).year == 9999)
        #expect(start.adding(months: .min).year == 1)
        #expect(TimeLimit.franc(from: start, months: .max, days: .max) > start)
        #expect(TimeLimit.latestDay(before: start, clearDays: .max) < start)
    }
}
