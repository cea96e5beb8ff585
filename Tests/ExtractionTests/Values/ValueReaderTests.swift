import Deliberations
import Testing

@testable import Extraction

@Suite("Values")
struct ValueReaderTests {
    private func text(_ string: String) -> NormalizedText { NormalizedText(Array(string.utf8)) }

    @Test(
        "Dates are read in all their forms",
        arguments: [
            ("jeudi 26 septembre 2024", "2024-09-26"), ("26 septembre 2024", "2024-09-26"),
            ("1er octobre 2024", "2024-10-01"),
            ("26/09/2024", "2024-09-26"), ("26.09.24", "2024-09-26"), ("2024-09-26", "2024-09-26"),
            ("02/ 02/2023", "2023-02-02"),
            ("L’an deux mil vingt-trois, le sept février", "2023-02-07"),
            ("L'An Deux-Mil-Vingt-Cing, le Huit du mois d’Avril", "2025-04-08"),
            ("L’an 2023, le 29 mars", "2023-03-29"), ("le vingt trois Juillet deux mille vingt", "2020-07-23"),
            ("vingt et un mai deux mille dix-neuf", "2019-05-21"), ("lundi 03/02/2031", "2031-02-03"),
            ("5 janv. 2030", "2030-01-05"),
            ("premier décembre deux mille vingt-deux", "2022-12-01"),
            ("L’an deux mille trente et un, le lundi trente janvier", "2031-01-30"),
        ])
    func dates(written: String, expected: String) throws {
        let text = text(written)
        let reading = try #require(DateReader.leading(in: text.whole, of: text))
        #expect(reading.date?.description == expected)
        #expect(reading.range.upperBound == text.count)
    }

    @Test(
        "What is no date is not read as one",
        arguments: [
            "31/02/2024", "32 mars 2024", "n° 13-02", "1/5", "04-75-25-43-82", "12 membres", "2024", "mardi prochain",
            "13/14/2024",
        ])
    func noDates(written: String) {
        let text = text(written)
        #expect(DateReader.first(in: text.whole, of: text)?.date == nil)
    }

    @Test("The weekday is kept, and a date without a year says so")
    func dateParts() throws {
        let monday = text("le lundi 3 mars")
        let reading = try #require(DateReader.leading(in: monday.whole, of: monday))
        #expect(reading.weekday == .monday && reading.year == nil && reading.date == nil)
        #expect(reading.date(inYear: 2031)?.description == "2031-03-03")
    }

    @Test("A scanner's digit in place of a slash leaves one reading")
    func stampedDate() {
        let damaged = text("21/1212022")
        #expect(DateReader.stamped(in: damaged.whole, of: damaged)?.date?.description == "2022-12-21")
        let lost = text("2111212022")
        #expect(DateReader.stamped(in: lost.whole, of: lost) == nil)
    }

    @Test(
        "Times are read in all their forms",
        arguments: [
            ("18h00", "18:00"), ("18 h", "18:00"), ("18:05", "18:05"), ("21h31", "21:31"), ("18 heures 30", "18:30"),
            ("20H50", "20:50"),
            ("dix-neuf heures", "19:00"), ("dix-huit heures trente", "18:30"), ("17 h 35", "17:35"),
            ("19 h en", "19:00"),
        ])
    func times(written: String, expected: String) {
        #expect(TimeReader.read(at: 0, in: text(written))?.time.description == expected)
    }

    @Test("What is no time is not read as one", arguments: ["25h00", "18 habitants", "12", "18:75", "100 heures"])
    func noTimes(written: String) {
        #expect(TimeReader.read(at: 0, in: text(written)) == nil)
    }

    @Test(
        "Amounts are read in all typographies",
        arguments: [
            ("65 000 €", 6_500_000), ("65\u{A0}000,50\u{202F}€", 6_500_050), ("65 k€", 6_500_000), ("65 K€", 6_500_000),
            ("2.500.000,00 EUR", 250_000_000), ("2,5 M€", 250_000_000), ("1603,55€", 160_355),
            ("9 625 001,74 € HT", 962_500_174),
            ("198 765 492.07 euros", 19_876_549_207), ("135.186,30 €", 13_518_630), ("163 000.00 € HT", 16_300_000),
            ("1.000 €", 100_000),
            ("65000 euros", 6_500_000), ("1,2 million d’euros", 120_000_000), ("3 milliers d'euros", 300_000),
            ("228KE ", 22_800_000),
            ("soixante-cinq mille euros", 6_500_000), ("deux millions cinq cent mille euros", 250_000_000),
            ("un euro", 100),
            ("1,250 M€", 125_000_000), ("1,2 Md€", 120_000_000_000), ("3 Md€ HT", 300_000_000_000),
        ])
    func amounts(written: String, cents: Int) {
        let reading = AmountReader.read(at: 0, in: text(written))
        #expect(reading?.money?.cents == cents)
        #expect(reading?.hasUnit == true)
    }

    @Test("Tax is kept; an amount that two readings fit is none")
    func amountParts() {
        #expect(AmountReader.read(at: 0, in: text("12 € HT"))?.money?.tax == .excluded)
        #expect(AmountReader.read(at: 0, in: text("130 000 € TTC"))?.money?.tax == .included)
        #expect(AmountReader.read(at: 0, in: text("1,250 €"))?.money == nil)
        #expect(AmountReader.read(at: 0, in: text("1.250 M€"))?.money == nil)
        #expect(AmountReader.read(at: 0, in: text("7500"))?.hasUnit == false)
        #expect(AmountReader.read(at: 5, in: text("2024 500 €"))?.money?.cents == 50_000)
    }

    @Test(
        "Number words are read",
        arguments: [
            ("zéro", 0), ("un", 1), ("vingt et un", 21), ("vingt-et-une", 21), ("soixante-dix-sept", 77),
            ("soixante et onze", 71),
            ("quatre-vingts", 80), ("quatre-vingt-dix-neuf", 99), ("cent un", 101), ("deux cent trente", 230),
            ("mille neuf cents", 1_900),
            ("deux mil vingt-quatre", 2_024), ("dix-sept", 17), ("un million", 1_000_000), ("101", 101),
        ])
    func numbers(written: String, expected: Int) {
        let text = text(written)
        let reading = NumberReader.read(at: 0, in: text)
        #expect(reading?.value == expected)
        #expect(reading?.range.upperBound == text.count)
    }

    @Test("A number in words ends where another begins")
    func twoNumbers() {
        #expect(NumberReader.words(at: 0, in: text("deux trois"))?.value == 2)
        #expect(NumberReader.words(at: 0, in: text("trente quarante"))?.value == 30)
    }
}
