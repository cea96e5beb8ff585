/// The words of French dates.
enum FrenchMonth {
    /// January to December.
    static let names = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]
}

extension CivilDate {
    /// The date in digits: "07/10/2024".
    public var frenchDigits: String {
        let (year, month, day) = components
        func digit(_ value: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(value % 10) }
        let slash = UInt8(ascii: "/")
        return String(unsafeUninitializedCapacity: 10) { digits in
            (digits[0], digits[1], digits[2]) = (digit(day / 10), digit(day), slash)
            (digits[3], digits[4], digits[5]) = (digit(month / 10), digit(month), slash)
            (digits[6], digits[7]) = (digit(year / 1_000), digit(year / 100))
            (digits[8], digits[9]) = (digit(year / 10), digit(year))
            return 10
        }
    }

    /// The date in words: "1er octobre 2024".
    public var frenchWords: String {
        let (year, month, day) = components
        return "\(day == 1 ? "1er" : "\(day)") \(FrenchMonth.names[month - 1]) \(year)"
    }

    /// The day of the week and the date in digits: "lundi 09/12/2024".
    public var frenchDigitsWithWeekday: String {
        var words = weekday.rawValue
        words.reserveCapacity(words.utf8.count + 11)
        words += " "
        words += frenchDigits
        return words
    }

    /// The day of the week and the date in words: "jeudi 30 avril 2025".
    public var frenchWordsWithWeekday: String { "\(weekday.rawValue) \(frenchWords)" }
}

/// A date as a French text writes it.
///
/// Read are "jeudi 26 septembre 2024", "1er octobre 2024", "26/09/2024", "26.09.24" (20yy) and "2024-09-26",
/// whatever the case, with or without accents. A month without its day ("septembre 2024") is read by ``FrenchMonthText``.
public struct FrenchDateText: Hashable, Sendable {
    /// The date.
    public let date: CivilDate
    /// The day of the week beside it; it may contradict the date.
    public let weekday: Weekday?

    /// The date that `text` is, or nil if it is none or there is no such day.
    public init?(_ text: some StringProtocol) {
        var words = FrenchDateWords.split(text)
        weekday = words.first.flatMap { first in Weekday.allCases.first { $0.rawValue == first } }
        if weekday != nil { words.removeFirst() }
        if words.first == "le" { words.removeFirst() }
        guard let date = Self.date(words) else { return nil }
        self.date = date
    }

    private static func date(_ words: [String]) -> CivilDate? {
        guard words.count == 3 else { return nil }
        if words[0].count == 4, let year = Int(words[0]), let month = Int(words[1]), let day = Int(words[2]) {
            return CivilDate(year: year, month: month, day: day)
        }
        let dayDigits = words[0].hasSuffix("er") ? String(words[0].dropLast(2)) : words[0]
        guard let day = Int(dayDigits), let year = FrenchDateWords.year(words[2]) else { return nil }
        guard let month = FrenchDateWords.month(words[1]) ?? Int(words[1]) else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }
}

/// A month as a French text writes it without a day: "septembre 2024", "fin juin 2025".
public struct FrenchMonthText: Hashable, Sendable {
    /// The last day of the month.
    public let lastDay: CivilDate

    /// The month that `text` is, or nil if it is anything else.
    public init?(_ text: some StringProtocol) {
        var words = FrenchDateWords.split(text)
        if words.first == "fin" { words.removeFirst() }
        guard words.count == 2, words[1].count == 4, let month = FrenchDateWords.month(words[0]),
            let year = Int(words[1]), let first = CivilDate(year: year, month: month, day: 1)
        else { return nil }
        lastDay = first.endOfMonth
    }
}

/// The parts of a written date, folded.
private enum FrenchDateWords {
    static let months = [
        "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
        "decembre",
    ]

    /// The words and numbers of `text` in lower case without accents; at most 6, for a date has no more.
    static func split(_ text: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars.prefix(80) {
            if let letter = folded(scalar) {
                word.unicodeScalars.append(letter)
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return Array(words.prefix(6))
    }

    static func month(_ word: String) -> Int? {
        months.firstIndex(of: word).map { $0 + 1 }
    }

    static func year(_ digits: String) -> Int? {
        guard let value = Int(digits) else { return nil }
        return switch digits.count {
        case 2: 2_000 + value
        case 4: value
        default: nil
        }
    }

    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "a"..."z", "0"..."9": scalar
        case "A"..."Z": Unicode.Scalar(scalar.value + 32)
        case "é", "É", "è", "È": "e"
        case "û", "Û": "u"
        default: nil
        }
    }
}
