import Deliberations
import Testing

@testable import Deadlines

@Suite("What an authority owes every year")
struct YearlyDutyRulesTests {
    private let rules: Set<String> = ["budget-vote", "rob-dob", "compte-comptable"]

    private func deadlines(
        _ subject: String, session: String, kind: Authority.Kind = .epci, population: Int? = nil, today: String? = nil,
        _ outcome: Vote.Outcome? = .adopted
    ) -> [Deadline] {
        let act = FictionalAct()
        var extract = act.extract
        let session = CivilDate(jsonString: session) ?? CivilDate(daysSince1970: 0)
        extract.session = Session(date: session)
        extract.authority.kind = kind
        var deliberation = Deliberation(subject: subject)
        deliberation.number = "12"
        var vote = Vote()
        vote.outcome = outcome
        deliberation.vote = vote
        extract.deliberations = [deliberation]
        (extract.conventions, extract.obligations, extract.events) = ([], [], [])
        let computer = DeadlineComputer(
            facts: AuthorityFacts(population: population),
            today: today.flatMap { CivilDate(jsonString: $0) } ?? session)
        return computer.deadlines(of: extract, text: act.text).deadlines
    }

    private func dates(_ found: [Deadline], _ state: Deadline.State) -> [String] {
        found.filter { $0.state == state && (rules.contains($0.rule) || $0.state == .closed) }
            .map { "\($0.rule) \($0.due?.description ?? "")" }.sorted()
    }

    @Test(
        "Sessions from October on, and those before the date, say that it is owed",
        arguments: [
            ("2026-09-30", Authority.Kind.epci, []), ("2026-10-01", .epci, ["2027-04-14", "2027-06-01"]),
            ("2027-04-14", .epci, ["2027-04-14", "2027-06-01"]), ("2027-04-15", .epci, ["2027-06-01"]),
            ("2027-06-02", .epci, []), ("2025-12-10", .commune, ["2026-04-29", "2026-06-01"]),
            ("2025-12-10", .region, ["2026-04-13", "2026-04-14", "2026-06-01"]), ("2026-12-10", .ccas, []),
        ] as [(String, Authority.Kind, [String])])
    func watched(session: String, kind: Authority.Kind, expected: [String]) {
        let found = deadlines("Tarifs de la piscine", session: session, kind: kind).filter { rules.contains($0.rule) }
        #expect(found.compactMap { $0.due?.description } == expected)
        #expect(found.allSatisfy { $0.state == .scheduled && $0.isWatched && $0.how.contains("n’a reconnu") })
    }

    @Test("What documents of former years say of the budgets of their time is no news")
    func former() {
        #expect(dates(deadlines("Tarifs", session: "2024-12-10", today: "2026-01-05"), .scheduled) == [])
        #expect(dates(deadlines("Tarifs", session: "2025-12-10", today: "2026-12-31"), .scheduled).count == 2)
    }

    @Test("The budget counts both readings of « avant le », and the debate comes before its session")
    func readings() throws {
        let found = deadlines("Tarifs", session: "2026-12-10", population: 3_500)
        let budget = try #require(found.first { $0.rule == "budget-vote" })
        #expect(budget.dueAlternative == FictionalAct.date(2027, 4, 15) && budget.reminders == .long)
        #expect(budget.how.contains("aucune délibération approuvant le budget de 2027"))
        let debate = try #require(found.first { $0.rule == "rob-dob" })
        #expect(debate.due == FictionalAct.date(2027, 4, 13) && debate.how.contains("dix semaines"))
        let small = deadlines("Tarifs", session: "2026-12-10", population: 3_499)
        #expect(!small.contains { $0.rule == "rob-dob" } && small.contains { $0.rule == "budget-vote" })
    }

    @Test(
        "An act fulfils what its subject says and nothing more",
        arguments: [
            ("Budget primitif 2027", ["budget-vote 2027-04-14"]),
            ("Vote du budget primitif 2027 de la Communauté de communes du Val d'Ombre", ["budget-vote 2027-04-14"]),
            ("Budgets primitifs 2027 : budget principal et budgets annexes", ["budget-vote 2027-04-14"]),
            ("Budget primitif 2027 - budget annexe de l'eau", []), ("Budget primitif", []),
            ("Subventions inscrites au budget primitif 2027", []), ("Budget primitif 2025", []),
            ("Décision modificative n° 1 au budget primitif 2027", []),
            ("Débat d'orientation budgétaire 2027", ["rob-dob 2027-04-13"]),
            ("Report du débat d'orientation budgétaire 2027", []),
            ("Rapport sur les orientations budgétaires pour l'exercice 2027", ["rob-dob 2027-04-13"]),
            ("Approbation du compte de gestion 2026", ["compte-comptable 2027-06-01"]),
            ("Compte administratif 2026", ["compte-comptable 2027-06-01", "comptes-vote 2027-06-30"]),
            ("Adoption du compte financier unique 2026", ["compte-comptable 2027-06-01", "comptes-vote 2027-06-30"]),
            ("Compte administratif 2026 du camping", []),
        ])
    func fulfilment(subject: String, expected: [String]) throws {
        let found = deadlines(subject, session: "2027-03-20", population: 4_000)
        let closed = dates(found, .closed)
        // The budget's vote leaves no time for the debate.
        let isBudget = expected.first?.hasPrefix("budget-vote") ?? false
        #expect(closed.filter { !isBudget || !$0.hasPrefix("rob-dob") } == expected)
        #expect(Set(found.map(\.id)).count == found.count)
        for deadline in found where deadline.state == .closed {
            #expect(!deadline.isWatched && deadline.how.contains("séance du 20/03/2027 (délibération n° 12)"))
        }
    }

    @Test("It has the id under which other documents say that it is owed")
    func identity() throws {
        let open = deadlines("Tarifs", session: "2026-12-10").first { $0.rule == "budget-vote" }
        let done = deadlines("Budget primitif 2027", session: "2027-03-20").first { $0.rule == "budget-vote" }
        #expect(open?.state == .scheduled && done?.state == .closed)
        #expect(open?.id == done?.id && open?.due == done?.due)
    }

    @Test("A budget that was rejected, or of whose vote the text says nothing, is not voted")
    func rejected() {
        for outcome in [Vote.Outcome.rejected, .postponed, nil] {
            let found = deadlines("Budget primitif 2027", session: "2027-03-20", outcome)
            #expect(found.first { $0.rule == "budget-vote" }?.state == .scheduled, "\(String(describing: outcome))")
        }
    }
}
