import Deliberations

/// One line of a table, cut into cells at tabs, pipes, or runs of three blanks and more.
struct TableLine {
    /// A cell that is a number.
    struct Number {
        let range: Range<Int>
        let money: Money
        let hasUnit: Bool

        /// The number as a count: whole, without unit.
        var quantity: Int? { hasUnit || money.cents % 100 != 0 ? nil : money.cents / 100 }
    }

    /// The line without its end.
    let range: Range<Int>
    /// The cells that are words.
    private(set) var labels: [Range<Int>] = []
    /// The cells that are amounts or numbers, in order.
    private(set) var numbers: [Number] = []
    /// For each cell in order whether it is a number.
    private(set) var pattern: [Bool] = []
    /// Whether a cell holds an amount that cannot be read.
    private(set) var hasUnreadable = false

    /// How many cells there are.
    var cellCount: Int { pattern.count }

    /// Reads the line `range`.
    init(_ range: Range<Int>, in text: NormalizedText) {
        self.range = range
        let cells = Self.cells(of: range, in: text)
        for cell in cells { add(cell, isOnly: cells.count == 1, text) }
    }

    private mutating func add(_ cell: Range<Int>, isOnly: Bool, _ text: NormalizedText) {
        if Self.isPercentage(cell, in: text) || Self.isRule(cell, in: text) { return }
        if let number = Self.number(cell, in: text) {
            numbers.append(number)
            pattern.append(true)
        } else if isOnly || labels.isEmpty, let (label, number) = trailing(cell, in: text) {
            labels.append(label)
            numbers.append(number)
            pattern += [false, true]
        } else {
            labels.append(cell)
            pattern.append(false)
        }
    }

    // MARK: Cells

    private static func cells(of range: Range<Int>, in text: NormalizedText) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = range.lowerBound
        while let border = border(in: start..<range.upperBound, of: text) {
            let cell = text.trimmed(start..<border)
            if !cell.isEmpty { cells.append(cell) }
            start = border + 1
        }
        let cell = text.trimmed(start..<range.upperBound)
        if !cell.isEmpty { cells.append(cell) }
        return cells
    }

    private static func border(in range: Range<Int>, of text: NormalizedText) -> Int? {
        text.folded.withUnsafeBufferPointer { bytes in
            var position = range.lowerBound
            while position < range.upperBound {
                let byte = bytes[position]
                if !byte.isLetter, isBorder(position, in: text) { return position }
                position &+= 1
            }
            return nil
        }
    }

    private static func isBorder(_ position: Int, in text: NormalizedText) -> Bool {
        switch text[position] {
        case FoldedByte.tab, UInt8(ascii: "|"): true
        case FoldedByte.space: text.origin[position + 1] - text.origin[position] >= 3
        default: false
        }
    }

    /// "---", ":--:": the rule under a Markdown head.
    private static func isRule(_ cell: Range<Int>, in text: NormalizedText) -> Bool {
        cell.allSatisfy {
            text[$0] == UInt8(ascii: "-") || text[$0] == UInt8(ascii: ":") || text[$0] == UInt8(ascii: "=")
        }
    }

    private static func isPercentage(_ cell: Range<Int>, in text: NormalizedText) -> Bool {
        text[cell.upperBound - 1] == UInt8(ascii: "%") && text[cell.lowerBound].isDigit && cell.count <= 10
    }

    /// The cell as a number that fills it.
    private static func number(_ cell: Range<Int>, in text: NormalizedText) -> Number? {
        var start = cell.lowerBound
        if text[start] == UInt8(ascii: "-") || text[start] == UInt8(ascii: "+") { start += 1 }
        start = text.skipBlanks(from: start, limit: cell.upperBound)
        guard start < cell.upperBound, text[start].isDigit else { return nil }
        guard let number = wholeNumber(at: start, cell.upperBound, in: text) else { return nil }
        let isNegative = text[cell.lowerBound] == UInt8(ascii: "-") && number.money.cents > 0
        let money = Money(cents: isNegative ? -number.money.cents : number.money.cents, tax: number.money.tax)
        return Number(range: cell, money: money, hasUnit: number.hasUnit)
    }

    /// The number from `start` to exactly `end`.
    private static func wholeNumber(at start: Int, _ end: Int, in text: NormalizedText) -> Number? {
        if let reading = AmountReader.read(at: start, in: text, limit: end), let money = reading.money,
            text.trimmedOfPunctuation(reading.range.upperBound..<end).isEmpty
        {
            return Number(range: start..<end, money: money, hasUnit: reading.hasUnit)
        }
        return damaged(at: start, end, in: text)
    }

    /// "7313 091,38 €": a blank of the groups is lost; a group that begins with 0 leaves one reading.
    private static func damaged(at start: Int, _ end: Int, in text: NormalizedText) -> Number? {
        guard let first = text.integer(at: start, limit: end), (4...6).contains(first.range.count),
            text[first.range.upperBound] == FoldedByte.space, text[first.range.upperBound + 1] == UInt8(ascii: "0"),
            let reading = AmountReader.read(at: first.range.upperBound + 1, in: text, limit: end),
            let group = text.integer(at: first.range.upperBound + 1, limit: end), group.range.count == 3,
            let money = reading.money, text.trimmedOfPunctuation(reading.range.upperBound..<end).isEmpty
        else { return nil }
        let cents = first.value * 100_000 + money.cents
        return Number(range: start..<end, money: Money(cents: cents, tax: money.tax), hasUnit: reading.hasUnit)
    }

    // MARK: Lines without cells

    /// "Travaux y compris aléas 12 500,00 € (25 %)": a label and the amount that ends the line.
    private mutating func trailing(_ cell: Range<Int>, in text: NormalizedText) -> (Range<Int>, Number)? {
        let end = withoutPercentage(cell, in: text)
        var position = cell.lowerBound
        while position < end {
            if text[position].isDigit, text.isWordStart(position),
                let number = Self.wholeNumber(at: position, end, in: text)
            {
                return split(cell, at: position, number, in: text)
            }
            position += 1
        }
        return nil
    }

    private mutating func split(
        _ cell: Range<Int>, at position: Int, _ number: Number, in text: NormalizedText
    ) -> (Range<Int>, Number)? {
        var labelEnd = position
        while labelEnd > cell.lowerBound, text[labelEnd - 1].isBlank { labelEnd -= 1 }
        if labelEnd > cell.lowerBound, text[labelEnd - 1].isDigit {
            hasUnreadable = true
            return nil
        }
        let label = text.trimmedOfPunctuation(cell.lowerBound..<labelEnd)
        if text.firstIndex(of: FoldedByte.euro, in: label) != nil {
            hasUnreadable = true
            return nil
        }
        guard label.contains(where: { text[$0].isLetter }), number.hasUnit || abs(number.money.cents) >= 10_000 else {
            return nil
        }
        return (label, number)
    }

    private func withoutPercentage(_ cell: Range<Int>, in text: NormalizedText) -> Int {
        guard text[cell.upperBound - 1] == UInt8(ascii: "%") else { return cell.upperBound }
        var end = cell.upperBound - 1
        while end > cell.lowerBound, text[end - 1] == FoldedByte.space { end -= 1 }
        while end > cell.lowerBound,
            text[end - 1].isDigit || text[end - 1] == UInt8(ascii: ",") || text[end - 1] == UInt8(ascii: ".")
        {
            end -= 1
        }
        while end > cell.lowerBound, text[end - 1].isBlank { end -= 1 }
        return end
    }
}
