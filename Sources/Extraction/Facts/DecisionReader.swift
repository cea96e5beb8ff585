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
        let limit = min(body.upperBound, formula.upperBound + 300)
        guard let verb = anchored.firstStart(of: [.decides, .adopted, .noted], from: formula.upperBound, limit: limit)
        else { return listStart(in: formula.upperBound ..| limit, of: text) }
        if let list = listStart(in: formula.upperBound ..| verb, of: text) { return list }
        let colonLimit = min(limit, verb + 40)
        let colon = text.firstIndex(of: UInt8(ascii: ":"), in: verb ..| colonLimit)
        return colon.flatMap { isItemStart(text.skipBlanks(from: $0 + 1), in: text) ? $0 + 1 : nil } ?? verb
    }

    /// Where a list begins: after a colon that an item follows.
    private static func listStart(in range: Range<Int>, of text: NormalizedText) -> Int? {
        var position = range.lowerBound
        while let colon = text.firstIndex(of: UInt8(ascii: ":"), in: position ..| range.upperBound) {
            if isItemStart(text.skipBlanks(from: colon + 1), in: text) { return colon + 1 }
            position = colon + 1
        }
        return nil
    }

    private static func isBeforeAssembly(_ range: Range<Int>, in anchored: AnchoredText) -> Bool {
        anchored.first(.assembly, in: range.upperBound ..| min(range.upperBound + 40, anchored.text.count)) != nil
    }

    private static func decisionsEnd(from start: Int, in anchored: AnchoredText, body: Range<Int>) -> Int {
        let text = anchored.text
        var end = body.upperBound
        for anchor in anchored.anchors(in: (start + 1) ..| body.upperBound) where anchor.range.lowerBound < end {
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
            if isItemStart(position, in: text) || (isParagraph && endsItem(before: position, in: text)),
                position > start
            {
                items.append(start ..| position)
                start = position
            }
            position += 1
        }
        items.append(start ..| range.upperBound)
        return items
    }

    /// Whether the words before an empty line end a sentence or a part of one: scanners break lines within them too.
    private static func endsItem(before position: Int, in text: NormalizedText) -> Bool {
        let byte = text[position - 1]
        return byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
            || byte == UInt8(ascii: ":")
    }

    /// A dash, bullet or "Article 1" that begins a line, or a bullet between sentences of a flattened text.
    private static func isItemStart(_ position: Int, in text: NormalizedText) -> Bool {
        let byte = text[position]
        // Most letters and blanks begin none.
        if byte.isBlank || byte.isLetter && byte != UInt8(ascii: "a") { return false }
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
