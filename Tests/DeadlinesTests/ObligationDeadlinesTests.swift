import Deliberations
import Testing

@testable import Deadlines

@Suite("Deadlines of stated duties")
struct ObligationDeadlinesTests {
    private let act = FictionalAct()

    /// The deadlines of one duty with this due date, and of nothing else that the text states.
    private func deadlines(
        _ due: Due, kind: Obligation.Kind = .report, what: String = "remettre le bilan",
        _ change: (inout Extract) -> Void = { _ in }
    ) -> [Deadline] {
        var extract = act.extract
        var duty = Obligation(id: "o", kind: kind, what: what, due: due)
        duty.convention = 0
        duty.debtor = "L'Atelier des Lumières"
        extract.obligations = [duty]
        change(&extract)
        let computer = DeadlineComputer(today: FictionalAct.date(2024, 10, 8))
        return computer.deadlines(of: extract, text: act.text).deadlines.filter {
            $0.debtor == "L'Atelier des Lumières"
        }
    }

    private static func date(_ text: String) -> CivilDate {
        CivilDate(jsonString: text) ?? CivilDate(daysSince1970: 0)
    }

    @Test(
        "Each way of saying when has its date",
        arguments: [
            (Due.on(date("2025-06-30")), "echeance-explicite", "2025-06-30", nil),
            (.before(date("2025-06-01")), "echeance-avant", "2025-05-31", "2025-06-01"),
            (.after(Delay(after: .date(date("2025-01-31")), months: 1)), "echeance-explicite", "2025-02-28", nil),
            (
                .after(Delay(after: .date(date("2025-01-31")), days: 5, clear: true)), "echeance-explicite",
                "2025-02-06", nil
            ),
            (.after(Delay(after: .session, days: 15)), "echeance-explicite", "2024-10-11", nil),
            (.after(Delay(after: .publication, months: 2)), "echeance-explicite", "2024-12-07", nil),
            (.after(Delay(after: .programmeEnd, months: 3)), "echeance-explicite", "2025-03-31", nil),
            (.after(Delay(after: .yearEnd, years: 1)), "echeance-explicite", "2025-12-31", nil),
            (.after(Delay(after: .yearEnd)), "echeance-explicite", "2024-12-31", nil),
            (.whenever("en fin de programme"), "echeance-explicite", "2024-12-31", nil),
        ] as [(Due, String, String, String?)])
    func dated(due: Due, rule: String, date: String, alternative: String?) throws {
        let found = deadlines(due)
        try #require(found.count == 1)
        #expect(found[0].rule == rule && found[0].due?.description == date)
        #expect(found[0].dueAlternative?.description == alternative)
        #expect(found[0].state == .scheduled && found[0].reminders == .long && !found[0].how.isEmpty)
    }

    @Test(
        "Without a known start the duty waits for it",
        arguments: [
            (Due.after(Delay(after: .signature, months: 3)), "signature de la convention"),
            (.after(Delay(after: .notification, days: 60)), "notification"),
            (.after(Delay(after: .event("remise des clés"), days: 8)), "remise des clés"),
            (.whenever("à la signature de la convention"), "signature de la convention"),
            (.whenever("dès réception de la demande"), "réception"),
            (.whenever("sans délai"), "événement déclencheur"),
            (.whenever("pendant une durée de cinq ans"), "début de la période"),
        ])
    func waiting(due: Due, event: String) throws {
        let found = deadlines(due)
        try #require(found.count == 1)
        #expect(found[0].due == nil && found[0].state == .open && found[0].startEvent == event)
    }

    @Test(
        "What has no date runs on and reminds nobody",
        arguments: ["au fil de l'eau", "systématiquement et préalablement", "", "en cas de besoin", "aux bons soins"])
    func continuous(words: String) throws {
        let found = deadlines(.whenever(words))
        try #require(found.count == 1)
        #expect(found[0].rule == "obligation-continue" && found[0].direction == .continuous)
        #expect(found[0].state == .open && found[0].reminders == .none && found[0].startEvent == nil)
    }

    @Test(
        "Worked days skip week-ends and holidays, workable ones Sundays and holidays; called clear, both readings are kept",
        arguments: [
            (5, Delay.DayKind.worked, false, "2024-11-07", nil), (5, .workable, false, "2024-11-06", nil),
            (2, .workable, false, "2024-11-02", nil), (5, .worked, true, "2024-11-07", "2024-11-08"),
            (0, .worked, false, "2024-10-30", nil),
        ] as [(Int, Delay.DayKind, Bool, String, String?)])
    func workedDays(days: Int, kind: Delay.DayKind, isClear: Bool, due: String, other: String?) throws {
        let start = Anchor.date(Self.date("2024-10-30"))
        let found = deadlines(.after(Delay(after: start, days: days, clear: isClear, dayKind: kind)))
        #expect(found.map { $0.due?.description } == [due] && found[0].dueAlternative?.description == other)
        #expect(days == 0 || found[0].how.contains(kind == .worked ? "jours ouvrés" : "jours ouvrables"))
        let open = deadlines(.after(Delay(after: .signature, days: days, clear: isClear, dayKind: kind)))
        let started = open[0].startRule?.date(from: Self.date("2024-10-30"))
        #expect(started?.due?.description == due && started?.alternative?.description == other)
    }

    @Test("A duration ends the day before the day of its start, or on it")
    func duration() throws {
        let due = Due.after(Delay(after: .signature, years: 3))
        let what = "la durée de la convention"
        let signed = deadlines(due, kind: .other, what: what) { $0.conventions?[0].signedOn = Self.date("2024-10-15") }
        let end = try #require(signed.first)
        #expect(end.rule == "fin-convention" && end.due == Self.date("2027-10-14"))
        #expect(end.dueAlternative == Self.date("2027-10-15"))
        #expect(deadlines(due, kind: .other, what: what).first?.startEvent == "signature de la convention")
    }

    @Test("Documents are kept from a known start to the same day so many years later")
    func retention() throws {
        let kept = deadlines(.after(Delay(after: .date(Self.date("2024-02-29")), years: 10)), kind: .retention)
        #expect(kept.first?.due == Self.date("2034-02-28") && kept.first?.direction == .finalAfter)
        #expect(kept.first?.reminders == .keep)
        let open = deadlines(.after(Delay(after: .event("clôture"), years: 10)), kind: .retention)
        #expect(open.first?.state == .open && open.first?.dueAlternative == nil)
    }

    @Test("A payment with a date is due then, one that the convention's schedule states is not doubled")
    func payment() {
        #expect(deadlines(.on(Self.date("2024-11-15")), kind: .payment).first?.rule == "versement")
        #expect(deadlines(.whenever("à la signature"), kind: .payment).isEmpty)
    }

    @Test("Absurd delays make no date and no crash")
    func absurd() {
        for delay in [
            Delay(after: .session, months: .max), Delay(after: .session, days: .min),
            Delay(after: .session, years: .max), Delay(after: .session, months: -3),
        ] {
            let found = deadlines(.after(delay))
            #expect(found.count == 1 && found.allSatisfy { $0.due == nil && $0.state == .open })
        }
    }
}
