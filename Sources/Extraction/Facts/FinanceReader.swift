import Deliberations

/// Reads the opinions, the budget line and the grants of an act.
enum FinanceReader {
    /// Opinions in a table: body, date, opinion.
    static func opinions(in anchored: AnchoredText, range: Range<Int>) -> [Cited<Opinion>] {
        let text = anchored.text
        var opinions: [Cited<Opinion>] = []
        var position = range.lowerBound
        while let tab = text.firstIndex(of: FoldedByte.tab, in: position ..| range.upperBound) {
            let line = text.line(at: tab)
            position = line.upperBound + 1
            let cells = text.cells(of: line)
            guard cells.count == 3, !cells[0].isEmpty, isOpinion(cells[2], in: text) else { continue }
            let date = DateReader.leading(in: cells[1], of: text)?.date
            guard date != nil || cells[1].isEmpty else { continue }
            let opinion = Opinion(body: text.words(of: cells[0]), date: date, opinion: text.words(of: cells[2]))
            opinions.append(Cited(value: opinion, range: line))
        }
        return opinions
    }

    private static func isOpinion(_ cell: Range<Int>, in text: NormalizedText) -> Bool {
        let start = text.skipBlanks(from: cell.lowerBound)
        return text.matchAny(
            [
                "favorable", "defavorable", "avis favorable", "avis defavorable", "reserve", "reservee", "sans avis",
                "pour information",
            ],
            at: start) != nil
    }

    /// The budget line: what is planned, what the operation costs.
    static func budget(in anchored: AnchoredText, range: Range<Int>) -> Cited<BudgetLine>? {
        let text = anchored.text
        var budget = BudgetLine()
        var found: Range<Int>?
        if let label = anchored.first(.budgetPlanned, in: range) {
            let amount = amount(after: label, in: text)
            budget.planned = amount?.value
            budget.year = year(after: label, in: text)
            found = amount.map { label.lowerBound ..| $0.range.upperBound }
        }
        if let label = anchored.first(.budgetOperation, in: range), let amount = amount(after: label, in: text) {
            budget.operation = amount.value
            found = (found?.lowerBound ?? label.lowerBound) ..| max(found?.upperBound ?? 0, amount.range.upperBound)
        }
        guard let found else { return nil }
        let line = text.line(at: found.lowerBound)
        if let first = text.cells(of: line).first, first.upperBound < found.lowerBound, !first.isEmpty {
            budget.label = text.words(of: first)
        }
        return Cited(value: budget, range: found)
    }

    private static func year(after label: Range<Int>, in text: NormalizedText) -> Int? {
        let next = text.skipBlanks(from: label.upperBound)
        guard let number = text.integer(at: next), (1_990...2_100).contains(number.value) else { return nil }
        return number.value
    }

    /// The amount after the colon that follows a label.
    private static func amount(after label: Range<Int>, in text: NormalizedText) -> Cited<Money>? {
        let limit = min(label.upperBound + 30, text.count)
        guard let colon = text.firstIndex(of: UInt8(ascii: ":"), in: label.upperBound ..| limit) else { return nil }
        let start = text.skipBlanks(from: colon + 1)
        guard let reading = AmountReader.read(at: start, in: text), reading.hasUnit, let money = reading.money else {
            return nil
        }
        return Cited(value: money, range: reading.range)
    }
}

extension NormalizedText {
    /// The cells of a line: what tabs separate, trimmed.
    func cells(of line: Range<Int>) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = line.lowerBound
        for position in line where folded[position] == FoldedByte.tab {
            cells.append(trimmed(start ..| position))
            start = position + 1
        }
        cells.append(trimmed(start ..| line.upperBound))
        return cells
    }
}
