/// Tells who is bound by a sentence.
struct Actors {
    let text: NormalizedText
    let parties: [Party]

    /// The actor that is the subject of the clause in `range`, the text from the sentence's beginning to its verb.
    func subject(in range: Range<Int>, previous: Range<Int>?) -> Range<Int>? {
        let candidates = split(range)
        for candidate in candidates.reversed() {
            if isPronoun(candidate) {
                return candidates.first { $0 != candidate && isActor(subjectOfCondition($0)) }
                    .map(subjectOfCondition) ?? previous
            }
            if isActor(candidate) { return candidate }
        }
        return nil
    }

    /// The other party of a convention between two, if `debtor` is clearly one of them.
    func other(than debtor: Range<Int>) -> Range<Int>? {
        guard parties.count == 2 else { return nil }
        let scores = parties.map { score(of: debtor, for: $0) }
        if scores[0] == scores[1] { return nil }
        return scores[0] > scores[1] ? parties[1].name : parties[0].name
    }

    /// The actor named after "à la", "au", "auprès de" in `range`.
    func recipient(in range: Range<Int>) -> Range<Int>? {
        var position = range.lowerBound
        while position < range.upperBound {
            if text.isWordStart(position), let end = text.matchAny(Self.recipientWords, at: position) {
                let start = text.skipBlanks(from: end, limit: range.upperBound)
                let name = nounPhrase(from: start, limit: range.upperBound)
                if !name.isEmpty, isActorWord(text.word(at: name.lowerBound)) || isParty(name) {
                    return withArticle(end: end, name: name)
                }
            }
            position += 1
        }
        return nil
    }

    private static let recipientWords: WordChoice = [
        "a la", "a l'", "au", "aux", "aupres de la", "aupres du", "aupres de", "a",
    ]

    // MARK: Candidates

    /// The parts of the clause between commas, each without its blanks.
    private func split(_ range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for position in range where text[position] == UInt8(ascii: ",") || text[position] == UInt8(ascii: ":") {
            parts.append(text.trimmed(start..<position))
            start = position + 1
        }
        parts.append(text.trimmed(start..<range.upperBound))
        return parts.filter { !$0.isEmpty }
    }

    private func isPronoun(_ range: Range<Int>) -> Bool {
        ClauseNouns.pronouns.contains { text.equals(range, $0) }
    }

    /// "Si le Pôle décide d'apposer": who decides.
    private func subjectOfCondition(_ range: Range<Int>) -> Range<Int> {
        guard
            let end = text.matchAny(["si", "lorsque", "quand"], at: range.lowerBound)
                ?? text.match("s'", at: range.lowerBound)
        else { return range }
        return nounPhrase(from: text.skipBlanks(from: end), limit: range.upperBound)
    }

    /// A short noun phrase whose head is an actor, or the name of a party.
    private func isActor(_ range: Range<Int>) -> Bool {
        guard !range.isEmpty, range.count <= 90 else { return false }
        let head = afterArticle(range)
        if !head.isEmpty, isActorWord(text.word(at: head.lowerBound, limit: head.upperBound)) { return true }
        if text.matchAny(["chacune des parties", "chaque partie", "l'une ou l'autre"], at: range.lowerBound) != nil {
            return true
        }
        return text.isCapital(at: head.lowerBound) && isParty(range)
    }

    private func isActorWord(_ word: Range<Int>) -> Bool {
        ClauseNouns.actors.contains { text.equals(word, $0) }
    }

    private func isParty(_ range: Range<Int>) -> Bool {
        parties.contains { score(of: range, for: $0) > 0 }
    }

    private func afterArticle(_ range: Range<Int>) -> Range<Int> {
        let end =
            text.matchAny(["le", "la", "les", "chaque", "chacune des", "chacun des"], at: range.lowerBound)
            ?? text.match("l'", at: range.lowerBound)
        guard let end, end < range.upperBound else { return range }
        return text.skipBlanks(from: end)..<range.upperBound
    }

    /// How many telling words of `range` stand in what the head says of the party.
    private func score(of range: Range<Int>, for party: Party) -> Int {
        var score = 0
        var position = range.lowerBound
        while position < range.upperBound {
            let word = text.word(at: position, limit: range.upperBound)
            if word.count >= 3, text[position].isLetter, contains(word, party.presentation) { score += 1 }
            position = max(word.upperBound, position) + 1
        }
        return score
    }

    private func contains(_ word: Range<Int>, _ range: Range<Int>) -> Bool {
        let first = text[word.lowerBound]
        var position = range.lowerBound
        while let start = text.firstIndex(of: first, in: position ..| (range.upperBound - word.count + 1)) {
            if text.isWordStart(start), text.folded[start..<(start + word.count)] == text.folded[word],
                !text[start + word.count].isWord
            {
                return !Self.isStopWord(word.count, first)
            }
            position = start + 1
        }
        return false
    }

    /// Three letters are too few unless they are an abbreviation; the small words have at most three.
    private static func isStopWord(_ count: Int, _ first: UInt8) -> Bool {
        count == 3 && (first == UInt8(ascii: "d") || first == UInt8(ascii: "l") || first == UInt8(ascii: "s"))
    }

    // MARK: Noun phrases

    /// Words from `start` on until one that cannot belong to a name.
    private func nounPhrase(from start: Int, limit: Int) -> Range<Int> {
        var end = start
        var next = start
        var words = 0
        while next < limit, words < 10 {
            if let article = text.match("l'", at: next) ?? text.match("d'", at: next) { next = article }
            let word = text.word(at: next, limit: limit)
            guard !word.isEmpty, words == 0 || !endsPhrase(word) else { break }
            let isSmall = ["le", "la", "les", "de", "du", "des", "et"].contains { text.equals(word, $0) }
            if !isSmall { end = word.upperBound }
            words += 1
            let after = word.upperBound
            guard
                text[after] == FoldedByte.space || text[after] == UInt8(ascii: "-") || text[after] == UInt8(ascii: "'")
                    || (text[after] == FoldedByte.newline && text[after + 1] != FoldedByte.newline)
            else { break }
            next = after + 1
        }
        return start..<end
    }

    /// A small word, a verb or a participle after a name.
    private func endsPhrase(_ word: Range<Int>) -> Bool {
        if text.isCapital(at: word.lowerBound) { return false }
        let goesOn = [
            "le", "la", "les", "de", "du", "des", "urbaine", "generale", "publique", "culturelle", "sportive",
        ]
        .contains { text.equals(word, $0) }
        return !goesOn && !isActorWord(word)
    }

    /// The name with its article: "la communauté urbaine", of "à la communauté urbaine".
    private func withArticle(end: Int, name: Range<Int>) -> Range<Int> {
        if text[end - 1] == UInt8(ascii: "'") { return (end - 2)..<name.upperBound }
        if text[end - 2] == UInt8(ascii: "l"), text[end - 1] == UInt8(ascii: "a") { return (end - 2)..<name.upperBound }
        return name
    }
}
