import Deliberations

/// Reads dates: "jeudi 26 septembre 2024", "1er octobre 2024", "26/09/2024", "26.09.24", "2024-09-26",
/// "L'an deux mil vingt-trois, le sept février", "le 30 avril".
enum DateReader {
    /// A date as the text has it.
    struct Reading: Equatable {
        /// The day of the month.
        let day: Int
        /// The month.
        let month: Int
        /// The year, unless the text leaves it out.
        var year: Int?
        /// The day of the week beside it.
        var weekday: Weekday?
        /// Where, from the day of the week or "l'an" on.
        var range: Range<Int>

        /// The day, if the year is said and there is such a day.
        var date: CivilDate? { year.flatMap { CivilDate(year: $0, month: month, day: day) } }

        /// The day in `year` if the text leaves the year out.
        func date(inYear year: Int) -> CivilDate? { CivilDate(year: self.year ?? year, month: month, day: day) }
    }

    /// The date that begins at `position`, which is the beginning of a word.
    static func read(at position: Int, in text: NormalizedText, limit: Int? = nil) -> Reading? {
        let limit = min(limit ?? text.count, text.count)
        if text[position].isDigit, let numeric = numeric(at: position, in: text, limit: limit) { return numeric }
        if let start = text.matchWord("l'an", at: position) ?? text.matchWord("an", at: position) {
            return yearFirst(from: position, after: start, in: text, limit: limit)
        }
        return dayFirst(at: position, in: text, limit: limit)
    }

    /// The first date in `range` that has a year.
    static func first(in range: Range<Int>, of text: NormalizedText) -> Reading? {
        var found: Reading?
        DateStarts.forEach(in: range, of: text) { position in
            found = read(at: position, in: text, limit: range.upperBound).flatMap { $0.date == nil ? nil : $0 }
            return found == nil
        }
        return found
    }

    /// A date at the beginning of `range`, after blanks, separators and words like "le" and "du".
    static func leading(in range: Range<Int>, of text: NormalizedText) -> Reading? {
        var position = text.skipSeparators(from: range.lowerBound, limit: range.upperBound)
        for _ in 0..<3 {
            guard let end = text.matchAny(["le", "du", "en date du", "en date", "la date du", "au"], at: position)
            else {
                break
            }
            position = text.skipSeparators(from: end, limit: range.upperBound)
        }
        return read(at: position, in: text, limit: range.upperBound)
    }

    // MARK: Digits

    private static func numeric(at position: Int, in text: NormalizedText, limit: Int) -> Reading? {
        guard let first = text.integer(at: position, limit: limit), first.range.count <= 4,
            !(text[position - 1].isWord || text[position - 1] == UInt8(ascii: "/"))
        else { return nil }
        guard let (separator, second) = field(after: first.range.upperBound, in: text, limit: limit),
            second.range.count <= 2,
            let (nextSeparator, third) = field(after: second.range.upperBound, in: text, limit: limit),
            separator == nextSeparator
        else { return nil }
        let range = position..<third.range.upperBound
        guard !text[range.upperBound].isWord, !continues(at: range.upperBound, separator, in: text) else { return nil }
        if first.range.count == 4 {
            guard third.range.count <= 2, separator != UInt8(ascii: ".") else { return nil }
            return make(day: third.value, month: second.value, year: first.value, range)
        }
        guard first.range.count <= 2, let year = fullYear(third) else { return nil }
        return make(day: first.value, month: second.value, year: year, range)
    }

    private static func continues(at position: Int, _ separator: UInt8, in text: NormalizedText) -> Bool {
        text[position] == separator && text[position + 1].isDigit
    }

    private static func field(
        after position: Int, in text: NormalizedText, limit: Int
    ) -> (separator: UInt8, field: (value: Int, range: Range<Int>))? {
        let separator = text[position]
        guard separator == UInt8(ascii: "/") || separator == UInt8(ascii: ".") || separator == UInt8(ascii: "-") else {
            return nil
        }
        // "02/ 02/2023": a blank after the separator.
        let next = text[position + 1] == FoldedByte.space ? position + 2 : position + 1
        return text.integer(at: next, limit: limit).map { (separator, $0) }
    }

    private static func fullYear(_ field: (value: Int, range: Range<Int>)) -> Int? {
        switch field.range.count {
        case 4: (1_700...2_199).contains(field.value) ? field.value : nil
        case 2: 2_000 + field.value
        default: nil
        }
    }

    private static func make(
        day: Int, month: Int, year: Int?, weekday: Weekday? = nil, _ range: Range<Int>
    ) -> Reading? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        return Reading(day: day, month: month, year: year, weekday: weekday, range: range)
    }

    // MARK: Words

    private static func dayFirst(at position: Int, in text: NormalizedText, limit: Int) -> Reading? {
        var next = position
        var weekday: Weekday?
        let word = text.word(at: position, limit: limit)
        if let named = DateWords.weekday(word, in: text) {
            weekday = named
            next = text.skipBlanks(from: word.upperBound, limit: limit)
            if text[next] == UInt8(ascii: ",") { next = text.skipBlanks(from: next + 1, limit: limit) }
            next = afterArticle(next, in: text, limit: limit)
        }
        guard let day = day(at: next, in: text, limit: limit),
            let month = month(after: day.end, in: text, limit: limit)
        else {
            guard weekday != nil, text[next].isDigit, var reading = numeric(at: next, in: text, limit: limit) else {
                return nil
            }
            reading.weekday = weekday
            reading.range = position..<reading.range.upperBound
            return reading
        }
        let year = year(after: month.end, in: text, limit: limit)
        return make(
            day: day.value, month: month.value, year: year?.value, weekday: weekday,
            position..<(year?.end ?? month.end))
    }

    private static func afterArticle(_ position: Int, in text: NormalizedText, limit: Int) -> Int {
        text.matchWord("le", at: position).map { text.skipBlanks(from: $0, limit: limit) } ?? position
    }

    private static func day(at position: Int, in text: NormalizedText, limit: Int) -> (value: Int, end: Int)? {
        if let digits = text.integer(at: position, limit: limit) {
            guard digits.range.count <= 2, (1...31).contains(digits.value) else { return nil }
            let end = digits.range.upperBound
            return (digits.value, text.matchAny(["er", "eme", "e"], at: end) ?? afterOrdinal(end, in: text))
        }
        if let end = text.matchWord("premier", at: position) { return (1, end) }
        guard let words = NumberReader.words(at: position, in: text, limit: limit), (1...31).contains(words.value)
        else { return nil }
        return (words.value, words.range.upperBound)
    }

    /// Past the sign of an ordinal: "1°", and what scanners read for a small "er".
    private static func afterOrdinal(_ position: Int, in text: NormalizedText) -> Int {
        switch text[position] {
        case FoldedByte.degree, UInt8(ascii: "%"), UInt8(ascii: "*"), UInt8(ascii: "\""): position + 1
        default: position
        }
    }

    private static func month(after position: Int, in text: NormalizedText, limit: Int) -> (value: Int, end: Int)? {
        var next = text.skipBlanks(from: position, limit: limit)
        if let end = text.matchAny(["du mois de", "du mois d'", "de", "d'"], at: next) {
            next = text.skipBlanks(from: end, limit: limit)
        }
        guard next > position || text[position - 1] != text[next] else { return nil }
        let word = text.word(at: next, limit: limit)
        guard let month = DateWords.month(word, in: text) else { return nil }
        let end = word.upperBound
        return (month, word.count <= 5 && text[end] == UInt8(ascii: ".") ? end + 1 : end)
    }

    private static func year(after position: Int, in text: NormalizedText, limit: Int) -> (value: Int, end: Int)? {
        var next = text.skipBlanks(from: position, limit: limit)
        if text[next] == UInt8(ascii: ",") { next = text.skipBlanks(from: next + 1, limit: limit) }
        if let digits = text.integer(at: next, limit: limit) {
            guard digits.range.count == 4, (1_700...2_199).contains(digits.value), !text[digits.range.upperBound].isWord
            else { return nil }
            return (digits.value, digits.range.upperBound)
        }
        guard let words = NumberReader.words(at: next, in: text, limit: limit), (1_700...2_199).contains(words.value)
        else { return nil }
        return (words.value, words.range.upperBound)
    }

    /// "L'an deux mil vingt-trois, le (jeudi) sept (du mois de) février (2023)".
    private static func yearFirst(
        from start: Int, after position: Int, in text: NormalizedText, limit: Int
    ) -> Reading? {
        guard let year = year(after: position, in: text, limit: limit) else { return nil }
        var next = text.skipSeparators(from: year.end, limit: limit)
        if let end = text.matchAny(["et le", "le", "et"], at: next) { next = text.skipBlanks(from: end, limit: limit) }
        guard var reading = dayFirst(at: next, in: text, limit: limit) else { return nil }
        reading.range = start..<reading.range.upperBound
        reading.year = reading.year ?? year.value
        return reading
    }
}
