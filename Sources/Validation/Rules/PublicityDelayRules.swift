import Deliberations

/// Where the publicity of lists and minutes since 1 July 2022 applies.
private enum AssemblyPublicity {
    static let delay = 7

    /// Why the delays do not apply.
    static func obstacle(_ review: Review) -> Verdict? {
        guard [.commune, .epci, .syndicat].contains(review.extract.authority.kind) else {
            return .notApplicable("règle des communes, des EPCI et des syndicats")
        }
        guard let start = CivilDate(year: 2022, month: 7, day: 1), review.session.date >= start else {
            return .notApplicable("avant le 1er juillet 2022")
        }
        return nil
    }
}

/// The list of the deliberations examined is published at most a week after the session (L2121-25).
struct ListOneWeek: DocumentRule {
    let description = RuleDescription(
        "list-one-week", .warning, "La liste des délibérations est publiée dans la semaine de la séance.",
        law: ["CGCT L2121-25"], scope: "communes, EPCI et syndicats, depuis le 1er juillet 2022")

    func check(_ review: Review) -> Verdict {
        if let obstacle = AssemblyPublicity.obstacle(review) { return obstacle }
        let limit = review.session.date + AssemblyPublicity.delay
        guard review.extract.kind == .list, let published = review.session.publishedOn else {
            return .indeterminate("date de publication de la liste (échéance \(French.date(limit)))")
        }
        if published <= limit { return .ok }
        return .remark(
            "Liste des délibérations publiée le \(French.date(published)), échéance \(French.date(limit)).",
            computed: "\(French.date(review.session.date)) + 7 jours = \(French.date(limit))",
            [.fact("/session/publishedOn"), .fact("/session/date")])
    }
}

/// The minutes are published at most a week after the session that approved them (L2121-15).
///
/// That session is the one that the text names, else the next of the register.
struct MinutesOneWeek: DocumentRule {
    let description = RuleDescription(
        "pv-one-week", .warning, "Le procès-verbal est publié dans la semaine de la séance qui l’arrête.",
        law: ["CGCT L2121-15"], scope: "communes, EPCI et syndicats, depuis le 1er juillet 2022")

    private static let approval: [PhraseSearch.Phrase] = [
        "procès-verbal arrêté", "procès-verbal approuvé", "arrêté en séance du", "approuvé en séance du",
        "approuvé lors de la séance du", "adopté en séance du",
    ]

    func check(_ review: Review) -> Verdict {
        if let obstacle = AssemblyPublicity.obstacle(review) { return obstacle }
        guard let (approved, source) = approvingSession(review) else {
            return .indeterminate("séance qui arrête le procès-verbal")
        }
        let limit = approved + AssemblyPublicity.delay
        guard review.extract.kind == .minutes, let published = review.session.publishedOn else {
            return .indeterminate("date de publication du procès-verbal (échéance \(French.date(limit)))")
        }
        if published <= limit { return .ok }
        return .remark(
            "Procès-verbal arrêté le \(French.date(approved))\u{A0}: à publier avant le \(French.date(limit + 1)).",
            computed: "\(French.date(approved)) + 7 jours = \(French.date(limit)) < \(French.date(published))",
            [.fact("/session/publishedOn"), source])
    }

    private func approvingSession(_ review: Review) -> (CivilDate, Source)? {
        if review.extract.kind == .minutes, let words = review.phrases.first(Self.approval) {
            let mention = review.extract.mentions.dates.first { mention in
                guard let date = mention.date, date > review.session.date else { return false }
                return (words.start..<words.end + 40).contains(mention.range.start)
            }
            if let mention, let date = mention.date { return (date, .words(mention.range)) }
        }
        let later = review.parameters.register?.sessions.map(\.date).filter { $0 > review.session.date }
        return later?.min().map { ($0, .fact("/session/date")) }
    }
}

/// Budgets and accounts are transmitted at most fifteen days after the last day for their adoption (L1612-8, L1612-13).
///
/// For ordinary deliberations the law sets no limit. The latest possible day of adoption is taken: 30 April for budgets
/// (years of renewal), 30 June for accounts. In 2020 both were moved by the health emergency.
struct TransmissionWithin15Days: ActRule {
    let description = RuleDescription(
        "transmission-15-days", .error,
        "Budgets et comptes sont transmis quinze jours au plus après la date limite de leur vote.",
        law: ["CGCT L1612-8", "CGCT L1612-13"], scope: "budgets primitifs et comptes\u{A0}; hors 2020")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard act.isAccounts || act.isInitialBudget else { return .notApplicable("aucun délai légal pour cet acte") }
        let year = review.session.date.year
        if year == 2020 { return .notApplicable("dates limites reportées en 2020") }
        if act.vote?.outcome == .rejected { return .notApplicable("acte non adopté") }
        guard let received = act.deliberation.act?.receivedOn else {
            return .indeterminate("date de réception en préfecture")
        }
        guard let adoption = CivilDate(year: year, month: act.isAccounts ? 6 : 4, day: 30) else { return .ok }
        // A budget voted in December or an act of another year's accounts has a later limit.
        if review.session.date > adoption { return .indeterminate("exercice de l’acte") }
        let limit = adoption + 15
        if received <= limit { return .ok }
        return .remark(
            "Transmission le \(French.date(received)), limite \(French.date(limit)) (15 jours).",
            computed: "\(French.date(adoption)) + 15 jours = \(French.date(limit))",
            [.fact(act.pointer("act/receivedOn")), .fact(act.pointer("act/prefectureID")), .fact("/session/date")])
    }
}
