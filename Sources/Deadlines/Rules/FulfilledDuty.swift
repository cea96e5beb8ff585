import Deliberations

/// A yearly duty of the authority that an act fulfils: the vote of a budget, of accounts, the debate before it.
///
/// Only a subject that says nothing else is read so: « Subventions inscrites au budget primitif 2027 » votes no budget, and the
/// budget of the water service is not that of the commune. What is not recognised is reminded of until somebody says that it
/// is done; what were wrongly recognised would never be.
struct FulfilledDuty: Hashable {
    let rule: DeadlineRule
    /// The exercise.
    let year: Int

    /// The duties that an act fulfils.
    static func duties(of act: ActContext) -> [Self] {
        let subject = FoldedText(significant: act.deliberation.subject)
        let session = act.reading.session.date.year
        if subject.contains(anyOf: debates) {
            guard act.isAdopted, saysNothingElse(subject, act) else { return [] }
            return year(in: subject, session...(session + 1)).map { [Self(rule: .orientationDebate, year: $0)] } ?? []
        }
        guard act.isVoted, saysNothingElse(subject, act) else { return [] }
        if subject.contains(anyOf: budgets) {
            return year(in: subject, session...(session + 1)).map { [Self(rule: .budgetVote, year: $0)] } ?? []
        }
        let rules = accountRules.filter { subject.contains(anyOf: $0.words) }.flatMap(\.rules)
        guard !rules.isEmpty, let year = year(in: subject, (session - 2)...(session - 1)) else { return [] }
        return Set(rules).sorted { $0.rawValue < $1.rawValue }.map { Self(rule: $0, year: year) }
    }

    private static let debates = ["orientations budgetaires", "orientation budgetaire"]

    private static let budgets = ["budget primitif", "budgets primitifs", "vote budget", "vote budgets"]

    /// The assembly votes its own accounts on those of the accountant (CGCT L1612-12), which lie before it by then.
    private static let accountRules: [(words: [String], rules: [DeadlineRule])] = [
        (
            [
                "compte administratif", "comptes administratifs", "compte financier unique",
                "comptes financiers uniques",
            ],
            [.accountsVote, .accountantsAccount]
        ),
        (["compte gestion", "comptes gestion"], [.accountantsAccount]),
    ]

    /// The only year in such a range that a subject names.
    private static func year(in subject: FoldedText, _ years: ClosedRange<Int>) -> Int? {
        let named = Set(subject.words.compactMap { Int($0) }.filter { years.contains($0) })
        return named.count == 1 ? named.first : nil
    }

    private static func saysNothingElse(_ subject: FoldedText, _ act: ActContext) -> Bool {
        let words = subject.words
        let isMain = words.contains("principal") || words.contains("principaux")
        let own = Set(FoldedText(significant: act.reading.extract.authority.name).words)
        return words.allSatisfy { word in
            usualWords.contains(word) || own.contains(word) || Int(word) != nil
                || (isMain && ["annexe", "annexes"].contains(word))
        }
    }

    private static let usualWords: Set<Substring> = [
        "administratif", "administratifs", "adoption", "annee", "approbation", "arret", "bp", "budget", "budgetaire",
        "budgetaires", "budgets", "ca", "cfu", "communal", "communaute", "commune", "comptable", "compte", "comptes",
        "conseil", "debat", "departement", "dob", "examen", "exercice", "finances", "financier", "financiers",
        "general", "gestion", "m57", "metropole", "municipal", "orientation", "orientations", "pour", "presentation",
        "primitif", "primitifs", "principal", "principaux", "rapport", "receveur", "region", "rob", "sur", "syndicat",
        "tresorier", "unique", "uniques", "ville", "vote",
    ]
}

extension ActContext {
    /// Whether the text says that the assembly adopted it.
    fileprivate var isVoted: Bool {
        guard let vote = deliberation.vote else { return false }
        if let outcome = vote.outcome { return outcome == .adopted }
        return vote.unanimous
    }
}
