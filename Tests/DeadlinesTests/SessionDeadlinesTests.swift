import Deliberations
import Testing

@testable import Deadlines

@Suite("Deadlines of a session")
struct SessionDeadlinesTests {
    private let act = FictionalAct()

    private func deadlines(
        facts: AuthorityFacts = AuthorityFacts(), _ change: (inout Extract) -> Void
    ) -> [Deadline] {
        var extract = act.extract
        change(&extract)
        let computer = DeadlineComputer(facts: facts, today: FictionalAct.date(2024, 10, 8))
        return computer.deadlines(of: extract, text: act.text).deadlines
    }

    @Test("The list and the minutes are the assembly's business, and the communes' only of a grouping")
    func scope() {
        let rules: Set = ["liste-1-semaine", "epci-liste-communes", "pv-1-semaine", "epci-pv-communes"]
        let expected: [(Authority.Kind, Set<String>)] = [
            (.epci, rules), (.syndicat, rules), (.commune, ["liste-1-semaine", "pv-1-semaine"]),
            (.departement, []), (.region, []), (.ccas, []), (.other, []),
        ]
        for (kind, wanted) in expected {
            let found = Set(deadlines { $0.authority.kind = kind }.map(\.rule)).intersection(rules)
            #expect(found == wanted, "\(kind)")
        }
        #expect(Set(deadlines { $0.organ = .bureau }.map(\.rule)).isDisjoint(with: rules))
    }

    @Test("Before the reform of 1 July 2022 there is neither list nor on-line duty")
    func reform() {
        for (date, isReformed) in [(FictionalAct.date(2022, 6, 30), false), (FictionalAct.date(2022, 7, 1), true)] {
            let found = Set(deadlines { $0.session.date = date }.map(\.rule))
            #expect(found.contains("liste-1-semaine") == isReformed)
            #expect(found.contains("en-ligne-2-mois") == isReformed)
        }
    }

    @Test("Approving the minutes of a session dates that session's duties, under the ids they had while open")
    func approval() throws {
        let open = try #require(deadlines { _ in }.first { $0.rule == "pv-1-semaine" })
        let approving = deadlines {
            $0.session.date = FictionalAct.date(2024, 11, 14)
            $0.deliberations = [
                Deliberation(subject: "Approbation du procès-verbal de la séance du 26 septembre 2024")
            ]
            $0.conventions = []
            $0.obligations = []
        }
        let dated = try #require(approving.first { $0.id == open.id })
        #expect(dated.rule == "pv-1-semaine" && dated.due == FictionalAct.date(2024, 11, 21))
        let sent = try #require(approving.first { $0.rule == "epci-pv-communes" && $0.due != nil })
        #expect(sent.due == FictionalAct.date(2024, 12, 14))
        #expect(approving.filter { $0.rule == "pv-1-semaine" }.count == 2)
    }

    @Test("An authority whose name no document prints owes its duties without one")
    func nameless() {
        let found = deadlines { $0.authority.name = "" }
        #expect(!found.isEmpty && found.allSatisfy { $0.debtor != "" && $0.creditor != "" })
    }

    @Test("A published list is not asked for again")
    func publishedList() {
        let list = deadlines {
            $0.kind = .list
            $0.session.publishedOn = FictionalAct.date(2024, 9, 30)
        }
        #expect(!list.contains { $0.rule == "liste-1-semaine" })
    }

    @Test("In minutes the publication of the minutes is not that of the act")
    func minutes() {
        let found = deadlines {
            $0.kind = .minutes
            $0.deliberations[0].act = nil
        }
        let appeal = found.first { $0.rule == "recours-tiers" }
        #expect(appeal?.due == nil && appeal?.startEvent == "publication de la délibération")
        #expect(!found.contains { $0.rule == "recours-gracieux" || $0.rule == "en-ligne-2-mois" })
    }

    @Test("A publication before the session is none")
    func earlyPublication() {
        let found = deadlines { $0.deliberations[0].act?.publishedOn = FictionalAct.date(2024, 9, 19) }
        #expect(found.first { $0.rule == "recours-tiers" }?.due == nil)
    }

    @Test(
        "The zone of the court extends the court period",
        arguments: [
            (AuthorityFacts(), nil, "2025-12-26"), (AuthorityFacts(), "67", "2025-12-29"),
            (AuthorityFacts(zone: .alsaceMoselle), "25", "2025-12-29"),
        ] as [(AuthorityFacts, String?, String)])
    func zones(facts: AuthorityFacts, department: String?, due: String) {
        let found = deadlines(facts: facts) {
            $0.authority.department = department
            $0.deliberations[0].act?.publishedOn = FictionalAct.date(2025, 10, 24)
        }
        #expect(found.first { $0.rule == "recours-tiers" }?.due?.description == due)
    }

    @Test("Where the month is shorter both readings of the court period are kept")
    func shortMonth() {
        let found = deadlines {
            $0.session.date = FictionalAct.date(2022, 12, 20)
            $0.deliberations[0].act?.publishedOn = FictionalAct.date(2022, 12, 29)
        }
        let appeal = found.first { $0.rule == "recours-tiers" }
        #expect(appeal?.due?.description == "2023-03-01" && appeal?.dueAlternative?.description == "2023-02-28")
    }

    @Test("Public bodies and persons owe no accounts, and a long list of grants makes one deadline for all")
    func beneficiaries() {
        for name in [
            "Commune de Port-Cendré", "CCAS de Valmont", "Mme Alma Verrier", "La Région", "Collège des Forges",
        ] {
            let found = deadlines { $0.deliberations[0].grants?[0].beneficiary = name }
            #expect(!found.contains { $0.rule == "comptes-certifies" || $0.rule == "crf-6-mois" }, "\(name)")
        }
        let many = deadlines { extract in
            extract.conventions = []
            extract.obligations = []
            extract.deliberations[0].grants = (1...40).map {
                Grant(beneficiary: "Club \($0)", amount: Money(cents: 500_00))
            }
        }
        #expect(many.filter { $0.rule == "comptes-certifies" }.count == 1)
        let owed = many.filter { $0.rule != "comptes-vote" && ($0.kind == .accounts || $0.kind == .payment) }
        #expect(owed.count == 1)
    }

    @Test("A large grant makes its beneficiary publish accounts; a small commune publishes no open data")
    func thresholds() {
        let large = deadlines { $0.deliberations[0].grants?[0].amount = Money(cents: 153_000_01) }
        #expect(large.contains { $0.rule == "publication-comptes-assoc" && $0.state == .open })
        let exact = deadlines { $0.deliberations[0].grants?[0].amount = Money(cents: 23_000_00) }
        #expect(!exact.contains { $0.rule == "donnees-essentielles" })
        let small = deadlines(facts: AuthorityFacts(population: 3_499)) { $0.authority.kind = .commune }
        #expect(!small.contains { $0.rule == "donnees-essentielles" })
    }

    @Test("A grant without a convention is paid within sixty days of its notification")
    func sixtyDays() {
        let found = deadlines {
            $0.conventions = []
            $0.obligations = []
        }
        #expect(found.first { $0.rule == "versement-60-jours" }?.startEvent == "notification de la subvention")
        #expect(!found.contains { $0.rule == "versement" })
    }

    @Test("Dates that no act of the minutes claims belong to the session and are not forgotten")
    func unclaimed() {
        let found = deadlines {
            $0.kind = .minutes
            $0.deliberations.append(Deliberation(subject: "Autre affaire"))
            $0.conventions = []
            for index in $0.obligations?.indices ?? 0..<0 { $0.obligations?[index].deliberation = nil }
        }
        let report = found.first { $0.kind == .report }
        #expect(report?.due == FictionalAct.date(2025, 4, 30) && report?.deliberation == nil)
        #expect(found.contains { $0.rule == "evenement" && $0.deliberation == nil })
    }

    @Test("Indices and ranges that point nowhere make no crash")
    func damaged() {
        let found = deadlines {
            for index in $0.obligations?.indices ?? 0..<0 {
                $0.obligations?[index].convention = 7
                $0.obligations?[index].deliberation = -3
            }
            $0.conventions?[0].deliberation = 99
            $0.events = [Event(what: "", on: FictionalAct.date(2025, 1, 1), deliberation: 12)]
            $0.session.publishedOn = nil
            $0.provenance = Provenance()
            $0.provenance.cite("/session/date", TextRange(-5, 3))
            $0.provenance.cite("/deliberations/0/grants/0", TextRange(10, 1_000_000))
        }
        #expect(found.contains { $0.rule == "recours-tiers" })
        #expect(found.filter { !$0.evidence.isEmpty }.allSatisfy { $0.rule == "evenement" })
    }

    @Test("Without a department the holidays are those of the usual zone; a department says otherwise")
    func usualZone() {
        let facts = AuthorityFacts(usualZone: .laReunion)
        func appeal(_ department: String?) -> CivilDate? {
            let found = deadlines(facts: facts) {
                $0.authority.department = department
                $0.deliberations[0].act?.publishedOn = FictionalAct.date(2024, 10, 19)
            }
            return found.first { $0.rule == "recours-tiers" }?.due
        }
        #expect(appeal(nil) == FictionalAct.date(2024, 12, 23))
        #expect(appeal("25") == FictionalAct.date(2024, 12, 20))
    }

    @Test("Who is notified has a limit of his own where the text counts from the notification")
    func addressee() throws {
        #expect(!deadlines { _ in }.contains { $0.rule == "recours-destinataire" })
        let found = deadlines { $0.deliberations[0].appeal?.start = .notification }
        let appeal = try #require(found.first { $0.rule == "recours-destinataire" })
        #expect(appeal.due == nil && appeal.startEvent == "notification de l’acte")
        let started = appeal.startRule?.date(from: FictionalAct.date(2024, 10, 7))
        #expect(started?.due == FictionalAct.date(2024, 12, 9))
        #expect(started?.how.hasPrefix("notifiée le 07/10/2024, deux mois francs") == true)
    }

    @Test("A public contract goes to the prefect within fifteen days of its signature; a convention does not")
    func contracts() {
        let rule = "transmission-15-jours"
        #expect(!deadlines { _ in }.contains { $0.rule == rule })
        for contract in ["le marché public de travaux", "l'accord-cadre", "la délégation de service public"] {
            let found = deadlines {
                $0.deliberations[0].decisions?.append("autorise le Président à signer \(contract)")
            }
            #expect(found.first { $0.rule == rule }?.startEvent == "signature du contrat", "\(contract)")
        }
    }

    @Test("A duty of several acts that none claims is kept: dated, yearly, or waiting for its event")
    func unclaimedKinds() {
        let found = deadlines { extract in
            extract.kind = .minutes
            extract.deliberations.append(Deliberation(subject: "Autre objet"))
            extract.conventions = []
            extract.obligations = [
                Due.after(Delay(after: .session, days: 10)), .after(Delay(after: .event("remise des clés"), days: 8)),
                .every(month: 6, day: 30), .whenever("au fil de l'eau"), .after(Delay(after: .yearEnd, months: 6)),
            ].enumerated().map { Obligation(id: "\($0)", kind: .report, what: "bilan \($0)", due: $1) }
        }.filter { $0.what.hasPrefix("Bilan") }
        #expect(found.first?.due == FictionalAct.date(2024, 10, 6) && found.last?.startEvent == "remise des clés")
        #expect(found.filter { $0.how.hasPrefix("chaque année") }.count == 5 && found.count == 7)
        #expect(Set(found.map(\.id)).count == 7 && found.allSatisfy { $0.deliberation == nil })
    }

    @Test(
        "A budget that was voted goes to the prefect fifteen days after the limit for its vote, later in a year of elections",
        arguments: [
            ("Budget primitif 2025 - budget annexe de l'eau", 2025, Authority.Kind.epci, "2025-04-30"),
            ("Vote du budget 2026", 2026, .commune, "2026-05-15"), ("Vote du budget 2026", 2026, .region, "2026-04-30"),
            ("Débat d'orientation budgétaire - budget primitif 2025", 2025, .epci, nil),
            ("Décision modificative au budget primitif 2025", 2025, .epci, nil),
            ("Budget primitif 2025", 2025, .ccas, nil), ("Budget primitif", 2025, .epci, nil),
        ] as [(String, Int, Authority.Kind, String?)])
    func budget(subject: String, year: Int, kind: Authority.Kind, due: String?) {
        let found = deadlines {
            $0.session.date = FictionalAct.date(year, 3, 20)
            $0.authority.kind = kind
            $0.deliberations = [Deliberation(subject: subject)]
            ($0.conventions, $0.obligations) = ([], [])
        }
        #expect(found.first { $0.rule == "budget-transmission" }?.due?.description == due)
        let accounts = found.first { $0.rule == "comptes-vote" }?.due
        #expect(accounts == due.map { _ in FictionalAct.date(year + 1, 6, 30) })
    }
}
