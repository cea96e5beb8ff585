import Deliberations
import Testing

@Suite("French dates")
struct FrenchDateTests {
    @Test(
        "A written date is read",
        arguments: [
            ("jeudi 26 septembre 2024", "2024-09-26", Weekday.thursday), ("26 septembre 2024", "2024-09-26", nil),
            ("1er octobre 2024", "2024-10-01", nil), ("Mercredi 30 Avril 2025", "2025-04-30", .wednesday),
            ("26/09/2024", "2024-09-26", nil), ("26.09.24", "2024-09-26", nil), ("2024-09-26", "2024-09-26", nil),
            ("le 3 août 2021", "2021-08-03", nil), ("3 AOUT 2021", "2021-08-03", nil),
            ("29 février 2024", "2024-02-29", nil), ("lundi le 5 décembre 2022", "2022-12-05", .monday),
            ("jeudi 30 avril 2025", "2025-04-30", .thursday), ("1ER JANVIER 1999", "1999-01-01", nil),
        ])
    func reading(text: String, date: String, weekday: Weekday?) throws {
        let read = try #require(FrenchDateText(text))
        #expect(read.date == (try day(date)))
        #expect(read.weekday == weekday)
    }

    @Test(
        "What is no date is not read",
        arguments: [
            "", "jeudi", "septembre 2024", "29 février 2023", "31/04/2024", "32/01/2024", "0/1/2024", "12/13/2024",
            "26 septembre", "le 26 du mois", "26 septembre 124", "99999999999999999999 mai 2024", "1 2 3 4",
        ])
    func notReading(text: String) {
        #expect(FrenchDateText(text) == nil)
    }

    @Test("A month without a day gives its last day")
    func months() throws {
        #expect(FrenchMonthText("Septembre 2024")?.lastDay == (try day("2024-09-30")))
        #expect(FrenchMonthText("fin février 2024")?.lastDay == (try day("2024-02-29")))
        #expect(FrenchMonthText("26 septembre 2024") == nil)
        #expect(FrenchMonthText("printemps 2024") == nil)
    }

    @Test("A date is written as the French write it, and read back")
    func writing() throws {
        let date = try day("2024-10-01")
        #expect(date.frenchDigits == "01/10/2024")
        #expect(date.frenchWords == "1er octobre 2024")
        #expect(date.frenchDigitsWithWeekday == "mardi 01/10/2024")
        #expect(date.frenchWordsWithWeekday == "mardi 1er octobre 2024")
        for offset in 0..<800 {
            let other = date + offset
            #expect(FrenchDateText(other.frenchWordsWithWeekday)?.date == other)
            #expect(FrenchDateText(other.frenchWordsWithWeekday)?.weekday == other.weekday)
            #expect(FrenchDateText(other.frenchDigits)?.date == other)
        }
    }
}
