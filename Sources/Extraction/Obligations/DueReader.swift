import Deliberations

/// Reads when a duty is due from the sentence that states it.
struct DueReader {
    /// When, and the words that say so.
    struct Reading {
        let due: Due
        let range: Range<Int>

        /// Whether the words name a day of the calendar.
        var isDay: Bool {
            switch due {
            case .on, .before, .every: true
            case .after, .whenever: false
            }
        }
    }

    private let text: NormalizedText
    private let sentence: Range<Int>
    private let matches: ArraySlice<ClauseMatch>

    /// When the duty of `sentence` is due; `matches` are the wordings found in it.
    static func read(
        _ sentence: Range<Int>, _ matches: ArraySlice<ClauseMatch>, in text: NormalizedText
    ) -> Reading? {
        let reader = Self(text: text, sentence: sentence, matches: matches)
        return reader.day() ?? reader.delay() ?? reader.moment() ?? reader.duration() ?? reader.continuous()
    }

    /// A day of the calendar only.
    static func day(
        _ sentence: Range<Int>, _ matches: ArraySlice<ClauseMatch>, in text: NormalizedText
    ) -> Reading? {
        Self(text: text, sentence: sentence, matches: matches).day()
    }

    /// A delay that runs from something only.
    static func delay(
        _ sentence: Range<Int>, _ matches: ArraySlice<ClauseMatch>, in text: NormalizedText
    ) -> Reading? {
        Self(text: text, sentence: sentence, matches: matches).delay()
    }

    private var isYearly: Bool {
        matches.contains { $0.kind == .yearly } || text.find("de chaque annee", in: sentence) != nil
    }

    // MARK: Days

    private func day() -> Reading? {
        for match in matches {
            guard match.kind == .until || match.kind == .before else { continue }
            if let reading = day(after: match) { return reading }
        }
        return nil
    }

    private func day(after match: ClauseMatch) -> Reading? {
        if match.kind == .until, let before = dayBefore(match) { return before }
        var next = match.range.upperBound
        for _ in 0..<3 {
            next = text.skipBlanks(from: next, limit: sentence.upperBound)
            guard let end = text.matchAny(Self.smallWords, at: next) else { break }
            next = end
        }
        next = text.skipBlanks(from: next, limit: sentence.upperBound)
        guard let date = DateReader.read(at: next, in: text, limit: sentence.upperBound) else { return nil }
        let range = match.range.lowerBound..<date.range.upperBound
        let isBefore = match.kind == .before || text.find("avant", in: match.range.upperBound..<next) != nil
        if let day = date.date { return Reading(due: isBefore ? .before(day) : .on(day), range: range) }
        guard date.year == nil, isYearly, CivilDate(year: 2_024, month: date.month, day: date.day) != nil,
            !isOfAnotherYear(after: date.range.upperBound)
        else { return nil }
        return Reading(due: .every(month: date.month, day: date.day), range: range)
    }

    private static let smallWords: [StaticString] = [
        "le", "au", "la date du", "pour le", "pour", "avant le", "avant", "la",
    ]

    /// "Le 30 avril 2025 au plus tard".
    private func dayBefore(_ match: ClauseMatch) -> Reading? {
        let window = max(sentence.lowerBound, match.range.lowerBound - 40)..<match.range.lowerBound
        var position = window.upperBound
        while position > window.lowerBound {
            position -= 1
            guard text.isWordStart(position), text.matchWord("le", at: position) != nil else { continue }
            let start = text.skipBlanks(from: position + 2)
            guard let date = DateReader.read(at: start, in: text, limit: window.upperBound), let day = date.date,
                text.skipBlanks(from: date.range.upperBound) == match.range.lowerBound
            else { return nil }
            return Reading(due: .on(day), range: position..<match.range.upperBound)
        }
        return nil
    }

    /// "Le 30 juin de l'année suivante": the day alone does not say when.
    private func isOfAnotherYear(after position: Int) -> Bool {
        let next = text.skipBlanks(from: position, limit: sentence.upperBound)
        return text.matchAny(["n+1", "de l'annee", "de l'exercice", "suivant"], at: next) != nil
    }

    /// "Le 6 juin 2014" without any preposition, for a duty that is owed on a day.
    static func plainDay(
        _ range: Range<Int>, _ dates: ArraySlice<DateReader.Reading>, in text: NormalizedText
    ) -> Reading? {
        for date in dates {
            guard let day = date.date, let le = wordBefore(date.range.lowerBound, in: text), text.equals(le, "le"),
                le.lowerBound > range.lowerBound, let before = wordBefore(le.lowerBound, in: text)
            else { continue }
            if ClauseNouns.pastActs.contains(where: { text.equals(before, $0) }) { continue }
            return Reading(due: .on(day), range: le.lowerBound..<date.range.upperBound)
        }
        return nil
    }

    private static func wordBefore(_ position: Int, in text: NormalizedText) -> Range<Int>? {
        var end = position
        while end > 0, text[end - 1].isBlank { end -= 1 }
        var start = end
        while start > 0, text[start - 1].isWord { start -= 1 }
        return start < end ? start..<end : nil
    }

    // MARK: Delays

    private func delay() -> Reading? {
        for match in matches where match.kind == .delay || match.kind == .until {
            if let reading = delay(after: match) { return reading }
        }
        return nil
    }

    private func delay(after match: ClauseMatch) -> Reading? {
        var next = match.range.upperBound
        if text.equals(match.range, "dans le mois") { return month(match) }
        for _ in 0..<3 {
            next = text.skipBlanks(from: next, limit: sentence.upperBound)
            guard let end = text.matchAny(Self.delayWords, at: next) ?? text.match("d'", at: next) else { break }
            next = end
        }
        next = text.skipBlanks(from: next, limit: sentence.upperBound)
        guard let length = DelayReader.length(at: next, in: text, limit: sentence.upperBound),
            let anchor = DelayReader.anchor(after: length.range.upperBound, in: text, limit: sentence.upperBound)
        else { return nil }
        return Reading(
            due: .after(DelayReader.delay(length, after: anchor.anchor)),
            range: match.range.lowerBound..<anchor.range.upperBound)
    }

    private static let delayWords: [StaticString] = [
        "de", "maximum de", "maximum", "maximal de", "les", "dans les", "dans un delai de",
    ]

    /// "Dans le mois qui suit la clôture".
    private func month(_ match: ClauseMatch) -> Reading? {
        guard let anchor = DelayReader.anchor(after: match.range.upperBound, in: text, limit: sentence.upperBound)
        else {
            return nil
        }
        return Reading(
            due: .after(Delay(after: anchor.anchor, months: 1)),
            range: match.range.lowerBound..<anchor.range.upperBound)
    }

    // MARK: Moments and durations

    private func moment() -> Reading? {
        for match in matches {
            if case .moment(let anchor) = match.kind {
                return Reading(due: .after(Delay(after: anchor)), range: match.range)
            }
        }
        return nil
    }

    /// "Pendant une durée de 10 ans (à compter de …)".
    private func duration() -> Reading? {
        for match in matches where match.kind == .during {
            let phrase = Phrase.range(from: match.range.lowerBound, in: text, limit: sentence.upperBound)
            guard let length = DelayReader.firstLength(in: phrase, of: text) else {
                return Reading(due: .whenever(text.words(of: phrase)), range: phrase)
            }
            if let anchor = DelayReader.anchor(after: length.range.upperBound, in: text, limit: sentence.upperBound) {
                return Reading(
                    due: .after(DelayReader.delay(length, after: anchor.anchor)),
                    range: match.range.lowerBound..<anchor.range.upperBound)
            }
            return Reading(due: .whenever(text.words(of: phrase)), range: phrase)
        }
        return nil
    }

    private func continuous() -> Reading? {
        for match in matches where isUndated(match.kind) {
            let phrase = Phrase.range(from: match.range.lowerBound, in: text, limit: sentence.upperBound)
            guard !phrase.isEmpty else { continue }
            return Reading(due: .whenever(text.words(of: phrase)), range: phrase)
        }
        return nil
    }

    private func isUndated(_ kind: ClauseWording) -> Bool {
        switch kind {
        case .continuous, .yearly, .until, .before, .delay:
            text[sentence.lowerBound] != FoldedByte.newline && kind != .delay
        default: false
        }
    }
}
