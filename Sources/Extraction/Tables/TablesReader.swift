import Deliberations

/// A table and where its rows stand.
struct ReadTable {
    /// The table as the Extract has it.
    var table: BudgetTable
    /// Where.
    var range: Range<Int>
    /// Where each row stands.
    var rows: [Range<Int>]
}

/// Finds tables of expenses and revenues by their heads and reads them row by row.
///
/// A table is taken only with a head that says so, and with a total or cells of its own: prose with amounts is none.
enum TablesReader {
    /// The tables of `text`; `clauses` are its wordings.
    static func read(_ clauses: ClauseMatches, of text: NormalizedText) -> [ReadTable] {
        var tables: [ReadTable] = []
        var end = 0
        for match in clauses.within(text.whole) {
            guard case .table = match.kind, match.range.lowerBound >= end,
                let head = TableHeadReader.read(at: match.range, of: text, clauses: clauses)
            else { continue }
            var reader = TableReader(head: head, text: text, clauses: clauses)
            reader.readRows()
            guard let read = reader.tables else { continue }
            tables += read.tables
            end = read.end
        }
        return tables
    }
}

/// The head of a table: its title, its line of column heads.
struct TableHeadReader {
    /// Where the head begins.
    var start: Int
    /// Where the rows begin.
    var end: Int
    /// The title, if a line of its own.
    var title: Range<Int>?
    /// What is spent or received, if it says so.
    var direction: BudgetTable.Direction?
    /// The tax that it names.
    var tax: Money.Tax?
    /// Whether there is a column of quantities.
    var hasQuantities = false
    /// Whether a column head of amounts was seen.
    var hasAmountHead = false
    /// Whether the column heads stand in cells of one line.
    var hasCells = false
    /// Whether expenses and revenues stand beside each other.
    var isPaired = false
    /// A first cell of the head that names a section instead of a column.
    var section: Range<Int>?

    private static let lineLimit = 180

    /// The head that begins with the line of the word at `word`.
    static func read(at word: Range<Int>, of text: NormalizedText, clauses: ClauseMatches) -> Self? {
        let line = text.line(at: word.lowerBound)
        guard isHeadLine(line, word, in: text, clauses) else { return nil }
        var head = Self(start: line.lowerBound, end: line.upperBound)
        head.add(line, in: text, clauses)
        var next = text.skipBlanks(from: line.upperBound)
        for _ in 0..<4 {
            let following = next..<text.lineEnd(from: next)
            guard head.isPartOfHead(following, in: text, clauses) else { break }
            head.add(following, in: text, clauses)
            next = text.skipBlanks(from: following.upperBound)
        }
        return head
    }

    /// A short line without amounts that begins with the word, or has cells, or ends in the head of amounts.
    private static func isHeadLine(
        _ line: Range<Int>, _ word: Range<Int>, in text: NormalizedText, _ clauses: ClauseMatches
    ) -> Bool {
        guard line.count <= lineLimit, let last = line.last, text[last] != UInt8(ascii: "."),
            text[last] != UInt8(ascii: ";"),
            text[last] != UInt8(ascii: ",")
        else { return false }
        let cells = TableLine(line, in: text)
        guard cells.numbers.isEmpty, text.firstIndex(of: FoldedByte.euro, in: line) == nil || !hasDigits(line, in: text)
        else { return false }
        if cells.cellCount > 1 { return clauses.within(line).contains { $0.kind == .table(.amount) } }
        let start = text.skipSeparators(from: line.lowerBound, limit: line.upperBound)
        let isFirst = word.lowerBound == start && line.count <= 70
        let isAmount = clauses.within(line).contains { $0.kind == .table(.amount) }
        if isFirst, !isAmount { return !hasVerb(line, in: text) }
        return isAmount && line.count <= 90 && (isFirst || text.isCapital(at: word.lowerBound))
            && !hasVerb(line, in: text)
    }

    private static func hasDigits(_ line: Range<Int>, in text: NormalizedText) -> Bool {
        line.contains { text[$0].isDigit }
    }

    private static func hasVerb(_ line: Range<Int>, in text: NormalizedText) -> Bool {
        text.contains(anyOf: TableWordings.verbs, in: line)
    }

    private func isPartOfHead(_ line: Range<Int>, in text: NormalizedText, _ clauses: ClauseMatches) -> Bool {
        guard !line.isEmpty, line.count <= Self.lineLimit else { return false }
        let cells = TableLine(line, in: text)
        guard cells.numbers.isEmpty else { return false }
        if cells.cellCount == 0 { return true }
        guard clauses.within(line).contains(where: { if case .table = $0.kind { true } else { false } }) else {
            return false
        }
        return cells.cellCount > 1 || (line.count <= 40 && !hasAmountHead)
    }

    private mutating func add(_ line: Range<Int>, in text: NormalizedText, _ clauses: ClauseMatches) {
        let cells = TableLine(line, in: text)
        end = line.upperBound
        guard cells.cellCount > 0 else { return }
        let kinds = clauses.within(line).compactMap { match -> TableHead? in
            if case .table(let head) = match.kind { head } else { nil }
        }
        let amounts = kinds.count { $0 == .amount }
        hasAmountHead = hasAmountHead || amounts > 0
        hasQuantities = hasQuantities || text.contains(anyOf: TableWordings.quantityHeads, in: line)
        note(kinds)
        tax = tax ?? Self.tax(in: line, of: text)
        if cells.cellCount > 1 {
            hasCells = true
            isPaired = kinds.contains(.expense) && kinds.contains(.revenue)
            let first = cells.labels[0]
            let word = text.word(at: first.lowerBound, limit: first.upperBound)
            if !TableWordings.labelHeads.contains(where: { text.equals(word, $0) }) { section = first }
        } else if title == nil, amounts == 0 {
            title = text.trimmedOfPunctuation(line)
        }
    }

    private mutating func note(_ kinds: [TableHead]) {
        let isExpense = kinds.contains(.expense)
        let isRevenue = kinds.contains(.revenue)
        if isExpense, isRevenue {
            direction = .mixed
        } else if isExpense || isRevenue {
            direction = isExpense ? .expense : .revenue
        }
    }

    private static func tax(in line: Range<Int>, of text: NormalizedText) -> Money.Tax? {
        if text.find("ttc", in: line) != nil { return .included }
        return text.find("ht", in: line) != nil || text.find("h.t", in: line) != nil ? .excluded : nil
    }
}
