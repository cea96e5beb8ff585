import Deliberations

/// The sums of one table: what each subtotal and the total should be.
struct TableSums {
    /// A printed sum and its parts.
    struct Sum {
        /// The row that prints it.
        var row: Int
        /// The rows that it adds up.
        var parts: [Int]
        var printed: Int
        /// What the parts make.
        var computed: Int
        /// Whether they agree, to the euro where there are three parts or more.
        var agrees: Bool
    }

    /// The subtotals that have parts.
    private(set) var subtotals: [Sum] = []
    /// The last total, if it has parts.
    private(set) var total: Sum?

    init(_ table: BudgetTable) {
        let rows = table.rows
        var openLines: [Int] = []
        var openSubtotals: [Int] = []
        for (index, row) in rows.enumerated() {
            switch row.level {
            case .line:
                openLines.append(index)
            case .subtotal:
                let choices = [openLines, openSubtotals, openSubtotals + openLines, Self.section(of: index, rows)]
                if let sum = Self.sum(index, rows, choices) { subtotals.append(sum) }
                openSubtotals.append(index)
                openLines = []
            case .total:
                let lines = rows.indices.filter { $0 < index && rows[$0].level == .line }
                let choices = [openSubtotals + openLines, openSubtotals, lines, Self.topSubtotals(openSubtotals, rows)]
                if let sum = Self.sum(index, rows, choices) { total = sum }
                openLines = []
            }
        }
    }

    /// The first of `choices` whose rows make the printed sum, else the first that has rows.
    private static func sum(_ row: Int, _ rows: [BudgetTable.Row], _ choices: [[Int]]) -> Sum? {
        let printed = rows[row].amount.cents
        let sums = choices.filter { !$0.isEmpty }.map { parts in
            let computed = parts.reduce(0) { $0 + rows[$1].amount.cents }
            let tolerance = parts.count >= 3 && computed % 100 == 0 && printed % 100 == 0 ? 100 : 0
            return Sum(
                row: row, parts: parts, printed: printed, computed: computed,
                agrees: abs(computed - printed) <= tolerance)
        }
        return sums.first { $0.agrees } ?? sums.first
    }

    private static func section(of row: Int, _ rows: [BudgetTable.Row]) -> [Int] {
        guard let section = rows[row].section else { return [] }
        return rows.indices.filter { $0 < row && rows[$0].level == .line && rows[$0].section == section }
    }

    /// Subtotals without those that another one adds up: they stand last.
    private static func topSubtotals(_ subtotals: [Int], _ rows: [BudgetTable.Row]) -> [Int] {
        var top: [Int] = []
        for subtotal in subtotals {
            var parts: [Int] = []
            var sum = 0
            for part in top.reversed() where sum < rows[subtotal].amount.cents {
                parts.append(part)
                sum += rows[part].amount.cents
            }
            if parts.count > 1, sum == rows[subtotal].amount.cents { top.removeLast(parts.count) }
            top.append(subtotal)
        }
        return top
    }
}
