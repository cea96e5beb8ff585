/// Reads the title of a heading: up to the end of its paragraph or sentence, or the words with which the body begins.
struct HeadingTitle {
    private let anchored: AnchoredText
    private let limit: Int
    private var text: NormalizedText { anchored.text }

    /// The title that begins after `position`, if one stands there before `limit`.
    static func read(from position: Int, limit: Int, in anchored: AnchoredText) -> Range<Int>? {
        let reader = Self(anchored: anchored, limit: min(limit, anchored.text.count))
        let start = reader.start(from: position)
        guard start < reader.limit, reader.text[start].isWord || reader.text[start] == UInt8(ascii: "\"") else {
            return nil
        }
        if reader.isOpener(at: start, isFirst: true) || reader.isResult(at: start) { return nil }
        let title = reader.trimmed(start ..| reader.end(from: start))
        return title.count >= 3 ? title : nil
    }

    // MARK: Start

    /// Past separators, brackets and words such as "examinée le 9 décembre".
    private func start(from position: Int) -> Int {
        var start = skip(position)
        for prefix in MinutesWordings.titlePrefixes {
            guard let end = text.matchWord(prefix, at: start) else { continue }
            let next = text.skipBlanks(from: end, limit: limit)
            if let date = DateReader.read(at: next, in: text, limit: limit) { return skip(date.range.upperBound) }
        }
        if let subject = anchored.first(.subject, in: start ..| (start + 1)) { start = skip(subject.upperBound) }
        return start
    }

    private func skip(_ position: Int) -> Int {
        var next = text.skipSeparators(from: position, limit: limit)
        while next < limit,
            text[next] == UInt8(ascii: ")") || text[next] == UInt8(ascii: "]") || text[next] == UInt8(ascii: "(")
        {
            next = text.skipSeparators(from: next + 1, limit: limit)
        }
        return next
    }

    // MARK: End

    private func end(from start: Int) -> Int {
        let upper = min(limit, start + 420)
        var isCapitals = beginsWithCapitals(start)
        var isQuoted = false
        var position = start
        while position < upper {
            if text[position] == UInt8(ascii: "\"") { isQuoted.toggle() }
            if text[position] == FoldedByte.newline, !isQuoted, endsAtLine(position, isCapitals) { return position }
            if isSentenceEnd(position) { return position }
            if position > start, text.isWordStart(position),
                text[position - 1].isBlank || text[position - 1] == UInt8(ascii: "("),
                endsBefore(position, start, isCapitals)
            {
                return position
            }
            if isCapitals, text[position].isLetter, !text.isCapital(at: position), text.isWordStart(position) {
                isCapitals = false
            }
            position += 1
        }
        return upper == limit ? upper : min(upper, start + 200)
    }

    private func beginsWithCapitals(_ start: Int) -> Bool {
        let line = start ..| min(text.lineEnd(from: start), start + 24)
        return text.isAllCapitals(text.word(at: start)) && text.isAllCapitals(line.lowerBound ..| (line.upperBound - 4))
    }

    /// Whether the title ends with its line: at an empty line, unless a small letter goes on; before a sentence.
    private func endsAtLine(_ position: Int, _ isCapitals: Bool) -> Bool {
        let next = text.skipBlanks(from: position, limit: limit)
        if text[position + 1] == FoldedByte.newline {
            return
                !(text[next].isLetter && text[position - 1].isWord
                && (!text.isCapital(at: next) || goesOn(before: next, isJoined: true)))
        }
        let previous = text[position - 1]
        if previous == UInt8(ascii: ":") || previous == UInt8(ascii: "-") || previous == UInt8(ascii: ",") {
            return false
        }
        if text[next].isListMark || text[next] == UInt8(ascii: "|") { return true }
        let line = next ..| text.lineEnd(from: next)
        return isCapitals && text.isCapital(at: next) && !text.isAllCapitals(line)
            && !text.isAllCapitals(text.word(at: next))
    }

    /// A point after a word, with a capital or nothing after it.
    private func isSentenceEnd(_ position: Int) -> Bool {
        guard text[position] == UInt8(ascii: "."), text[position - 1].isWord || text[position - 1] == UInt8(ascii: ")"),
            text[position - 2].isWord,
            text[position - 3].isWord || text[position - 1] == UInt8(ascii: ")"),
            text[position + 1].isBlank || position + 1 == text.count
        else { return false }
        let next = text.skipBlanks(from: position + 1, limit: limit)
        return next >= limit || !text[next].isLetter || text.isCapital(at: next)
    }

    private static let ends: [Anchor] = [
        .recital, .rapporteur, .deliberated, .unanimity, .majority, .adopted, .rejected, .noted, .decides, .votesFor,
        .votesAgainst, .abstentions, .withdrawn, .postponed,
    ]

    /// Whether the word at `position` no longer belongs to the title.
    private func endsBefore(_ position: Int, _ start: Int, _ isCapitals: Bool) -> Bool {
        let isCapital = text.isCapital(at: position)
        let word = text.word(at: position)
        if isCapital, !isInCapitals(word, isCapitals), isOpener(at: position, isFirst: false),
            !goesOn(before: position), !isAfterMark(position, inLine: true)
        {
            return true
        }
        if let wording = anchored.anchor(at: position), Self.ends.contains(wording.kind),
            isResult(wording.range, wording.kind, isCapitals: isCapitals)
        {
            return true
        }
        return isCapitals && isCapital && word.count > 2 && !text.isAllCapitals(word)
            && text[position - 2] != UInt8(ascii: "'")
            && !goesOn(before: position) && !isAfterMark(position, inLine: false) && isSentence(position)
    }

    /// Whether a result stands at `position`, where the title should begin: it has none.
    private func isResult(at position: Int) -> Bool {
        let kinds: [Anchor] = [.unanimity, .majority, .noted, .deliberated]
        return anchored.firstStart(of: kinds, from: position, limit: position + 1) != nil
            || text.matchAny(["et", "avec", "a l'unanimite", "a la majorite"], at: position) != nil
    }

    /// A result after a title: with a capital, after a dash, at the end of a row.
    private func isResult(_ wording: Range<Int>, _ kind: Anchor, isCapitals: Bool) -> Bool {
        let start = wording.lowerBound
        let isCapital = text.isCapital(at: start)
        switch kind {
        case .recital, .rapporteur, .deliberated:
            return isCapital && !(isCapitals && text.isAllCapitals(wording) && kind == .recital && wording.count > 2)
        case .unanimity, .majority: return true
        case .votesFor, .votesAgainst, .abstentions:
            return !isCapitals && text.isAllCapitals(wording)
                || text[text.skipBlanks(from: wording.upperBound)] == UInt8(ascii: ":")
                || text[start - 2].isDigit
        default:
            let before = text.skipBlanksBack(from: start)
            let isMarked =
                text[before - 1] == UInt8(ascii: "-") || text[before - 1] == UInt8(ascii: ":")
                || text[before - 1] == FoldedByte.tab
            let isParticiple = text[wording.upperBound - 1] == UInt8(ascii: "e") && kind != .decides
            return isCapital && !(isCapitals && text.isAllCapitals(wording)) || isMarked && isParticiple && !isCapitals
                || isParticiple && text.skipSeparators(from: wording.upperBound, limit: limit) >= limit
        }
    }

    /// Whether a sentence in small letters begins at `position`.
    private func isSentence(_ position: Int) -> Bool {
        let next = text.skipBlanks(from: text.word(at: position).upperBound, limit: limit)
        return text[next].isLetter && !text.isCapital(at: next)
    }

    /// Whether the word before `position` asks for a name after it: "commune de La Roche".
    /// `isJoined`: only a word that must be followed counts ("commune de", not "salle").
    private func goesOn(before position: Int, isJoined: Bool = false) -> Bool {
        let end = text.skipBlanksBack(from: position)
        var start = end
        while text[start - 1].isLetter { start -= 1 }
        let words = isJoined ? MinutesWordings.joints : MinutesWordings.prepositions
        return start < end && words.contains(start ..| end, in: text)
    }

    /// Whether a colon, a dash or a quotation mark stands before `position`: in the same line, if `inLine`.
    private func isAfterMark(_ position: Int, inLine: Bool) -> Bool {
        let end = text.skipBlanksBack(from: position)
        if inLine, text.firstIndex(of: FoldedByte.newline, in: end ..| position) != nil { return false }
        switch text[end - 1] {
        case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "("): return true
        default: return false
        }
    }

    /// Whether a word of a title in capitals is one of its words: "A" alone is, if capitals follow it.
    private func isInCapitals(_ word: Range<Int>, _ isCapitals: Bool) -> Bool {
        guard isCapitals, text.isAllCapitals(word) else { return false }
        return word.count > 1 || text.isAllCapitals(text.word(at: text.skipBlanks(from: word.upperBound)))
    }

    private func isOpener(at position: Int, isFirst: Bool) -> Bool {
        if isFirst {
            return text.matchAny(
                ["nomenclature", "monsieur", "madame", "vu", "considerant", "le conseil", "apres"], at: position) != nil
        }
        return text.matchAny(MinutesWordings.openers, at: position) != nil
    }

    /// Without separators, and what brackets or numerals stay alone at its end.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var title = text.trimmedOfPunctuation(range)
        if let open = title.last, text[open] == UInt8(ascii: "(") {
            title = text.trimmedOfPunctuation(title.lowerBound ..| open)
        }
        return title
    }
}

extension NormalizedText {
    /// The position after the last byte before `position` that is no blank.
    func skipBlanksBack(from position: Int) -> Int {
        var end = position
        while end > 0, folded[end - 1].isBlank { end -= 1 }
        return end
    }
}
