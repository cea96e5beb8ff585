/// The word before the number of a heading: "Délibération n°", "N°", "POINT".
struct HeadingLabel {
    /// What a label tells.
    enum Kind {
        /// There is no label.
        case none
        /// "n°" alone.
        case sign
        /// "Délibération", "DCM".
        case act
        /// "Point", "Question".
        case item
        /// The number refers to something else.
        case reference
    }

    /// What it tells.
    let kind: Kind
    /// Where the heading begins.
    let start: Int
    /// Equal for equal labels of items.
    var style: UInt64 = 0

    /// The label before the number at `position`.
    static func read(before position: Int, lower: Int, in anchored: AnchoredText) -> HeadingLabel {
        let text = anchored.text
        var end = back(from: position, lower, in: text)
        let sign = signStart(before: end, in: text)
        if let sign { end = back(from: sign, lower, in: text) }
        var start = end
        while start > lower, text[start - 1].isLetter { start -= 1 }
        let word = start ..| end
        let numberStart = sign ?? position
        if word.isEmpty || word.count > 16 {
            let mark = text[text.skipBlanksBack(from: numberStart) - 1]
            let isListed = mark == UInt8(ascii: ",") || sign != nil && mark == UInt8(ascii: "(")
            if isListed { return HeadingLabel(kind: .reference, start: numberStart) }
            return plain(numberStart, sign, in: text)
        }
        let isHeading = anchored.mayBeHeading(start) && !isReference(before: start, lower, in: text)
        if MinutesWordings.itemLabels.contains(word, in: text) {
            let style = WordKey.key(text.folded[word])
            return HeadingLabel(kind: isHeading ? .item : .reference, start: start, style: style)
        }
        if MinutesWordings.actLabels.contains(word, in: text), sign != nil || text.isAllCapitals(word) || word.count > 6
        {
            let isCount = sign == nil && text.firstIndex(of: UInt8(ascii: ":"), in: end ..| position) != nil
            return HeadingLabel(kind: isHeading && !isCount ? .act : .reference, start: start)
        }
        if MinutesWordings.references.contains(word, in: text), end == numberStart - 1 || sign != nil {
            let isLineStart = anchored.beginsLine(numberStart)
            if !isLineStart || text.equals(word, "article") {
                return HeadingLabel(kind: .reference, start: numberStart)
            }
        }
        if sign != nil, !anchored.beginsLine(numberStart), !text.isAllCapitals(word) {
            let isHeading = text.isCapital(at: numberStart)
            return HeadingLabel(kind: isHeading ? .none : .reference, start: numberStart)
        }
        return plain(numberStart, sign, in: text)
    }

    private static func plain(_ start: Int, _ sign: Int?, in text: NormalizedText) -> HeadingLabel {
        HeadingLabel(kind: sign == nil ? .none : .sign, start: start)
    }

    /// Past blanks and an opening bracket before `position`.
    private static func back(from position: Int, _ lower: Int, in text: NormalizedText) -> Int {
        var end = position
        while end > lower, position - end < 3,
            text[end - 1].isBlank || text[end - 1] == UInt8(ascii: "(") || text[end - 1] == UInt8(ascii: ":")
        {
            end -= 1
        }
        return end
    }

    /// Where "n°" or "no" before `end` begins.
    private static func signStart(before end: Int, in text: NormalizedText) -> Int? {
        guard end > 0 else { return nil }
        if text[end - 1] == FoldedByte.degree {
            return text[end - 2] == UInt8(ascii: "n") && !text[end - 3].isWord ? end - 2 : nil
        }
        if text[end - 1] == UInt8(ascii: "o"), text[end - 2] == UInt8(ascii: "n"), !text[end - 3].isWord {
            return end - 2
        }
        return nil
    }

    /// "la délibération n°", "par délibération n°".
    private static func isReference(before start: Int, _ lower: Int, in text: NormalizedText) -> Bool {
        let end = back(from: start, lower, in: text)
        var first = end
        while first > lower, text[first - 1].isLetter { first -= 1 }
        guard end > first, text[end] != FoldedByte.newline else { return false }
        return MinutesWordings.articles.contains(first ..| end, in: text) && !text.isAllCapitals(first ..| end)
    }
}
