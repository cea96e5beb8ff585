import Deliberations

/// Reads the act's number, its item on the agenda and its subject.
enum IdentityReader {
    // MARK: Number

    /// The number of the act.
    static func number(in anchored: AnchoredText, range: Range<Int>, year: Int) -> Cited<ActNumber>? {
        labelled(in: anchored, range: range) ?? bare(in: anchored, range: range, year: year)
    }

    /// "Délibération n°2024/12", "N° 2022 7 4" at the beginning of a line or with a capital.
    private static func labelled(in anchored: AnchoredText, range: Range<Int>) -> Cited<ActNumber>? {
        let text = anchored.text
        var fallback: Cited<ActNumber>?
        for range in anchored.all(.actNumber, in: range) {
            guard isLabel(range, in: anchored) else { continue }
            var start = text.skipSeparators(from: range.upperBound, limit: text.count)
            if text[start] == FoldedByte.degree { start = text.skipSeparators(from: start + 1, limit: text.count) }
            guard start - range.upperBound < 6, let number = token(at: start, in: text) else { continue }
            let found = Cited(value: ActNumber(text.words(of: number)), range: number)
            if text[range.lowerBound] == UInt8(ascii: "d") { return found }
            fallback = fallback ?? found
        }
        return fallback
    }

    /// Not a reference ("la délibération n°"), not a law, an item or a postal box.
    private static func isLabel(_ range: Range<Int>, in anchored: AnchoredText) -> Bool {
        let text = anchored.text
        let start = range.lowerBound
        let previous = previousWord(before: start, in: text)
        if text[start] == UInt8(ascii: "d") || text[start] == UInt8(ascii: "a") {
            return anchored.mayBeHeading(start)
                && !isAny(previous, ["la", "de", "cette", "presente", "vu", "par"], in: text)
        }
        guard text[range.upperBound - 1] == FoldedByte.degree || anchored.beginsLine(start) else { return false }
        let references: [StaticString] = [
            "rapport", "question", "point", "article", "loi", "decret", "commission", "dossier", "affaire", "annexe",
            "parcelle", "lot",
            "ordonnance", "arrete", "la", "deliberation", "section", "titre", "la question", "avenant", "convention",
            "decision", "axe",
        ]
        if isAny(previous, references, in: text) {
            return isAny(previous, ["deliberation"], in: text) && text.isCapital(at: previous.lowerBound)
        }
        return anchored.beginsLine(start) || text.isCapital(at: start) || isAfterLabelWord(previous, in: text)
            || text[start - 2] == UInt8(ascii: ".") || !text[previous.lowerBound].isLetter
            || text.isAllCapitals(previous)
    }

    private static func isAfterLabelWord(_ word: Range<Int>, in text: NormalizedText) -> Bool {
        isAny(word, ["municipal", "communautaire", "communaute", "acte"], in: text)
    }

    private static func previousWord(before position: Int, in text: NormalizedText) -> Range<Int> {
        var end = position
        while end > 0, !text[end - 1].isWord, position - end < 4 { end -= 1 }
        var start = end
        while start > 0, text[start - 1].isWord { start -= 1 }
        return start ..| end
    }

    private static func isAny(_ word: Range<Int>, _ words: [StaticString], in text: NormalizedText) -> Bool {
        words.contains { text.equals(word, $0) }
    }

    /// The number at `position`: runs of letters and digits joined by `- _ / .`, or digits joined by blanks.
    static func token(at position: Int, in text: NormalizedText) -> Range<Int>? {
        var end = text.word(at: position).upperBound
        guard end > position else { return nil }
        var hasDigit = hasDigit(position ..| end, in: text)
        while let next = continuation(after: end, in: text) {
            let word = text.word(at: next)
            guard word.count <= 16, word.upperBound - position <= 40 else { break }
            hasDigit = hasDigit || Self.hasDigit(word, in: text)
            end = word.upperBound
        }
        let isLongWord = !hasDigit || (text[position].isLetter && text.word(at: position).count > 12)
        return isLongWord ? nil : position ..| end
    }

    private static func hasDigit(_ range: Range<Int>, in text: NormalizedText) -> Bool {
        range.contains { text[$0].isDigit }
    }

    /// Where the next run of a number begins.
    private static func continuation(after end: Int, in text: NormalizedText) -> Int? {
        if isJoint(text[end]) {
            if text[end + 1].isWord { return end + 1 }
            return text[end + 1] == FoldedByte.space && text[end + 2].isDigit ? end + 2 : nil
        }
        guard text[end] == FoldedByte.space else { return nil }
        if isJoint(text[end + 1]), text[end + 2] == FoldedByte.space, text[end + 3].isDigit { return end + 3 }
        let following = text.word(at: end + 1)
        let isDigits = !following.isEmpty && following.allSatisfy { text[$0].isDigit }
        return isDigits && following.count <= 4 && text[end - 1].isDigit
            && text[following.upperBound] != UInt8(ascii: "/")
            ? end + 1 : nil
    }

    private static func isJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
    }

    /// A number without a label: a token with `/`, `-` or `_` that holds the year of the session.
    private static func bare(in anchored: AnchoredText, range: Range<Int>, year: Int) -> Cited<ActNumber>? {
        let text = anchored.text
        var position = range.lowerBound
        while position < range.upperBound {
            guard text.isWordStart(position), isFreeStart(position, in: text) else {
                position += 1
                continue
            }
            let token = solidToken(at: position, in: text)
            if isBareNumber(token, year: year, in: text) {
                return Cited(value: ActNumber(text.words(of: token)), range: token)
            }
            position = max(token.upperBound, position + 1)
        }
        return nil
    }

    private static func isFreeStart(_ position: Int, in text: NormalizedText) -> Bool {
        position == 0 || text[position - 1].isBlank || text[position - 1] == UInt8(ascii: "(")
    }

    private static func solidToken(at position: Int, in text: NormalizedText) -> Range<Int> {
        var end = position
        while end < text.count,
            text[end].isWord || (isJoint(text[end]) && text[end + 1].isWord && text[end] != UInt8(ascii: "."))
        {
            end += 1
        }
        return position ..| end
    }

    private static func isBareNumber(_ range: Range<Int>, year: Int, in text: NormalizedText) -> Bool {
        guard (5...24).contains(range.count), DateReader.read(at: range.lowerBound, in: text) == nil else {
            return false
        }
        var groups: [Range<Int>] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let word = text.word(at: position, limit: range.upperBound)
            groups.append(word)
            position = word.upperBound + 1
        }
        guard (2...6).contains(groups.count), groups.contains(where: { $0.count != 2 }),
            !isPrefectureID(groups, in: text), groups.allSatisfy({ isGroup($0, in: text) })
        else { return false }
        let long = groups.contains { holdsYear($0, year, digits: 4, in: text) }
        let short = groups.contains { holdsYear($0, year, digits: 2, in: text) }
        return long || (short && groups.count >= 3 && range.contains { text[$0] == UInt8(ascii: "/") })
    }

    /// All digits, or a few letters, or letters before digits.
    private static func isGroup(_ group: Range<Int>, in text: NormalizedText) -> Bool {
        group.count <= 8 && (group.allSatisfy { text[$0].isDigit } || text.isAllCapitals(group))
    }

    private static func isPrefectureID(_ groups: [Range<Int>], in text: NormalizedText) -> Bool {
        groups.contains { $0.count == 9 }
    }

    private static func holdsYear(_ group: Range<Int>, _ year: Int, digits: Int, in text: NormalizedText) -> Bool {
        guard group.allSatisfy({ text[$0].isDigit }), let number = text.integer(at: group.lowerBound) else {
            return false
        }
        if digits == 4 { return number.value == year || (group.count == 8 && number.value / 10_000 == year) }
        return group.count == 2 && number.value == year % 100
    }

    // MARK: Item

    /// The item of the agenda: "Rapport n°64".
    static func item(in anchored: AnchoredText, range: Range<Int>) -> Cited<(item: AgendaItem, label: Range<Int>)>? {
        let text = anchored.text
        for range in anchored.all(.itemNumber, in: range) where anchored.mayBeHeading(range.lowerBound) {
            let start = text.skipSeparators(from: range.upperBound, limit: text.count)
            var upper = text.word(at: start).upperBound
            while text[upper] == UInt8(ascii: "."), text[upper + 1].isDigit {
                upper = text.word(at: upper + 1).upperBound
            }
            guard upper > start, text[start].isDigit || upper - start <= 5 else { continue }
            return Cited(value: (AgendaItem(text.words(of: start ..| upper)), range), range: start ..| upper)
        }
        return nil
    }
}
