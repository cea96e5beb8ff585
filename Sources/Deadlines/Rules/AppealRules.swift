import Deliberations

/// What others may do against an act, and until when the authority may take it back.
struct AppealRules {
    let act: ActContext

    func deadlines() -> [Deadline] {
        [courtAppeal, addresseeAppeal, administrativeAppeal, prefectReferral, withdrawal].compactMap { $0 }
    }

    /// The months that the text gives, if they are plausible, or the law's two (CJA R421-1).
    private var months: Int {
        let stated = act.deliberation.appeal?.months ?? 2
        return (1...12).contains(stated) ? stated : 2
    }

    private var publicationEvidence: [Evidence] {
        let evidence = act.reading.evidence
        let appeal = act.deliberation.appeal == nil ? [] : [act.pointer("/appeal"), act.pointer("/appeal/court")]
        return evidence.quote([act.pointer("/act/publishedOn"), "/session/publishedOn"]) + evidence.quote(appeal)
    }

    private func appealDate(note: String? = nil) -> DateComputation {
        var rule = courtRule(StartEvent.publication, words: "publiée le", months: months)
        rule.note = note
        return .following(
            StartEvent.publication, on: act.publishedOn, by: rule, calendar: act.reading.calendar,
            unknown: "\(FrenchWording.months(months)) francs après la publication, dont la date n’est pas connue"
                + (note ?? ""))
    }

    /// A limit for going to court, in the calendar of the court.
    private func courtRule(_ event: String, words: String, months: Int) -> StartRule {
        act.startRule(event, words: words, months: months, counting: .court).counted(in: act.reading.calendar)
    }

    private var courtAppeal: Deadline? {
        let court = act.deliberation.appeal?.court ?? "le tribunal administratif"
        let deadline = act.deadline(
            .courtAppeal, what: "Recours contentieux des tiers (\(court))", appealDate(), evidence: publicationEvidence)
        return deadline.owed(by: "Tiers", to: nil)
    }

    /// Where the text says that the limit runs from the notification, that of whoever is notified.
    private var addresseeAppeal: Deadline? {
        guard case .notification? = act.deliberation.appeal?.start else { return nil }
        let event = StartEvent.actNotification
        let date = DateComputation.waiting(
            for: event, by: courtRule(event, words: "notifiée le", months: months),
            how:
                "\(FrenchWording.months(months)) francs après la notification, dont la date n’est pas connue ; elle doit "
                + "indiquer les voies et délais de recours")
        return act.deadline(
            .addresseeAppeal, what: "Recours contentieux du destinataire", date,
            evidence: act.reading.evidence.quote([act.pointer("/appeal"), act.pointer("/appeal/court")])
        ).owed(by: "Destinataire", to: nil)
    }

    private var administrativeAppeal: Deadline? {
        guard act.isAlone || act.publishedOn != nil else { return nil }
        let date = appealDate(
            note: " ; s’il est formé à temps, le délai du recours contentieux repart à la réponse")
        return act.deadline(
            .administrativeAppeal, what: "Recours gracieux conservant le délai du recours contentieux", date,
            evidence: publicationEvidence
        ).owed(by: "Tiers", to: act.reading.authority)
    }

    private var prefectReferral: Deadline? {
        let rule = courtRule(StartEvent.prefectReception, words: "reçue en préfecture le", months: 2)
        let date = DateComputation.following(
            StartEvent.prefectReception, on: act.deliberation.act?.receivedOn, by: rule,
            calendar: act.reading.calendar,
            unknown: "deux mois francs après la réception en préfecture, dont la date n’est pas connue")
        return act.deadline(
            .prefectReferral, what: "Déféré préfectoral contre la délibération", date,
            evidence: act.reading.evidence.quote(act.pointer("/act/receivedOn"))
        ).owed(by: "Préfet", to: nil)
    }

    /// A grant creates rights: it can be withdrawn, if it is illegal, for four months (CRPA L242-1).
    private var withdrawal: Deadline? {
        guard !act.grants.isEmpty else { return nil }
        let session = act.reading.session.date
        let date = DateComputation.ordinary(act.reading.sessionWords, from: session, months: 4)
        return act.deadline(
            .withdrawal, what: "Retrait de l’attribution de subvention, si elle est illégale", date,
            evidence: act.reading.evidence.quote([act.pointer("/grants/0"), act.pointer("/grants/0/amount")])
        ).owed(by: act.reading.authority, to: nil)
    }
}
