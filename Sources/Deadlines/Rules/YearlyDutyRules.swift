import Deliberations

/// What the authority itself owes every year, whatever its acts are about: its budget, the debate before it, its accounts.
///
/// An authority is watched by its documents: its council sits at least every quarter (CGCT L2121-7), so a session of the last
/// quarter before an exercise or later says that the authority lives and that Greffier reads it. The document states the duty
/// open; one of an act that fulfils it states it closed, which counts more. What archives state open counts for nothing.
struct YearlyDutyRules {
    let reading: ReadingContext
    let acts: [ActContext]

    func deadlines() -> [Deadline] {
        let kind = reading.extract.authority.kind
        guard kind.votesAccounts, reading.extract.organ == .assembly else { return [] }
        var found: [FulfilledDuty: Deadline] = [:]
        for act in acts {
            for duty in act.fulfilledDuties where found[duty] == nil {
                found[duty] = fulfilled(duty, by: act)
                // Once the budget is voted, it is too late for the debate before it.
                let debate = FulfilledDuty(rule: .orientationDebate, year: duty.year)
                guard duty.rule == .budgetVote, owesDebate, found[debate] == nil else { continue }
                found[debate] = fulfilled(debate, by: act, saying: done(duty))
            }
        }
        for duty in watched where found[duty] == nil { found[duty] = open(duty) }
        return found.sorted { ($0.key.year, $0.key.rule.rawValue) < ($1.key.year, $1.key.rule.rawValue) }.map(\.value)
    }

    // MARK: Watching

    /// The duties that the session's day brings up and that still matter today.
    private var watched: [FulfilledDuty] {
        let session = reading.session.date
        let exercise = session.month >= 10 ? session.year + 1 : session.year
        guard exercise >= reading.today.year else { return [] }
        var duties = [FulfilledDuty(rule: .budgetVote, year: exercise)]
        if owesDebate { duties.append(FulfilledDuty(rule: .orientationDebate, year: exercise)) }
        duties.append(FulfilledDuty(rule: .accountantsAccount, year: exercise - 1))
        return duties.filter { duty in date(of: duty)?.due.map { session <= $0 } ?? false }
    }

    /// Communes of 3,500 inhabitants and the groupings to which one belongs, departments and regions hold the debate (CGCT
    /// L2312-1, L5211-36, L3312-1, L4312-1). Of how many inhabitants an authority is the configuration says, or nobody.
    private var owesDebate: Bool {
        switch reading.extract.authority.kind {
        case .departement, .region: true
        default: (reading.facts.population ?? 0) >= 3_500
        }
    }

    private func open(_ duty: FulfilledDuty) -> Deadline? {
        guard let date = date(of: duty) else { return nil }
        let unknown =
            " ; rappelé tant que Greffier n’a reconnu, parmi les actes reçus, aucune délibération \(awaited(duty))"
        return deadline(duty, date.adding(unknown), evidence: [])
    }

    private func awaited(_ duty: FulfilledDuty) -> String {
        switch duty.rule {
        case .orientationDebate: "sur les orientations budgétaires de \(duty.year)"
        case .accountantsAccount: "arrêtant le compte de gestion ou le compte financier unique de \(duty.year)"
        default: "approuvant le budget de \(duty.year)"
        }
    }

    // MARK: Fulfilment

    /// The duty with its date as every document has it, done.
    private func fulfilled(_ duty: FulfilledDuty, by act: ActContext, saying words: String? = nil) -> Deadline? {
        guard let due = date(of: duty)?.due else { return nil }
        let number = act.deliberation.number.map { " (délibération n° \($0.text))" } ?? ""
        let how = "\(words ?? done(duty)) en \(reading.sessionWords)\(number)"
        var deadline = deadline(
            duty, .fixed(due, how: how), evidence: reading.evidence.quote(act.pointer("/subject")))
        deadline.state = .closed
        deadline.deliberation = act.index
        return deadline
    }

    private func done(_ duty: FulfilledDuty) -> String {
        switch duty.rule {
        case .orientationDebate: "orientations budgétaires \(duty.year) débattues"
        case .accountsVote: "comptes \(duty.year) votés"
        case .accountantsAccount: "compte du comptable de \(duty.year) soumis à l’assemblée"
        default: "budget \(duty.year) voté"
        }
    }

    // MARK: Dates

    private func date(of duty: FulfilledDuty) -> DateComputation? {
        let limit = BudgetLimit(year: duty.year, kind: reading.extract.authority.kind)?.day
        switch duty.rule {
        case .budgetVote: return limit.map { budget(duty.year, before: $0) }
        case .orientationDebate: return limit.map { debate(duty.year, before: $0) }
        case .accountsVote:
            return CivilDate(year: duty.year + 1, month: 6, day: 30).map { .fixed($0, how: "") }
        default:
            return CivilDate(year: duty.year + 1, month: 6, day: 1).map { day in
                .fixed(
                    day,
                    how: "\(Exercise(year: duty.year).closing)\(FrenchWording.colon)au plus tard le \(day.frenchDigits)"
                )
            }
        }
    }

    /// « Avant le 15 avril » ; fifteen days after the State's data where these come late.
    private func budget(_ year: Int, before limit: CivilDate) -> DateComputation {
        let words = FrenchWording.quoted("avant le \(limit.frenchDigits)")
        let due = limit - 1
        return .fixed(
            due, alternative: limit,
            how: "budget \(year), \(words)\(FrenchWording.colon)la veille, \(due.frenchDigitsWithWeekday) "
                + "(\(limit.frenchDigits) si ce jour est compris, ou quinze jours après les informations de l’État si elles "
                + "viennent tard)")
    }

    /// In a session before that of the budget, in the two months before it, or the ten weeks by the nomenclature M57.
    private func debate(_ year: Int, before limit: CivilDate) -> DateComputation {
        let due = limit - 2
        return .fixed(
            due, alternative: limit - 1,
            how:
                "dans les deux mois qui précèdent l’examen du budget \(year) (dix semaines en M57), avant sa séance, elle-même "
                + "avant le \(limit.frenchDigits)\(FrenchWording.colon)au plus tard le \(due.frenchDigitsWithWeekday)")
    }

    // MARK: Making

    /// A deadline known by the authority and the exercise, so that every document names the same one.
    private func deadline(_ duty: FulfilledDuty, _ date: DateComputation, evidence: [Evidence]) -> Deadline {
        let deadline = Deadline(
            duty.rule, act: ActKey(reading.sessionKey(Exercise(year: duty.year).lastDay)), detail: nil,
            what: what(duty), date: date, evidence: evidence)
        guard duty.rule == .accountantsAccount else { return deadline.owed(by: reading.authority, to: nil) }
        return deadline.owed(by: "Comptable public", to: reading.authority)
    }

    private func what(_ duty: FulfilledDuty) -> String {
        switch duty.rule {
        case .orientationDebate: "Débattre des orientations budgétaires \(duty.year)"
        case .accountsVote: "Voter les comptes de l’exercice \(duty.year), avec la liste des subventions"
        case .accountantsAccount: "Transmission par le comptable du compte de l’exercice \(duty.year)"
        default: "Voter le budget \(duty.year)"
        }
    }
}

extension Deadline {
    /// Whether it is owed because an authority is read, and no words of the document state it: what only archives state so
    /// reminds nobody.
    public var isWatched: Bool { state != .closed && Self.watchedRules.contains(rule) }

    private static let watchedRules: Set<String> = [
        DeadlineRule.budgetVote.rawValue, DeadlineRule.orientationDebate.rawValue,
        DeadlineRule.accountantsAccount.rawValue,
    ]
}
