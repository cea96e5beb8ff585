import Deliberations
import Testing

@testable import Extraction

@Suite("Obligations of a convention")
struct ConventionObligationTests {
    private let reading = AnnexReading(convention: millConvention)

    private func obligations(_ kind: Obligation.Kind) -> [Obligation] {
        (reading.extract.obligations ?? []).filter { $0.kind == kind }
    }

    @Test("Accounts fall due so long after the end of the year")
    func accounts() throws {
        let accounts = try #require(obligations(.accounts).first)
        #expect(accounts.debtor == "L'association")
        #expect(accounts.creditor == "la commune")
        #expect(accounts.article == "4")
        #expect(accounts.convention == 0)
        #expect(accounts.due == .after(Delay(after: .yearEnd, months: 6)))
        #expect(accounts.what.hasPrefix("compte rendu financier"))
    }

    @Test("A report is owed every year")
    func report() throws {
        #expect(obligations(.report).map(\.due) == [.every(month: 6, day: 30)])
    }

    @Test("Retention runs from the day that the text states")
    func retention() throws {
        #expect(obligations(.retention).map(\.due) == [.after(Delay(after: .date(day("2025-12-31")), years: 10))])
    }

    @Test("Payments are owed by the one who grants")
    func payments() throws {
        let payments = obligations(.payment)
        #expect(payments.map(\.debtor) == ["La commune", "La commune"])
        #expect(
            payments.map(\.creditor) == [
                "L'association « Les Amis du Moulin »", "L'association « Les Amis du Moulin »",
            ])
        #expect(
            payments.map(\.due) == [.after(Delay(after: .signature)), .after(Delay(after: .receipt, days: 30))])
    }

    @Test("Notice runs from the letter")
    func notice() throws {
        #expect(obligations(.notice).map(\.due) == [.after(Delay(after: .letter, months: 3))])
        #expect(obligations(.notice).first?.article == "5")
    }

    @Test("Duties without a day keep the words that say when")
    func continuous() throws {
        let others = obligations(.other)
        #expect(others.map(\.due) == [.whenever("lors de toute publication"), .whenever("sans délai")])
        #expect(others.map(\.debtor) == ["L'association", "L'association"])
    }

    @Test("Each obligation cites its sentence, ids are unique")
    func citations() throws {
        let all = try #require(reading.extract.obligations)
        #expect(Set(all.map(\.id)).count == all.count)
        for index in all.indices {
            let quote = try #require(reading.quote("/obligations/\(index)"))
            #expect(quote.contains(String(all[index].what.prefix(12))))
        }
    }

    @Test("The day that another article states for the documents of an article binds them")
    func boundDay() throws {
        let text = """
            CONVENTION

            Article 1 - Pièces
            Le club s'engage à fournir en fin de programme les comptes annuels ainsi que le rapport d'activité détaillant les livrables.

            Article 2 - Fin
            La convention cesse avec la remise des pièces visées à l'article 1er au plus tard le 31 mars 2025.
            """
        let annex = "Annexe\n\nLivrables à fournir :\n- une carte,\n- au fil de l'eau, la liste des visites.\n"
        let extract = AnnexReading(convention: text, annexes: [annex]).extract
        let obligations = try #require(extract.obligations)
        #expect(obligations.map(\.kind) == [.accounts, .report, .deliverable, .deliverable])
        #expect(
            obligations.map(\.due) == [
                .on(day("2025-03-31")), .on(day("2025-03-31")), .on(day("2025-03-31")),
                .whenever("au fil de l'eau"),
            ])
        #expect(extract.conventions?.first?.endsOn == day("2025-03-31"))
    }

    @Test(
        "A clause states its due date",
        arguments: [
            ("L'occupant devra libérer les lieux au plus tard le 15 juillet 2024.", Due.on(day("2024-07-15"))),
            ("L'occupant devra libérer les lieux avant le 15/07/2024.", .before(day("2024-07-15"))),
            ("Le titulaire remettra le plan d'ici le 1er août 2024.", .on(day("2024-08-01"))),
            ("Le titulaire remettra le plan le 1er août 2024 au plus tard.", .on(day("2024-08-01"))),
            ("Le preneur est tenu d'assurer le local jusqu'au 31 décembre 2026.", .on(day("2026-12-31"))),
            ("La société s'engage à rendre les clés le 6 juin 2024.", .on(day("2024-06-06"))),
            (
                "La société est tenue de répondre dans un délai de quinze jours francs à compter de la notification.",
                .after(Delay(after: .notification, days: 15, clear: true))
            ),
            (
                "La société est tenue de répondre dans un délai de cinq (5) jours ouvrés à compter de la notification.",
                .after(Delay(after: .notification, days: 5, dayKind: .worked))
            ),
            (
                "La société est tenue de répondre dans un délai de dix jours ouvrables suivant la notification.",
                .after(Delay(after: .notification, days: 10, dayKind: .workable))
            ),
            (
                "La société est tenue de répondre dans un délai de 3 jours ouvrés francs à compter de la notification.",
                .after(Delay(after: .notification, days: 3, clear: true, dayKind: .worked))
            ),
            (
                "La société est tenue de répondre dans un délai de 30 jours calendaires à compter de la notification.",
                .after(Delay(after: .notification, days: 30))
            ),
            (
                "La société devra transmettre l'acte dans les deux semaines suivant sa publication.",
                .after(Delay(after: .publication, days: 14))
            ),
            (
                "L'association transmettra son bilan dans le mois qui suit la fin du programme.",
                .after(Delay(after: .programmeEnd, months: 1))
            ),
            ("L'association adressera son programme chaque année avant le 15 mars.", .every(month: 3, day: 15)),
            ("L'association doit tenir le registre à jour en permanence.", .whenever("en permanence")),
            ("Le club s'engage à utiliser la salle avec soin.", .whenever("")),
        ])
    func dues(clause: String, due: Due) throws {
        let text = "CONVENTION\n\nArticle 1 - Engagements\n\(clause)\n"
        let obligations = try #require(AnnexReading(convention: text).extract.obligations)
        #expect(obligations.map(\.due) == [due])
    }

    @Test(
        "The words of a document do not say when it is due",
        arguments: [
            ", au plus tard le 31 mars 2026.", ",\nau plus tard le\n31 mars 2026.", " au plus tard le 31/03/2026 ;",
            ", et ce au plus tard le 31 mars 2026",
        ])
    func wordsWithoutDay(day: String) throws {
        let clause = "Le club s’engage à fournir le rapport d’activité du club et le compte rendu financier de l’emploi"
        let text = "CONVENTION\n\nArticle 1 - Engagements\n\(clause) de la subvention\(day)\n"
        let obligations = try #require(AnnexReading(convention: text).extract.obligations)
        #expect(
            obligations.map(\.what) == [
                "rapport d’activité du club", "compte rendu financier de l’emploi de la subvention",
            ])
        #expect(obligations.map(\.due) == [.on(Self.lastOfMarch), .on(Self.lastOfMarch)])
    }

    private static let lastOfMarch = day("2026-03-31")

    @Test("Who keeps documents has to, in the present tense too; who keeps a right does not")
    func keeping() throws {
        let clause = "L’association conserve les pièces justificatives pendant une durée de 10 ans."
        let text = "CONVENTION\n\nArticle 1 - Contrôle\n\(clause)\nLa commune conserve la propriété de la salle.\n"
        let obligations = try #require(AnnexReading(convention: text).extract.obligations)
        #expect(obligations.map(\.kind) == [.retention])
        #expect(obligations.first?.debtor == "L’association")
        #expect(obligations.first?.due == .whenever("pendant une durée de 10 ans"))
    }

    @Test("Who may exact the money back keeps that right in mind; it waits for no list after the colon")
    func refund() throws {
        let text =
            "CONVENTION\n\nArticle 1 - Reversement\nLa commune pourra exiger le reversement de l'aide :\n- en cas d'abandon du projet,\n"
        let obligations = try #require(AnnexReading(convention: text).extract.obligations)
        #expect(obligations.map(\.what) == ["pourra exiger le reversement de l'aide"])
        #expect(obligations.first?.kind == .other && obligations.first?.debtor == "La commune")
    }

    @Test(
        "A sentence that binds nobody states no obligation",
        arguments: [
            "Le présent article rappelle le contexte du 15 juillet 2024.",
            "La commune pourra demander le remboursement de la subvention.",
            "La commune ne pourra être tenue responsable des vols.",
            "Ce montant est un plafond.",
            "Le club s'engage sur ce programme.",
        ])
    func noDuties(clause: String) {
        let text = "CONVENTION\n\nArticle 1 - Engagements\n\(clause)\n"
        #expect(AnnexReading(convention: text).extract.obligations == nil)
    }
}

@Suite("Obligations of an act")
struct ActObligationTests {
    @Test("A duty with a day to come is one")
    func futureDay() throws {
        let act = "Article 3 : Le remboursement de la somme avancée interviendra au plus tard le 31 décembre\n2026.\n"
        let obligation = try #require(AnnexReading(act: act).extract.obligations?.first)
        #expect(obligation.kind == .payment)
        #expect(obligation.due == .on(day("2026-12-31")))
        #expect(obligation.deliberation == 0)
        #expect(obligation.article == "3")
        #expect(obligation.what.hasPrefix("Le remboursement"))
    }

    @Test("An appeal to the authority itself is none to a court, one without the court's name is")
    func appealWithoutCourt() throws {
        let gracious = "Un recours gracieux peut être adressé au maire dans les deux mois suivant sa publication."
        #expect(AnnexReading(act: gracious).extract.obligations == nil)
        let contentious = "Un recours contentieux est ouvert dans un délai de deux mois à compter de sa notification."
        let appeal = try #require(AnnexReading(act: contentious).extract.obligations?.first)
        #expect(appeal.due == .after(Delay(after: .notification, months: 2)))
    }

    @Test("The appeal runs from publicity")
    func appeal() throws {
        let act = """
            La présente délibération peut faire l'objet d'un recours devant le Tribunal administratif de Bourg-Neuf \
            dans un délai de deux mois à compter de sa transmission en préfecture et de sa publication.
            """
        let appeal = try #require(AnnexReading(act: act).extract.obligations?.first)
        #expect(appeal.kind == .appeal)
        #expect(appeal.due == .after(Delay(after: .publication, months: 2)))
        #expect(appeal.what == "recours devant le Tribunal administratif de Bourg-Neuf")
    }

    @Test(
        "Past days, reasons and talk are no obligations",
        arguments: [
            "Considérant que l'association devait rendre ses comptes au plus tard le 30 juin 2023,",
            "Considérant que la commune s'engage à payer avant le 30 juin 2025,",
            "Vu la délibération du 12 mars 2025 par laquelle la commune s'engage,",
            "La société devra libérer les lieux avant le 1er mars 2020.",
            "La nouvelle nomenclature est applicable au plus tard le 1er janvier 2025.",
            "Le conseil s'est réuni le 14 mai 2024.",
            "La commune s'engage à soutenir le club.",
        ])
    func noObligations(sentence: String) {
        #expect(AnnexReading(act: sentence).extract.obligations == nil)
    }
}

@Suite("Events")
struct EventTests {
    @Test(
        "A dated happening is one",
        arguments: [
            ("Participer à la convention Boiséa (Lormont 3 et 4 décembre 2024)", "2024-12-03", "2024-12-04"),
            (
                "Le festival des Rivières aura lieu du 28 juin au 1er juillet 2024 sur les quais.", "2024-06-28",
                "2024-07-01"
            ),
            ("Fête du pain le samedi 8 juin 2024", "2024-06-08", nil),
        ] as [(String, String, String?)])
    func events(text: String, start: String, through: String?) throws {
        let event = try #require(AnnexReading(act: text).extract.events?.first)
        #expect(event.on == day(start))
        #expect(event.through == through.map(day))
    }

    @Test(
        "Months without a day, acts and past days are no events",
        arguments: [
            "Septembre 2024 : la Région présente sa feuille de route lors d'une conférence.",
            "Vu l'arrêté du 3 juin 2024 autorisant la fête,",
            "Le festival du 3 juin 2019 a réuni 400 personnes.",
            "La convention du 12 juin 2024 est approuvée.",
            "La manifestation d'intérêt se clôt le 30 juin 2024.",
        ])
    func noEvents(text: String) {
        #expect(AnnexReading(act: text).extract.events == nil)
    }
}

@Suite("Duties in the present and the future")
struct TensedDutyTests {
    private func obligations(_ sentence: String) -> [Obligation] {
        let text = """
            CONVENTION

            Entre
            La commune de Plansel
            Et
            L'association « Les Amis du Moulin »

            Article 1 - Engagements
            \(sentence)
            """
        return AnnexReading(convention: text).extract.obligations ?? []
    }

    @Test(
        "What a verb in the future owes",
        arguments: [
            ("L'association remboursera les sommes non utilisées avant le 30 juin 2031.", Obligation.Kind.payment),
            ("La commune versera la somme de 1 000 € au plus tard le 30 juin 2031.", .payment),
            ("L'association publiera ses statuts avant le 30 juin 2031.", .publication),
        ])
    func future(sentence: String, kind: Obligation.Kind) {
        let found = obligations(sentence).filter { $0.due != .whenever("") }
        #expect(found.map(\.kind) == [kind])
    }

    @Test("A document that is handed over in the present, with a day, is owed; without a day it is told only")
    func present() {
        let dated = obligations("L'association remet son rapport d'activité avant le 30 juin 2031.")
        #expect(dated.map(\.kind) == [.report])
        #expect(dated.map(\.due) == [.before(day("2031-06-30"))])
        #expect(obligations("L'association présente son rapport d'activité à ses membres.").isEmpty)
    }

    @Test("No wording of clauses stands for two things")
    func wordings() {
        let repeated = Dictionary(grouping: ClauseWordings.all, by: \.wording).filter { $0.value.count > 1 }.keys
        #expect(repeated.isEmpty)
    }
}
