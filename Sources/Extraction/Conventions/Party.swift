import Deliberations

/// A party of a convention as its head names it.
struct Party {
    /// The name alone.
    let name: Range<Int>
    /// All that is said of the party: its seat, its representative, what it is called "ci-après".
    let presentation: Range<Int>
    /// Who represents it, if named.
    let representative: PersonReader.Reading?
    /// The office of the representative, if it stands before the name: "sa Présidente, Madame …".
    let office: Range<Int>?
}

/// Reads the parties from the head of a convention: "Entre … d'une part, et … d'autre part".
enum PartiesReader {
    /// The longest head, in characters.
    private static let headLimit = 6_000

    /// What ends the head.
    private static let headEnds: [StaticString] = [
        "il est convenu", "il a ete convenu", "il est expose", "il a ete expose", "ont convenu",
        "est convenu ce qui suit",
        "il est prealablement", "preambule", "expose des motifs", "expose prealable", "etant prealablement",
    ]

    /// Words of a name that end it.
    private static let nameEnds: [StaticString] = [
        "represente", "representee", "ci-apres", "dont le siege", "sis", "sise", "domicilie", "domiciliee",
        "ayant son siege",
        "d'une part", "d'autre part", "immatricule", "immatriculee", "siret", "siren",
    ]

    /// The parties named between "entre" and the first article.
    static func read(in range: Range<Int>, of text: NormalizedText) -> [Party] {
        let reach = range.lowerBound..<min(range.upperBound, range.lowerBound + headLimit)
        guard let start = opening(in: reach, of: text) else { return [] }
        let head = start..<headEnd(in: start..<reach.upperBound, of: text)
        return pieces(of: head, in: text).compactMap { party(in: $0, of: text) }
    }

    /// After "entre" at the beginning of a line, "entre les soussignés :".
    private static func opening(in range: Range<Int>, of text: NormalizedText) -> Int? {
        var position = range.lowerBound
        while position < range.upperBound {
            guard let found = text.find("entre", in: position..<range.upperBound) else { return nil }
            position = found.upperBound
            let isLineStart = text[found.lowerBound - 1] == FoldedByte.newline || found.lowerBound == range.lowerBound
            guard isLineStart || text.isAllCapitals(found) || text.isCapital(at: found.lowerBound) else { continue }
            let next = text.skipSeparators(from: found.upperBound, limit: range.upperBound)
            let afterSigned = text.matchAny(
                ["les soussignes", "les soussignees", "les parties soussignees", "les parties"], at: next)
            return text.skipSeparators(from: afterSigned ?? next, limit: range.upperBound)
        }
        return nil
    }

    /// Where the head ends: at "il est convenu", at the reasons, at the first article.
    private static func headEnd(in range: Range<Int>, of text: NormalizedText) -> Int {
        var position = range.lowerBound
        while position < range.upperBound {
            if text.isWordStart(position) {
                let isLineStart = text[position - 1] == FoldedByte.newline
                let begins = isLineStart && text.matchAny(["vu", "considerant"], at: position) != nil
                if begins || isLineStart && ArticleHeadings.isHeading(at: position, in: text) { return position }
                if isHeadEndLetter(text[position]), text.matchAny(headEnds, at: position) != nil { return position }
            }
            position += 1
        }
        return range.upperBound
    }

    private static func isHeadEndLetter(_ letter: UInt8) -> Bool {
        letter == UInt8(ascii: "i") || letter == UInt8(ascii: "o") || letter == UInt8(ascii: "e")
            || letter == UInt8(ascii: "p")
    }

    /// The head split at "d'une part", "d'autre part" and lines that are "et" alone.
    private static func pieces(of head: Range<Int>, in text: NormalizedText) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = head.lowerBound
        var position = head.lowerBound
        while position < head.upperBound {
            guard text.isWordStart(position), let end = separatorEnd(at: position, in: text) else {
                position += 1
                continue
            }
            pieces.append(start..<position)
            start = end
            position = end
        }
        pieces.append(start..<head.upperBound)
        return pieces
    }

    private static func separatorEnd(at position: Int, in text: NormalizedText) -> Int? {
        switch text[position] {
        case UInt8(ascii: "d"):
            return text.matchAny(["d'une part", "d'autre part", "de premiere part", "de seconde part"], at: position)
        case UInt8(ascii: "e"):
            guard let end = text.matchWord("et", at: position), text[position - 1] == FoldedByte.newline else {
                return nil
            }
            let next = text.skipSeparators(from: end, limit: text.lineEnd(from: end))
            return next >= text.lineEnd(from: end) || text.isCapital(at: next) || text[end] == FoldedByte.space
                ? end : nil
        default: return nil
        }
    }

    private static func party(in piece: Range<Int>, of text: NormalizedText) -> Party? {
        var start = text.skipSeparators(from: piece.lowerBound, limit: piece.upperBound)
        if let end = text.matchWord("et", at: start) { start = text.skipSeparators(from: end, limit: piece.upperBound) }
        guard start < piece.upperBound else { return nil }
        let presentation = text.trimmed(start..<piece.upperBound)
        let name = text.trimmedOfPunctuation(start..<nameEnd(in: presentation, of: text))
        guard (3...160).contains(name.count), name.contains(where: { text.isCapital(at: $0) }) else { return nil }
        let (person, office) = representative(in: presentation, of: text)
        return Party(name: name, presentation: presentation, representative: person, office: office)
    }

    private static func nameEnd(in range: Range<Int>, of text: NormalizedText) -> Int {
        var position = range.lowerBound
        while position < range.upperBound {
            switch text[position] {
            case UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ";"), UInt8(ascii: ":"): return position
            case FoldedByte.newline where text[position + 1] == FoldedByte.newline: return position
            default:
                if text.isWordStart(position), text.matchAny(nameEnds, at: position) != nil { return position }
            }
            position += 1
        }
        return range.upperBound
    }

    // MARK: Representatives

    private static func representative(
        in range: Range<Int>, of text: NormalizedText
    ) -> (PersonReader.Reading?, Range<Int>?) {
        guard
            let word = text.find("represente", in: range) ?? text.find("representee", in: range)
                ?? text.find("representes", in: range) ?? text.find("representees", in: range)
        else { return (nil, nil) }
        let sentence = word.upperBound..<range.upperBound
        guard let par = text.find("par", in: sentence.lowerBound..<min(sentence.lowerBound + 40, sentence.upperBound))
        else {
            return (nil, nil)
        }
        let person = firstWithCivility(in: par.upperBound..<sentence.upperBound, of: text)
        return (person, office(in: par.upperBound..<(person?.range.lowerBound ?? par.upperBound), of: text))
    }

    /// The first person with a civility; "Madame la Présidente" names nobody.
    private static func firstWithCivility(in range: Range<Int>, of text: NormalizedText) -> PersonReader.Reading? {
        var position = range.lowerBound
        while position < range.upperBound {
            if text.isWordStart(position), text[position] == UInt8(ascii: "m"),
                let reading = PersonReader.read(at: position, in: text, limit: range.upperBound, needsCivility: true)
            {
                return reading
            }
            position += 1
        }
        return nil
    }

    /// "sa Présidente": the words after the possessive up to the comma.
    private static func office(in range: Range<Int>, of text: NormalizedText) -> Range<Int>? {
        let start = text.skipBlanks(from: range.lowerBound, limit: range.upperBound)
        guard let end = text.matchAny(["sa", "son", "leur", "la", "le"], at: start) ?? text.match("l'", at: start)
        else {
            return nil
        }
        let comma = text.firstIndex(of: UInt8(ascii: ","), in: end..<range.upperBound) ?? range.upperBound
        let office = text.trimmed(end..<comma)
        return (3...60).contains(office.count) ? office : nil
    }
}
