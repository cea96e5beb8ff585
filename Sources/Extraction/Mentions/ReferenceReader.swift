import Deliberations

/// Reads references: "article L. 2121-20", "articles 3 et 4", "annexe 1", "loi n° 2000-321 du 12 avril 2000",
/// "décret n°2017-779", "délibération n° 2012/86".
enum ReferenceReader {
    /// References that stand together, and where the scan goes on.
    struct Reading {
        var references: [FoundMentions.Reference]
        var end: Int
    }

    /// Words that stand before a number, and what it is then the number of.
    static let numberedTexts: [(word: StaticString, kind: ReferenceMention.Kind)] = [
        ("loi", .law), ("decret", .decree), ("decret-loi", .decree), ("ordonnance", .decree), ("arrete", .decree),
        ("deliberation", .deliberation),
    ]

    /// Words that stand before the number of an article or annex of this document.
    static let articleWords: [StaticString] = ["articles", "article", "art."]
    static let annexWords: [StaticString] = ["annexes", "annexe"]

    /// The letters before the number of an article of a code.
    static let codeLetters: [UInt8] = [UInt8(ascii: "l"), UInt8(ascii: "r"), UInt8(ascii: "d")]

    /// The reference that begins at `position`, a word that begins with a, d, l, o or r.
    static func read(at position: Int, in text: NormalizedText) -> Reading? {
        if text[position] == UInt8(ascii: "a") {
            return numberedPart(at: position, in: text) ?? numberedText(at: position, in: text)
        }
        return codeArticle(at: position, in: text) ?? numberedText(at: position, in: text)
    }

    // MARK: Articles and annexes

    private static func numberedPart(at position: Int, in text: NormalizedText) -> Reading? {
        guard text[position + 1] == UInt8(ascii: "r") || text[position + 1] == UInt8(ascii: "n") else { return nil }
        let article = text.matchAny(articleWords, at: position)
        guard let end = article ?? text.matchAny(annexWords, at: position),
            !isHeading(position, in: text)
        else { return nil }
        let kind: ReferenceMention.Kind = article == nil ? .annex : .article
        return numbers(of: kind, wordAt: position, after: end, in: text)
    }

    /// "3", "3 et 4", "1er, 2 et 5".
    private static func numbers(
        of kind: ReferenceMention.Kind, wordAt position: Int, after end: Int, in text: NormalizedText
    ) -> Reading? {
        var reading = Reading(references: [], end: end)
        var start = position
        var next = text.skipBlanks(from: end)
        if let afterMark = NumberMark.end(at: next, in: text) { next = text.skipBlanks(from: afterMark) }
        while reading.references.count < 12, let number = PartNumber.read(at: next, in: text) {
            if belongsElsewhere(number, in: text) { return reading.references.isEmpty ? nil : reading }
            reading.references.append(.init(kind: kind, range: start..<number.upperBound, number: number))
            reading.end = number.upperBound
            guard let following = separator(after: number.upperBound, in: text) else { break }
            start = following
            next = following
        }
        return reading.references.isEmpty ? nil : reading
    }

    private static func separator(after position: Int, in text: NormalizedText) -> Int? {
        let next = text.skipBlanks(from: position)
        guard let end = text.matchAny(["et", "ou", "a"], at: next) ?? text.match(",", at: next) else { return nil }
        let following = text.skipBlanks(from: end)
        return text[following].isDigit ? following : nil
    }

    /// "Article 10 de la loi", "article 1240 du code civil", "article 121-3": no part of this document.
    private static func belongsElsewhere(_ number: Range<Int>, in text: NormalizedText) -> Bool {
        if text[number.upperBound] == UInt8(ascii: "-"), text[number.upperBound + 1].isDigit { return true }
        let next = text.skipBlanks(from: number.upperBound)
        return text.matchAny(
            ["du code", "du cgct", "du decret", "de la loi", "de l'ordonnance", "de l'arrete", "du traite"], at: next)
            != nil
    }

    /// Whether the words at `position` begin a paragraph: then they are a heading and refer to nothing.
    private static func isHeading(_ position: Int, in text: NormalizedText) -> Bool {
        var index = position - 1
        while index >= 0, text[index] == FoldedByte.space || text[index].isListMark || text[index] == UInt8(ascii: "|")
        {
            index -= 1
        }
        guard index >= 0, text[index] == FoldedByte.newline else { return index < 0 }
        let before = text[index - 1]
        return !(before.isWord || before == UInt8(ascii: "'") || before == UInt8(ascii: ","))
            || text.isCapital(at: position)
    }

    /// "L 1611-4", "L. 2121-20", "R.2131-1", "L1611- 4", "D. 2313-1".
    private static func codeArticle(at position: Int, in text: NormalizedText) -> Reading? {
        let letter = text[position]
        guard codeLetters.contains(letter),
            !text[position + 1].isLetter, text[position + 1] != UInt8(ascii: "'"), text.isCapital(at: position)
        else { return nil }
        var next = position + 1
        if text[next] == UInt8(ascii: ".") { next += 1 }
        if text[next] == FoldedByte.space { next += 1 }
        guard let first = text.integer(at: next), (3...4).contains(first.range.count) else { return nil }
        var end = first.range.upperBound
        while let part = dashed(after: end, in: text) { end = part }
        return Reading(references: [.init(kind: .codeArticle, range: position..<end)], end: end)
    }

    private static func dashed(after position: Int, in text: NormalizedText) -> Int? {
        var next = text[position] == FoldedByte.space ? position + 1 : position
        guard text[next] == UInt8(ascii: "-") else { return nil }
        next += 1
        if text[next] == FoldedByte.space { next += 1 }
        return text.integer(at: next)?.range.upperBound
    }

    // MARK: Laws and deliberations

    private static func numberedText(at position: Int, in text: NormalizedText) -> Reading? {
        guard let (end, kind) = numberedWord(at: position, in: text) else { return nil }
        var next = text.skipBlanks(from: end)
        let mark = NumberMark.end(at: next, in: text)
        if let mark { next = text.skipBlanks(from: mark, lines: false) }
        guard text[next].isDigit, kind == .law || kind == .decree || mark != nil,
            kind != .deliberation || !isHeading(position, in: text)
        else { return nil }
        var numberEnd = next
        while text[numberEnd].isWord || isJoint(at: numberEnd, in: text) { numberEnd += 1 }
        guard
            kind == .deliberation || text.firstIndex(of: UInt8(ascii: "-"), in: next..<numberEnd) != nil || mark != nil
        else { return nil }
        return Reading(
            references: [.init(kind: kind, range: position..<withDate(numberEnd, in: text))], end: numberEnd)
    }

    private static func numberedWord(
        at position: Int, in text: NormalizedText
    ) -> (end: Int, kind: ReferenceMention.Kind)? {
        switch (text[position], text[position + 1], text[position + 2]) {
        case (UInt8(ascii: "l"), UInt8(ascii: "o"), _), (UInt8(ascii: "o"), UInt8(ascii: "r"), _),
            (UInt8(ascii: "a"), UInt8(ascii: "r"), _), (UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "c")),
            (UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "l")):
            break
        default: return nil
        }
        for (word, kind) in numberedTexts {
            if let end = text.matchWord(word, at: position) { return (end, kind) }
        }
        return nil
    }

    private static func isJoint(at position: Int, in text: NormalizedText) -> Bool {
        switch text[position] {
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"): text[position + 1].isWord
        default: false
        }
    }

    /// The date of the law belongs to its name.
    private static func withDate(_ end: Int, in text: NormalizedText) -> Int {
        guard let afterDu = text.matchWord("du", at: text.skipBlanks(from: end)),
            let date = DateReader.read(at: text.skipBlanks(from: afterDu), in: text), date.year != nil
        else { return end }
        return date.range.upperBound
    }
}

/// The mark that stands before a number: "n°", "n °", "No", "numéro".
enum NumberMark {
    /// Where the mark that begins at `position` ends.
    static func end(at position: Int, in text: NormalizedText) -> Int? {
        guard text[position] == UInt8(ascii: "n") else { return nil }
        if text[position + 1] == FoldedByte.degree { return position + 2 }
        if text[position + 1] == FoldedByte.space, text[position + 2] == FoldedByte.degree { return position + 3 }
        return text.matchAny(["no", "numero"], at: position)
    }
}

/// Reads the number of an article or annex: "3", "1er", "III", "2.1", "4 bis", "A".
enum PartNumber {
    /// The number that begins at `position`.
    static func read(at position: Int, in text: NormalizedText) -> Range<Int>? {
        if let digits = text.integer(at: position) {
            guard digits.range.count <= 3 else { return nil }
            return position..<afterOrdinal(digits.range.upperBound, in: text)
        }
        let word = text.word(at: position)
        if text.equals(word, "premier") || text.equals(word, "unique") { return word }
        guard (1...5).contains(word.count), text.isAllCapitals(word), word.allSatisfy({ isRoman(text[$0]) }) else {
            return nil
        }
        return word
    }

    private static func afterOrdinal(_ position: Int, in text: NormalizedText) -> Int {
        var end = position
        if let after = text.matchAny(["er", "ere", "eme", "e"], at: end) { end = after }
        while text[end] == UInt8(ascii: "."), text[end + 1].isDigit, let part = text.integer(at: end + 1) {
            end = part.range.upperBound
        }
        if let after = text.matchAny([" bis", " ter", "bis", "ter"], at: end) { end = after }
        return end
    }

    private static func isRoman(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "i") || byte == UInt8(ascii: "v") || byte == UInt8(ascii: "x")
    }

    /// Whether two printed numbers are the same: "1er" is "1", "I" is not.
    static func key(_ range: Range<Int>, in text: NormalizedText) -> [UInt8] {
        let letters = Array(text.folded[range])
        if letters == Array("premier".utf8) || letters == Array("unique".utf8) { return [UInt8(ascii: "1")] }
        guard letters.first?.isDigit == true else { return letters }
        return letters.hasSuffix("er") ? Array(letters.dropLast(2)) : letters
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ ending: StaticString) -> Bool {
        count >= ending.utf8CodeUnitCount
            && suffix(ending.utf8CodeUnitCount).elementsEqual(
                UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount))
    }
}
