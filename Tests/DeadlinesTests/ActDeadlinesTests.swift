import Deliberations
import Testing

@testable import Deadlines

@Suite("Deadlines of one act")
struct ActDeadlinesTests {
    private let act = FictionalAct()
    private let computer = DeadlineComputer(today: FictionalAct.date(2024, 10, 8))

    private func deadlines(_ change: (inout Extract) -> Void = { _ in }) -> [Deadline] {
        var extract = act.extract
        change(&extract)
        return computer.deadlines(of: extract, text: act.text).deadlines
    }

    private func only(_ rule: String, in deadlines: [Deadline]) throws -> Deadline {
        let found = deadlines.filter { $0.rule == rule }
        try #require(found.count == 1, "\(rule): \(found.count)")
        return found[0]
    }

    @Test("A grant with a convention makes every deadline of the law and of its clauses, and nothing else")
    func wholeList() {
        let expected: [(String, String)] = [
            ("evenement", "2024-09-30"), ("liste-1-semaine", "2024-10-03"), ("transmission-acte", "2024-10-11"),
            ("epci-liste-communes", "2024-10-26"), ("evenement", "2024-12-03"), ("en-ligne-2-mois", "2024-12-07"),
            ("recours-gracieux", "2024-12-09"), ("recours-tiers", "2024-12-09"),
            ("echeance-explicite", "2024-12-31"), ("retrait-4-mois", "2025-01-26"),
            ("comptes-certifies", "2025-04-30"), ("echeance-explicite", "2025-04-30"),
            ("echeance-explicite", "2025-04-30"), ("echeance-explicite", "2025-04-30"),
            ("fin-convention", "2025-04-30"), ("comptes-vote", "2025-06-30"), ("crf-6-mois", "2025-06-30"),
            ("comptes-transmission", "2025-07-15"),
            ("conservation", ""), ("convention-signature", ""), ("defere-prefet", ""), ("donnees-essentielles", ""),
            ("epci-pv-communes", ""), ("obligation-continue", ""), ("obligation-continue", ""),
            ("preavis-resiliation", ""), ("pv-1-semaine", ""), ("versement", ""),
        ]
        let found = deadlines().map { "\($0.due?.description ?? "9") \($0.rule)" }.sorted()
        #expect(found == expected.map { "\($0.1.isEmpty ? "9" : $0.1) \($0.0)" }.sorted())
    }

    @Test("The accounts of the year are the authority's, the same for every act of the year")
    func accounts() throws {
        let vote = try only("comptes-vote", in: deadlines())
        #expect(vote.deliberation == nil && vote.reminders == .long)
        let other = deadlines { extract in
            extract.session.date = FictionalAct.date(2024, 11, 14)
            extract.deliberations[0].number = "2024-131"
        }
        #expect(try only("comptes-vote", in: other).id == vote.id)
        #expect(!deadlines { $0.authority.kind = .ccas }.contains { $0.rule == "comptes-vote" })
        #expect(!deadlines { $0.deliberations[0].grants = [] }.contains { $0.rule == "comptes-vote" })
    }

    @Test(
        "Open data and payment within sixty days begin with their laws",
        arguments: [
            ("donnees-essentielles", 2017, 7, 31, false), ("donnees-essentielles", 2017, 8, 1, true),
            ("versement-60-jours", 2021, 7, 2, false), ("versement-60-jours", 2021, 7, 3, true),
        ])
    func datesInForce(rule: String, year: Int, month: Int, day: Int, holds: Bool) {
        let found = deadlines { extract in
            extract.session.date = FictionalAct.date(year, month, day)
            extract.conventions?[0].payments = []
            extract.obligations = []
        }
        #expect(found.contains { $0.rule == rule } == holds)
    }

    @Test("The court period says how it was counted, and quotes the publication")
    func courtAppeal() throws {
        let deadline = try only("recours-tiers", in: deadlines())
        #expect(
            deadline.how
                == "publiée le 07/10/2024, deux mois francs\u{A0}: 08/12/2024, un dimanche, reporté au lundi 09/12/2024"
        )
        #expect(deadline.direction == .finalAfter && deadline.reminders == .info && deadline.state == .scheduled)
        #expect(deadline.what.contains("Tribunal administratif de Valmont"))
        #expect(deadline.evidence.first?.quote == "Publié le : 07/10/2024")
        #expect(deadline.evidence.count == 2)
    }

    @Test("Every quotation is the bytes that its range names")
    func quotations() {
        let quotes = deadlines().flatMap(\.evidence)
        #expect(quotes.count >= 12)
        for quote in quotes {
            #expect(Array(quote.quote.utf8) == Array(act.text[quote.start..<quote.end]))
        }
    }

    @Test("A duty that two articles state is one deadline with both quotations")
    func restated() throws {
        let accounts = deadlines().filter { $0.kind == .accounts && $0.rule == "echeance-explicite" }
        #expect(accounts.count == 1)
        #expect(accounts.first?.due == FictionalAct.date(2025, 4, 30))
        #expect(accounts.first?.debtor == "L'Atelier des Lumières")
    }

    @Test("What is deduced says so")
    func deduced() throws {
        let all = deadlines()
        let programme = try #require(all.first { $0.due == FictionalAct.date(2024, 12, 31) })
        #expect(programme.how.contains("(déduit)") && programme.article == "2")
        let end = try only("fin-convention", in: all)
        #expect(end.how.contains("(déduit)"))
        let deliverable = try #require(all.first { $0.kind == .deliverable && $0.due != nil })
        #expect(deliverable.how.contains("déduit") && deliverable.reminders == .none)
        let plan = try #require(all.first { $0.due == FictionalAct.date(2024, 9, 30) })
        #expect(plan.rule == "evenement" && plan.how.contains("(déduit)"))
    }

    @Test("A legal date behind the convention's is kept, and refers to the convention's")
    func backstops() throws {
        let all = deadlines()
        let front = try #require(all.first { $0.kind == .accounts && $0.rule == "echeance-explicite" })
        for (rule, reminders) in [("crf-6-mois", Deadline.ReminderProfile.long), ("comptes-certifies", .none)] {
            let deadline = try only(rule, in: all)
            #expect(deadline.backstopOf == front.id && deadline.how.contains("garde-fou"))
            #expect(deadline.reminders == reminders, "\(rule)")
        }
        let without = deadlines { $0.obligations = [] }
        let report = try only("crf-6-mois", in: without)
        #expect(report.reminders == .long && report.due == FictionalAct.date(2025, 6, 30))
        #expect(try only("comptes-certifies", in: without).due == FictionalAct.date(2025, 6, 30))
    }

    @Test("The right to withdraw a grant lapses: it is reminded of until its day, and never said to be overdue")
    func withdrawal() throws {
        let withdrawal = try only("retrait-4-mois", in: deadlines())
        let created = ParisTime.instant(of: FictionalAct.date(2024, 10, 8), at: SendingHours.standard.opens)
        let schedule = ReminderSchedule(of: withdrawal, createdAt: created)
        #expect(schedule.next(sent: [], now: created)?.step == .before(days: 30))
        for days in [1, 2, 8, 40] {
            let later = ParisTime.instant(of: FictionalAct.date(2025, 1, 26) + days, at: SendingHours.standard.opens)
            #expect(schedule.next(sent: [.onTheDay], now: later) == nil)
        }
    }

    @Test("Without a known start a deadline waits, says for what, and has no date")
    func open() throws {
        let all = deadlines()
        let waits = [
            "versement": "signature de la convention", "convention-signature": "signature de la convention",
            "donnees-essentielles": "signature de la convention", "defere-prefet": "réception en préfecture",
            "preavis-resiliation": "envoi de la lettre recommandée",
        ]
        for (rule, event) in waits {
            let deadline = try only(rule, in: all)
            #expect(deadline.state == .open && deadline.due == nil && deadline.startEvent == event, "\(rule)")
        }
        let retention = try only("conservation", in: all)
        #expect(retention.state == .open && retention.dueAlternative == FictionalAct.date(2035, 4, 30))
        #expect(try only("preavis-resiliation", in: all).direction == .continuous)
    }

    @Test("A signed convention starts payment and open data, and its signature is no longer due")
    func signed() throws {
        let all = deadlines { $0.conventions?[0].signedOn = FictionalAct.date(2024, 10, 15) }
        #expect(!all.contains { $0.rule == "convention-signature" })
        #expect(try only("versement", in: all).due == FictionalAct.date(2024, 10, 15))
        #expect(try only("donnees-essentielles", in: all).due == FictionalAct.date(2025, 1, 15))
    }

    @Test(
        "A payment says its share and its exact amount, in French typography",
        arguments: [
            (7_000, 22_400_00, "Verser 70\u{A0}% (22\u{202F}400,00\u{A0}€)\u{A0}: à la signature"),
            (3_350, 9_600_05, "Verser 33,50\u{A0}% (9\u{202F}600,05\u{A0}€)\u{A0}: à la signature"),
            (nil, 500_00, "Verser 500,00\u{A0}€\u{A0}: à la signature"),
            (7_000, nil, "Verser 70\u{A0}%\u{A0}: à la signature"),
        ] as [(Int?, Int?, String)])
    func paymentLabel(share: Int?, cents: Int?, expected: String) throws {
        let all = deadlines {
            $0.conventions?[0].payments = [
                .init(share: share, amount: cents.map { Money(cents: $0) }, when: "à la signature")
            ]
        }
        #expect(try only("versement", in: all).what == expected)
    }

    @Test("A reception stamp dates the prefect's referral and ends the duty to transmit")
    func received() throws {
        let all = deadlines { $0.deliberations[0].act?.receivedOn = FictionalAct.date(2024, 9, 26) }
        #expect(try only("defere-prefet", in: all).due == FictionalAct.date(2024, 11, 27))
        #expect(!all.contains { $0.rule == "transmission-acte" })
    }

    @Test("A court period that ends in the emergency of 2020 has no date and is indeterminate")
    func healthEmergency() {
        var extract = act.extract
        extract.session.date = FictionalAct.date(2020, 2, 20)
        extract.deliberations[0].act?.publishedOn = FictionalAct.date(2020, 2, 24)
        let result = computer.deadlines(of: extract, text: act.text)
        let appeal = result.deadlines.first { $0.rule == "recours-tiers" }
        #expect(appeal?.due == nil && appeal?.state == .open && appeal?.reminders == Deadline.ReminderProfile.none)
        #expect(appeal?.how.contains("indéterminée") == true)
        #expect(result.indeterminate.contains { $0.rule == "recours-tiers" })
    }

    @Test("What depends on other grants of the year is indeterminate")
    func indeterminate() {
        let result = computer.deadlines(of: act.extract, text: act.text)
        #expect(result.indeterminate.map(\.rule) == ["publication-comptes-assoc"])
    }

    @Test(
        "An act that was withdrawn or put off makes no deadline of its own",
        arguments: [
            Vote.Outcome.withdrawn, .postponed,
        ])
    func withdrawn(outcome: Vote.Outcome) {
        let all = deadlines { $0.deliberations[0].vote?.outcome = outcome }
        #expect(all.allSatisfy { $0.deliberation == nil })
    }

    @Test("A rejected act pays no grant and is not transmitted")
    func rejected() {
        let rules = Set(deadlines { $0.deliberations[0].vote?.outcome = .rejected }.map(\.rule))
        #expect(rules.isDisjoint(with: ["versement", "retrait-4-mois", "transmission-acte", "crf-6-mois"]))
        #expect(rules.contains("recours-tiers"))
    }

    @Test("A clause that only speaks of the programme is not the duty to carry it out")
    func programmeClauses() {
        let all = deadlines {
            var clause = Obligation(
                id: "m", kind: .other, what: "toute modification du programme (délai de réalisation) est notifiée",
                due: .whenever(""))
            clause.convention = 0
            $0.obligations?.append(clause)
        }
        #expect(all.filter { $0.due == FictionalAct.date(2024, 12, 31) }.count == 1)
        #expect(all.filter { $0.rule == "obligation-continue" }.count == 3)
    }

    @Test("A deliverable dated with its report has the date, and no reminders of its own")
    func deliverables() throws {
        let all = deadlines {
            for index in $0.obligations?.indices ?? 0..<0 where $0.obligations?[index].kind == .deliverable {
                $0.obligations?[index].due = .on(FictionalAct.date(2025, 4, 30))
            }
        }
        let found = all.filter { $0.kind == .deliverable }
        #expect(found.count == 2 && found.allSatisfy { $0.reminders == .none && $0.state == .scheduled })
        let alone = deadlines {
            $0.obligations?.removeAll { $0.kind == .report }
            for index in $0.obligations?.indices ?? 0..<0 where $0.obligations?[index].kind == .deliverable {
                $0.obligations?[index].due = .on(FictionalAct.date(2025, 4, 30))
            }
        }
        #expect(alone.filter { $0.kind == .deliverable }.allSatisfy { $0.reminders == .long })
    }
}
