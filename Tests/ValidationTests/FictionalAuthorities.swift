import Deliberations
import Digest
import Validation

extension CivilDate {
    /// A day that the test itself writes.
    static func on(_ text: String) -> CivilDate { CivilDate(jsonString: text) ?? CivilDate(daysSince1970: 0) }
}

extension Extract {
    /// One act of a fictional authority, of which nothing but the session is known.
    static func fictional(_ authority: Authority, organ: Organ = .assembly, date: String) -> Extract {
        let nothing = SHA256Digest(of: [])
        return Extract(
            producedBy: Producer(program: "fiction", version: "1"),
            document: DocumentReference(
                id: nothing, name: "fiction.txt", mediaType: "text/plain",
                text: ConvertedText(sha256: nothing, bytes: 0)),
            kind: .extract, authority: authority, organ: organ, session: Session(date: .on(date)),
            attendance: Attendance(), deliberations: [Deliberation(subject: "Objet")])
    }
}

/// Fictional members: "Mme Anne Abeille" of "Aubrelle".
func member(
    _ civility: String, _ name: String, _ locality: String? = nil, substitute: Bool = false, _ presence: ItemRange...
) -> Member {
    Member(
        Person(civility: civility, name: name), locality: locality, substitute: substitute, presence: presence)
}

func proxy(_ giver: String, _ holder: String, _ locality: String? = nil, during: ItemRange? = nil) -> Proxy {
    Proxy(giver: Person(name: giver), holder: Person(name: holder), locality: locality, during: during)
}

enum Fictional {
    /// A communauté de communes of twenty members, at item 6 of 12: 14 present, 4 proxies, one interested member who
    /// holds a proxy, so 16 voices; a grant of 60,000 € with its convention and its budget.
    static func community() -> FictionalDocument {
        var extract = Extract.fictional(
            Authority(
                name: "Communauté de communes du Val d'Aubrelle", kind: .epci, siren: "200000008", department: "25"),
            date: "2025-03-13")
        extract.session.weekday = .thursday
        extract.session.openedAt = TimeOfDay(hour: 18, minute: 30)
        extract.session.closedAt = TimeOfDay(hour: 21, minute: 0)
        extract.session.convokedOn = .on("2025-03-06")
        extract.session.publishedOn = .on("2025-03-18")
        extract.session.president = Person(civility: "Mme", name: "Anne Abeille", role: "Présidente")
        extract.session.secretary = Person(civility: "M.", name: "Bruno Bouleau")
        extract.session.membersInOffice = 20
        extract.session.orderOfPassage = (1...12).map { AgendaItem("\($0)") }
        extract.session.stated = StatedCounts(present: 14)
        extract.attendance = communityAttendance
        extract.deliberations = [communityAct]
        extract.conventions = [convention]
        extract.budgetTables = tables
        extract.obligations = obligations
        return FictionalDocument(
            extract: extract, dates: [mention("jeudi 13 mars 2025", "2025-03-13", .thursday)],
            amountLines: [[amount("60 k€", 6_000_000)], [amount("60 000 €", 6_000_000)]],
            articles: [
                "Il est attribué une", "Un compte rendu financier est produit. Prise d'effet à la date de signature.",
                "Contrat d'engagement républicain. Note explicative de synthèse. Contrôle sur pièces.",
                "La subvention est versée en deux fois. Elle est utilisée pour la seule action.",
                "Les comptes annuels certifiés sont transmis. Le reversement à un autre organisme est interdit.",
            ],
            articleAmounts: [amount("60 000 €", 6_000_000)],
            sentences: ["Un montant identique à celui de 2024.", "Le budget global de l'action est joint."])
    }

    private static var communityAttendance: Attendance {
        Attendance(
            present: [
                member("Mme", "Anne Abeille", "Aubrelle"), member("M.", "Bruno Bouleau", "Aubrelle"),
                member("Mme", "Claire Chardon", "Aubrelle"), member("M.", "Denis Douglas", "Bellecombe"),
                member("Mme", "Edith Eglantine", "Bellecombe"),
                member("M.", "Fabien Fougère", "Corvelle", ItemRange(from: "3")),
                member("Mme", "Gisèle Genêt", "Dormans", ItemRange(through: "8")),
                member("M.", "Hugo Houx", "Esserts"), member("Mme", "Inès Iris", "Fontaigu"),
                member("M.", "Jean Jonquille", "Grandval"), member("Mme", "Karine Kerria", "Hautpré"),
                member("M.", "Louis Lavande", "Issoncourt"), member("Mme", "Manon Mélèze", "Jussy-le-Bois"),
                member("M.", "Noël Noisetier", "Lombreuil", substitute: true),
            ],
            absent: [
                member("M.", "Octave Olivier", "Aubrelle"), member("Mme", "Paule Primevère", "Aubrelle"),
                member("M.", "Quentin Quinoa", "Bellecombe"), member("Mme", "Rose Romarin", "Montcharvin"),
                member("M.", "Serge Sureau", "Novillers"), member("Mme", "Thérèse Tilleul", "Ormeaux"),
            ],
            proxies: [
                proxy("Octave Olivier", "Anne Abeille", "Aubrelle"),
                proxy("Paule Primevère", "Claire Chardon", "Aubrelle"),
                proxy("Rose Romarin", "Hugo Houx", "Montcharvin"),
                proxy("Serge Sureau", "Fabien Fougère", "Novillers", during: ItemRange(from: "3")),
            ])
    }

    private static var communityAct: Deliberation {
        var act = Deliberation(subject: "Soutien à l'association Les Ateliers du Val")
        act.number = "2025-017"
        act.item = "6"
        act.rapporteur = Person(name: "Louis Lavande")
        act.matterCode = "7.5"
        act.opinions = [Opinion(body: "Bureau", date: .on("2025-02-27"), opinion: "Favorable")]
        act.decisions = ["attribue la subvention"]
        var vote = Vote()
        (vote.for, vote.against, vote.abstentions) = (15, 1, 0)
        vote.outcome = .adopted
        vote.wording = "à la majorité"
        vote.interested = [InterestedMember(person: Person(civility: "M.", name: "Hugo Houx"), weight: 2)]
        vote.interestedCount = 2
        act.vote = vote
        act.budget = BudgetLine()
        act.budget?.planned = Money(cents: 9_000_000)
        act.budget?.operation = Money(cents: 6_000_000)
        var grant = Grant(
            beneficiary: "Association Les Ateliers du Val", amount: Money(cents: 6_000_000), conventionMentioned: true)
        grant.siret = "73282932000074"
        grant.history = [YearlyAmount(year: 2024, amount: Money(cents: 6_000_000))]
        act.grants = [grant]
        act.act = ActRecord()
        act.act?.prefectureID = "025-200000008-20250313-2025_017-DE"
        act.act?.receivedOn = .on("2025-03-17")
        act.act?.publicationMode = "mis en ligne"
        act.act?.publishedOn = .on("2025-03-18")
        act.appeal = Appeal(court: "Tribunal administratif de Besançon", months: 2)
        act.signatories = [
            Person(name: "Bruno Bouleau", role: "Conseiller communautaire"),
            Person(name: "Anne Abeille", role: "Présidente"),
        ]
        return act
    }

    private static var convention: Convention {
        var convention = Convention(parties: ["La communauté de communes", "L'association"])
        convention.deliberation = 0
        convention.endsOn = .on("2026-04-30")
        convention.payments = [
            .init(share: 8_000, amount: Money(cents: 4_800_000), when: "à la signature"),
            .init(share: 2_000, amount: Money(cents: 1_200_000), when: "solde sur bilan"),
        ]
        convention.court = "Tribunal administratif de Besançon"
        convention.copies = 2
        return convention
    }

    private static var tables: [BudgetTable] {
        func row(
            _ label: String, _ euros: Int, _ level: BudgetTable.Row.Level = .line, quantity: Int? = nil
        )
            -> BudgetTable.Row
        {
            BudgetTable.Row(label: label, quantity: quantity, amount: Money(cents: euros * 100), level: level)
        }
        var expenses = BudgetTable(
            direction: .expense,
            rows: [
                row("Animation", 30_000), row("Direction", 20_000), row("Total", 50_000, .subtotal),
                row("Salon", 45_000), row("Édition", 25_000), row("Total", 70_000, .subtotal),
                row("TOTAL", 120_000, .total),
            ])
        expenses.deliberation = 0
        var incomes = BudgetTable(
            direction: .revenue,
            rows: [
                row("Fonds propres", 60_000), row("Communauté de communes du Val d'Aubrelle", 60_000),
                row("TOTAL", 120_000, .total),
            ])
        incomes.deliberation = 0
        return [expenses, incomes]
    }

    private static var obligations: [Obligation] {
        var accounts = Obligation(id: "comptes", kind: .accounts, what: "comptes", due: .on(.on("2026-04-30")))
        (accounts.deliberation, accounts.convention) = (0, 0)
        let delay = Delay(after: .signature, years: 10)
        var retention = Obligation(id: "pieces", kind: .retention, what: "conserver", due: .after(delay))
        (retention.deliberation, retention.convention) = (0, 0)
        return [accounts, retention]
    }

    static func mention(_ text: String, _ date: String?, _ weekday: Weekday? = nil) -> DateMention {
        DateMention(text: text, date: date.map(CivilDate.on), weekday: weekday, range: TextRange(0, 0))
    }

    static func amount(
        _ text: String, _ cents: Int, _ tax: Money.Tax? = nil, inWords: Bool = false, role: String? = nil
    ) -> AmountMention {
        AmountMention(
            text: text, money: Money(cents: cents, tax: tax), inWords: inWords, role: role, range: TextRange(0, 0))
    }
}
