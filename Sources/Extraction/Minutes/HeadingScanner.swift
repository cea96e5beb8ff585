/// Finds what may be a heading: every number that is labelled, or that a capital follows.
struct HeadingScanner {
    private let text: NormalizedText
    private let anchored: AnchoredText
    private let year: Int
    /// Numbers before this position belong to a heading that was read.
    private var done = 0
    /// What was found, in order.
    private(set) var headings: [Heading] = []

    /// Looks for headings in `range`, for a session in `year`.
    init(_ anchored: AnchoredText, in range: Range<Int>, year: Int) {
        self.anchored = anchored
        text = anchored.text
        self.year = year
        for position in WordStarts.ofDigits(in: range, of: text.folded) where position >= done {
            read(position, range.lowerBound)
        }
        readLabels(in: range)
    }

    /// Reads the number whose first digit stands at `digit`.
    private mutating func read(_ digit: Int, _ lower: Int) {
        let start = tokenStart(of: digit, lower)
        guard start >= done, start == 0 || !text[start - 1].isWord else { return }
        let label = HeadingLabel.read(before: start, lower: lower, in: anchored)
        guard label.kind != .reference else { return }
        let found = actHeading(start, label) ?? itemHeading(start, label)
        guard let found else { return }
        headings.append(found)
        done = found.titleStart
    }

    /// Where the run of letters, digits and joints that holds `digit` begins.
    private func tokenStart(of digit: Int, _ lower: Int) -> Int {
        var start = digit
        while start > lower, digit - start < 20,
            text[start - 1].isWord || HeadingToken.isJoint(text[start - 1]) && text[start - 2].isWord
        {
            start -= 1
        }
        return start
    }

    // MARK: Acts

    private func actHeading(_ start: Int, _ label: HeadingLabel) -> Heading? {
        guard label.kind != .item, label.kind != .none || !HeadingToken.isPlainNumber(at: start, in: text),
            let token = HeadingToken.read(at: start, isLabelled: label.kind != .none, in: text),
            token.isAct(in: year, isLabelled: label.kind != .none, isWord: label.kind == .act),
            label.kind != .none || !isDate(token.range),
            isFollowedByTitle(token.range.upperBound)
        else { return nil }
        return Heading(
            mark: .number(token.range), start: label.start, titleStart: token.range.upperBound, style: token.shape,
            groups: token.groups, isInBrackets: text[label.start - 1] == UInt8(ascii: "("), identity: token.identity)
    }

    private func isDate(_ range: Range<Int>) -> Bool {
        DateReader.read(at: range.lowerBound, in: text).map { $0.range.upperBound >= range.upperBound } ?? false
    }

    private func isFollowedByTitle(_ position: Int) -> Bool {
        let next = text.skipBlanks(from: position, lines: false)
        if text[next] == FoldedByte.euro || text[next] == UInt8(ascii: "%") { return false }
        let after = text.skipSeparators(from: position, limit: position + 8)
        let isTitle = text.isCapital(at: after) || text[after] == UInt8(ascii: "\"") || text[after] == UInt8(ascii: "(")
        return isTitle || text[next] == FoldedByte.newline || text[next] == UInt8(ascii: ")")
            || next > position && after > next
            || text.matchAny(["examinee", "examine", "du", "relative"], at: after) != nil
            || text[after].isLetter && after > next
    }

    // MARK: Items

    /// "POINT 3 -", "2. Vente…", "2.1 Vente…", "7/ Vente…".
    private func itemHeading(_ start: Int, _ label: HeadingLabel) -> Heading? {
        guard let first = text.integer(at: start), first.range.count <= 3, first.value <= 400, first.value > 0 else {
            return nil
        }
        var end = first.range.upperBound
        var second: Int?
        if text[end] == UInt8(ascii: "."), let number = text.integer(at: end + 1), number.range.count <= 2 {
            second = number.value
            end = number.range.upperBound
        }
        guard !text[end].isDigit, label.kind == .item || !isValue(start),
            let delimiter = delimiter(at: end, label, isNested: second != nil)
        else {
            return nil
        }
        let title = text.skipBlanks(from: delimiter.end)
        guard text.isCapital(at: title) || text[title] == UInt8(ascii: "\"") else { return nil }
        return Heading(
            mark: .item(start ..| end), start: label.start, titleStart: delimiter.end,
            style: label.kind == .item ? label.style : UInt64(delimiter.byte),
            groups: [first.value] + (second.map { [$0] } ?? []),
            identity: WordKey.key(text.folded[start..<end]))
    }

    /// "Présents : 33 - Votants", "n° 5, 28 - …": a number after a colon or a comma is a value.
    private func isValue(_ start: Int) -> Bool {
        let before = text.skipBlanksBack(from: start)
        guard text.firstIndex(of: FoldedByte.newline, in: before ..| start) == nil else { return false }
        let byte = text[before - 1]
        return byte == UInt8(ascii: ":") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "=")
    }

    /// Whether a cell of a table begins at `position`.
    private func isCellStart(_ position: Int) -> Bool {
        let before = text.skipBlanksBack(from: position)
        let hasTab = (before ..| position).contains { text[$0] == FoldedByte.tab || text[$0] == FoldedByte.newline }
        return before == 0 || hasTab || text[before - 1] == UInt8(ascii: "|")
    }

    /// What stands between the number of an item and its title.
    private func delimiter(at position: Int, _ label: HeadingLabel, isNested: Bool) -> (byte: UInt8, end: Int)? {
        let next = text.skipBlanks(from: position, lines: false)
        let byte = text[next]
        let isLabelled = label.kind == .item
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ")"), FoldedByte.degree, UInt8(ascii: "/"):
            var end = next + 1
            if byte == FoldedByte.degree, text[end] == UInt8(ascii: ")") { end += 1 }
            if byte == UInt8(ascii: "."), text[end] == UInt8(ascii: "-") { end += 1 }
            guard text[end].isBlank || byte != UInt8(ascii: "/") && text[end].isLetter else { return nil }
            return (byte, text.skipSeparators(from: end, limit: end + 6))
        case UInt8(ascii: "|"), FoldedByte.tab:
            return isCellStart(label.start) ? (byte, text.skipSeparators(from: next + 1, limit: next + 6)) : nil
        case UInt8(ascii: ":") where isLabelled || anchored.beginsLine(label.start):
            return (byte, next + 1)
        default:
            guard isLabelled || isNested && next > position else { return nil }
            return (UInt8(ascii: "."), next)
        }
    }

    // MARK: Labels

    /// "Objet : …" where a heading may stand.
    private mutating func readLabels(in range: Range<Int>) {
        for label in anchored.all(.subject, in: range) where anchored.mayBeHeading(label.lowerBound) {
            let next = text.skipBlanks(from: label.upperBound, lines: false)
            guard text[next] == UInt8(ascii: ":") || text[next] == UInt8(ascii: "-") else { continue }
            let title = text.skipSeparators(from: next, limit: text.count)
            // "Objet : compte rendu du conseil" in the margin of each page names the document.
            if anchored.first(.minutesTitle, in: title ..| (title + 1)) != nil { continue }
            let key = WordKey.key(text.folded[title ..| min(title + 40, text.count)].lazy.filter { $0.isWord })
            headings.append(
                Heading(mark: .label, start: label.lowerBound, titleStart: title, style: 0, groups: [], identity: key))
        }
    }
}
