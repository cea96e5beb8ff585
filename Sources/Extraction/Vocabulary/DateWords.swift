import Deliberations

/// The words of dates.
enum DateWords {
    /// Months by their names, usual abbreviations and what scanners make of them.
    static let months: [(word: String, month: Int)] = [
        ("janvier", 1), ("janv", 1), ("jan", 1), ("fevrier", 2), ("fevr", 2), ("fev", 2), ("mars", 3), ("avril", 4),
        ("avr", 4), ("mai", 5), ("juin", 6), ("juillet", 7), ("juil", 7), ("aout", 8), ("septembre", 9), ("sept", 9),
        ("sep", 9), ("octobre", 10), ("oct", 10), ("novembre", 11), ("nov", 11), ("decembre", 12), ("dec", 12),
    ]

    /// Days of the week.
    static let weekdays: [(word: String, weekday: Weekday)] = [
        ("lundi", .monday), ("mardi", .tuesday), ("mercredi", .wednesday), ("jeudi", .thursday),
        ("vendredi", .friday), ("samedi", .saturday), ("dimanche", .sunday),
    ]

    private static let monthByWord = WordTable(months.map { ($0.word, $0.month) })
    private static let weekdayByWord = WordTable(weekdays.map { ($0.word, $0.weekday) })

    /// The month that the word `range` names.
    static func month(_ range: Range<Int>, in text: NormalizedText) -> Int? {
        guard (3...9).contains(range.count) else { return nil }
        return monthByWord.value(of: range, in: text)
    }

    /// The day of the week that the word `range` names.
    static func weekday(_ range: Range<Int>, in text: NormalizedText) -> Weekday? {
        guard (5...8).contains(range.count),
            text.folded[range.upperBound - 1] == UInt8(ascii: "i")
                || text.folded[range.lowerBound] == UInt8(ascii: "d")
        else { return nil }
        return weekdayByWord.value(of: range, in: text)
    }
}
