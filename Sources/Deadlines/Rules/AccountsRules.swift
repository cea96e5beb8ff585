import Deliberations

/// The accounts of an exercise in which a grant was awarded or whose budget was voted: the authority votes them, with the
/// list of what it gave, and sends them to the prefect. Once a year, whatever act brings them up.
struct AccountsRules {
    let reading: ReadingContext
    let acts: [ActContext]

    func deadlines() -> [Deadline] {
        guard reading.extract.authority.kind.votesAccounts else { return [] }
        var years: [Int: (exercise: Exercise, act: ActContext)] = [:]
        for act in acts where !act.grants.isEmpty && years[act.exercise.year] == nil {
            years[act.exercise.year] = (act.exercise, act)
        }
        for act in acts {
            guard let year = BudgetVote.year(of: act), years[year] == nil else { continue }
            years[year] = (Exercise(year: year), act)
        }
        let voted = Set(acts.flatMap(\.fulfilledDuties).filter { $0.rule == .accountsVote }.map(\.year))
        return years.sorted { $0.key < $1.key }.flatMap { year, stated in
            deadlines(stated.exercise, of: stated.act).filter {
                !voted.contains(year) || $0.rule != DeadlineRule.accountsVote.rawValue
            }
        }
    }

    /// 30 June for the vote (CGCT L1612-12), fifteen days more for the transmission (L1612-13).
    private func deadlines(_ exercise: Exercise, of act: ActContext) -> [Deadline] {
        guard let vote = CivilDate(year: exercise.year + 1, month: 6, day: 30) else { return [] }
        let closing = exercise.closing
        return [
            deadline(
                .accountsVote, exercise, act,
                "Voter les comptes de l’exercice \(exercise.year), avec la liste des subventions",
                .fixed(vote, how: "\(closing)\(FrenchWording.colon)au plus tard le \(vote.frenchDigits)")
            ).owed(by: reading.authority, to: nil),
            deadline(
                .accountsTransmission, exercise, act,
                "Transmettre en préfecture les comptes de l’exercice \(exercise.year)",
                .fixed(
                    vote + 15,
                    how: "\(closing)\(FrenchWording.colon)quinze jours après le terme du vote (\(vote.frenchDigits))")
            ).owed(by: reading.authority, to: "Préfet"),
        ]
    }

    /// A deadline known by the authority and the end of the exercise, so that every act of the year names the same one.
    private func deadline(
        _ rule: DeadlineRule, _ exercise: Exercise, _ act: ActContext, _ what: String, _ date: DateComputation
    ) -> Deadline {
        let evidence = reading.evidence.quote(["/grants/0", "/grants/0/amount", "/subject"].map { act.pointer($0) })
        return Deadline(
            rule, act: ActKey(reading.sessionKey(exercise.lastDay)), detail: nil, what: what, date: date,
            evidence: evidence)
    }
}

extension Authority.Kind {
    /// Whether it votes a budget and accounts of its own under CGCT L1612-1 to L1612-20.
    var votesAccounts: Bool {
        switch self {
        case .commune, .epci, .departement, .region, .syndicat: true
        case .ccas, .other: false
        }
    }
}
