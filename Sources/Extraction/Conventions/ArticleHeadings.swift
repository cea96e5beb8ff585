/// Finds the headings of a convention's articles, whatever their style: "Article 3 - Objet", "Article2 :",
/// "ARTICLE III", "Article 1er. Durée", "3. Durée".
enum ArticleHeadings {
    /// A heading.
    struct Heading {
        /// The number as printed.
        let number: Range<Int>
        /// The title; empty if there is none.
        let title: Range<Int>
        /// Where the heading begins.
        let start: Int
        /// Where the article's text begins.
        let bodyStart: Int
    }

    /// The longest line that is taken for a title, in characters.
    private static let titleLimit = 120

    /// The headings in `range`, in their order.
    static func find(in range: Range<Int>, of text: NormalizedText) -> [Heading] {
        var headings: [Heading] = []
        let (head, mask) = WordHead.beginning("art")
        var free = range.lowerBound
        var index = text.wordStarts.partitioningIndex { $0 >= range.lowerBound }
        while index < text.wordStarts.count, text.wordStarts[index] < range.upperBound {
            let position = Int(text.wordStarts[index])
            if text.wordHeads[index] & mask == head, position >= free, isAtStart(position, in: text),
                let heading = read(at: position, in: text, limit: range.upperBound)
            {
                headings.append(heading)
                free = heading.bodyStart
            }
            index += 1
        }
        return headings.isEmpty ? numbered(in: range, of: text) : headings
    }

    /// Whether a heading with the word "article" begins at `position`, which begins a line.
    static func isHeading(at position: Int, in text: NormalizedText) -> Bool {
        text[position] == UInt8(ascii: "a") && read(at: position, in: text, limit: text.count) != nil
    }

    /// The heading that begins at `position`, if its number is followed by a separator.
    static func heading(at position: Int, in text: NormalizedText, limit: Int) -> Heading? {
        text[position] == UInt8(ascii: "a") ? read(at: position, in: text, limit: limit) : nil
    }

    /// A heading begins a line, or follows the end of a sentence in a text without lines.
    private static func isAtStart(_ position: Int, in text: NormalizedText) -> Bool {
        guard text.isCapital(at: position) else { return false }
        switch text[position - 1] {
        case FoldedByte.newline: return true
        case FoldedByte.space, UInt8(ascii: "|"), UInt8(ascii: "#"):
            var index = position - 1
            while text[index] == FoldedByte.space || text[index] == UInt8(ascii: "|") { index -= 1 }
            return text[index] == FoldedByte.newline || text[index] == UInt8(ascii: ".") || text[index].isListMark
                || text[index] == UInt8(ascii: ";") || text[index] == UInt8(ascii: ":")
        default: return false
        }
    }

    private static func read(at position: Int, in text: NormalizedText, limit: Int) -> Heading? {
        guard let end = text.match("article", at: position) ?? text.match("art.", at: position) else { return nil }
        var next = text.skipBlanks(from: end, limit: limit, lines: false)
        if let mark = NumberMark.end(at: next, in: text) { next = text.skipBlanks(from: mark, limit: limit) }
        guard let number = PartNumber.read(at: next, in: text), number.upperBound <= limit else { return nil }
        let separated = skipSeparator(from: number.upperBound, in: text, limit: limit)
        guard separated.isSeparated || text[separated.end] == FoldedByte.newline || text.isCapital(at: separated.end)
        else { return nil }
        let title = title(from: separated.end, in: text, limit: limit)
        return Heading(number: number, title: title, start: position, bodyStart: max(title.upperBound, separated.end))
    }

    private static func skipSeparator(
        from position: Int, in text: NormalizedText, limit: Int
    ) -> (end: Int, isSeparated: Bool) {
        var end = position
        var isSeparated = false
        while end < limit {
            switch text[end] {
            case FoldedByte.space, FoldedByte.tab: break
            case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: ")"), UInt8(ascii: "/"),
                UInt8(ascii: "|"), FoldedByte.bullet:
                isSeparated = true
            default: return (end, isSeparated)
            }
            end += 1
        }
        return (end, isSeparated)
    }

    /// The rest of the line, or the next line if it is short and begins with a capital. A sentence is no title.
    private static func title(from position: Int, in text: NormalizedText, limit: Int) -> Range<Int> {
        var start = position
        if text[start] == FoldedByte.newline {
            start = text.skipBlanks(from: start, limit: limit)
            let line = start..<min(text.lineEnd(from: start), limit)
            let isTitle = line.count < 70 && isTitleLike(line, in: text) && text[line.upperBound - 1].isWord
            return isTitle ? line : position..<position
        }
        let line = start..<min(text.lineEnd(from: start), limit)
        return isTitleLike(line, in: text) ? text.trimmedOfPunctuation(line) : position..<position
    }

    private static func isTitleLike(_ line: Range<Int>, in text: NormalizedText) -> Bool {
        guard (2...titleLimit).contains(line.count), let last = line.last, text.isCapital(at: line.lowerBound) else {
            return false
        }
        if line.count > 60, goesOn(after: line, in: text) { return false }
        return text[last] != UInt8(ascii: ".") && text[last] != UInt8(ascii: ";") && text[last] != UInt8(ascii: ",")
    }

    /// Whether the line is a torn sentence: the next one follows at once and begins with no capital.
    private static func goesOn(after line: Range<Int>, in text: NormalizedText) -> Bool {
        let next = line.upperBound + 1
        return text[line.upperBound] == FoldedByte.newline && next < text.count && text[next].isWord
            && !text.isCapital(at: next)
    }

    // MARK: Numbers without the word

    /// Lines like "3. Durée" or "3 – DURÉE" whose numbers count up from 1, three or more.
    private static func numbered(in range: Range<Int>, of text: NormalizedText) -> [Heading] {
        var headings: [Heading] = []
        var position = range.lowerBound
        while position < range.upperBound {
            if text[position].isDigit, let number = text.integer(at: position), number.value == headings.count + 1 {
                let separated = skipSeparator(from: number.range.upperBound, in: text, limit: range.upperBound)
                let line = separated.end..<min(text.lineEnd(from: separated.end), range.upperBound)
                if separated.isSeparated, isTitleLike(line, in: text), line.count < 70 {
                    headings.append(
                        Heading(number: number.range, title: line, start: position, bodyStart: line.upperBound))
                }
            }
            position = text.lineEnd(from: position) + 1
        }
        return headings.count >= 3 ? headings : []
    }
}
