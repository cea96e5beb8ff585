/// Finds what was left to be filled in: dots, underscores, "n°du", "en date du ,", "Fait à …, le".
struct Blanks {
    private let text: NormalizedText
    private let range: Range<Int>
    private var found: [Range<Int>] = []

    /// The blanks of `range`, in their order.
    static func find(in range: Range<Int>, of text: NormalizedText) -> [Range<Int>] {
        var blanks = Self(text: text, range: range)
        blanks.scan()
        return blanks.found
    }

    private init(text: NormalizedText, range: Range<Int>) {
        self.text = text
        self.range = range
    }

    private mutating func scan() {
        var position = range.lowerBound
        while let next = candidate(from: position) {
            let end = text[next].isLetter ? wording(at: next) : filler(at: next)
            position = max(next + 1, end ?? 0)
        }
    }

    /// The next position from `position` on where a blank may begin: a dot, an underscore, or a word by its first letter.
    private func candidate(from position: Int) -> Int? {
        text.folded.withUnsafeBufferPointer { bytes in
            Self.beginnings.withUnsafeBufferPointer { beginnings in
                var index = position
                while index < range.upperBound {
                    if beginnings[Int(bytes[index])],
                        !(bytes[index].isLetter && index > 0 && bytes[index - 1].isWord)
                    {
                        return index
                    }
                    index &+= 1
                }
                return nil
            }
        }
    }

    /// Which bytes may begin a blank.
    private static let beginnings: [Bool] = (0..<256).map { "._ndlxa".utf8.contains(UInt8($0)) }

    // MARK: Fillers

    /// A run of dots or underscores. Three dots alone are one only after a word that expects something.
    private mutating func filler(at position: Int) -> Int? {
        var end = position
        while end < range.upperBound, isFiller(end) { end += 1 }
        guard end - position >= 3 else { return end }
        let isLong = end - position >= 4 || text[position] == UInt8(ascii: "_")
        guard isLong && !isLeader(position..<end) || expects(before: position) else { return end }
        found.append(position..<end)
        return end
    }

    private func isFiller(_ position: Int) -> Bool {
        let byte = text[position]
        if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") { return true }
        let isJoint = byte == FoldedByte.space || byte == UInt8(ascii: "/")
        return isJoint && (text[position + 1] == UInt8(ascii: ".") || text[position + 1] == UInt8(ascii: "_"))
    }

    /// Dots that lead to a page number or an amount: something stands on both sides.
    private func isLeader(_ run: Range<Int>) -> Bool {
        let next = text.skipBlanks(from: run.upperBound, limit: range.upperBound, lines: false)
        return run.count > 12 && (text[next].isDigit || text[next] == FoldedByte.newline)
            && !expects(before: run.lowerBound)
    }

    /// Whether the word before `position` wants a number, a date or a name.
    private func expects(before position: Int) -> Bool {
        var end = position
        while text[end - 1] == FoldedByte.space { end -= 1 }
        if text[end - 1] == UInt8(ascii: ":") || text[end - 1] == FoldedByte.degree { return true }
        var start = end
        while start > range.lowerBound, text[start - 1].isLetter { start -= 1 }
        return ["du", "le", "de", "a", "par", "numero", "la", "au"].contains { text.equals(start..<end, $0) }
    }

    // MARK: Wordings

    private mutating func wording(at position: Int) -> Int? {
        if let mark = NumberMark.end(at: position, in: text) { return number(at: position, mark) }
        switch text[position] {
        case UInt8(ascii: "d"): return text.matchWord("du", at: position) == nil ? nil : emptyDate(at: position)
        case UInt8(ascii: "l"): return text.matchWord("le", at: position) == nil ? nil : emptySigning(at: position)
        case UInt8(ascii: "a") where text[position + 1] != FoldedByte.space: return nil
        default: break
        }
        if let end = text.matchAny(["xx/xx/xxxx", "xxxx", "xxx", "a completer"], at: position) {
            found.append(position..<end)
            return end
        }
        return nil
    }

    /// "n°du", "n° en date": a number mark that no number follows.
    private mutating func number(at position: Int, _ mark: Int) -> Int? {
        let next = text.skipBlanks(from: mark, limit: range.upperBound, lines: false)
        let isEmpty =
            text.matchAny(["du", "en date"], at: next) != nil || text[next] == UInt8(ascii: ",")
            || text[next] == FoldedByte.newline
        guard isEmpty, mark - position < 4 else { return nil }
        found.append(position..<mark)
        return mark
    }

    /// "en date du ,", "délibération du ;": a "du" that nothing follows.
    private mutating func emptyDate(at position: Int) -> Int? {
        let end = position + 2
        let next = text.skipBlanks(from: end, limit: range.upperBound, lines: false)
        guard text[next] == UInt8(ascii: ",") || text[next] == UInt8(ascii: ";") || text[next] == UInt8(ascii: ")")
        else { return nil }
        found.append(position..<end)
        return end
    }

    /// "Fait à Besançon, le" and nothing after it.
    private mutating func emptySigning(at position: Int) -> Int? {
        let end = position + 2
        guard text[end] == FoldedByte.newline || end >= text.count else { return nil }
        guard !text[text.skipBlanks(from: end)].isDigit else { return nil }
        let line = text.line(at: position)
        guard text.matchAny(["fait", "fait en", "signe"], at: line.lowerBound) != nil else { return nil }
        found.append(position..<end)
        return end
    }
}
