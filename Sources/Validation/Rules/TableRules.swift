import Deliberations

/// The tables of a document, and whether they were read wholly.
private struct Tables {
    let review: Review

    var all: [(index: Int, table: BudgetTable)] {
        (review.extract.budgetTables ?? []).enumerated().map { ($0.offset, $0.element) }
    }

    func pointer(_ table: Int, _ row: Int) -> String { "/budgetTables/\(table)/rows/\(row)" }

    func title(_ table: BudgetTable, _ index: Int) -> String {
        French.bounded(table.title ?? "Tableau \(index + 1)", 80)
    }

    /// Whether no amount of three digits or more stands unread between the rows from `first` to `last`.
    func isWhollyRead(_ table: Int, from first: Int, through last: Int) -> Bool {
        let ranges = review.rowRanges[table][first...last].compactMap(\.self)
        guard ranges.count == last - first + 1 else { return false }
        return zip(ranges, ranges.dropFirst()).allSatisfy { row, next in
            row.end <= next.start && !hasAmount(row.end..<next.start)
        }
    }

    private func hasAmount(_ range: Range<Int>) -> Bool {
        guard range.upperBound <= review.text.count, range.count < 2_000 else { return true }
        var digits = 0
        for byte in review.text[range] {
            digits = (0x30...0x39).contains(byte) ? digits + 1 : 0
            if digits >= 3 { return true }
        }
        return false
    }
}

/// Each subtotal = Σ of its lines, in cents; to the euro where three rounded cells or more are added.
///
/// An error only where no amount stands unread between the rows.
struct TableSubtotal: DocumentRule {
    let description = RuleDescription(
        "table-subtotal", .error, "Chaque sous-total est la somme de ses lignes.", scope: "tableaux avec sous-totaux")

    func check(_ review: Review) -> Verdict {
        let tables = Tables(review: review)
        var checked = 0
        var remarks: [Remark] = []
        for (index, table) in tables.all {
            for sum in review.tableSums[index].subtotals {
                checked += 1
                if !sum.agrees { remarks.append(remark(sum, index, table, tables)) }
            }
        }
        if checked == 0 { return .notApplicable("aucun sous-total") }
        return .remarksOrOK(remarks)
    }

    private func remark(_ sum: TableSums.Sum, _ index: Int, _ table: BudgetTable, _ tables: Tables) -> Remark {
        let isWhole = tables.isWhollyRead(index, from: sum.parts.min() ?? sum.row, through: sum.row)
        let section = table.rows[sum.row].section.map { " (\(French.bounded($0, 60)))" } ?? ""
        let lines = sum.parts.map { French.money(table.rows[$0].amount.cents) }
        return Remark(
            "\(tables.title(table, index))\(section)\u{A0}: lignes \(French.money(sum.computed)), sous-total écrit \(French.money(sum.printed)).",
            lowered: isWhole ? nil : .warning,
            computed: French.bounded(lines.joined(separator: " + "), 300) + " = \(French.money(sum.computed))",
            [.fact(tables.pointer(index, sum.row))] + sum.parts.map { .fact(tables.pointer(index, $0)) },
            deliberation: table.deliberation)
    }
}

/// The total = Σ of the subtotals (or of the lines).
struct TableTotal: DocumentRule {
    let description = RuleDescription(
        "table-total", .error, "Le total est la somme des sous-totaux.", scope: "tableaux avec total")

    func check(_ review: Review) -> Verdict {
        let tables = Tables(review: review)
        var checked = 0
        var remarks: [Remark] = []
        for (index, table) in tables.all {
            let sums = review.tableSums[index]
            guard let sum = sums.total else { continue }
            checked += 1
            if sum.agrees { continue }
            if sums.subtotals.contains(where: { !$0.agrees }), Self.agreesOnceCorrected(sum, sums) { continue }
            remarks.append(remark(sum, index, table, tables))
        }
        if checked == 0 { return .notApplicable("aucun total") }
        return .remarksOrOK(remarks)
    }

    /// Whether the total is right of the lines, and only a subtotal that `table-subtotal` names is wrong.
    private static func agreesOnceCorrected(_ sum: TableSums.Sum, _ sums: TableSums) -> Bool {
        let wrong = sums.subtotals.filter { !$0.agrees }.reduce(0) { $0 + $1.printed - $1.computed }
        return sum.computed - wrong == sum.printed
    }

    private func remark(_ sum: TableSums.Sum, _ index: Int, _ table: BudgetTable, _ tables: Tables) -> Remark {
        let parts = sum.parts.map { French.money(table.rows[$0].amount.cents) }
        let isWhole = tables.isWhollyRead(index, from: sum.parts.min() ?? sum.row, through: sum.row)
        return Remark(
            "\(tables.title(table, index))\u{A0}: sous-totaux \(French.money(sum.computed)), total écrit \(French.money(sum.printed)).",
            lowered: isWhole ? nil : .warning,
            computed: French.bounded(parts.joined(separator: " + "), 300) + " = \(French.money(sum.computed))",
            [.fact(tables.pointer(index, sum.row))] + sum.parts.map { .fact(tables.pointer(index, $0)) },
            deliberation: table.deliberation)
    }
}

/// Σ expenses = Σ income, where one table of each belongs to the same act and both print their totals.
struct TableBalance: DocumentRule {
    let description = RuleDescription(
        "table-balance", .error, "Dépenses et recettes sont égales.", scope: "budgets avec dépenses et recettes")

    func check(_ review: Review) -> Verdict {
        let tables = Tables(review: review)
        let groups = Dictionary(grouping: tables.all) { $0.table.deliberation }
        var isAmbiguous = false
        var pairs: [Pair] = []
        for (deliberation, group) in groups.sorted(by: { ($0.key ?? -1) < ($1.key ?? -1) }) {
            let expenses = group.filter { $0.table.direction == .expense }
            let incomes = group.filter { $0.table.direction == .revenue }
            if expenses.isEmpty || incomes.isEmpty { continue }
            if expenses.count == 1, incomes.count == 1, Self.sameTax(expenses[0].table, incomes[0].table),
                let expense = Self.total(expenses[0], tables), let income = Self.total(incomes[0], tables)
            {
                pairs.append(Pair(deliberation: deliberation, expense: expense, income: income))
            } else {
                isAmbiguous = true
            }
        }
        if pairs.isEmpty {
            return isAmbiguous
                ? .indeterminate("total unique des dépenses et des recettes")
                : .notApplicable("pas de budget à équilibrer")
        }
        return .remarksOrOK(pairs.compactMap(remark))
    }

    /// The printed total of a table, and whether its own lines make it; nil where it has no lines.
    private struct Total {
        var pointer: String
        var cents: Int
        var isRight: Bool?
    }

    private struct Pair {
        var deliberation: Int?
        var expense: Total
        var income: Total
    }

    /// Where a total is wrong of its own lines, `table-total` says it.
    private func remark(_ pair: Pair) -> Remark? {
        let (expense, income) = (pair.expense, pair.income)
        if expense.cents == income.cents || expense.isRight == false || income.isRight == false { return nil }
        let isCertain = expense.isRight == true && income.isRight == true
        let difference = French.money(expense.cents - income.cents)
        return Remark(
            "Dépenses \(French.money(expense.cents)) ≠ recettes \(French.money(income.cents)).",
            lowered: isCertain ? nil : .warning,
            computed: "\(French.money(expense.cents)) − \(French.money(income.cents)) = \(difference)",
            [.fact(expense.pointer), .fact(income.pointer)], deliberation: pair.deliberation)
    }

    private static func total(_ entry: (index: Int, table: BudgetTable), _ tables: Tables) -> Total? {
        let totals = entry.table.rows.indices.filter { entry.table.rows[$0].level == .total }
        guard totals.count == 1, let row = totals.first else { return nil }
        return Total(
            pointer: tables.pointer(entry.index, row), cents: entry.table.rows[row].amount.cents,
            isRight: tables.review.tableSums[entry.index].total?.agrees)
    }

    private static func sameTax(_ left: BudgetTable, _ right: BudgetTable) -> Bool {
        left.tax == nil || right.tax == nil || left.tax == right.tax
    }
}

/// The annex's total = the total that the body and the convention quote.
struct TableAndBody: ActRule {
    let description = RuleDescription(
        "table-body", .error, "Le total de l’annexe est celui que le texte cite.",
        scope: "actes d’une subvention avec budget prévisionnel")

    private static let totalWords: [PhraseSearch.Phrase] = [
        "budget prévisionnel de", "budget global de", "budget total de", "budget prévisionnel de ce programme est de",
        "budget prévisionnel s'élève à", "coût total de", "coût total s'élève à",
    ]

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = GrantReview(act, in: review), grants.isAlone else {
            return .notApplicable("pas une subvention unique")
        }
        let totals = grants.tables.filter { $0.table.direction == .expense }.compactMap { entry in
            entry.table.rows.lastIndex { $0.level == .total }.map {
                (entry.index, $0, entry.table.rows[$0].amount.cents)
            }
        }
        guard totals.count == 1, let (table, row, total) = totals.first else {
            return .notApplicable("aucun budget prévisionnel unique")
        }
        let quoted = review.extract.mentions.amounts.filter { mention in
            mention.money != nil && (mention.role == "total" || grants.follows(mention, Self.totalWords))
        }
        if quoted.isEmpty { return .indeterminate("total cité dans le texte") }
        let tableAmounts = Set(grants.tables.flatMap { $0.table.rows.map(\.amount.cents) })
        let others = quoted.filter { $0.money?.cents != total && !tableAmounts.contains($0.money?.cents ?? total) }
        guard let first = others.first, let cents = first.money?.cents else { return .ok }
        let isCertain = others.contains { grants.isInConvention($0.range) || grants.follows($0, Self.totalWords) }
        return .remark(
            "Annexe \(French.money(total)), texte \(French.money(cents)).", lowered: isCertain ? nil : .warning,
            computed: "\(French.money(total)) ≠ \(French.money(cents))",
            [.fact("/budgetTables/\(table)/rows/\(row)"), .words(first.range)])
    }
}
