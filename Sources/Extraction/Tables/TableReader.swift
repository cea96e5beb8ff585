import Deliberations

/// Reads the rows under one head.
struct TableReader {
    private let head: TableHeadReader
    private let text: NormalizedText
    private let clauses: ClauseMatches
    private var rows: [Row] = []
    private var revenueRows: [Row] = []
    private var sections = TableSections()
    private var end: Int
    private var rowsWithCells = 0
    private var lastWasNumber = false
    private var isBroken = false

    private struct Row {
        var row: BudgetTable.Row
        var range: Range<Int>
        var isTotal: Bool
    }

    /// A reader of the rows after `head`.
    init(head: TableHeadReader, text: NormalizedText, clauses: ClauseMatches) {
        self.head = head
        self.text = text
        self.clauses = clauses
        end = head.end
        if let section = head.section { sections.open(section, in: text) }
    }

    /// Reads lines until one that belongs to no table.
    mutating func readRows() {
        var position = text.skipBlanks(from: head.end)
        var strangers = 0
        while position < text.count {
            let line = position..<text.lineEnd(from: position)
            let cells = TableLine(line, in: text)
            if cells.hasUnreadable { isBroken = true }
            if read(cells) {
                strangers = 0
                end = line.upperBound
                if isComplete(cells) { break }
            } else {
                guard cells.numbers.isEmpty, strangers < 3, isSection(line, cells) else { break }
                strangers += 1
                if let label = cells.labels.first { sections.open(label, in: text) }
                lastWasNumber = false
            }
            position = text.skipBlanks(from: line.upperBound)
        }
    }

    /// Whether a row, or part of one, stands in the line.
    private mutating func read(_ cells: TableLine) -> Bool {
        if cells.cellCount == 0 { return true }
        if head.isPaired, cells.pattern == [false, true, false, true] {
            add(cells.labels[0], [cells.numbers[0]], cells.range, isRevenue: false)
            add(cells.labels[1], [cells.numbers[1]], cells.range, isRevenue: true)
            return true
        }
        guard let last = cells.numbers.last else { return false }
        if cells.labels.isEmpty { return readNumberAlone(last, cells) }
        guard cells.labels.count == 1, cells.pattern.first == false, cells.numbers.count <= (head.hasQuantities ? 2 : 1)
        else {
            isBroken = true
            return false
        }
        lastWasNumber = false
        if cells.cellCount > 1, !isTrailing(cells) { rowsWithCells += 1 }
        add(cells.labels[0], cells.numbers, cells.range, isRevenue: false)
        return true
    }

    private func isTrailing(_ cells: TableLine) -> Bool {
        text.firstIndex(of: FoldedByte.tab, in: cells.range) == nil
            && text.firstIndex(of: UInt8(ascii: "|"), in: cells.range) == nil
    }

    /// One cell a line: the number belongs to the label before it, or is the amount after a quantity.
    private mutating func readNumberAlone(_ number: TableLine.Number, _ cells: TableLine) -> Bool {
        guard cells.numbers.count == 1 else { return false }
        if lastWasNumber {
            guard head.hasQuantities, let last = rows.indices.last, rows[last].row.quantity == nil,
                rows[last].row.amount.cents % 100 == 0
            else { return false }
            rows[last].row.quantity = rows[last].row.amount.cents / 100
            rows[last].row.amount = number.money
            rows[last].range = rows[last].range.lowerBound..<cells.range.upperBound
            return true
        }
        guard let label = sections.takeLast() else { return false }
        add(label, [number], label.lowerBound..<cells.range.upperBound, isRevenue: false)
        lastWasNumber = true
        return true
    }

    private mutating func add(
        _ label: Range<Int>, _ numbers: [TableLine.Number], _ range: Range<Int>, isRevenue: Bool
    ) {
        guard let amount = numbers.last else { return }
        let isTotal = TotalLabel.isTotal(label, in: text)
        let row = BudgetTable.Row(
            label: text.words(of: label),
            section: isTotal && TotalLabel.isGrand(label, in: text) ? nil : sections.words(in: text),
            quantity: numbers.count > 1 ? numbers[0].quantity : nil, amount: amount.money,
            level: isTotal ? .subtotal : .line)
        sections.noteRow()
        let read = Row(row: row, range: range, isTotal: isTotal)
        if isRevenue { revenueRows.append(read) } else { rows.append(read) }
    }

    /// A short line without a verb's end: the heading of rows to come.
    private func isSection(_ line: Range<Int>, _ cells: TableLine) -> Bool {
        guard (2...140).contains(line.count), cells.labels.count == 1, let last = line.last else { return false }
        if text[last] == UInt8(ascii: ".") || text[last] == UInt8(ascii: ";") || text[last] == UInt8(ascii: ",") {
            return false
        }
        if ArticleHeadings.isHeading(at: line.lowerBound, in: text) { return false }
        let opensAnother =
            clauses.within(line).first.map {
                if case .table(let head) = $0.kind {
                    head != .amount && $0.range.lowerBound == line.lowerBound
                } else {
                    false
                }
            } ?? false
        return !opensAnother || !hasTotal
    }

    private var hasTotal: Bool { rows.contains { $0.isTotal } }

    /// After the total of the whole nothing more belongs to the table.
    private func isComplete(_ cells: TableLine) -> Bool {
        guard let label = cells.labels.first, rows.last?.isTotal == true else { return false }
        return TotalLabel.isGrand(label, in: text) && !TotalLabel.isAlone(label, in: text)
    }

    // MARK: The result

    /// The tables, if what was read is one, and where they end.
    var tables: (tables: [ReadTable], end: Int)? {
        guard !isBroken, rows.count >= 2, rows.contains(where: { !$0.isTotal }) else { return nil }
        guard hasTotal || (head.hasCells && head.hasAmountHead && rowsWithCells == rows.count) else { return nil }
        guard head.hasAmountHead || head.direction != nil, head.hasAmountHead || hasTotal else { return nil }
        var tables = [table(rows, head.isPaired ? .expense : direction)]
        if head.isPaired, !revenueRows.isEmpty { tables.append(table(revenueRows, .revenue)) }
        return (tables, end)
    }

    private var direction: BudgetTable.Direction { head.direction ?? .mixed }

    private func table(_ rows: [Row], _ direction: BudgetTable.Direction) -> ReadTable {
        var table = BudgetTable(direction: direction, rows: Self.withTotal(rows).map(\.row))
        table.title = head.title.map { text.words(of: $0) }
        table.tax = head.tax
        return ReadTable(table: table, range: head.start..<end, rows: rows.map(\.range))
    }

    /// The last total is the one of the whole if it says so, is the only one, or is the sum of all lines.
    private static func withTotal(_ rows: [Row]) -> [Row] {
        guard let last = rows.lastIndex(where: { $0.isTotal }) else { return rows }
        var rows = rows
        let lines = rows[..<last].filter { !$0.isTotal }.reduce(0) { $0 + $1.row.amount.cents }
        let isOnly = rows.count { $0.isTotal } == 1
        if isOnly && last == rows.count - 1 || rows[last].row.section == nil || lines == rows[last].row.amount.cents {
            rows[last].row.level = .total
            rows[last].row.section = nil
        }
        return rows
    }
}

/// Tells totals by their labels.
enum TotalLabel {
    /// Whether the row sums up others: "Total", "Sous-total", "TOTAL DU PROGRAMME".
    static func isTotal(_ label: Range<Int>, in text: NormalizedText) -> Bool {
        text.matchAny(
            ["total", "totaux", "sous-total", "sous total", "montant total", "cout total", "s/total"],
            at: label.lowerBound)
            != nil
    }

    /// Whether it sums up the whole table by its words.
    static func isGrand(_ label: Range<Int>, in text: NormalizedText) -> Bool {
        guard let end = text.matchAny(["total", "totaux", "montant total", "cout total"], at: label.lowerBound) else {
            return false
        }
        return text.contains(anyOf: TableWordings.grandTotals, in: end..<label.upperBound)
    }

    /// Whether nothing but "total" stands there.
    static func isAlone(_ label: Range<Int>, in text: NormalizedText) -> Bool {
        text.matchWord("total", at: label.lowerBound) == label.upperBound
    }
}
