import Deliberations

/// Reads amounts of money in all typographies: "65 000 €", "65 k€", "2.500.000,00 EUR", "9 625 001,74 € HT", "2,5 M€",
/// "soixante-cinq mille euros".
enum AmountReader {
    /// An amount and where it stands.
    struct Reading: Equatable {
        /// The amount, unless its writing allows several ("1,250 €").
        let money: Money?
        /// Where, with unit and tax.
        let range: Range<Int>
        /// Whether a unit (€, euros, k€) stands beside it.
        let hasUnit: Bool
        /// Whether it is written in words.
        let inWords: Bool
    }

    /// The amount that begins at `position`, the beginning of a word. A number without unit counts only in a column of
    /// amounts; a unit that stands in the line before it ("€ 1 200") is not read.
    static func read(at position: Int, in text: NormalizedText, limit: Int? = nil) -> Reading? {
        let limit = min(limit ?? text.count, text.count)
        if text[position].isDigit { return digits(at: position, in: text, limit: limit) }
        guard let words = NumberReader.words(at: position, in: text, limit: limit) else { return nil }
        var next = text.skipBlanks(from: words.range.upperBound, limit: limit)
        if let end = text.matchAny(["d'", "de"], at: next) { next = text.skipBlanks(from: end, limit: limit) }
        guard let end = text.matchAny(["euros", "euro"], at: next) else { return nil }
        let cents = centsInWords(after: end, in: text, limit: limit)
        let tax = tax(after: cents?.end ?? end, in: text, limit: limit)
        let money = Money(cents: words.value * 100 + (cents?.value ?? 0), tax: tax?.tax)
        return Reading(money: money, range: position..<(tax?.end ?? cents?.end ?? end), hasUnit: true, inWords: true)
    }

    /// "et soixante-quinze centimes" after the euros; "et" may be missing.
    private static func centsInWords(
        after position: Int, in text: NormalizedText, limit: Int
    ) -> (value: Int, end: Int)? {
        var next = text.skipBlanks(from: position, limit: limit)
        if let end = text.matchWord("et", at: next) { next = text.skipBlanks(from: end, limit: limit) }
        let words = NumberReader.words(at: next, in: text, limit: limit)
        guard
            let number = words
                ?? text.integer(at: next, limit: limit).map({
                    NumberReader.Reading(value: $0.value, range: $0.range, inWords: false)
                }), (1...99).contains(number.value)
        else { return nil }
        let unit = text.skipBlanks(from: number.range.upperBound, limit: limit)
        return text.matchAny(["centimes", "centime", "cents", "cts"], at: unit).map { (number.value, $0) }
    }

    private static func digits(at position: Int, in text: NormalizedText, limit: Int) -> Reading? {
        guard !text[position - 1].isWord, let number = DecimalNumber.read(at: position, in: text, limit: limit) else {
            return nil
        }
        let unit = unit(after: number.end, in: text, limit: limit)
        let end = unit?.end ?? number.end
        guard unit != nil || !text[end].isLetter else { return nil }
        let tax = tax(after: end, in: text, limit: limit)
        let isNegative = text[position - 1] == UInt8(ascii: "-") && !text[position - 2].isWord
        let cents = number.cents(times: unit?.factor ?? 1).map { isNegative ? -$0 : $0 }
        let start = isNegative ? position - 1 : position
        return Reading(
            money: cents.map { Money(cents: $0, tax: tax?.tax) }, range: start..<(tax?.end ?? end),
            hasUnit: unit != nil, inWords: false)
    }

    // MARK: Units

    /// The units that stand after a number, longest first, and by what they multiply it.
    static let units: [(wording: StaticString, factor: Int)] = [
        ("millions d'euros", 1_000_000), ("million d'euros", 1_000_000), ("milliards d'euros", 1_000_000_000),
        ("milliard d'euros", 1_000_000_000), ("milliers d'euros", 1_000), ("keuros", 1_000), ("keuro", 1_000),
        ("keur", 1_000), ("meuros", 1_000_000), ("meur", 1_000_000), ("ke", 1_000),
        ("euros", 1), ("euro", 1), ("eur", 1),
    ]

    private static func unit(after position: Int, in text: NormalizedText, limit: Int) -> (factor: Int, end: Int)? {
        let next = text.skipBlanks(from: position, limit: limit, lines: true)
        guard next < limit else { return nil }
        switch text[next] {
        case FoldedByte.euro: return (1, next + 1)
        case UInt8(ascii: "k") where text[next + 1] == FoldedByte.euro: return (1_000, next + 2)
        case UInt8(ascii: "m") where text[next + 1] == FoldedByte.euro: return (1_000_000, next + 2)
        case UInt8(ascii: "m") where text[next + 1] == UInt8(ascii: "d") && text[next + 2] == FoldedByte.euro:
            return (1_000_000_000, next + 3)
        case UInt8(ascii: "k"), UInt8(ascii: "m"), UInt8(ascii: "e"): break
        default: return nil
        }
        for unit in units {
            if let end = text.matchWord(unit.wording, at: next) { return (unit.factor, end) }
        }
        return nil
    }

    private static func tax(after position: Int, in text: NormalizedText, limit: Int) -> (tax: Money.Tax, end: Int)? {
        let next = text.skipBlanks(from: position, limit: limit)
        guard text[next] == UInt8(ascii: "h") || text[next] == UInt8(ascii: "t") else { return nil }
        if let end = text.matchAny(["ht", "h.t.", "h.t", "hors taxes", "hors taxe"], at: next) {
            return (.excluded, end)
        }
        guard let end = text.matchAny(["ttc", "t.t.c.", "t.t.c", "toutes taxes comprises"], at: next) else {
            return nil
        }
        return (.included, end)
    }
}

/// A decimal number with groups, exact.
struct DecimalNumber: Equatable {
    /// The digits before the decimal mark.
    let whole: Int
    /// The digits after it.
    let fraction: Int
    /// How many they are.
    let fractionDigits: Int
    /// Whether a comma may be one of groups or of decimals ("1,250 €"; in "1,250 M€" it is one of decimals).
    let hasAmbiguousComma: Bool
    /// Whether a point may be one of groups or of decimals ("1.250 M€"; in "1.250 €" it is one of groups).
    let hasAmbiguousPoint: Bool
    /// Where it ends.
    let end: Int

    /// The number in hundredths, multiplied; nil if it is ambiguous, no whole number of hundredths, or too large.
    func cents(times factor: Int) -> Int? {
        if factor == 1 ? hasAmbiguousComma : hasAmbiguousPoint { return nil }
        var scale = 1
        for _ in 0..<fractionDigits { scale *= 10 }
        let (hundredths, overflow) = whole.multipliedReportingOverflow(by: factor * 100)
        let part = fraction * factor * 100
        guard !overflow, part % scale == 0 else { return nil }
        let (sum, sumOverflow) = hundredths.addingReportingOverflow(part / scale)
        return sumOverflow ? nil : sum
    }

    /// The number that begins at `position`: groups of three after blanks or points, decimals after a comma or a point.
    static func read(at position: Int, in text: NormalizedText, limit: Int) -> DecimalNumber? {
        guard let first = text.integer(at: position, limit: limit) else { return nil }
        var whole = first.value
        var end = first.range.upperBound
        var pointGroups = 0
        if first.range.count <= 3 {
            while let group = group(after: end, in: text, limit: limit), whole < 1_000_000_000 {
                if text[end] == UInt8(ascii: ".") { pointGroups += 1 }
                whole = whole * 1_000 + group.value
                end = group.end
            }
        }
        let mark = text[end]
        guard mark == UInt8(ascii: ",") || mark == UInt8(ascii: "."), end + 1 < limit,
            let decimals = text.integer(at: end + 1, limit: limit), decimals.range.count <= 6
        else {
            return DecimalNumber(
                whole: whole, fraction: 0, fractionDigits: 0, hasAmbiguousComma: false,
                hasAmbiguousPoint: pointGroups == 1 && whole < 1_000_000, end: end)
        }
        let count = decimals.range.count
        let isAmbiguous = count == 3 && mark == UInt8(ascii: ",") && first.range.count <= 3
        if count > 3 || (count == 3 && !isAmbiguous && pointGroups > 0) { return nil }
        return DecimalNumber(
            whole: whole, fraction: decimals.value, fractionDigits: count, hasAmbiguousComma: isAmbiguous,
            hasAmbiguousPoint: false, end: decimals.range.upperBound)
    }

    /// A group of exactly three digits after one blank or a point.
    private static func group(after position: Int, in text: NormalizedText, limit: Int) -> (value: Int, end: Int)? {
        guard text[position] == FoldedByte.space || text[position] == UInt8(ascii: "."), position + 3 < limit,
            let digits = text.integer(at: position + 1, limit: limit), digits.range.count == 3
        else { return nil }
        return (digits.value, digits.range.upperBound)
    }
}
