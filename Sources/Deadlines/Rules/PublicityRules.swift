import Deliberations

/// What the authority owes the public, the prefect and the communes for an act.
struct ActPublicityRules {
    let act: ActContext

    func deadlines() -> [Deadline] { [online, transmission, contractTransmission].compactMap { $0 } }

    /// Since 1 July 2022 acts are published on line, for at least two months (CGCT R2131-1).
    private var online: Deadline? {
        let reading = act.reading
        guard PublicityReform.holds(on: reading.session.date), reading.extract.authority.kind.publishesOnline else {
            return nil
        }
        guard act.isAlone || act.publishedOn != nil else { return nil }
        var rule = act.startRule(StartEvent.publication, words: "publiée le", months: 2)
        rule.note = " inclus"
        let date = DateComputation.following(
            StartEvent.publication, on: act.publishedOn, by: rule, calendar: reading.calendar,
            unknown: "deux mois après la publication, dont la date n’est pas connue")
        return act.deadline(
            .online, what: "Maintenir la délibération en ligne", date,
            evidence: reading.evidence.quote([act.pointer("/act/publishedOn"), "/session/publishedOn"])
        ).owed(by: reading.authority, to: "Public")
    }

    private static let transmittedContracts = [
        "marche public", "marches publics", "accord cadre", "delegation de service public", "contrat de concession",
        "concession de service", "concession de travaux",
    ]

    /// A public contract or concession whose signature is authorised goes to the prefect within fifteen days of it.
    private var contractTransmission: Deadline? {
        let decisions = act.deliberation.decisions ?? []
        let position = decisions.firstIndex { text in
            let decision = FoldedText(text)
            return decision.contains("signer") && decision.contains(anyOf: Self.transmittedContracts)
        }
        guard let position, act.isAdopted else { return nil }
        let event = StartEvent.contractSignature
        let date = DateComputation.waiting(
            for: event, by: act.startRule(event, words: "contrat signé le", days: 15),
            how: "quinze jours après la signature du contrat, s’il est soumis à transmission")
        return act.deadline(
            .contractTransmission, what: "Transmettre le contrat signé en préfecture", date,
            evidence: act.reading.evidence.quote(act.pointer("/decisions/\(position)"))
        ).owed(by: act.reading.authority, to: "Préfet")
    }

    /// The law sets no limit for transmitting an ordinary deliberation: without it, the act is only not executory.
    private var transmission: Deadline? {
        let record = act.deliberation.act
        guard record?.receivedOn == nil, record?.sentOn == nil, act.isAdopted else { return nil }
        let reading = act.reading
        let days = reading.facts.transmissionTargetDays
        let due = reading.session.date + days
        let date = DateComputation.fixed(
            due,
            how: "objectif interne, aucun délai légal\(FrenchWording.colon)\(reading.sessionWords) "
                + "+ \(FrenchWording.days(days))\(FrenchWording.colon)\(due.frenchDigits)")
        return act.deadline(
            .transmission, what: "Transmettre la délibération en préfecture", date,
            evidence: reading.evidence.quote("/session/date")
        ).owed(by: reading.authority, to: "Préfet")
    }
}

/// What the authority owes for a session as a whole: the list of its deliberations and its minutes.
struct SessionPublicityRules {
    let reading: ReadingContext

    func deadlines() -> [Deadline] {
        guard reading.extract.organ == .assembly, reading.extract.authority.kind.hasCommunalPublicity else { return [] }
        return lists + minutesOfThisSession + minutesApprovedHere
    }

    private var isBetweenCommunes: Bool { reading.extract.authority.kind.sendsToCommunes }

    private var lists: [Deadline] {
        let session = reading.session.date
        guard PublicityReform.holds(on: session) else { return [] }
        var deadlines: [Deadline] = []
        let isPublished = reading.extract.kind == .list && reading.session.publishedOn != nil
        if !isPublished {
            let date = DateComputation.ordinary(reading.sessionWords, from: session, days: 7)
            deadlines.append(
                deadline(.list, of: session, what: "Afficher et mettre en ligne la liste des délibérations", date)
                    .owed(by: reading.authority, to: "Public"))
        }
        if isBetweenCommunes {
            let date = DateComputation.ordinary(reading.sessionWords, from: session, months: 1)
            let what = "Adresser la liste des délibérations aux conseillers municipaux"
            deadlines.append(
                deadline(.listToCommunes, of: session, what: what, date)
                    .owed(by: reading.authority, to: "Conseillers municipaux"))
        }
        return deadlines
    }

    private var minutesOfThisSession: [Deadline] {
        let session = reading.session.date
        guard PublicityReform.holds(on: session) else { return [] }
        let event = "approbation du procès-verbal de la séance du \(session.frenchDigits)"
        return minutes(of: session) { rule in
            let (months, days) = Self.minutesDelay(rule)
            let span = FrenchWording.span(months: months, days: days)
            let approval = "la séance qui approuve le procès-verbal, dont la date n’est pas connue"
            var start = StartRule(
                event: event, words: "procès-verbal approuvé en séance du", months: months, days: days)
            start.notBefore = session
            return .waiting(for: event, by: start, how: "\(span) après \(approval)")
        }
    }

    /// A deliberation that approves the minutes of an earlier session starts that session's delays.
    private var minutesApprovedHere: [Deadline] {
        reading.extract.deliberations.indices.flatMap { index -> [Deadline] in
            let deliberation = reading.extract.deliberations[index]
            guard let session = MinutesApproval.sessionDate(of: deliberation), session < reading.session.date,
                PublicityReform.holds(on: session), deliberation.vote?.outcome ?? .adopted == .adopted
            else { return [] }
            let words = "procès-verbal approuvé en séance du \(reading.session.date.frenchDigits)"
            let evidence = reading.evidence.quote("/deliberations/\(index)/subject")
            return minutes(of: session, evidence: evidence) { rule in
                let (months, days) = Self.minutesDelay(rule)
                return .ordinary(words, from: reading.session.date, months: months, days: days)
            }
        }
    }

    /// A week on line (CGCT L2121-15), a month to the communes (L5211-40-2).
    private static func minutesDelay(_ rule: DeadlineRule) -> (months: Int, days: Int) {
        rule == .minutes ? (0, 7) : (1, 0)
    }

    private func minutes(
        of session: CivilDate, evidence: [Evidence]? = nil, date: (DeadlineRule) -> DateComputation
    ) -> [Deadline] {
        let online = "Mettre en ligne le procès-verbal de la séance du \(session.frenchDigits)"
        let sent = "Adresser aux conseillers municipaux le procès-verbal de la séance du \(session.frenchDigits)"
        let first = deadline(.minutes, of: session, what: online, date(.minutes), evidence: evidence)
            .owed(by: reading.authority, to: "Public")
        guard isBetweenCommunes else { return [first] }
        let second = deadline(
            .minutesToCommunes, of: session, what: sent, date(.minutesToCommunes), evidence: evidence)
        return [first, second.owed(by: reading.authority, to: "Conseillers municipaux")]
    }

    private func deadline(
        _ rule: DeadlineRule, of session: CivilDate, what: String, _ date: DateComputation,
        evidence: [Evidence]? = nil
    ) -> Deadline {
        Deadline(
            rule, act: ActKey(reading.sessionKey(session)), detail: nil, what: what, date: date,
            evidence: evidence ?? reading.evidence.quote("/session/date"))
    }
}

/// The reform of the publicity of local acts (ordinance 2021-1310), in force since 1 July 2022.
enum PublicityReform {
    /// Days from 1970-01-01 to 2022-07-01.
    private static let start = CivilDate(daysSince1970: 19_174)

    /// Whether it holds for a session on `date`.
    static func holds(on date: CivilDate) -> Bool { date >= start }
}

/// Reads which session's minutes a deliberation approves.
enum MinutesApproval {
    private static let names = ["proces verbal", "proces verbaux", "compte rendu", "pv "]
    private static let verbs = ["approbation", "adoption", "approuve", "adopte", "arret"]

    /// The day of the session, if the subject says so.
    static func sessionDate(of deliberation: Deliberation) -> CivilDate? {
        let subject = FoldedText(deliberation.subject)
        guard subject.contains(anyOf: names), subject.contains(anyOf: verbs) else { return nil }
        return WrittenDates.first(in: deliberation.subject)
    }
}

extension Authority.Kind {
    /// Communes and their groupings publish the list of their deliberations and their minutes (CGCT L2121-15, L2121-25,
    /// by L5211-1 and L5711-1).
    var hasCommunalPublicity: Bool {
        switch self {
        case .commune, .epci, .syndicat: true
        case .departement, .region, .ccas, .other: false
        }
    }

    /// Groupings send both to the councillors of their communes (CGCT L5211-40-2).
    var sendsToCommunes: Bool {
        switch self {
        case .epci, .syndicat: true
        case .commune, .departement, .region, .ccas, .other: false
        }
    }

    /// Whose acts are published on line (CGCT L2131-1, L3131-1, L4141-1, L5211-3).
    var publishesOnline: Bool {
        switch self {
        case .commune, .epci, .syndicat, .departement, .region: true
        case .ccas, .other: false
        }
    }
}
