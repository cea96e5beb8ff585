import Deliberations

/// Reads persons: civility, name as written without it, office after a comma.
enum PersonReader {
    /// A person and where they are named.
    struct Reading: Equatable {
        /// The person.
        var person: Person
        /// The civility, the name and the office.
        var range: Range<Int>
        /// The name alone.
        let name: Range<Int>
        /// Whether the civility stands before several names.
        let isPluralCivility: Bool
    }

    /// The person that begins at `position`: a civility if there is one, then words with capitals. A name without a
    /// civility needs two words with capitals, or one written in capitals.
    static func read(
        at position: Int, in text: NormalizedText, limit: Int? = nil, needsCivility: Bool = false
    ) -> Reading? {
        let limit = min(limit ?? text.count, text.count)
        return find(at: position, in: text, limit: limit, needsCivility: needsCivility).map {
            reading(of: $0, in: text, limit: limit)
        }
    }

    /// What was found, in words.
    static func reading(of found: Found, in text: NormalizedText, limit: Int) -> Reading {
        let role = role(after: found.name.upperBound, in: text, limit: limit)
        let person = Person(
            civility: found.civility.map { $0.kept ?? text.words(of: $0.range) }, name: text.words(of: found.name),
            role: role.map { text.words(of: $0) })
        return Reading(
            person: person, range: found.start..<(role?.upperBound ?? found.name.upperBound), name: found.name,
            isPluralCivility: found.civility?.isPlural ?? false)
    }

    /// Whether a person begins at `position`: what `read` looks for, without making words of it.
    static func isPerson(
        at position: Int, in text: NormalizedText, limit: Int? = nil, needsCivility: Bool = false
    ) -> Bool {
        let limit = min(limit ?? text.count, text.count)
        return find(at: position, in: text, limit: limit, needsCivility: needsCivility) != nil
    }

    /// Where a person stands, of whom no words were made yet.
    struct Found {
        fileprivate let start: Int
        fileprivate let civility: Civility?
        fileprivate let name: Range<Int>
    }

    /// What `read` looks for at `position`, before `limit`, which lies in the text.
    static func find(at position: Int, in text: NormalizedText, limit: Int, needsCivility: Bool) -> Found? {
        let civility = civility(at: position, in: text, limit: limit)
        guard civility != nil || !needsCivility else { return nil }
        guard let name = name(at: civility?.end ?? position, in: text, limit: limit) else { return nil }
        if civility == nil, !isLikelyName(name, in: text) { return nil }
        return Found(start: position, civility: civility, name: name)
    }

    /// The first person in `range` that has a civility, or begins the range.
    static func first(in range: Range<Int>, of text: NormalizedText) -> Reading? {
        var position = text.skipSeparators(from: range.lowerBound, limit: range.upperBound)
        if let reading = read(at: position, in: text, limit: range.upperBound) { return reading }
        while position < range.upperBound {
            if text.isWordStart(position), text[position] == UInt8(ascii: "m") || text[position] == UInt8(ascii: "d"),
                let reading = read(at: position, in: text, limit: range.upperBound, needsCivility: true)
            {
                return reading
            }
            position += 1
        }
        return nil
    }

    // MARK: Civility

    /// A civility that was found.
    struct Civility {
        /// Where, with its point.
        let range: Range<Int>
        /// How it is kept, unless as written.
        let kept: String?
        /// Where the name after it begins.
        let end: Int
        /// Whether it stands before several names.
        let isPlural: Bool
    }

    /// The civility at `position`.
    static func civility(at position: Int, in text: NormalizedText, limit: Int) -> Civility? {
        let first = text[position]
        guard first == UInt8(ascii: "m") || first == UInt8(ascii: "d"), text.isWordStart(position) else { return nil }
        let word = text.word(at: position, limit: limit)
        guard word.count <= 12, text.isCapital(at: position) || word.count > 3,
            PersonWords.civilityWords.contains(word, in: text),
            let civility = PersonWords.civilities.first(where: { text.equals(word, $0.wording) })
        else { return nil }
        var end = word.upperBound
        // "M" alone needs its point, or a blank and a capital; "M.J. ROQUE" and "M.-P." begin a name.
        if text[end] == UInt8(ascii: ".") {
            end += 1
            if word.count == 1, text[end].isLetter, text[end + 1] == UInt8(ascii: ".") { return nil }
            guard text[end].isBlank || text[end].isLetter else { return nil }
        } else if !text[end].isBlank {
            return nil
        }
        let next = text.skipBlanks(from: end, limit: limit)
        guard next < limit else { return nil }
        return Civility(range: position..<end, kept: civility.kept, end: next, isPlural: civility.isPlural)
    }

    // MARK: Name

    /// The words of a name that begins at `position`.
    static func name(at position: Int, in text: NormalizedText, limit: Int) -> Range<Int>? {
        var end = position
        var next = position
        var words = 0
        var shape = NameShape()
        while next < limit, words < 8, let word = nameWord(at: next, in: text, limit: limit) {
            if words > 0 ? endsName(before: next, word.end, shape, in: text, limit: limit) : isStop(next, in: text) {
                break
            }
            if word.isParticle {
                guard let following = nextWord(after: word.end, in: text, limit: limit),
                    nameWord(at: following, in: text, limit: limit) != nil
                else { break }
                next = following
                continue
            }
            shape.add(next..<word.end, in: text)
            end = word.end
            words += 1
            guard let following = nextWord(after: end, in: text, limit: limit) else { break }
            if text[following - 1] == FoldedByte.newline, shape.hasFamilyName,
                shape.hasFirstName || !isFirstName(at: following, in: text, limit: limit)
            {
                break
            }
            next = following
        }
        guard words > 0 else { return nil }
        return position..<end
    }

    /// "M. CANON / Éloi, ": a first name that a line's end separates from the family name, and nothing more before a comma.
    private static func isFirstName(at position: Int, in text: NormalizedText, limit: Int) -> Bool {
        let word = text.word(at: position, limit: limit)
        guard word.count > 2, text.isCapital(at: position), !text.isAllCapitals(word) else { return false }
        let next = text.skipBlanks(from: word.upperBound, limit: limit, lines: false)
        return text[next] == UInt8(ascii: ",") || text[next] == UInt8(ascii: ";")
            || PersonWords.roles.contains(text.word(at: next, limit: limit), in: text)
    }

    private static let articles: WordChoice = ["le", "la", "les"]

    private static func isStop(_ position: Int, in text: NormalizedText) -> Bool {
        let word = text.word(at: position)
        return PersonWords.nameStops.contains(word, in: text)
    }

    /// What the words of a name have been so far.
    private struct NameShape {
        /// A word that is not all in capitals came first.
        var hasFirstName = false
        /// A word of three or more capitals came.
        var hasFamilyName = false
        /// The last word is an initial with its point, after a family name in capitals.
        var isClosedByInitial = false
        /// A first name came after a family name in capitals: "MARTIN Jeanne".
        var isFamilyThenFirst = false
        private var count = 0

        mutating func add(_ word: Range<Int>, in text: NormalizedText) {
            let isInitial = text[word.upperBound - 1] == UInt8(ascii: ".")
            isClosedByInitial = isInitial && hasFamilyName && !hasFirstName
            if isInitial || PersonWords.particles.contains(word, in: text) { return }
            if text.isAllCapitals(word) {
                hasFamilyName = hasFamilyName || word.count > 2
            } else if count == 0 {
                hasFirstName = true
            } else if hasFamilyName, !hasFirstName {
                isFamilyThenFirst = true
            }
            count += 1
        }
    }

    /// Whether the word at `position` no longer belongs to the name before it: a civility, a heading, words that go on
    /// after "Firstname FAMILYNAME" or after "FAMILYNAME F.".
    private static func endsName(
        before position: Int, _ end: Int, _ shape: NameShape, in text: NormalizedText, limit: Int
    ) -> Bool {
        let word = text.word(at: position, limit: limit)
        if isStop(position, in: text) { return true }
        if text[end] == UInt8(ascii: "/") || shape.isClosedByInitial { return true }
        if text.isCapital(at: position), shape.hasFirstName, shape.hasFamilyName, !text.isAllCapitals(position..<end) {
            return !isSaint(word, in: text, limit: limit)
        }
        if text.matchAny(articles, at: position) == end {
            // "Paul Le Conseil": the next sentence.
            let next = text.skipBlanks(from: end, limit: limit)
            if !text.isCapital(at: next) || isStop(next, in: text) { return true }
        }
        // "MARTIN Jeanne DURAND Paul", "MARTIN Jeanne Le quorum": the next member, the next sentence.
        if shape.isFamilyThenFirst, text.isCapital(at: position), word.count > 1, text[end - 1] != UInt8(ascii: "."),
            text.isAllCapitals(position..<end) || text.matchAny(articles, at: position) == end
        {
            return true
        }
        guard let civility = civility(at: position, in: text, limit: limit) else { return false }
        // "PARET M. MRS": an initial, for a civility follows it.
        return word.count > 1 || self.civility(at: civility.end, in: text, limit: limit) == nil
    }

    /// "GOUVION St CYR": a saint before a family name in capitals.
    private static func isSaint(_ word: Range<Int>, in text: NormalizedText, limit: Int) -> Bool {
        guard text.matchAny(["st", "ste", "saint", "sainte"], at: word.lowerBound) == word.upperBound else {
            return false
        }
        let next = text.word(at: text.skipBlanks(from: word.upperBound, limit: limit, lines: false), limit: limit)
        return next.count > 2 && text.isAllCapitals(next)
    }

    /// Where the next word of a name begins: after one blank that is no empty line.
    private static func nextWord(after end: Int, in text: NormalizedText, limit: Int) -> Int? {
        if text[end] == UInt8(ascii: "'"), end < limit { return end + 1 }
        guard end < limit, text[end].isBlank, text[end] != FoldedByte.tab else { return nil }
        let next = text.skipBlanks(from: end, limit: limit, lines: false)
        if text[next] != FoldedByte.newline { return next }
        return text[next + 1] == FoldedByte.newline ? nil : next + 1
    }

    /// The word of a name at `position`: with its dashes and apostrophes, and the point of an initial.
    private static func nameWord(
        at position: Int, in text: NormalizedText, limit: Int
    ) -> (end: Int, isParticle: Bool)? {
        guard position < limit, text[position].isLetter else { return nil }
        let isCapital = text.isCapital(at: position)
        // "L'article" after a name: an article, no initial.
        if isCapital, text[position + 1] == UInt8(ascii: "'"), !text.isCapital(at: position + 2) { return nil }
        var end = position
        while end < limit {
            if text[end].isWord || text[end] == UInt8(ascii: "[") || text[end] == UInt8(ascii: "]") {
                end += 1
            } else if isJoint(at: end, in: text, limit: limit) {
                end += 1
            } else {
                break
            }
        }
        if text[end] == UInt8(ascii: "."), end < limit, end - position <= 5, isInitial(position..<end, in: text) {
            end += 1
        }
        if isCapital, !isOfficeWord(position..<end, in: text) { return (end, false) }
        guard !isCapital else { return nil }
        let particle = text.word(at: position, limit: limit)
        let isParticle = PersonWords.particles.contains(particle, in: text)
        if isParticle, text[particle.upperBound] == UInt8(ascii: "'") { return (particle.upperBound, true) }
        return isParticle && particle.upperBound == end ? (end, true) : nil
    }

    /// A dash, an apostrophe or a point between the parts of one word ("Jean-Marc", "D'AMICO", "J.-P.").
    private static func isJoint(at position: Int, in text: NormalizedText, limit: Int) -> Bool {
        guard position + 1 < limit else { return false }
        switch text[position] {
        case UInt8(ascii: "-"): return text[position + 1].isLetter || isBrokenDash(at: position, in: text, limit: limit)
        case FoldedByte.space, FoldedByte.newline:
            return text[position - 1] == UInt8(ascii: "-") && isBrokenDash(at: position - 1, in: text, limit: limit)
        // "L'article": an article before a word, no part of a name.
        case UInt8(ascii: "'"):
            return text[position + 1].isLetter && (text[position - 2].isLetter || text.isCapital(at: position + 1))
        case UInt8(ascii: "."):
            let isAfterInitial = !text[position - 2].isLetter
            return isAfterInitial && (text[position + 1].isLetter || text[position + 1] == UInt8(ascii: "-"))
        default: return false
        }
    }

    /// "Jean- François", "LEVY-" at the end of a line: a dash with a blank only after it, between letters.
    private static func isBrokenDash(at position: Int, in text: NormalizedText, limit: Int) -> Bool {
        guard position + 2 < limit, text[position - 1].isLetter else { return false }
        let blank = text[position + 1] == FoldedByte.space || text[position + 1] == FoldedByte.newline
        return blank && text[position + 2].isLetter && text.isCapital(at: position + 2)
            && civility(at: position + 2, in: text, limit: limit) == nil
    }

    /// One or two capitals, or capitals with points and dashes: "P", "ML", "J.-P".
    private static func isInitial(_ range: Range<Int>, in text: NormalizedText) -> Bool {
        range.count <= 2 ? text.isAllCapitals(range) : text.firstIndex(of: UInt8(ascii: "."), in: range) != nil
    }

    private static func isOfficeWord(_ range: Range<Int>, in text: NormalizedText) -> Bool {
        guard !text.isAllCapitals(range) else { return false }
        return PersonWords.roles.contains(range, in: text)
    }

    /// Whether words without civility look like a name: two words, or one in capitals.
    static func isLikelyName(_ name: Range<Int>, in text: NormalizedText) -> Bool {
        if let article = text.matchAny(articles, at: name.lowerBound) {
            // "LE MAIRE" in capitals is an office, not a name.
            let office = text.word(at: text.skipBlanks(from: article), limit: name.upperBound)
            if PersonWords.roles.contains(office, in: text) { return false }
        }
        if name.contains(where: { text[$0].isBlank }) { return true }
        return name.count > 2 && text.isAllCapitals(name)
    }

    // MARK: Office

    /// The office that follows a name after a comma: ", Maire de Besançon", ", adjoint au maire".
    private static func role(after position: Int, in text: NormalizedText, limit: Int) -> Range<Int>? {
        var next = text.skipBlanks(from: position, limit: limit, lines: false)
        guard text[next] == UInt8(ascii: ","), next < limit else { return nil }
        next = text.skipBlanks(from: next + 1, limit: limit)
        let word = roleWord(at: next, in: text, limit: limit)
        guard PersonWords.roles.contains(word, in: text) else { return nil }
        var end = next
        while end < limit, !isRoleEnd(at: end, in: text, limit: limit) { end += 1 }
        let range = text.trimmed(next..<end)
        return range.count <= 80 ? range : word
    }

    private static func roleWord(at position: Int, in text: NormalizedText, limit: Int) -> Range<Int> {
        var end = position
        while end < limit, text[end].isWord || (text[end] == UInt8(ascii: "-") && text[end + 1].isLetter) { end += 1 }
        return position..<end
    }

    private static func isRoleEnd(at position: Int, in text: NormalizedText, limit: Int) -> Bool {
        // "…, Maire Madame Zoé NAY": the next person of a text without commas.
        if civility(at: position, in: text, limit: limit) != nil { return true }
        return switch text[position] {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: ":"), FoldedByte.newline, FoldedByte.tab:
            true
        default: false
        }
    }
}
