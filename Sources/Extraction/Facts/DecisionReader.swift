import Deliberations

/// Reads the reasons ("Vu…", "Considérant…") and the decisions of an act.
enum DecisionReader {
    /// The reasons, one by one.
    static func recitals(in anchored: AnchoredText, body: Range<Int>) -> [Cited<String>] {
        let text = anchored.text
        let starts = anchored.all(.recital, in: body).filter { isRecital($0, in: anchored) }
        let end = anchored.firstStart(of: [.deliberated], from: starts.first?.lowerBound ?? 0, limit: body.upperBound)
        return starts.indices.compactMap { index in
            let start = starts[index].lowerBound
            let next = index + 1 < starts.endIndex ? starts[index + 1].lowerBound : body.upperBound
            var upper = min(next, text.paragraphEnd(from: start), start + 2_000)
            if let end, end > start { upper = min(upper, end) }
            let range = text.trimmedOfPunctuation(start ..| upper)
            return range.count > 8 ? Cited(value: text.words(of: range), range: range) : nil
        }
    }

    private static func isRecital(_ range: Range<Int>, in anchored: AnchoredText) -> Bool {
        guard anchored.text.isCapital(at: range.lowerBound) else { return false }
        let text = anchored.text
        return text.matchAny(["vu", "considerant", "attendu", "vus"], at: range.lowerBound) != nil
            || (text.match("entendu", at: range.lowerBound) != nil && text.isAllCapitals(range))
    }

    /// The decisions, one by one: what follows the words with which the assembly decides, up to the vote or the end.
    static func decisions(in anchored: AnchoredText, body: Range<Int>) -> [Cited<String>] {
        guard let opening = opening(in: anchored, body: body) else { return [] }
        let text = anchored.text
        let end = decisionsEnd(from: opening, in: anchored, body: body)
        return items(in: opening ..| end, of: text).compactMap { range in
            let trimmed = text.trimmedOfPunctuation(range)
            return trimmed.count > 8 ? Cited(value: text.words(of: trimmed), range: trimmed) : nil
        }
    }

    /// Where the first decision begins.
    private static func opening(in anchored: AnchoredText, body: Range<Int>) -> Int? {
        let text = anchored.text
        let formula =
            anchored.all(.deliberated, in: body).last { text.match("il est", at: $0.lowerBound) == nil }
            ?? anchored.all(.unanimity, in: body).first { isBeforeAssembly($0, in: anchored) }
            ?? anchored.all(.deliberated, in: body).last
        guard let formula else { return nil }
        var position = formula.upperBound
        let limit = min(body.upperBound, position + 300)
        while position < limit {
            let isColon = text[position] == UInt8(ascii: ":")
            if isColon || isItemStart(position, in: text) { return isColon ? position + 1 : position }
            if let verb = anchored.firstStart(of: [.decides, .adopted], from: position, limit: position + 1) {
                return verb
            }
            position += 1
        }
        return nil
    }

    private static func isBeforeAssembly(_ range: Range<Int>, in anchored: AnchoredText) -> Bool {
        anchored.first(.assembly, in: range.upperBound ..| min(range.upperBound + 40, anchored.text.count)) != nil
    }

    private static func decisionsEnd(from start: Int, in anchored: AnchoredText, body: Range<Int>) -> Int {
        let text = anchored.text
        var end = body.upperBound
        for anchor in anchored.anchors where anchor.range.lowerBound > start && anchor.range.lowerBound < end {
            let position = anchor.range.lowerBound
            switch anchor.kind {
            case .closing: end = position
            case .votesFor, .votesAgainst:
                if text.isCapital(at: position),
                    text[text.skipBlanks(from: anchor.range.upperBound)] == UInt8(ascii: ":")
                {
                    end = text.line(at: position).lowerBound > start ? text.line(at: position).lowerBound : position
                }
            case .adopted
            where anchored.beginsLine(text.line(at: position).lowerBound) && isResultLine(position, in: text):
                end = text.line(at: position).lowerBound
            case .court: end = max(start, anchored.sentenceStart(before: position))
            default: break
            }
        }
        return max(start, end)
    }

    /// A short line such as "Rapport adopté à l'unanimité :", that begins no item.
    private static func isResultLine(_ position: Int, in text: NormalizedText) -> Bool {
        let line = text.line(at: position)
        return line.count < 70 && !text[line.lowerBound].isListMark && !text.isAllCapitals(text.word(at: position))
            && position > line.lowerBound
    }

    /// The items of a list, or the paragraphs.
    private static func items(in range: Range<Int>, of text: NormalizedText) -> [Range<Int>] {
        var items: [Range<Int>] = []
        var start = range.lowerBound
        var position = range.lowerBound
        while position < range.upperBound {
            let isParagraph = text[position] == FoldedByte.newline && text[position + 1] == FoldedByte.newline
            if (isItemStart(position, in: text) || isParagraph) && position > start {
                items.append(start ..| position)
                start = position
            }
            position += 1
        }
        items.append(start ..| range.upperBound)
        return items
    }

    /// A dash, bullet or "Article 1" that begins a line, or a bullet between sentences of a flattened text.
    private static func isItemStart(_ position: Int, in text: NormalizedText) -> Bool {
        let byte = text[position]
        let beginsLine = text[position - 1] == FoldedByte.newline
        if byte == FoldedByte.bullet || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "+") {
            return beginsLine || text[position - 1] == FoldedByte.space
        }
        if byte == UInt8(ascii: "-") {
            return text[position + 1] == FoldedByte.space
                && (beginsLine || text[position - 2] == UInt8(ascii: ",")
                    || text[position - 2] == UInt8(ascii: ";") || text[position - 2] == UInt8(ascii: ":"))
        }
        if byte == UInt8(ascii: "a"), text.isCapital(at: position), text.match("article ", at: position) != nil {
            return beginsLine || text[position - 1] == FoldedByte.space
        }
        return byte.isDigit && text[position + 1] == UInt8(ascii: ".") && text[position + 2] == FoldedByte.space
            && text[position - 1].isBlank && text.isCapital(at: position + 3)
    }
}
