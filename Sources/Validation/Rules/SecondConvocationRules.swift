import Deliberations

/// After a first session without quorum the second is at least three days later (L2121-17).
///
/// The day of the first session is read beside the words that speak of its missed quorum.
struct SecondConvocation: DocumentRule {
    let description = RuleDescription(
        "convocation-second", .error,
        "La séance sur seconde convocation a lieu trois jours au moins après la première.",
        law: ["CGCT L2121-17", "CGCT L3121-14", "CGCT L4132-13"],
        scope: "séances sur seconde convocation, hors droit local")

    private static let interval = 3
    private static let missedQuorum: [PhraseSearch.Phrase] = [
        "faute de quorum", "défaut de quorum", "absence de quorum", "quorum n'ayant pas été", "quorum n'a pas été",
        "quorum n'était pas", "sans quorum",
    ]

    func check(_ review: Review) -> Verdict {
        guard review.session.secondConvocation == true else { return .notApplicable("pas une seconde convocation") }
        if review.localLaw == true, review.extract.authority.kind == .commune {
            return .notApplicable("droit local (L2541-4)")
        }
        guard let mention = firstSession(review), let first = mention.date else {
            return .indeterminate("date de la première séance")
        }
        let days = review.session.date - first
        if days >= Self.interval { return .ok }
        return .remark(
            "Seconde convocation à moins de trois jours\u{A0}: séances du \(French.date(first)) et du \(French.date(review.session.date)).",
            computed:
                "\(French.date(review.session.date)) − \(French.date(first)) = \(French.count(days, "jour", "jours"))",
            [.words(mention.range), .fact("/session/date")])
    }

    /// The one day before the session, other than that of a notice, that stands beside the words.
    private func firstSession(_ review: Review) -> DateMention? {
        guard let words = review.phrases.first(Self.missedQuorum) else { return nil }
        let days = review.extract.mentions.dates.filter { mention in
            guard let date = mention.date, date < review.session.date, date != review.session.convokedOn else {
                return false
            }
            return review.session.date - date <= 31 && mention.range.start < words.end + 120
                && mention.range.end + 120 > words.start
        }
        return Set(days.compactMap(\.date)).count == 1 ? days.first : nil
    }
}

/// The draft of the initial budget is sent twelve days before the session (L5217-10-4, made general by the M57).
///
/// Only a day that the text prints beside the draft is held against the authority; that of the notice, which need not
/// have carried it, is a remark.
struct BudgetNotice: ActRule {
    let description = RuleDescription(
        "budget-notice-12", .warning, "Le projet de budget est communiqué douze jours avant la séance.",
        law: ["CGCT L5217-10-4"], scope: "budgets primitifs des communes, EPCI et syndicats, depuis 2024 (M57)")

    private static let notice = 12
    private static let draft: [PhraseSearch.Phrase] = [
        "projet de budget transmis", "projet de budget communiqué", "projet de budget adressé",
        "projet de budget a été", "projet de budget envoyé",
    ]

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard act.isInitialBudget else { return .notApplicable("pas un budget primitif") }
        guard [.commune, .epci, .syndicat].contains(review.extract.authority.kind) else {
            return .notApplicable("règle des communes, des EPCI et des syndicats")
        }
        if review.session.date.year < 2024 { return .notApplicable("avant la généralisation de la M57 (2024)") }
        if let mention = draftSent(review), let sent = mention.date {
            return verdict(sent, in: review, lowered: nil, [.words(mention.range), .fact("/session/date")])
        }
        guard let sent = review.session.convokedOn else { return .indeterminate("date d’envoi du projet de budget") }
        guard sent < review.session.date else { return .indeterminate("date d’envoi du projet de budget") }
        return verdict(sent, in: review, lowered: .info, [.fact("/session/convokedOn"), .fact("/session/date")])
    }

    private func verdict(_ sent: CivilDate, in review: Review, lowered: Severity?, _ sources: [Source]) -> Verdict {
        let days = review.session.date - sent
        if days >= Self.notice { return .ok }
        let what = lowered == nil ? "Projet de budget communiqué" : "Convocation envoyée"
        let cure = lowered == nil ? "" : "\u{A0}: vérifier l’envoi du projet de budget"
        return .remark(
            "\(what) \(French.count(days, "jour", "jours")) avant, 12 exigés (M57)\(cure).", lowered: lowered,
            computed: "\(French.date(review.session.date)) − \(French.date(sent)) = \(days) jours", sources)
    }

    /// The first day within a hundred bytes of words that say that the draft was sent.
    private func draftSent(_ review: Review) -> DateMention? {
        guard let words = review.phrases.first(Self.draft) else { return nil }
        return review.extract.mentions.dates.first { mention in
            guard let date = mention.date, date < review.session.date else { return false }
            return (words.end..<words.end + 100).contains(mention.range.start)
        }
    }
}

extension ActReview {
    /// Whether it votes the year's initial budget.
    var isInitialBudget: Bool {
        let subject = subject.bytes
        let names: [StaticString] = [
            "BUDGET PRIMITIF", "BUDGETS PRIMITIFS", "VOTE DU BUDGET", "ADOPTION DU BUDGET", "VOTE DES BUDGETS",
        ]
        let others: [StaticString] = [
            "DECISION MODIFICATIVE", "SUPPLEMENTAIRE", "ORIENTATION", "AVANT LE VOTE", "MANDATER", "AUTORISATION",
        ]
        return LatinFolding.contains(subject, anyOf: names) && !LatinFolding.contains(subject, anyOf: others)
    }
}
