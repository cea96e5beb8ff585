import Deliberations

/// clear = (session − sent) − 1 ≥ k, with k by kind of authority and size.
///
/// Saturdays, Sundays and holidays count (CE 13 Oct. 1993); what counts is the sending. For departments and regions the
/// law counts the sending of the reports, twelve days before: the printed date may be another one, hence a warning.
struct ConvocationNotice: DocumentRule {
    let description = RuleDescription(
        "convocation-delay", .error, "La convocation est envoyée dans le délai légal avant la séance.",
        law: ["CGCT L2121-11", "CGCT L2121-12", "CGCT L5211-1", "CGCT L3121-19", "CGCT L4132-18", "CASF R123-16"],
        scope: "assemblées\u{A0}; urgence et seconde convocation à part")

    func check(_ review: Review) -> Verdict {
        let session = review.session
        if review.extract.organ != .assembly { return .notApplicable("le délai est celui du règlement intérieur") }
        if session.urgency == true { return .notApplicable("procédure d’urgence") }
        if session.secondConvocation == true { return .notApplicable("seconde convocation") }
        guard let sent = session.convokedOn else { return .indeterminate("date de la convocation") }
        guard sent < session.date else { return .notApplicable("convocation postérieure à la séance") }
        let clear = session.date - sent - 1
        if clear >= 5, [.commune, .epci, .syndicat].contains(review.extract.authority.kind) { return .ok }
        switch ConvocationDelay.requirement(review) {
        case .clearDays(let days):
            return clear >= days ? .ok : short(review, sent, clear, "\(days)")
        case .days(let days):
            return session.date - sent >= days ? .ok : shortOfPlainDays(review, sent, days)
        case .between(let least, let most, let missing):
            if clear >= most { return .ok }
            return clear < least ? short(review, sent, clear, "\(least) au moins") : .indeterminate(missing)
        case .unknown(let missing):
            return clear >= 11 ? .ok : .indeterminate(missing)
        }
    }

    private func short(_ review: Review, _ sent: CivilDate, _ clear: Int, _ required: String) -> Verdict {
        let session = review.session.date
        let days = French.count(clear, "jour franc", "jours francs")
        let message =
            "Convocation du \(French.date(sent)) pour le \(French.date(session))\u{A0}: \(days), \(required) exigés."
        return .remark(
            message, lowered: lowered(review),
            computed: "\(French.date(session)) − \(French.date(sent)) = \(session - sent) jours, soit \(days)",
            Self.sources)
    }

    private func shortOfPlainDays(_ review: Review, _ sent: CivilDate, _ required: Int) -> Verdict {
        let session = review.session.date
        let days = French.count(session - sent, "jour", "jours")
        let message =
            "Convocation du \(French.date(sent)) pour le \(French.date(session))\u{A0}: \(days), \(required) exigés."
        return .remark(
            message, lowered: lowered(review),
            computed: "\(French.date(session)) − \(French.date(sent)) = \(session - sent) jours", Self.sources)
    }

    private func lowered(_ review: Review) -> Severity? {
        switch review.extract.authority.kind {
        case .departement, .region: .warning
        case .syndicat: .warning
        default: nil
        }
    }

    private static let sources: [Source] = [.fact("/session/convokedOn"), .fact("/session/date")]
}

/// In an emergency: at least one clear day, and the assembly rules on the urgency.
struct UrgentConvocation: DocumentRule {
    let description = RuleDescription(
        "convocation-urgent", .error, "En urgence, un jour franc au moins, et l’assemblée se prononce sur l’urgence.",
        law: ["CGCT L2121-11", "CGCT L2121-12", "CGCT L3121-19", "CGCT L4132-18"], scope: "procédure d’urgence")

    func check(_ review: Review) -> Verdict {
        guard review.session.urgency == true else { return .notApplicable("pas de procédure d’urgence") }
        guard let sent = review.session.convokedOn else { return .indeterminate("date de la convocation") }
        guard sent < review.session.date else { return .notApplicable("convocation postérieure à la séance") }
        let clear = review.session.date - sent - 1
        let isDayBefore = review.localLaw == true && review.extract.authority.kind == .commune
        if clear < 1, !isDayBefore {
            let days = French.count(clear, "jour franc", "jours francs")
            return .remark(
                "Urgence\u{A0}: \(days), un jour franc au moins est exigé.",
                [.fact("/session/convokedOn"), .fact("/session/date")])
        }
        let rules = review.phrases.contains([
            "se prononce sur l'urgence", "approuve l'urgence", "reconnait l'urgence", "admet l'urgence",
            "valide l'urgence", "accepte l'urgence", "caractère d'urgence", "se prononce favorablement sur l'urgence",
        ])
        return rules ? .ok : .indeterminate("décision de l’assemblée sur l’urgence")
    }
}

/// sent < session.
struct ConvocationBeforeSession: DocumentRule {
    let description = RuleDescription(
        "convocation-before-session", .error, "La convocation précède la séance.")

    func check(_ review: Review) -> Verdict {
        guard let sent = review.session.convokedOn else { return .indeterminate("date de la convocation") }
        if sent < review.session.date { return .ok }
        let isSameDay = sent == review.session.date
        return .remark(
            isSameDay
                ? "Convocation du jour même de la séance (\(French.date(sent)))."
                : "Convocation postérieure à la séance\u{A0}: \(French.date(sent)), séance du \(French.date(review.session.date)).",
            [.fact("/session/convokedOn"), .fact("/session/date")])
    }
}

/// The explanatory note (note explicative de synthèse) is mentioned.
struct ExplanatoryNote: DocumentRule {
    let description = RuleDescription(
        "note-synthese", .info, "La note explicative de synthèse est mentionnée.", law: ["CGCT L2121-12"],
        scope: "communes de 3 500 habitants et plus, EPCI")

    func check(_ review: Review) -> Verdict {
        switch review.extract.authority.kind {
        case .epci: break
        case .commune:
            guard let population = review.parameters.population else {
                return .indeterminate("population de la commune")
            }
            if population < 3_500 { return .notApplicable("commune de moins de 3 500 habitants") }
        default: return .notApplicable("obligation des communes de 3 500 habitants et plus et des EPCI")
        }
        if review.extract.kind == .list { return .notApplicable("liste des délibérations") }
        if review.text.isEmpty { return .indeterminate("texte du document") }
        if review.phrases.contains(["note explicative de synthèse", "note de synthèse", "notes de synthèse"]) {
            return .ok
        }
        return .remark("Aucune mention de la note explicative de synthèse.", [])
    }
}
