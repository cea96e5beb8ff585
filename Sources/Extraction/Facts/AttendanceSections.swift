/// Finds the lists of members: headings of presents, absents and proxies, and where their lists end.
enum AttendanceSections {
    /// What a list holds.
    enum Kind {
        case present
        case absent
        case excused
        /// Absents or excused who gave a proxy.
        case represented
        /// Pairs of giver and holder.
        case proxies
    }

    /// A list of members.
    struct Section {
        /// What it holds.
        let kind: Kind
        /// Its heading.
        let heading: Range<Int>
        /// Its members, without the heading.
        let body: Range<Int>

        /// The list up to `position` at most.
        func ending(at position: Int) -> Section {
            Section(kind: kind, heading: heading, body: body.lowerBound ..| Swift.min(body.upperBound, position))
        }
    }

    /// The lists in `range`, in order.
    static func sections(in anchored: AnchoredText, range: Range<Int>) -> [Section] {
        var headings: [(kind: Kind, heading: Range<Int>, start: Int)] = []
        for anchor in anchored.anchors(in: range) {
            guard let kind = kind(of: anchor.kind), anchor.range.lowerBound >= (headings.last?.start ?? 0),
                kind != .proxies || isList(anchor.range, in: anchored.text),
                let start = listStart(after: anchor, in: anchored)
            else { continue }
            headings.append((kind, anchor.range, start))
        }
        return headings.indices.map { index in
            let next = index + 1 < headings.count ? headings[index + 1].heading.lowerBound : range.upperBound
            let start = headings[index].start
            let end = listEnd(from: start, limit: max(start, next), in: anchored)
            return Section(kind: headings[index].kind, heading: headings[index].heading, body: start ..| end)
        }
    }

    private static func kind(of anchor: Anchor) -> Kind? {
        switch anchor {
        case .present: .present
        case .absent: .absent
        case .excused: .excused
        case .represented: .represented
        case .proxies: .proxies
        default: nil
        }
    }

    /// Where the list begins after a heading, or nil if the wording heads no list: it does so if it begins a line or
    /// has a capital or says "étaient", and a colon, a line's end or a person follows.
    private static func listStart(after anchor: WordingMatcher<Anchor>.Match, in anchored: AnchoredText) -> Int? {
        let text = anchored.text
        let start = anchor.range.lowerBound
        let says = text.matchAny(["etaient", "etait", "sont", "ont", "a donne", "avaient", "avait"], at: start) != nil
        guard says || anchored.mayBeHeading(start) || isAfterCount(start, in: text) else { return nil }
        let limit = min(anchor.range.upperBound + 160, text.count)
        var next = afterPlural(anchor.range.upperBound, in: text)
        if let colon = colon(after: next, in: text, limit: limit) {
            next = colon + 1
        } else if !isListOpening(at: text.skipBlanks(from: next), in: text, says: says) {
            return nil
        }
        let afterColon = next
        next = text.skipSeparators(from: next, limit: text.count)
        if holdsEmptyLine(afterColon ..| next, in: text), !startsClearPerson(at: next, in: text) {
            return afterColon
        }
        if let number = text.integer(at: next), number.range.count <= 3 {
            let afterNumber = text.skipSeparators(from: number.range.upperBound, limit: text.count)
            let gap = number.range.upperBound ..| max(afterNumber, number.range.upperBound)
            guard startsPerson(at: afterNumber, in: text), !holdsEmptyLine(gap, in: text) else { return nil }
            return afterNumber
        }
        return next
    }

    /// "Pouvoir" alone heads a list only outside brackets and not after a count: "(pouvoir à Mme X)", "1 pouvoir :".
    private static func isList(_ heading: Range<Int>, in text: NormalizedText) -> Bool {
        guard text.equals(heading, "pouvoir") else { return true }
        return !isAfterCount(heading.lowerBound, in: text) && !isInBrackets(heading.lowerBound, in: text)
    }

    private static func isAfterCount(_ position: Int, in text: NormalizedText) -> Bool {
        text[position - 2].isDigit && text[position - 1] == FoldedByte.space
    }

    private static func afterPlural(_ position: Int, in text: NormalizedText) -> Int {
        var next = position
        for mark: StaticString in ["(e)s", "(s)", "(es)", "(e)"] {
            if let end = text.match(mark, at: next) {
                next = end
                break
            }
        }
        return next
    }

    /// A colon or the like after at most a few words of law ("en application de l'article L 2121-20 du Code… :").
    private static func colon(after position: Int, in text: NormalizedText, limit: Int) -> Int? {
        var index = position
        while index < limit {
            switch text[index] {
            case UInt8(ascii: ":"), UInt8(ascii: "="): return index
            case UInt8(ascii: ";"), UInt8(ascii: ","): return nil
            case FoldedByte.newline where text[index + 1] == FoldedByte.newline: return nil
            case UInt8(ascii: "(") where text.firstIndex(of: UInt8(ascii: ")"), in: index ..| limit) != nil:
                index = text.firstIndex(of: UInt8(ascii: ")"), in: index ..| limit) ?? index
            case let byte where byte.isLetter && text.isCapital(at: index) && text.isWordStart(index):
                if index - position < 3 || PersonReader.civility(at: index, in: text, limit: limit) != nil {
                    return nil
                }
            default: break
            }
            if index - position > 20, !isLaw(position ..| index, in: text) { return nil }
            index += 1
        }
        return nil
    }

    private static func isLaw(_ range: Range<Int>, in text: NormalizedText) -> Bool {
        text.find("application", in: range) != nil || text.find("article", in: range) != nil
            || text.find("pouvoir", in: range) != nil || text.find("procuration", in: range) != nil
            || text.find("suivants", in: range) != nil || range.count < 40 && text.find("mesdames", in: range) != nil
    }

    /// A line's end or a civility that opens a list without a colon.
    private static func isListOpening(at position: Int, in text: NormalizedText, says: Bool) -> Bool {
        if PersonReader.civility(at: position, in: text, limit: text.count) != nil { return true }
        return (text[position - 1] == FoldedByte.newline || says) && startsPerson(at: position, in: text)
    }

    private static func startsPerson(at position: Int, in text: NormalizedText) -> Bool {
        PersonReader.isPerson(at: position, in: text)
    }

    private static func holdsEmptyLine(_ range: Range<Int>, in text: NormalizedText) -> Bool {
        range.contains { text[$0] == FoldedByte.newline && text[$0 + 1] == FoldedByte.newline }
    }

    /// A person with a civility, or with a family name in capitals.
    static func startsClearPerson(at position: Int, in text: NormalizedText) -> Bool {
        guard let person = PersonReader.read(at: position, in: text) else { return false }
        if person.person.civility != nil { return true }
        var start = person.name.lowerBound
        while start < person.name.upperBound {
            let word = text.word(at: start, limit: person.name.upperBound)
            if word.count > 2, text.isAllCapitals(word) { return true }
            start = max(word.upperBound, start) + 1
        }
        return false
    }

    private static let breaks: [Anchor] = [
        .yearOpening,
        .secretary, .subject, .itemNumber, .convoked, .inOffice, .quorum, .published, .presidency, .voters,
        .orderOfPassage, .sessionOn, .recital, .deliberated, .registerExtract, .rapporteur, .gathered, .votesFor, .sent,
        .received, .actNumber, .movement,
    ]

    /// Where the list that begins at `start` ends: at a wording that belongs to no list.
    private static func listEnd(from start: Int, limit: Int, in anchored: AnchoredText) -> Int {
        let text = anchored.text
        var end = limit
        for kind in breaks {
            for range in anchored.all(kind, in: start ..| max(start, end)) where isBreak(range, kind, in: anchored) {
                let isOffice =
                    kind == .secretary && text[range.lowerBound] != UInt8(ascii: "s")
                    && !text.isCapital(at: range.lowerBound)
                end = min(
                    end, isOffice ? officerStart(before: range.lowerBound, from: start, in: text) : range.lowerBound)
                break
            }
        }
        return text.trimmed(start ..| max(start, end)).upperBound
    }

    /// "Mme X a été élue secrétaire", "M. Y a été désigné pour assurer…": where the person before the office begins.
    private static func officerStart(before position: Int, from start: Int, in text: NormalizedText) -> Int {
        let end = text.skipBlanksBack(from: position)
        var index = max(start, position - 90)
        var officer: PersonReader.Reading?
        while index < end {
            if text.isWordStart(index), let person = PersonReader.read(at: index, in: text, limit: position) {
                officer = person
                index = person.range.upperBound
            } else {
                index += 1
            }
        }
        guard let officer else { return position }
        let gap = officer.range.upperBound ..| end
        let isMade =
            gap.isEmpty || text.contains(anyOf: ["ete", "est", "designe", "designee", "nomme", "nommee"], in: gap)
        return isMade ? officer.range.lowerBound : position
    }

    private static func isBreak(_ range: Range<Int>, _ kind: Anchor, in anchored: AnchoredText) -> Bool {
        let text = anchored.text
        switch kind {
        case .secretary:
            // "(secrétaire)" after a name is an office, not the end of the list.
            return anchored.mayBeHeading(range.lowerBound) || text[range.lowerBound] != UInt8(ascii: "s")
        case .quorum:
            return anchored.mayBeHeading(range.lowerBound)
                || text.match("le ", at: range.lowerBound - 3) != nil && text.isCapital(at: range.lowerBound - 3)
        case .actNumber:
            return range.count > 3
                || (anchored.mayBeHeading(range.lowerBound) && !isInBrackets(range.lowerBound, in: text))
        case .itemNumber: return anchored.mayBeHeading(range.lowerBound)
        case .movement: return text.isCapital(at: range.lowerBound) && !isInBrackets(range.lowerBound, in: text)
        case .recital, .rapporteur, .subject, .published, .convoked, .inOffice, .voters, .votesFor:
            return anchored.mayBeHeading(range.lowerBound) || kind == .inOffice && isInLine(range, "nombre", in: text)
        default: return true
        }
    }

    private static func isInLine(_ range: Range<Int>, _ word: StaticString, in text: NormalizedText) -> Bool {
        text.find(word, in: max(0, range.lowerBound - 40) ..| range.lowerBound) != nil
    }

    private static func isInBrackets(_ position: Int, in text: NormalizedText) -> Bool {
        var index = position - 1
        while index > 0, position - index < 60, text[index] != FoldedByte.newline {
            if text[index] == UInt8(ascii: ")") { return false }
            if text[index] == UInt8(ascii: "(") { return true }
            index -= 1
        }
        return false
    }
}
