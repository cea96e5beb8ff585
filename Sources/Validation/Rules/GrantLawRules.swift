import Deliberations

/// More than 23,000 € to a private body need a convention (law 2000-321 art. 10, decree 2001-495 art. 1).
///
/// An error only for a beneficiary that is surely private, where the text names no convention at all.
struct GrantConventionRequired: ActRule {
    let description = RuleDescription(
        "grant-convention-required", .error, "Au-delà de 23 000 €, une convention est conclue avec l’organisme privé.",
        law: ["loi 2000-321 art. 10", "décret 2001-495 art. 1"], scope: "subventions à des organismes privés")

    static let threshold = 2_300_000

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        let large = grants.grants.enumerated().filter { entry in
            entry.element.amount.cents > Self.threshold
                && PublicBodies.nature(of: entry.element.beneficiary) != .publicBody
        }
        if large.isEmpty { return .notApplicable("aucune subvention de plus de 23 000 € à un organisme privé") }
        let without = large.filter { !$0.element.conventionMentioned }
        if without.isEmpty || !grants.conventions.isEmpty { return .ok }
        let mentionsOne = review.text.isEmpty || review.phrases.contains(["convention", "conventions"])
        return .remarksOrOK(
            without.map { index, grant in
                let isCertain = PublicBodies.nature(of: grant.beneficiary) == .privateBody && !mentionsOne
                return Remark(
                    "Subvention de \(French.money(grant.amount.cents))\u{A0}: convention obligatoire au-delà de 23\u{A0}000\u{A0}€.",
                    lowered: isCertain ? nil : .warning,
                    computed: "\(French.money(grant.amount.cents)) > \(French.money(Self.threshold))",
                    [grants.amount(index), .fact(grants.pointer(index))])
            })
    }
}

/// A grant for a given expense: the convention asks for a compte rendu financier (law 2000-321 art. 10 al. 6).
struct FinancialReport: ActRule {
    let description = RuleDescription(
        "grant-crf", .warning, "La convention demande un compte rendu financier.",
        law: ["loi 2000-321 art. 10", "arrêté du 11/10/2006"], scope: "subventions avec convention")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        if PublicBodies.nature(of: grants.grants[0].beneficiary) == .publicBody {
            return .notApplicable("organisme public")
        }
        guard let (index, convention) = grants.conventions.first else {
            return .indeterminate("texte de la convention")
        }
        if convention.articles.isEmpty { return .indeterminate("articles de la convention") }
        if review.text.isEmpty { return .indeterminate("texte du document") }
        let names: [PhraseSearch.Phrase] = [
            "compte rendu financier", "compte-rendu financier", "comptes rendus financiers", "bilan financier",
        ]
        if review.phrases.contains(names) { return .ok }
        let year = review.session.date.year
        return .remark(
            "Compte rendu financier non prévu, ou prévu après le 30/06/\(year + 1).",
            computed: "fin de l’exercice 31/12/\(year) + 6 mois = 30/06/\(year + 1)",
            [.words(Self.article(of: convention, review).range), .fact("/conventions/\(index)")])
    }

    /// The article that speaks of accounts, else the first.
    private static func article(of convention: Convention, _ review: Review) -> Convention.Article {
        let words: [PhraseSearch.Phrase] = ["comptes", "justificatif", "justificatifs", "rapport d'activité"]
        return convention.articles.first { review.phrases.contains(words, in: $0.range) } ?? convention.articles[0]
    }
}

/// A SIRET, or the RNA number of an association, identifies the beneficiary (decree 2017-779, of conventions of more
/// than 23,000 €): a remark on a smaller grant.
struct BeneficiaryIdentified: ActRule {
    let description = RuleDescription(
        "grant-beneficiary-id", .warning, "Le bénéficiaire est identifié par son SIRET ou son numéro RNA.",
        law: ["décret 2017-779"], scope: "subventions depuis août 2017")

    private static let threshold = 2_300_000

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        if !GrantEssentialData.holds(review) { return .notApplicable("avant le 1er août 2017") }
        let unnamed = grants.grants.enumerated().filter { $0.element.siret == nil && $0.element.rna == nil }
        guard let first = unnamed.first else { return .ok }
        let names = French.list(unnamed.map(\.element.beneficiary))
        return .remark(
            "SIRET ou RNA du bénéficiaire absent\u{A0}: \(names).",
            lowered: unnamed.contains { $0.element.amount.cents > Self.threshold } ? nil : .info,
            [.fact("\(grants.pointer(first.offset))/beneficiary"), .fact(grants.pointer(first.offset))])
    }
}

/// The period funded starts before the earliest possible signature: the act's publication, or its session.
struct GrantRetroactive: ActRule {
    let description = RuleDescription(
        "grant-retroactive", .info, "La période financée ne commence pas avant la prise d’effet.", scope: "subventions")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard grants.isAlone else { return .notApplicable("plusieurs subventions") }
        guard let year = act.subject.fundedYear ?? grants.grants[0].purpose.flatMap({ FoldedName($0).fundedYear })
        else {
            return .indeterminate("période financée")
        }
        guard let start = CivilDate(year: year, month: 1, day: 1) else { return .indeterminate("période financée") }
        let published = act.deliberation.act?.publishedOn ?? review.session.publishedOn
        let earliest = grants.conventions.first?.convention.signedOn ?? published ?? review.session.date
        if start >= earliest { return .ok }
        return .remark(
            "Période financée (année \(year)) antérieure à la prise d’effet (\(French.date(earliest)) au plus tôt).",
            computed: "\(French.date(start)) < \(French.date(earliest))",
            [.fact(act.pointer("subject")), .fact("/session/publishedOn")])
    }
}

/// The contrat d'engagement républicain is mentioned (law 2000-321 art. 10-1); the act need not cite it: a remark.
struct RepublicanCommitment: ActRule {
    let description = RuleDescription(
        "grant-cer", .info, "Le contrat d’engagement républicain est mentionné.",
        law: ["loi 2000-321 art. 10-1", "décret 2021-1947"],
        scope: "associations et fondations, depuis le 2 janvier 2022")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        if review.session.date.year < 2022 { return .notApplicable("avant le 2 janvier 2022") }
        if grants.grants.allSatisfy({ PublicBodies.nature(of: $0.beneficiary) == .publicBody }) {
            return .notApplicable("organisme public")
        }
        if review.text.isEmpty { return .indeterminate("texte du document") }
        if review.phrases.contains(["engagement républicain", "engagements républicains"]) { return .ok }
        return .remark("Contrat d’engagement républicain non mentionné.", [.fact(grants.pointer(0))])
    }
}

/// Everything is paid at the signature while an article controls "au moment des demandes de versement".
struct PaymentAgainstControl: ActRule {
    let description = RuleDescription(
        "grant-payment-vs-control", .warning, "Le contrôle lié aux demandes de versement suppose de telles demandes.",
        scope: "subventions avec convention")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard let (index, convention) = grants.conventions.first else { return .notApplicable("aucune convention") }
        if convention.payments.isEmpty { return .indeterminate("échéancier de versement") }
        let atSignature = convention.payments.firstIndex { payment in
            payment.share == 10_000 && LatinFolding.contains(LatinFolding.fold(payment.when), "SIGNATURE")
        }
        guard let payment = atSignature else { return .notApplicable("versement en plusieurs fois ou sur demande") }
        let words: [PhraseSearch.Phrase] = [
            "au moment des demandes de versement", "à l'appui des demandes de versement",
            "lors des demandes de versement",
        ]
        guard let found = review.phrases.first(words) else { return .ok }
        return .remark(
            "Contrôle lié aux demandes de versement alors que tout est versé à la signature.",
            [.fact("/conventions/\(index)/payments/\(payment)"), .words(found)])
    }
}
