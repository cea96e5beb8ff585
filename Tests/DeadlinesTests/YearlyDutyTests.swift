import Deliberations
import Testing

@testable import Deadlines

@Suite("Yearly duties")
struct YearlyDutyTests {
    private let act = FictionalAct()

    private static func date(_ text: String) -> CivilDate {
        CivilDate(jsonString: text) ?? CivilDate(daysSince1970: 0)
    }

    /// The days of a yearly duty of the convention, as the document is read on a day.
    private func deadlines(
        readOn today: String = "2024-10-08", _ due: Due = .every(month: 6, day: 30), kind: Obligation.Kind = .report,
        _ change: (inout Extract) -> Void = { _ in }
    ) -> [Deadline] {
        var extract = act.extract
        var duty = Obligation(id: "o", kind: kind, what: "remettre le bilan", due: due)
        duty.convention = 0
        duty.debtor = "L'Atelier des Lumières"
        extract.obligations = [duty]
        change(&extract)
        let found = DeadlineComputer(today: Self.date(today)).deadlines(of: extract, text: act.text).deadlines
        return found.filter { $0.how.hasPrefix("chaque année") }
    }

    private func years(_ deadlines: [Deadline]) -> [Int] { deadlines.compactMap(\.due?.year) }

    @Test("Every occurrence until the end of the convention is stated, each under its own id")
    func untilTheEnd() {
        let found = deadlines { $0.conventions?[0].endsOn = Self.date("2028-12-31") }
        #expect(found.map { $0.due?.description } == ["2025-06-30", "2026-06-30", "2027-06-30", "2028-06-30"])
        #expect(Set(found.map(\.id)).count == 4 && found.allSatisfy { $0.state == .scheduled })
        #expect(years(deadlines { $0.conventions?[0].endsOn = Self.date("2026-06-29") }) == [2025])
        #expect(deadlines(.every(month: 2, day: 31)).first?.due?.description == "2025-02-28")
        #expect(deadlines(.every(month: 13, day: 0)).isEmpty)
    }

    @Test("Read again later, a document states all that it stated, past or not, and the ones that came into sight")
    func readAgain() {
        let ends: [CivilDate?] = [nil, Self.date("2027-12-31"), Self.date("2060-12-31")]
        for end in ends {
            var former: Set<String> = []
            for today in ["2024-10-08", "2025-07-06", "2026-07-06", "2031-01-01", "2040-01-01"] {
                let found = deadlines(readOn: today) { $0.conventions?[0].endsOn = end }
                let ids = Set(found.map(\.id))
                #expect(ids.isSuperset(of: former))
                former = ids
                let isOver = end.map { $0 < Self.date(today) } ?? false
                #expect(isOver || found.contains { ($0.due ?? Self.date(today)) > Self.date(today) })
                #expect(found.allSatisfy { ($0.due ?? Self.date("9999-12-31")) <= end ?? Self.date("2046-01-01") })
            }
        }
    }

    @Test("The end follows from a duration; while the signature is unknown a year is left for it")
    func duration() {
        var duration = Obligation(
            id: "d", kind: .other, what: "la durée de la convention", due: .after(Delay(after: .signature, years: 2)))
        duration.convention = 0
        #expect(years(deadlines { $0.obligations?.append(duration) }) == [2025, 2026, 2027])
        let signed = deadlines {
            $0.obligations?.append(duration)
            $0.conventions?[0].signedOn = Self.date("2024-11-15")
        }
        #expect(years(signed) == [2025, 2026])
    }

    @Test("What is paid every year is due every year")
    func payment() {
        let paid = deadlines(kind: .payment) {
            $0.conventions?[0].payments = []
            $0.conventions?[0].endsOn = Self.date("2026-12-31")
        }
        #expect(paid.map(\.rule) == ["versement", "versement"] && years(paid) == [2025, 2026])
    }

    @Test("A lease of 99 years states five years ahead, and never without bound")
    func bounded() {
        let lease = deadlines { $0.conventions?[0].endsOn = Self.date("2123-12-31") }
        #expect(years(lease) == [2025, 2026, 2027, 2028, 2029])
        #expect(deadlines(readOn: "9990-01-01").count <= 60)
    }
}
