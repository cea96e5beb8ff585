import Deliberations
import Digest

/// An act of a place that does not exist, with a convention, as ingest would read it.
struct FictionalAct {
    static let source = """
        Communauté de communes du Val d'Ombre
        Publié le : 07/10/2024
        Séance du jeudi 26 septembre 2024
        Délibération n° 2024-118 : Soutien au programme de l'Atelier des Lumières pour l'année 2024
        Le conseil attribue une subvention de 65 000 € à l'Atelier des Lumières,
        et autorise le Président à signer la convention jointe.
        Un recours peut être formé devant le Tribunal administratif de Valmont dans les deux mois de la publicité.
        Article 2 - Programme : l'Atelier conduit les actions décrites en annexe.
        Article 3 - La somme est versée en totalité à la signature de la convention.
        Article 4 - Durée : l'Atelier remet ses comptes certifiés et son rapport d'activité au plus tard le 30 avril 2025.
        Il garde ses justificatifs pendant dix ans.
        Article 8 - Résiliation : préavis d'un mois après l'envoi d'une lettre recommandée.
        Le logo de la communauté figure en tout temps sur les affiches.
        Livrable : le catalogue des vitraux. Livrable : au fil de l'eau, la liste des visiteurs.
        Salon des verriers à Port-Cendré les 3 et 4 décembre 2024.
        Septembre 2024 : la Région présente son plan.
        """

    var extract: Extract
    let text = Array(Self.source.utf8)

    init() {
        let digest = SHA256Digest(of: Array(Self.source.utf8))
        let document = DocumentReference(
            id: digest, name: "acte.txt", mediaType: "text/plain",
            text: ConvertedText(sha256: digest, bytes: Self.source.utf8.count))
        var session = Session(date: Self.date(2024, 9, 26))
        session.publishedOn = Self.date(2024, 10, 7)
        extract = Extract(
            producedBy: Producer(program: "test", version: "1"), document: document, kind: .extract,
            authority: Authority(name: "Communauté de communes du Val d'Ombre", kind: .epci), organ: .assembly,
            session: session, attendance: Attendance(), deliberations: [Self.deliberation])
        extract.conventions = [convention()]
        extract.obligations = obligations
        extract.events = [
            Event(what: "Salon des verriers", on: Self.date(2024, 12, 3), through: Self.date(2024, 12, 4))
        ]
        cite("/session/date", "jeudi 26 septembre 2024")
        cite("/deliberations/0/act/publishedOn", "07/10/2024")
        cite("/deliberations/0/appeal", "Un recours peut être formé devant le Tribunal administratif de Valmont")
        cite("/deliberations/0/grants/0", "une subvention de 65 000 € à l'Atelier des Lumières")
        cite("/deliberations/0/decisions/1", "autorise le Président à signer la convention jointe")
        cite("/conventions/0/payments/0", "versée en totalité à la signature de la convention")
        cite("/conventions/0/noticeMonths", "préavis d'un mois")
        cite("/obligations/0", "comptes certifiés et son rapport d'activité au plus tard le 30 avril 2025")
        cite("/obligations/1", "rapport d'activité au plus tard le 30 avril 2025")
        cite("/events/0", "Salon des verriers à Port-Cendré les 3 et 4 décembre 2024")
        mention("30 avril 2025", Self.date(2025, 4, 30))
    }

    static func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day) ?? CivilDate(daysSince1970: 0)
    }

    private static var deliberation: Deliberation {
        var deliberation = Deliberation(
            subject: "Soutien au programme de l'Atelier des Lumières pour l'année 2024")
        deliberation.number = "2024-118"
        deliberation.decisions = ["attribue une subvention", "autorise le Président à signer la convention jointe"]
        var vote = Vote(unanimous: true)
        vote.outcome = .adopted
        deliberation.vote = vote
        var grant = Grant(
            beneficiary: "Atelier des Lumières", amount: Money(cents: 65_000_00), conventionMentioned: true)
        grant.purpose = "programme pour l'année 2024"
        deliberation.grants = [grant]
        var act = ActRecord()
        act.publishedOn = date(2024, 10, 7)
        deliberation.act = act
        deliberation.appeal = Appeal(court: "Tribunal administratif de Valmont", months: 2, start: .publication)
        return deliberation
    }

    private func convention() -> Convention {
        var convention = Convention(
            parties: ["Communauté de communes du Val d'Ombre", "Atelier des Lumières"])
        convention.payments = [.init(share: 10_000, amount: Money(cents: 65_000_00), when: "à la signature")]
        convention.noticeMonths = 1
        convention.articles = [
            .init(number: "2", title: "Programme", range: range("Article 2 - Programme")),
            .init(number: "4", title: "Durée", range: range(from: "Article 4 - Durée", to: "pendant dix ans.")),
            .init(number: "8", title: "Résiliation", range: range("Article 8 - Résiliation")),
        ]
        return convention
    }

    private var obligations: [Obligation] {
        let due = Due.on(Self.date(2025, 4, 30))
        return [
            obligation(.accounts, "les comptes certifiés du programme", "3", due),
            obligation(.report, "le rapport d'activité avec les livrables", "3", due),
            obligation(.accounts, "ses comptes certifiés", "4", due),
            obligation(.retention, "les justificatifs", "4", .whenever("pendant une durée de dix ans")),
            obligation(.notice, "la résiliation", "8", .after(Delay(after: .letter, months: 1))),
            obligation(.other, "faire figurer le logo", "5", .whenever("systématiquement")),
            obligation(.deliverable, "le catalogue des vitraux", nil, .after(Delay(after: .programmeEnd))),
            obligation(.deliverable, "la liste des visiteurs", nil, .whenever("au fil de l'eau")),
            obligation(.appeal, "recours", nil, .after(Delay(after: .publication, months: 2))),
            obligation(.payment, "verser 65 000 €", "3", .after(Delay(after: .signature))),
        ]
    }

    private func obligation(_ kind: Obligation.Kind, _ what: String, _ article: String?, _ due: Due) -> Obligation {
        var obligation = Obligation(id: what, kind: kind, what: what, due: due)
        obligation.deliberation = 0
        obligation.convention = 0
        obligation.debtor = kind == .payment || kind == .notice ? nil : "L'Atelier des Lumières"
        obligation.article = article
        return obligation
    }

    private mutating func cite(_ pointer: String, _ words: String) {
        extract.provenance.cite(pointer, range(words))
    }

    private mutating func mention(_ words: String, _ date: CivilDate?) {
        extract.mentions.dates.append(DateMention(text: words, date: date, range: range(words)))
    }

    func range(_ words: String) -> TextRange { Self.range(of: words, in: text) }

    private func range(from first: String, to last: String) -> TextRange {
        TextRange(range(first).start, range(last).end)
    }

    private static func range(of words: String, in text: [UInt8]) -> TextRange {
        let bytes = Array(words.utf8)
        let start = text.indices.first { text[$0...].starts(with: bytes) } ?? 0
        return TextRange(start, start + bytes.count)
    }
}
