import Deliberations

/// Reads lengths of time, "deux mois", "15 jours francs", "cinq jours ouvrés", "dix (10) ans", and what they run from.
enum DelayReader {
    /// A length of time.
    struct Reading {
        let count: Int
        let unit: DelayUnit
        let isClear: Bool
        let dayKind: Delay.DayKind?
        let range: Range<Int>
    }

    /// The length that begins at `position`.
    static func length(at position: Int, in text: NormalizedText, limit: Int) -> Reading? {
        guard let number = NumberReader.read(at: position, in: text, limit: limit) else { return nil }
        var next = text.skipBlanks(from: number.range.upperBound, limit: limit)
        if text[next] == UInt8(ascii: "("),
            let close = text.firstIndex(of: UInt8(ascii: ")"), in: next..<min(next + 20, limit))
        {
            next = text.skipBlanks(from: close + 1, limit: limit)
        }
        let word = text.word(at: next, limit: limit)
        guard let unit = ClauseNouns.units.first(where: { text.equals(word, $0.word) })?.unit else { return nil }
        let kind = unit == .days ? dayKind(after: word.upperBound, in: text, limit: limit) : nil
        let end = kind?.end ?? word.upperBound
        let clear = text.matchAny(["francs", "franc"], at: text.skipBlanks(from: end, limit: limit))
        return Reading(
            count: number.value, unit: unit, isClear: clear != nil, dayKind: kind?.kind,
            range: position..<(clear ?? end))
    }

    /// "Ouvrés", "ouvrables", "calendaires" behind the days that they qualify.
    private static func dayKind(
        after position: Int, in text: NormalizedText, limit: Int
    ) -> (kind: Delay.DayKind?, end: Int)? {
        let next = text.skipBlanks(from: position, limit: limit)
        for (words, kind) in dayKinds {
            if let end = text.matchAny(words, at: next), end <= limit { return (kind, end) }
        }
        return nil
    }

    private static let dayKinds: [(words: [StaticString], kind: Delay.DayKind?)] = [
        (["ouvres", "ouvre"], .worked), (["ouvrables", "ouvrable"], .workable), (["calendaires", "calendaire"], nil),
    ]

    /// The first length in `range`.
    static func firstLength(in range: Range<Int>, of text: NormalizedText) -> Reading? {
        var position = range.lowerBound
        while position < range.upperBound {
            if text.isWordStart(position), let reading = length(at: position, in: text, limit: range.upperBound) {
                return reading
            }
            position += 1
        }
        return nil
    }

    /// The delay of `length` that runs from `anchor`.
    static func delay(_ length: Reading, after anchor: DelayAnchor) -> Delay {
        var delay = Delay(after: anchor, clear: length.isClear, dayKind: length.dayKind)
        switch length.unit {
        case .days: delay.days = length.count
        case .weeks: delay.days = length.count * 7
        case .months: delay.months = length.count
        case .years: delay.years = length.count
        }
        return delay
    }

    /// What the delay that ends at `position` runs from: "à compter de sa notification", "suivant la clôture de l'exercice".
    static func anchor(
        after position: Int, in text: NormalizedText, limit: Int
    ) -> (anchor: DelayAnchor, range: Range<Int>)? {
        let next = text.skipBlanks(from: position, limit: limit)
        guard let end = text.matchAny(starts, at: next) else { return nil }
        let phrase = Phrase.range(from: end, in: text, limit: limit)
        guard !phrase.isEmpty else { return nil }
        let upper = phrase.upperBound
        if let named = ClauseNouns.anchors.matches(in: text, phrase).first { return (named.kind, next..<upper) }
        if let date = DateReader.leading(in: phrase, of: text)?.date { return (.date(date), next..<upper) }
        return (.event(text.words(of: phrase)), next..<upper)
    }

    private static let starts: [StaticString] = [
        "a compter de", "a compter du", "a compter d'", "a partir de", "a partir du", "suivant", "suivants", "apres",
        "qui suivent", "qui suit", "courant a compter de", "des", "au plus tard apres",
    ]
}

/// A phrase: from a place up to the next comma, semicolon, bracket or end of its sentence.
enum Phrase {
    /// The longest phrase that is taken, in characters.
    private static let limit = 160

    /// The phrase that begins at `position`.
    static func range(from position: Int, in text: NormalizedText, limit: Int) -> Range<Int> {
        let start = text.skipBlanks(from: position, limit: limit)
        let upper = min(limit, start + Self.limit)
        var end = start
        while end < upper {
            switch text[end] {
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ":"):
                return text.trimmed(start..<end)
            case UInt8(ascii: ".") where text[end + 1].isBlank && text[end - 2].isWord:
                return text.trimmed(start..<end)
            default: end += 1
            }
        }
        return text.trimmed(start..<max(start, end))
    }
}
