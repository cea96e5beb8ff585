import Deliberations

/// The budget that an act votes: it goes to the prefect.
struct BudgetRules {
    let reading: ReadingContext
    let acts: [ActContext]

    func deadlines() -> [Deadline] {
        guard reading.extract.authority.kind.votesAccounts else { return [] }
        var known: Set<Int> = []
        return acts.compactMap { act in
            guard let year = BudgetVote.year(of: act), act.deliberation.act?.receivedOn == nil,
                known.insert(year).inserted
            else { return nil }
            return transmission(year, act)
        }
    }

    /// Fifteen days after the limit for the vote (CGCT L1612-8), whenever it was voted.
    private func transmission(_ year: Int, _ act: ActContext) -> Deadline? {
        guard let limit = BudgetLimit(year: year, kind: reading.extract.authority.kind)?.day else { return nil }
        let due = limit + 15
        let how =
            "budget \(year)\(FrenchWording.colon)quinze jours après le terme de son vote (\(limit.frenchDigits))"
            + "\(FrenchWording.colon)\(due.frenchDigits)"
        return Deadline(
            .budgetTransmission, act: ActKey(reading.sessionKey(limit)), detail: nil,
            what: "Transmettre en préfecture le budget \(year)", date: .fixed(due, how: how),
            evidence: reading.evidence.quote(act.pointer("/subject"))
        ).owed(by: reading.authority, to: "Préfet")
    }
}

/// The day that ends the vote of a budget: « avant le 15 avril » of its year, or « avant le 30 avril » when the councils are
/// elected anew (CGCT L1612-2).
struct BudgetLimit {
    /// The day that the law names.
    let day: CivilDate

    init?(year: Int, kind: Authority.Kind) {
        let isRenewed = kind.hasCommunalPublicity && Self.renews(year)
        guard let day = CivilDate(year: year, month: 4, day: isRenewed ? 30 : 15) else { return nil }
        self.day = day
    }

    /// Municipal councils are elected anew every six years, in March: 2014, 2020, 2026 (Code électoral L227). For
    /// departments and regions, whose years have been moved by laws, the earlier limit is kept.
    private static func renews(_ year: Int) -> Bool { year >= 2014 && (year - 2014) % 6 == 0 }
}

/// Reads which budget an act votes.
enum BudgetVote {
    private static let words = ["budget primitif", "budgets primitifs", "vote du budget", "vote des budgets"]
    private static let others = ["orientation", "decision modificative", "budget supplementaire"]

    /// The year of the budget, that of the session or the next, if the subject of an act that was adopted says so.
    static func year(of act: ActContext) -> Int? {
        guard act.isAdopted else { return nil }
        let subject = FoldedText(act.deliberation.subject)
        guard subject.contains(anyOf: words), !subject.contains(anyOf: others) else { return nil }
        let session = act.reading.session.date.year
        return subject.words.lazy.compactMap { Int($0) }.first { (session...(session + 1)).contains($0) }
    }
}
