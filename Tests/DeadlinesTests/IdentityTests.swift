import Deliberations
import Testing

@testable import Deadlines

@Suite("Identity of deadlines")
struct IdentityTests {
    private let act = FictionalAct()

    private func ids(_ change: (inout Extract) -> Void = { _ in }) -> Set<String> {
        var extract = act.extract
        change(&extract)
        let computer = DeadlineComputer(today: FictionalAct.date(2024, 10, 8))
        return Set(computer.deadlines(of: extract, text: act.text).deadlines.map(\.id))
    }

    @Test("An id stays the same for all time: the register keeps it for years")
    func golden() throws {
        let appeal = try #require(ids().first { $0.hasSuffix("recours-tiers") })
        #expect(appeal == "a0879bb89b0d-recours-tiers")
        let identity = try #require(DeadlineIdentity(id: appeal))
        #expect(identity.act.count == 12 && identity.duty == "recours-tiers" && identity.id == appeal)
        #expect(DeadlineIdentity(id: "recours-tiers") == nil)
    }

    @Test("No id stands twice in a document")
    func unique() {
        let computer = DeadlineComputer(today: FictionalAct.date(2024, 10, 8))
        var extract = act.extract
        extract.deliberations += [extract.deliberations[0], extract.deliberations[0]]
        let duties = extract.obligations ?? []
        extract.obligations = duties + duties
        extract.events? += [Event(what: "Salon des verriers", on: FictionalAct.date(2025, 12, 3), deliberation: 0)]
        let all = computer.deadlines(of: extract, text: act.text).deadlines
        #expect(Set(all.map(\.id)).count == all.count && all.count > 30)
    }

    @Test("Minutes that hold the act give its deadlines the same ids")
    func minutes() {
        let extract = ids()
        let minutes = ids {
            $0.kind = .minutes
            $0.deliberations.insert(Deliberation(subject: "Autre affaire"), at: 0)
            $0.conventions?[0].deliberation = 1
            for index in $0.events?.indices ?? 0..<0 { $0.events?[index].deliberation = 1 }
            for index in $0.obligations?.indices ?? 0..<0 { $0.obligations?[index].deliberation = 1 }
        }
        // A line that begins with a month is taken for a step of a plan only in an act's own extract.
        let missing = extract.subtracting(minutes)
        #expect(missing.count == 1 && missing.allSatisfy { $0.contains("evenement") }, "\(missing)")
    }

    @Test("A date that moves, other words for a report and another printing of the name change no id")
    func tolerant() {
        let before = ids()
        let after = ids {
            $0.authority.name = "COMMUNAUTÉ DE COMMUNES DU VAL D’OMBRE"
            $0.deliberations[0].number = "2024 - 118"
            $0.deliberations[0].act?.publishedOn = FictionalAct.date(2024, 10, 21)
            $0.obligations?[1].what = "un rapport d’activité détaillé"
            $0.obligations?[1].due = .on(FictionalAct.date(2025, 5, 31))
        }
        #expect(before == after)
    }

    @Test("Another act, another session and another authority change every id")
    func distinct() {
        let before = ids()
        let yearly: Set<String> = ["comptes-vote", "comptes-transmission"]
        let sessionWide = yearly.union([
            "liste-1-semaine", "epci-liste-communes", "pv-1-semaine", "epci-pv-communes",
        ])
        let rule = { (id: String) in DeadlineIdentity(id: id)?.duty ?? id }
        let number = ids { $0.deliberations[0].number = "2024-119" }
        #expect(Set(before.intersection(number).map(rule)) == sessionWide)
        let otherDay = ids { $0.session.date = FictionalAct.date(2024, 9, 27) }
        #expect(Set(before.intersection(otherDay).map(rule)) == yearly)
        #expect(before.isDisjoint(with: ids { $0.authority.name = "Communauté de communes de Port-Cendré" }))
    }

    @Test("An act without a number is known by its subject, whatever its case and accents")
    func subject() {
        let first = ids { $0.deliberations[0].number = nil }
        let second = ids {
            $0.deliberations[0].number = nil
            $0.deliberations[0].subject = "SOUTIEN AU PROGRAMME DE L’ATELIER DES LUMIERES POUR L’ANNEE 2024"
        }
        #expect(first == second && first != ids())
    }

    @Test("An authority that the configuration knows keeps its ids under any name")
    func configured() {
        var other = act.extract
        other.authority.name = "CCVO"
        let computer = DeadlineComputer(
            facts: AuthorityFacts(identity: "val-d-ombre"), today: FictionalAct.date(2024, 10, 8))
        let (first, second) = (
            computer.deadlines(of: act.extract, text: act.text), computer.deadlines(of: other, text: act.text)
        )
        #expect(first.deadlines.map(\.id) == second.deadlines.map(\.id))
    }
}
