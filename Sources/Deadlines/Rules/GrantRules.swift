import Deliberations

/// What the law makes of a grant: control of its use, publicity, payment.
struct GrantRules {
    let act: ActContext
    let duties: [Duty]

    /// Above this the law wants a convention (law 2000-321 art. 10, decree 2001-495), and open data of it
    /// (decree 2017-779).
    private static let conventionThreshold = 23_000_00
    /// Above this sum of a year's grants an association publishes its accounts (decree 2009-540).
    private static let publicationThreshold = 153_000_00
    /// A list of more grants than this makes one deadline for all its beneficiaries.
    private static let longList = 3

    func deadlines() -> [Deadline] {
        let grants = privateGrants
        if grants.count > Self.longList { return [accountsOfAll(grants)] + grants.flatMap { publicity($0) } }
        return grants.flatMap { grant in
            let legal = sixMonths(after: act.grants.count == 1 ? act.exercise : Exercise(of: act, grant: grant))
            let accounts = [financialReport(grant, legal), certifiedAccounts(grant, legal), sixtyDays(grant)]
            return accounts.compactMap { $0 } + publicity(grant)
        }
    }

    /// What cannot be known from the document.
    func indeterminate() -> [Indeterminate] {
        privateGrants.filter { Self.wantsConvention($0) && $0.amount.cents <= Self.publicationThreshold }.map { grant in
            Indeterminate(
                rule: DeadlineRule.publishedAccounts.rawValue, deliberation: act.index,
                missing: "total annuel des subventions publiques reçues (\(name(grant)))")
        }
    }

    // MARK: Beneficiaries

    /// Grants to associations and firms: not to public bodies, nor to persons.
    private var privateGrants: [Grant] { act.grants.filter { Self.isPrivateBody($0.beneficiary) } }

    private static let publicBodies: Set<Substring> = [
        "commune", "communes", "ville", "ccas", "cias", "departement", "region", "syndicat", "communaute", "metropole",
        "etat", "college", "lycee", "ecole", "universite", "sdis", "centre hospitalier", "chu", "prefecture", "office",
    ]

    static func isPrivateBody(_ name: String) -> Bool {
        let first = name.split(separator: " ").first.map { $0.lowercased() } ?? ""
        if ["m.", "mme", "mm.", "mmes", "monsieur", "madame"].contains(first) { return false }
        guard let word = FoldedText(significant: name).words.first else { return false }
        return !publicBodies.contains(word)
    }

    private static func wantsConvention(_ grant: Grant) -> Bool { grant.amount.cents > conventionThreshold }

    /// The beneficiary's name, as the convention prints it if it is a party.
    private func name(_ grant: Grant) -> String {
        let words = FoldedText(significant: grant.beneficiary)
        let parties = act.conventions.flatMap { $0.convention.parties }
        return parties.first { FoldedText(significant: $0) == words } ?? FrenchWording.sentence(grant.beneficiary)
    }

    private func detail(_ grant: Grant) -> String { FoldedText(significant: grant.beneficiary).text }

    private func evidence(_ grant: Grant) -> [Evidence] {
        let index = act.deliberation.grants?.firstIndex(of: grant) ?? 0
        return act.reading.evidence.quote(["", "/amount", "/beneficiary"].map { act.pointer("/grants/\(index)\($0)") })
    }

    // MARK: Accounts

    /// The accounts that the convention sets a date for, with the earliest one.
    private var contract: (duty: Duty, day: CivilDate)? {
        let dated = duties.compactMap { duty -> (duty: Duty, day: CivilDate)? in
            guard duty.obligation.kind == .accounts, case .on(let day) = duty.obligation.due else { return nil }
            return (duty, day)
        }
        return dated.min { $0.day < $1.day }
    }

    private func sixMonths(after exercise: Exercise) -> DateComputation {
        .afterExercise(exercise.closing, end: exercise.lastDay, months: 6)
    }

    /// A grant tied to a given expense: its purpose or a convention says so (law 2000-321 art. 10 al. 6).
    private func financialReport(_ grant: Grant, _ legal: DateComputation) -> Deadline? {
        guard grant.purpose != nil || !act.conventions.isEmpty || grant.conventionMentioned else { return nil }
        let what = "Compte rendu financier de la subvention (\(name(grant)))"
        let deadline = act.deadline(
            .financialReport, detail: detail(grant), what: what, legal, evidence: evidence(grant))
        return backstop(deadline.owed(by: name(grant), to: act.reading.authority))
    }

    private func certifiedAccounts(_ grant: Grant, _ legal: DateComputation) -> Deadline? {
        let what = "Budget et comptes certifiés (\(name(grant)))"
        var date = legal
        if let contract = contract?.day, let limit = legal.due, contract <= limit {
            date = .fixed(
                contract, alternative: limit,
                how: "date de la convention\(FrenchWording.colon)\(contract.frenchDigits) ; à défaut, \(legal.how)")
        } else {
            date.how += ", à défaut de date dans le texte (doctrine)"
        }
        let deadline = act.deadline(
            .certifiedAccounts, detail: detail(grant), what: what, date, evidence: evidence(grant))
        return backstop(deadline.owed(by: name(grant), to: act.reading.authority))
    }

    /// A legal date behind an earlier one of the convention is kept, and reminds nobody until that one is overdue; one that
    /// is the convention's itself never does.
    private func backstop(_ deadline: Deadline) -> Deadline {
        guard let (duty, contract) = contract, let due = deadline.due, contract <= due else { return deadline }
        var copy = deadline
        copy.backstopOf = DeadlineIdentity(act: act.key, rule: .explicit, detail: duty.detail).id
        copy.how += " ; garde-fou légal de l’échéance conventionnelle du \(contract.frenchDigits), "
        if contract < due {
            copy.how += "rappelé si celle-ci est dépassée"
        } else {
            copy.reminders = .none
            copy.how += "sans rappel propre"
        }
        return copy
    }

    private func accountsOfAll(_ grants: [Grant]) -> Deadline {
        let date = sixMonths(after: Exercise(of: act, grant: grants.first))
            .adding(", à défaut de date dans le texte (doctrine)")
        return act.deadline(
            .certifiedAccounts, detail: "all", what: "Budgets et comptes certifiés des \(grants.count) bénéficiaires",
            date, evidence: act.reading.evidence.quote([act.pointer("/grants"), act.pointer("/grants/0")])
        ).owed(by: "Bénéficiaires", to: act.reading.authority)
    }

    // MARK: Publicity and payment

    private func publicity(_ grant: Grant) -> [Deadline] {
        [essentialData(grant), publishedAccounts(grant)].compactMap { $0 }
    }

    /// Open data of conventions since 1 August 2017 (decree 2017-779).
    private func essentialData(_ grant: Grant) -> Deadline? {
        guard CivilDate(year: 2017, month: 8, day: 1).map({ act.reading.session.date >= $0 }) ?? false else {
            return nil
        }
        let isSmall = act.reading.extract.authority.kind == .commune && (act.reading.facts.population ?? 3_500) < 3_500
        guard Self.wantsConvention(grant), !isSmall else { return nil }
        let anchor = AnchorResolution(.signature, act: act, convention: act.conventions.first?.convention)
        return act.deadline(
            .essentialData, detail: detail(grant),
            what: "Publier les données essentielles de la subvention (\(name(grant)), \(grant.amount.french))",
            anchor.computation(months: 3, days: 0, counting: .ordinary), evidence: evidence(grant)
        ).owed(by: act.reading.authority, to: "Public")
    }

    private func publishedAccounts(_ grant: Grant) -> Deadline? {
        guard grant.amount.cents > Self.publicationThreshold else { return nil }
        let event = "approbation des comptes (\(name(grant)))"
        return act.deadline(
            .publishedAccounts, detail: detail(grant), what: "Publication des comptes (\(name(grant)))",
            .waiting(
                for: event, by: act.startRule(event, months: 3),
                how: "trois mois après l’\(event) (plus de 153\u{202F}000\u{A0}€ de subvention)"),
            evidence: evidence(grant)
        ).owed(by: name(grant), to: "Public")
    }

    /// Where nothing else is agreed, a grant is paid within sixty days of its notification (law 2021-875, since 3 July
    /// 2021).
    private func sixtyDays(_ grant: Grant) -> Deadline? {
        guard CivilDate(year: 2021, month: 7, day: 3).map({ act.reading.session.date >= $0 }) ?? false else {
            return nil
        }
        let agreed = act.conventions.contains { !$0.convention.payments.isEmpty }
        guard !agreed, !duties.contains(where: { $0.obligation.kind == .payment }) else { return nil }
        let how = "soixante jours après la notification de la subvention, à défaut d’autre date convenue"
        return act.deadline(
            .paymentSixtyDays, detail: detail(grant), what: "Verser la subvention (\(name(grant)))",
            .waiting(
                for: StartEvent.grantNotification,
                by: act.startRule(StartEvent.grantNotification, words: "subvention notifiée le", days: 60), how: how),
            evidence: evidence(grant)
        ).owed(by: act.reading.authority, to: name(grant))
    }
}
