import Deliberations

/// How long before the session the notice must be sent: by kind of authority, size, date and local law (rules.md 2.2).
enum ConvocationDelay {
    /// What is required.
    enum Requirement: Equatable {
        /// So many clear days: neither the day of sending nor that of the session counts.
        case clearDays(Int)
        /// So many days before: `sent ≤ session − days`.
        case days(Int)
        /// Between two numbers of clear days it depends on what is missing.
        case between(clearDays: Int, and: Int, missing: String)
        /// The kind of authority is not known.
        case unknown(String)
    }

    /// L5211-1 in the wording of law 2019-1461: five clear days for every intercommunal council since then.
    private static let intercommunalReform = CivilDate(year: 2020, month: 3, day: 1)

    /// What is required of the session under review.
    static func requirement(_ review: Review) -> Requirement {
        switch review.extract.authority.kind {
        case .commune: commune(review)
        case .epci, .syndicat: intercommunal(review)
        case .departement, .region: .days(12)
        case .ccas: .days(3)
        case .other: .unknown("nature de la collectivité")
        }
    }

    /// The article that requires it.
    static func article(_ review: Review) -> String {
        switch review.extract.authority.kind {
        case .commune: "CGCT L2121-11, L2121-12"
        case .epci, .syndicat: "CGCT L5211-1, L2121-12"
        case .departement: "CGCT L3121-19"
        case .region: "CGCT L4132-18"
        case .ccas: "CASF R123-16"
        case .other: "CGCT"
        }
    }

    /// L2121-11 (fewer than 3,500 inhabitants), L2121-12 (others), L2541-2 (local law), L2121-7 (installation).
    private static func commune(_ review: Review) -> Requirement {
        if review.isInstallation { return .clearDays(3) }
        let localLaw = review.localLaw
        guard let population = review.parameters.population else {
            if localLaw == false { return .between(clearDays: 3, and: 5, missing: "population de la commune") }
            return .between(clearDays: 2, and: 5, missing: "population de la commune")
        }
        if population >= 3_500 { return .clearDays(5) }
        if localLaw == true { return .days(3) }
        return localLaw == nil
            ? .between(clearDays: 2, and: 3, missing: "département de la commune (droit local)") : .clearDays(3)
    }

    private static func intercommunal(_ review: Review) -> Requirement {
        if review.isInstallation { return .between(clearDays: 3, and: 5, missing: "délai de la séance d’installation") }
        if let reform = intercommunalReform, review.session.date >= reform { return .clearDays(5) }
        guard let largest = review.parameters.largestMemberCommune else {
            return .between(clearDays: 3, and: 5, missing: "population de la plus grande commune membre")
        }
        return .clearDays(largest >= 3_500 ? 5 : 3)
    }
}
