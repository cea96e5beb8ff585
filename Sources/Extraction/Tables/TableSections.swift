/// The headings under which rows of a table stand: "AXE 2 …", and below it "A/ …".
struct TableSections {
    /// How a heading is marked; headings of one style are of one rank.
    private enum Style: Equatable {
        case numberedWord(UInt8)
        case enumerated
        case plain
    }

    private var stack: [(style: Style, range: Range<Int>)] = []
    private var hasRows = false
    private var written: String?

    /// A heading of rows to come.
    mutating func open(_ range: Range<Int>, in text: NormalizedText) {
        let style = Self.style(of: range, in: text)
        if let rank = stack.firstIndex(where: { $0.style == style }) {
            stack.removeSubrange(rank...)
        } else if hasRows, style == .plain {
            stack = []
        }
        stack.append((style, range))
        hasRows = false
        written = nil
    }

    /// A row was read.
    mutating func noteRow() { hasRows = true }

    /// Takes back the last heading, which was the label of a row.
    mutating func takeLast() -> Range<Int>? {
        guard !hasRows else { return nil }
        written = nil
        return stack.popLast()?.range
    }

    /// The headings as written, from the widest to the nearest.
    mutating func words(in text: NormalizedText) -> String? {
        guard !stack.isEmpty else { return nil }
        let words = written ?? stack.map { text.words(of: $0.range) }.joined(separator: " / ")
        written = words
        return words
    }

    private static func style(of range: Range<Int>, in text: NormalizedText) -> Style {
        let word = text.word(at: range.lowerBound, limit: range.upperBound)
        if word.count <= 2 {
            switch text[word.upperBound] {
            case UInt8(ascii: "/"), UInt8(ascii: ")"), UInt8(ascii: "."), UInt8(ascii: "-"): return .enumerated
            default: break
            }
        }
        let next = text.skipBlanks(from: word.upperBound, limit: range.upperBound, lines: false)
        if word.count >= 3, text[next].isDigit { return .numberedWord(text[word.lowerBound]) }
        return .plain
    }
}
