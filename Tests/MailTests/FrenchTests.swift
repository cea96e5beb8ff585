import Testing

@testable import Mail

@Suite struct FrenchTests {
    @Test(
        "Composed sentences get no-break spaces and typographic apostrophes",
        arguments: [
            ("Vote : oui", "Vote\u{A0}: oui"), ("quoi ? non ! si ;", "quoi\u{202F}? non\u{202F}! si\u{202F};"),
            ("« l'an »", "«\u{A0}l’an\u{A0}»"), ("65 000 €", "65\u{A0}000\u{A0}€"), ("20 %", "20\u{A0}%"),
            ("à 18:30, https://a.example/b", "à 18:30, https://a.example/b"), ("n° 12", "n°\u{A0}12"),
            ("'a' l'b", "'a' l’b"),
        ])
    func polishes(_ raw: String, _ polished: String) {
        #expect(FrenchTypography.polished(raw) == polished)
    }

    @Test(
        "Numbers are grouped by three",
        arguments: [(0, "0"), (999, "999"), (65_000, "65\u{202F}000"), (-1_234_567, "−1\u{202F}234\u{202F}567")])
    func groups(_ value: Int, _ text: String) {
        #expect(FrenchTypography.number(value) == text)
    }

    @Test("Dates carry their weekday, and the first of a month is 1er")
    func writesDates() throws {
        #expect(try CalendarDay(year: 2025, month: 4, day: 30).frenchLong == "mercredi 30\u{A0}avril 2025")
        #expect(try CalendarDay(year: 2025, month: 5, day: 1).frenchLong == "jeudi 1er\u{A0}mai 2025")
        #expect(try CalendarDay(year: 2024, month: 12, day: 8).frenchShort == "08/12/2024")
    }

    @Test(
        "Steps have the words that staff use",
        arguments: [
            (ReminderStep.daysBefore(60), "J-60"), (.daysBefore(1), "J-1"), (.daysBefore(0), "Jour J"),
            (.overdue(days: 1), "Échéance dépassée de 1\u{A0}jour"),
            (.overdue(days: 3), "Échéance dépassée de 3\u{A0}jours"), (.notReceived(days: 1), "Pièce non reçue"),
            (.waiting, "Date à compléter"),
        ])
    func namesSteps(_ step: ReminderStep, _ label: String) {
        #expect(step.label == label)
    }

    @Test(
        "Long lines are wrapped under their mark, no-break spaces hold and links stay whole",
        arguments: [
            (String(repeating: "mot ", count: 30), 2, ""), ("- " + String(repeating: "mot ", count: 30), 2, "  "),
            ("12. " + String(repeating: "mot ", count: 30), 2, "    "),
            ("   > " + String(repeating: "mot ", count: 30), 2, "   > "),
            (String(repeating: "mot\u{A0}", count: 30), 1, ""), ("mailto:" + String(repeating: "x", count: 200), 1, ""),
        ])
    func wraps(_ text: String, _ lineCount: Int, _ indent: String) {
        let lines = TextLayout.wrapped(text).split(separator: "\n")
        #expect(lines.count == lineCount)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(indent + "mot") })
        #expect(lineCount == 1 || lines.allSatisfy { $0.count <= TextLayout.columns })
    }

    @Test("Cutting a long subject keeps whole words")
    func shortens() {
        #expect("Soutien au programme, et suite".shortened(to: 24) == "Soutien au programme…")
        #expect("court".shortened(to: 5) == "court")
        #expect(String(repeating: "x", count: 50).shortened(to: 10) == "xxxxxxxxx…")
    }
}
