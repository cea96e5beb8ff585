import Deliberations
import Testing

@testable import Deadlines

/// What a person gives later is computed as if the document had said it.
@Suite("Deadlines that are started")
struct StartRuleTests {
    private let act = FictionalAct()

    private static func date(_ text: String) -> CivilDate {
        CivilDate(jsonString: text) ?? CivilDate(daysSince1970: 0)
    }

    /// The act as if nothing were known of when it was published, received and signed.
    private func open(_ zone: HolidayZone? = nil, session: CivilDate? = nil) -> [Deadline] {
        var extract = act.extract
        extract.session.publishedOn = nil
        extract.deliberations[0].act = nil
        extract.conventions?[0].payments = []
        extract.obligations = extract.obligations?.filter { $0.kind != .payment }
        if let session { extract.session.date = session }
        let computer = DeadlineComputer(facts: AuthorityFacts(zone: zone), today: Self.date("2024-10-08"))
        return computer.deadlines(of: extract, text: act.text).deadlines
    }

    /// Rule, day of the event, date, other reading, zone.
    private static let vectors: [(String, String, String, String?, HolidayZone)] = [
        ("recours-tiers", "2024-10-07", "2024-12-09", nil, .metropole),
        ("recours-gracieux", "2023-10-30", "2024-01-02", nil, .metropole),
        ("recours-tiers", "2022-12-29", "2023-03-01", "2023-02-28", .metropole),
        ("recours-tiers", "2024-03-07", "2024-05-10", nil, .metropole),
        ("recours-tiers", "2025-10-24", "2025-12-29", nil, .alsaceMoselle),
        ("recours-tiers", "2026-02-02", "2026-04-07", nil, .alsaceMoselle),
        ("recours-tiers", "2024-10-19", "2024-12-23", nil, .laReunion),
        ("defere-prefet", "2024-09-26", "2024-11-27", nil, .metropole),
        ("en-ligne-2-mois", "2024-12-31", "2025-02-28", nil, .metropole),
        ("donnees-essentielles", "2024-11-30", "2025-02-28", nil, .metropole),
        ("versement-60-jours", "2024-10-07", "2024-12-06", nil, .metropole),
        ("preavis-resiliation", "2025-01-31", "2025-02-28", nil, .metropole),
        ("conservation", "2024-02-29", "2034-02-28", nil, .metropole),
        ("pv-1-semaine", "2024-11-14", "2024-11-21", nil, .metropole),
        ("epci-pv-communes", "2024-11-14", "2024-12-14", nil, .metropole),
        ("convention-signature", "2024-10-15", "2024-10-15", nil, .metropole),
    ]

    @Test("An event that is given has the date of the reference's vectors, in its zone", arguments: vectors)
    func started(rule: String, day: String, due: String, alternative: String?, zone: HolidayZone) throws {
        let session = Self.date("2022-12-01")
        let deadline = try #require(open(zone, session: session).first { $0.rule == rule }, "\(rule)")
        #expect(deadline.state == .open && deadline.due == nil)
        let date = try #require(deadline.startRule).date(from: Self.date(day))
        #expect(date.due == Self.date(due) && date.alternative == alternative.map(Self.date), "\(date.how)")
        #expect(date.how.contains(Self.date(day).frenchDigits))
    }

    @Test("It is told as a document's date is")
    func told() throws {
        let appeal = try #require(open().first { $0.rule == "recours-tiers" }?.startRule)
        let stated = DeadlineComputer(today: Self.date("2024-10-08")).deadlines(of: act.extract, text: act.text)
        let dated = try #require(stated.deadlines.first { $0.rule == "recours-tiers" })
        let started = appeal.date(from: Self.date("2024-10-07"))
        #expect(started.how == dated.how && started.due == dated.due && dated.startRule == nil)
        #expect(
            started.how
                == "publiée le 07/10/2024, deux mois francs\u{A0}: 08/12/2024, un dimanche, reporté au lundi 09/12/2024"
        )
    }

    @Test("Deadlines that wait for one event name the same one, and others do not")
    func events() {
        let found = open()
        func rules(_ event: String?) -> Set<String> {
            Set(found.filter { $0.startRule != nil && $0.startRule?.event == event }.map(\.rule))
        }
        #expect(rules("publication de la délibération") == ["recours-tiers", "recours-gracieux", "en-ligne-2-mois"])
        #expect(rules("signature de la convention") == ["convention-signature", "donnees-essentielles"])
        #expect(rules(nil) == ["preavis-resiliation", "conservation"])
        #expect(found.filter { $0.startEvent != nil }.allSatisfy { $0.startRule != nil })
    }

    @Test("Of several conventions each has its own signature")
    func conventions() {
        var extract = act.extract
        extract.conventions?.append(Convention(parties: ["Communauté de communes du Val d'Ombre", "Les Verriers"]))
        let found = DeadlineComputer(today: Self.date("2024-10-08")).deadlines(of: extract, text: act.text).deadlines
        let events = found.filter { $0.rule == "convention-signature" }.map(\.startEvent)
        #expect(Set(events) == ["signature de la convention n° 1", "signature de la convention n° 2"])
    }

    @Test("A holiday that a decree adds counts, and a court period in the health emergency has no date")
    func holidays() throws {
        let rule = try #require(open().first { $0.rule == "recours-tiers" }?.startRule)
        let moved = rule.date(
            from: Self.date("2024-10-07"), addedHolidays: [Self.date("2024-12-09"): "journée de deuil"])
        #expect(moved.due == Self.date("2024-12-10"))
        #expect(rule.date(from: Self.date("2020-02-10")).due == nil)
        #expect(rule.notBefore == Self.date("2024-09-26"))
    }

    @Test("What is due without delay is due on the next worked day, of its zone")
    func atOnce() throws {
        var extract = act.extract
        var duty = Obligation(id: "o", kind: .report, what: "signaler l'accident", due: .whenever("sans délai"))
        duty.deliberation = 0
        extract.obligations = [duty]
        let computer = DeadlineComputer(facts: AuthorityFacts(zone: .laReunion), today: Self.date("2024-10-08"))
        let found = computer.deadlines(of: extract, text: act.text).deadlines
        let rule = try #require(found.first { $0.startEvent == "événement déclencheur" }?.startRule)
        #expect(rule.date(from: Self.date("2024-12-19")).due == Self.date("2024-12-23"))
    }
}
