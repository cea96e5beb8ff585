import Deliberations
import ReferenceTables
import Testing

@Suite("Public holidays")
struct PublicHolidaysTests {
    private static let metropole = [
        2020: "01-01 04-13 05-01 05-08 05-21 06-01 07-14 08-15 11-01 11-11 12-25",
        2021: "01-01 04-05 05-01 05-08 05-13 05-24 07-14 08-15 11-01 11-11 12-25",
        2022: "01-01 04-18 05-01 05-08 05-26 06-06 07-14 08-15 11-01 11-11 12-25",
        2023: "01-01 04-10 05-01 05-08 05-18 05-29 07-14 08-15 11-01 11-11 12-25",
        2024: "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25",
        2025: "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25",
        2026: "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25",
        2027: "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25",
        2028: "01-01 04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 11-11 12-25",
    ]

    private static let goodFridays = [
        2020: "04-10", 2021: "04-02", 2022: "04-15", 2023: "04-07", 2024: "03-29", 2025: "04-18", 2026: "04-03",
        2027: "03-26", 2028: "04-14",
    ]

    private static let overseas: [(HolidayZone, String)] = [
        (.guadeloupe, "05-27"), (.guyane, "06-10"), (.laReunion, "12-20"), (.martinique, "05-22"),
        (.mayotte, "04-27"), (.saintBarthelemy, "10-09"), (.saintMartin, "05-28"),
    ]

    @Test("Every zone has the holidays of the calendar from 2020 to 2028", arguments: 2020...2028)
    func table(year: Int) throws {
        let national = try #require(Self.metropole[year]).split(separator: " ").map { "\(year)-\($0)" }
        let goodFriday = try #require(Self.goodFridays[year])
        #expect(PublicHolidays.days(of: year, zone: .metropole).map(\.description) == national)
        let alsace = (national + ["\(year)-\(goodFriday)", "\(year)-12-26"]).sorted()
        #expect(PublicHolidays.days(of: year, zone: .alsaceMoselle).map(\.description) == alsace)
        for (zone, day) in Self.overseas {
            let expected = (national + ["\(year)-\(day)"]).sorted()
            #expect(PublicHolidays.days(of: year, zone: zone).map(\.description) == expected)
        }
    }

    @Test("The reference's table of holidays holds", .enabled(if: SharedTable.isPresent, "\(SharedTable.absence)"))
    func reference() throws {
        var rows: [String: [String]] = [:]
        for row in try #require(SharedTable.rows("holidays.csv")) {
            let date = try #require(CivilDate(jsonString: row[1]))
            #expect(date.weekday.rawValue == row[2])
            rows["\(row[0]) \(date.year)", default: []].append(row[1])
        }
        #expect(rows.count == 81)
        for (key, days) in rows {
            let parts = key.split(separator: " ")
            let zone = try #require(HolidayZone(rawValue: String(parts[0])))
            let year = try #require(Int(parts[1]))
            #expect(PublicHolidays.days(of: year, zone: zone).map(\.description) == days)
        }
    }

    @Test(
        "Easter falls on the known Sundays",
        arguments: [
            "1583-04-10", "1700-04-11", "1818-03-22", "1900-04-15", "1943-04-25", "1961-04-02", "2000-04-23",
            "2008-03-23", "2016-03-27", "2019-04-21", "2038-04-25", "2049-04-18", "2100-03-28", "2285-03-22",
        ])
    func easter(day: String) throws {
        let date = try #require(CivilDate(jsonString: day))
        #expect(PublicHolidays.easterSunday(of: date.year) == date)
    }

    @Test("Easter is a Sunday between 22 March and 25 April in every year")
    func easterBounds() throws {
        for year in 1583...9999 {
            let easter = PublicHolidays.easterSunday(of: year)
            let first = try #require(CivilDate(year: year, month: 3, day: 22))
            #expect(easter.weekday == .sunday && easter >= first && easter - first <= 34)
        }
    }

    @Test("A day's name says whether it is in the list of its year")
    func namesAndLists() throws {
        let start = try #require(CivilDate(year: 2015, month: 1, day: 1))
        for zone in HolidayZone.allCases {
            let days = Set((2015...2030).flatMap { PublicHolidays.days(of: $0, zone: zone) })
            for offset in 0..<(15 * 365) {
                let date = start + offset
                #expect(days.contains(date) == (PublicHolidays.name(of: date, zone: zone) != nil), "\(date) \(zone)")
            }
        }
    }

    @Test("Good Friday counts only where it is observed, and Ascension on 1 May is one holiday")
    func particulars() throws {
        let goodFriday = try #require(CivilDate(jsonString: "2026-04-03"))
        #expect(PublicHolidays.name(of: goodFriday, zone: .alsaceMoselle) == "Vendredi saint")
        #expect(PublicHolidays.name(of: goodFriday, zone: .alsaceMoselle, goodFriday: false) == nil)
        #expect(PublicHolidays.name(of: goodFriday, zone: .metropole) == nil)
        #expect(PublicHolidays.days(of: 2008, zone: .metropole).count == 10)
        #expect(PublicHolidays.days(of: 2017, zone: .saintMartin).contains { $0.month == 5 && $0.day == 27 })
    }

    @Test(
        "A department and a court tell the zone",
        arguments: [
            ("25", HolidayZone.metropole), ("2A", .metropole), ("67", .alsaceMoselle), ("57", .alsaceMoselle),
            ("974", .laReunion), ("976", .mayotte), ("973", .guyane), ("975", .metropole),
        ])
    func departments(code: String, zone: HolidayZone) {
        #expect(HolidayZone(department: code) == zone)
        #expect(HolidayZone(court: "Tribunal administratif de Strasbourg") == .alsaceMoselle)
        #expect(HolidayZone(court: "Tribunal administratif de Valmont") == nil)
    }
}
