import Deliberations

/// More than 153,000 € of grants of all authorities in a year: annual accounts, an auditor, publication (C. com. L612-4).
struct GrantAuditor: ActRule {
    let description = RuleDescription(
        "grant-auditor", .info,
        "Au-delà de 153 000 € de subventions par an, l’association a un commissaire aux comptes et publie ses comptes.",
        law: ["C. com. L612-4", "C. com. D612-5", "décret 2009-540"],
        scope: "subventions à des organismes privés, avec le registre")

    static let threshold = 15_300_000

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        if grants.areAllPublic { return .notApplicable("organisme public") }
        let remarks = grants.grants.enumerated().compactMap { index, grant -> Remark? in
            guard PublicBodies.nature(of: grant.beneficiary) != .publicBody else { return nil }
            let others = Self.otherGrants(of: grant.beneficiary, review)
            let total = grant.amount.cents + others.reduce(0, +)
            guard total > Self.threshold else { return nil }
            let sum = ([grant.amount.cents] + others).map(French.money).joined(separator: " + ")
            return Remark(
                Self.message(grant.beneficiary),
                computed: "\(sum) > \(French.money(Self.threshold))",
                [grants.amount(index), .fact(grants.pointer(index))])
        }
        return remarks.isEmpty ? .indeterminate("autres subventions publiques de l’année") : .remarks(remarks)
    }

    static func message(_ beneficiary: String) -> String {
        "Au-delà de 153\u{A0}000\u{A0}€ de subventions annuelles\u{A0}: commissaire aux comptes et publication des comptes "
            + "(\(beneficiary))."
    }

    /// What the register knows of the same year.
    private static func otherGrants(of beneficiary: String, _ review: Review) -> [Int] {
        let name = FoldedName(beneficiary)
        return (review.parameters.register?.grants ?? []).filter {
            $0.year == review.session.date.year && FoldedName($0.beneficiary) == name
        }.map(\.amount.cents)
    }
}

/// More than 75,000 €, or than half of the body's income: its accounts are joined to the authority's (L2313-1-1).
struct GrantAccountsJoined: ActRule {
    let description = RuleDescription(
        "grant-accounts-75k", .info,
        "Au-delà de 75 000 €, les comptes certifiés de l’organisme sont joints à ceux de la collectivité.",
        law: ["CGCT L2313-1-1"], scope: "communes de 3 500 habitants et plus et leurs EPCI")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        if let obstacle = GrantAuthorities.obstacle(review) { return obstacle }
        guard grants.large(above: 2_300_000) != nil else { return .notApplicable("subventions de 23 000 € au plus") }
        guard let (index, grant) = grants.large(above: 7_500_000) else {
            return .indeterminate("produits de l’organisme")
        }
        return .remark(
            "Comptes certifiés de l’organisme à joindre au compte administratif (\(grant.beneficiary)).",
            computed: "\(French.money(grant.amount.cents)) > \(French.money(7_500_000))", [grants.amount(index)])
    }
}

/// A convention of more than 23,000 €: its essential data are published within three months of its signature.
struct GrantEssentialData: ActRule {
    let description = RuleDescription(
        "grant-essential-data", .info,
        "Les données essentielles de la convention sont publiées dans les trois mois de sa signature.",
        law: ["loi 2000-321 art. 10", "décret 2017-779"],
        scope: "communes de 3 500 habitants et plus et leurs établissements, départements et régions, depuis août 2017")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        if !Self.holds(review) { return .notApplicable("avant le 1er août 2017") }
        guard let (index, grant) = grants.large(above: 2_300_000) else {
            return .notApplicable("aucune subvention de plus de 23 000 € à un organisme privé")
        }
        if let obstacle = GrantAuthorities.obstacle(review) { return obstacle }
        if grants.conventions.isEmpty, !grant.conventionMentioned { return .indeterminate("convention") }
        guard let signed = grants.conventions.first?.convention.signedOn else {
            return .remark(
                "Données essentielles à publier dans les trois mois de la signature de la convention.",
                [grants.amount(index), .fact(grants.pointer(index))])
        }
        let limit = signed.addingMonths(3)
        if limit < review.today { return .ok }
        return .remark(
            "Données essentielles à publier le \(French.date(limit)) au plus tard.",
            computed: "\(French.date(signed)) + 3 mois = \(French.date(limit))", [grants.amount(index)])
    }
}

extension GrantEssentialData {
    /// Whether decree 2017-779 was in force at the session: for conventions since 1 August 2017.
    static func holds(_ review: Review) -> Bool {
        CivilDate(year: 2017, month: 8, day: 1).map { review.session.date >= $0 } ?? false
    }
}

/// A grant is paid within sixty days of its notification, unless the authority fixed other days or an event.
struct GrantPayment60Days: ActRule {
    let description = RuleDescription(
        "grant-payment-60-days", .info, "La subvention est versée dans les soixante jours de sa notification.",
        law: ["loi 2000-321 art. 10", "loi 2021-875"],
        scope: "subventions à des organismes privés sans échéancier, depuis le 3 juillet 2021")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard let start = CivilDate(year: 2021, month: 7, day: 3), review.session.date >= start else {
            return .notApplicable("avant le 3 juillet 2021")
        }
        if grants.areAllPublic { return .notApplicable("organisme public") }
        if grants.conventions.contains(where: { !$0.convention.payments.isEmpty }) {
            return .notApplicable("échéances fixées par la convention")
        }
        return .indeterminate("date de notification (versement au plus tard 60 jours après)")
    }
}

/// The authorities that the thresholds of grants concern.
private enum GrantAuthorities {
    /// Why they do not concern this one, or why that is not known.
    static func obstacle(_ review: Review) -> Verdict? {
        switch review.extract.authority.kind {
        case .epci, .departement, .region: return nil
        case .commune, .ccas:
            guard let population = review.parameters.population else {
                return .indeterminate("population de la commune")
            }
            return population < 3_500 ? .notApplicable("commune de moins de 3 500 habitants") : nil
        case .syndicat, .other: return .indeterminate("population des communes membres")
        }
    }
}
