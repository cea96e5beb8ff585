/// A sentence, or an item of a list, of a legal text.
struct Sentence {
    /// Where it stands, without list mark and blanks at its ends.
    let range: Range<Int>
    /// The sentence with a final colon that introduces the list that this is an item of.
    let lead: Range<Int>?
    /// Whether it is an item of a list.
    let isItem: Bool
}

/// Splits a text into sentences and items of lists.
struct SentenceSplitter {
    private let text: NormalizedText
    private let limit: Int
    private var sentences: [Sentence] = []
    private var lead: Range<Int>?

    /// The sentences of `range` in their order.
    static func sentences(in range: Range<Int>, of text: NormalizedText) -> [Sentence] {
        var splitter = Self(text: text, limit: min(range.upperBound, text.count))
        splitter.split(from: range.lowerBound)
        return splitter.sentences
    }

    private init(text: NormalizedText, limit: Int) {
        self.text = text
        self.limit = limit
    }

    private mutating func split(from start: Int) {
        var start = start
        var position = nextMark(from: start)
        while position < limit {
            if isBoundary(position) {
                add(start..<(position + 1))
                start = position + 1
            }
            position = nextMark(from: position + 1)
        }
        add(start..<limit)
    }

    private mutating func add(_ raw: Range<Int>) {
        let trimmed = text.trimmed(raw)
        guard let first = trimmed.first, let last = trimmed.last else { return }
        let contentStart = ListMark.end(at: first, in: text, limit: trimmed.upperBound)
        let isItem = contentStart != nil
        let range = text.trimmed((contentStart ?? first)..<trimmed.upperBound)
        guard !range.isEmpty else { return }
        let endsInColon = text[last] == UInt8(ascii: ":")
        if !isItem { lead = endsInColon ? range : nil }
        sentences.append(Sentence(range: range, lead: isItem ? lead : nil, isItem: isItem))
    }

    /// The next position from `position` on where a sentence may end.
    private func nextMark(from position: Int) -> Int {
        text.folded.withUnsafeBufferPointer { bytes in
            ByteSearch.first(in: position ..| limit, of: bytes) { eight in
                ByteSearch.marks(of: UInt8(ascii: "."), in: eight) | ByteSearch.marks(of: UInt8(ascii: ";"), in: eight)
                    | ByteSearch.marks(of: UInt8(ascii: "!"), in: eight)
                    | ByteSearch.marks(of: UInt8(ascii: "?"), in: eight)
                    | ByteSearch.marks(of: FoldedByte.newline, in: eight)
            } ?? limit
        }
    }

    private func isBoundary(_ position: Int) -> Bool {
        text[position] == FoldedByte.newline ? endsAtLine(position) : isFullStop(position)
    }

    /// A stop before a blank and a capital or list mark, which ends no abbreviation ("M.", "L.", "art.").
    private func isFullStop(_ position: Int) -> Bool {
        guard text[position + 1].isBlank else { return false }
        if text[position] == UInt8(ascii: ";") { return true }
        if text[position] == UInt8(ascii: "."), !text[position - 2].isWord, text[position - 1].isLetter { return false }
        let next = text.skipBlanks(from: position + 1, limit: limit)
        return next >= limit || text.isCapital(at: next) || text[next].isListMark || text[next].isDigit
            || text[next] == UInt8(ascii: "\"")
    }

    /// An empty line ends a sentence unless it goes on in lower case; the end of a line before an item or after a colon.
    private func endsAtLine(_ position: Int) -> Bool {
        let before = text[position - 1]
        let next = text.skipBlanks(from: position, limit: limit)
        if ListMark.end(at: next, in: text, limit: limit) != nil { return true }
        guard text[position + 1] == FoldedByte.newline else {
            return before == UInt8(ascii: ":") || ArticleHeadings.isHeading(at: next, in: text)
        }
        let goesOn = before.isLetter || before == UInt8(ascii: ",") || before == UInt8(ascii: "'")
        return !(goesOn && text[next].isLetter && !text.isCapital(at: next))
    }
}

/// The mark that begins an item of a list: a dash, a bullet, "a)", "1°", "2/".
enum ListMark {
    /// Where the content after the mark begins, if an item begins at `position`.
    static func end(at position: Int, in text: NormalizedText, limit: Int) -> Int? {
        let first = text[position]
        if first.isListMark || first == FoldedByte.other {
            let next = text.skipBlanks(from: position + 1, limit: limit, lines: false)
            return next > position + 1 || text[next].isLetter ? next : nil
        }
        guard first.isWord, position + 2 < limit else { return nil }
        var end = position + 1
        if first.isDigit, text[end].isDigit { end += 1 }
        let isClosed: Bool
        switch text[end] {
        case UInt8(ascii: ")"), FoldedByte.degree: isClosed = true
        case UInt8(ascii: "/"): isClosed = text[end + 1] == FoldedByte.space
        default: isClosed = false
        }
        guard isClosed else { return nil }
        return text.skipBlanks(from: end + 1, limit: limit, lines: false)
    }
}
