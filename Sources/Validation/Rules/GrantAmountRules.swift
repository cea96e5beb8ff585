import Deliberations

/// operation ≤ planned, and each grant ≤ operation.
struct GrantBudgetLine: ActRule {
    let description = RuleDescription(
        "grant-budget-line", .error,
        "L’opération ne dépasse pas l’inscription budgétaire, ni la subvention l’opération.",
        scope: "actes qui impriment une inscription budgétaire")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let budget = act.deliberation.budget else { return .notApplicable("aucune inscription budgétaire") }
        guard let operation = budget.operation else { return .indeterminate("montant de l’opération") }
        let source = Source.fact(act.pointer("budget/operation"))
        if let planned = budget.planned, operation.cents > planned.cents {
            return .remark(
                "Opération \(French.money(operation.cents)) supérieure à l’inscription budgétaire \(French.money(planned.cents)).",
                computed: "\(French.money(operation.cents)) > \(French.money(planned.cents))",
                [source, .fact(act.pointer("budget/planned"))])
        }
        for (index, grant) in (act.deliberation.grants ?? []).enumerated() where grant.amount.cents > operation.cents {
            return .remark(
                "Subvention \(French.money(grant.amount.cents)) supérieure au montant de l’opération \(French.money(operation.cents)).",
                computed: "\(French.money(grant.amount.cents)) > \(French.money(operation.cents))",
                [source, .fact(act.pointer("grants/\(index)/amount"))])
        }
        return budget.planned == nil ? .indeterminate("montant prévu au budget") : .ok
    }
}

/// The sum of the grants = the amount of the operation, unless it has other parts.
struct GrantEqualsOperation: ActRule {
    let description = RuleDescription(
        "grant-operation-equals", .warning, "La subvention est le montant de l’opération.",
        scope: "actes qui impriment le montant de l’opération")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard let operation = act.deliberation.budget?.operation else {
            return .notApplicable("aucun montant d’opération")
        }
        let total = grants.grants.reduce(0) { $0 + $1.amount.cents }
        if total == operation.cents { return .ok }
        if total > operation.cents, grants.single != nil { return .notApplicable("écart dit par grant-budget-line") }
        return .remark(
            "Subvention \(French.money(total)) ≠ montant de l’opération \(French.money(operation.cents)).",
            computed: grants.grants.map { French.money($0.amount.cents) }.prefix(8).joined(separator: " + "),
            [grants.amount(0), .fact(act.pointer("budget/operation"))])
    }
}

/// Every mention of the grant's amount says the same. An error only in the articles of its own convention: elsewhere a
/// mention may be of another funder's grant, hence a warning.
struct GrantAmountConsistent: ActRule {
    let description = RuleDescription(
        "grant-amount-consistent", .error, "Le montant de la subvention est le même partout.",
        scope: "actes d’une seule subvention")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard grants.isAlone, let grant = grants.single else { return .notApplicable("plusieurs subventions") }
        let mentions = grants.amountMentions
        if mentions.isEmpty { return .indeterminate("mentions du montant") }
        let parts = Set(
            (grant.history ?? []).map(\.amount.cents)
                + grants.conventions.flatMap { $0.convention.payments.compactMap { $0.amount?.cents } }
                + grants.tables.flatMap { $0.table.rows.map(\.amount.cents) })
        let others = mentions.filter { mention in
            guard let cents = mention.money?.cents, cents != grant.amount.cents else { return false }
            return !parts.contains(cents)
        }
        guard let first = others.first else { return .ok }
        let isCertain = others.contains { grants.isInConvention($0.range) }
        let amounts = Set(others.compactMap { $0.money?.cents }).sorted().map(French.money)
        return .remark(
            "Montants différents de la même subvention\u{A0}: \(French.list([French.money(grant.amount.cents)] + amounts)).",
            lowered: isCertain ? nil : .warning,
            computed: "\(French.money(grant.amount.cents)) ≠ \(amounts.first ?? "")",
            [grants.amount(0), .words(first.range)] + others.dropFirst().map { .words($0.range) })
    }
}

/// "Un montant identique à celui de 2023" agrees with the history.
struct GrantHistoryClaim: ActRule {
    let description = RuleDescription(
        "grant-history-claim", .warning, "Le montant dit identique à celui d’une année l’est.",
        scope: "actes qui comparent la subvention à une année passée")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard grants.isAlone, let grant = grants.single else { return .notApplicable("plusieurs subventions") }
        let claims: [PhraseSearch.Phrase] = [
            "identique à celui", "identique à celle", "même montant que", "montant identique à",
        ]
        guard let claim = review.phrases.first(claims) else {
            return .notApplicable("aucune comparaison avec une année")
        }
        guard let year = Self.year(after: claim.end, review.text) else {
            return .notApplicable("comparaison sans année")
        }
        guard let former = grant.history?.first(where: { $0.year == year.value }) else {
            return .indeterminate("montant de l’année \(year.value)")
        }
        if former.amount.cents == grant.amount.cents { return .ok }
        let message =
            "Le montant \(French.money(grant.amount.cents)) n’est pas celui de \(year.value) (\(French.money(former.amount.cents)))."
        return .remark(message, [.words(TextRange(claim.start, year.end)), grants.amount(0)])
    }

    /// The first year within 60 bytes.
    private static func year(after start: Int, _ text: [UInt8]) -> (value: Int, end: Int)? {
        var digits = 0
        var value = 0
        for index in start..<min(text.count, start + 60) {
            if (0x30...0x39).contains(text[index]) {
                value = digits < 4 ? value * 10 + Int(text[index] - 0x30) : 0
                digits += 1
                continue
            }
            if digits == 4, (1982...2099).contains(value) { return (value, index) }
            digits = 0
            value = 0
        }
        return nil
    }
}

/// Σ shares = 100 %, Σ amounts = the grant, and each amount = its share of the grant ± 1 €.
///
/// A schedule of which a part is unread (a payment without share and amount, "solde") is left undecided.
struct GrantPaymentSum: ActRule {
    let description = RuleDescription(
        "grant-payment-sum", .error, "L’échéancier verse toute la subvention.",
        scope: "subventions avec un échéancier de versement")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard grants.isAlone, let grant = grants.single, grants.conventions.count == 1 else {
            return .notApplicable("pas une convention pour une subvention")
        }
        let (index, convention) = grants.conventions[0]
        let payments = convention.payments
        if payments.isEmpty { return .indeterminate("échéancier de versement") }
        let sources: [Source] =
            payments.indices.map { .fact("/conventions/\(index)/payments/\($0)") } + [grants.amount(0)]
        for payment in payments {
            guard let share = payment.share, let amount = payment.amount else { continue }
            let expected = grant.amount.cents * share / 10_000
            if abs(expected - amount.cents) > 100 {
                return .remark(
                    "Échéancier\u{A0}: \(French.percent(share)) / \(French.money(amount.cents)) pour \(French.money(grant.amount.cents)).",
                    computed:
                        "\(French.percent(share)) × \(French.money(grant.amount.cents)) = \(French.money(expected))",
                    sources)
            }
        }
        return sums(payments, grant, sources, convention, review)
    }

    private func sums(
        _ payments: [Convention.Payment], _ grant: Grant, _ sources: [Source], _ convention: Convention,
        _ review: Review
    ) -> Verdict {
        let shares = payments.compactMap(\.share)
        let amounts = payments.compactMap { $0.amount?.cents }
        let shareSum = shares.reduce(0, +)
        let amountSum = amounts.reduce(0, +)
        let allShares = shares.count == payments.count
        let allAmounts = amounts.count == payments.count
        guard allShares || allAmounts else { return .indeterminate("part ou montant de chaque versement") }
        let sharesAgree = !allShares || shareSum == 10_000
        let amountsAgree = !allAmounts || abs(amountSum - grant.amount.cents) <= 100
        if sharesAgree, amountsAgree { return .ok }
        let isBelow = (!allShares || shareSum < 10_000) && (!allAmounts || amountSum < grant.amount.cents)
        if isBelow, mentionsBalance(convention, review) { return .indeterminate("montant du solde") }
        let share = allShares ? French.percent(shareSum) : "?"
        let amount = allAmounts ? French.money(amountSum) : "?"
        return .remark(
            "Échéancier\u{A0}: \(share) / \(amount) pour \(French.money(grant.amount.cents)).",
            computed: allAmounts ? amounts.map(French.money).joined(separator: " + ") + " = \(amount)" : "Σ = \(share)",
            sources)
    }

    private func mentionsBalance(_ convention: Convention, _ review: Review) -> Bool {
        if convention.payments.contains(where: { LatinFolding.contains(LatinFolding.fold($0.when), "SOLDE") }
        ) {
            return false
        }
        return review.phrases.contains(["solde", "le reste", "reliquat"])
    }
}

/// The grant = Σ of the income lines that bear the authority's name or its initials.
struct GrantCofunding: ActRule {
    let description = RuleDescription(
        "grant-cofunding", .error, "Le plan de financement porte la subvention accordée.",
        scope: "subventions avec un plan de financement")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard grants.isAlone, let grant = grants.single else { return .notApplicable("plusieurs subventions") }
        let incomes = grants.tables.filter { $0.table.direction == .revenue }
        guard incomes.count == 1 else {
            return incomes.isEmpty
                ? .notApplicable("aucun plan de financement") : .indeterminate("plan de financement unique")
        }
        let (index, table) = incomes[0]
        let names = funderNames(review)
        let lines = table.rows.enumerated().filter { $0.element.level == .line && Self.names($0.element.label, names) }
        if lines.isEmpty { return .indeterminate("ligne de la collectivité dans le plan de financement") }
        let sum = lines.reduce(0) { $0 + $1.element.amount.cents }
        if sum == grant.amount.cents { return .ok }
        guard review.tableSums[index].total?.agrees == true else {
            return .indeterminate("plan de financement lu en entier")
        }
        let lineSum = lines.map { French.money($0.element.amount.cents) }.joined(separator: " + ")
        return .remark(
            "Le plan de financement porte \(French.money(sum)) pour \(review.extract.authority.name), la subvention est de \(French.money(grant.amount.cents)).",
            computed: "\(lineSum) = \(French.money(sum)) ≠ \(French.money(grant.amount.cents))",
            lines.map { .fact("/budgetTables/\(index)/rows/\($0.offset)") } + [grants.amount(0)])
    }

    /// The authority's name and its initials, each as folded words.
    private func funderNames(_ review: Review) -> [[UInt8]] {
        let name = FoldedName(review.extract.authority.name)
        let initials = name.words.filter { $0.count > 2 }.compactMap(\.first)
        return [name.bytes, initials].filter { $0.count >= 2 }
    }

    private static func names(_ label: String, _ names: [[UInt8]]) -> Bool {
        let words = [LatinFolding.space] + LatinFolding.fold(label) + [LatinFolding.space]
        return names.contains { LatinFolding.contains(words, [LatinFolding.space] + $0 + [LatinFolding.space]) }
    }
}

/// grant / total budget, for the reader.
struct GrantRate: ActRule {
    let description = RuleDescription(
        "grant-rate", .info, "Taux d’intervention de la collectivité.", scope: "subventions avec un budget prévisionnel"
    )

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review) else { return GrantReview.none }
        guard grants.isAlone, let grant = grants.single else { return .notApplicable("plusieurs subventions") }
        let totals = grants.tables.filter { $0.table.direction == .expense }.compactMap { entry in
            entry.table.rows.lastIndex { $0.level == .total }.map {
                (entry.index, $0, entry.table.rows[$0].amount.cents)
            }
        }
        guard totals.count == 1, let (table, row, total) = totals.first, total > 0 else {
            return .notApplicable("aucun budget prévisionnel unique")
        }
        let rate = (grant.amount.cents * 10_000 + total / 2) / total
        return .remark(
            "Taux d’intervention\u{A0}: \(French.percent(rate)).",
            computed: "\(French.money(grant.amount.cents)) / \(French.money(total)) = \(French.percent(rate))",
            [grants.amount(0), .fact("/budgetTables/\(table)/rows/\(row)")])
    }
}
