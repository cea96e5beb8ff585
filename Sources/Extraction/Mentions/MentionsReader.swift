import Deliberations

/// Reads dates, amounts, percentages and references of the whole text in one scan.
///
/// Only digits and the few first letters that can begin a mention are looked at more closely.
struct MentionsReader {
    private let text: NormalizedText
    private var found = FoundMentions()

    /// What `text` mentions.
    static func read(_ text: NormalizedText) -> FoundMentions {
        var reader = Self(text: text)
        reader.scan()
        return reader.found
    }

    private init(text: NormalizedText) {
        self.text = text
    }

    private mutating func scan() {
        let text = text
        text.wordHeads.withUnsafeBufferPointer { heads in
            MentionStarts.table.withUnsafeBufferPointer { starts in
                var free = 0
                for index in heads.indices where WordHead.isNumber(heads[index]) || starts[Int(heads[index])] {
                    let position = Int(text.wordStarts[index])
                    guard position >= free else { continue }
                    let end =
                        WordHead.isNumber(heads[index]) ? number(at: position) : word(at: position, text[position])
                    free = end ?? free
                }
            }
        }
    }

    // MARK: Numbers

    private mutating func number(at position: Int) -> Int? {
        if mayBeginDate(position), let date = DateReader.read(at: position, in: text), date.year != nil {
            return note(date)
        }
        guard let number = DecimalNumber.read(at: position, in: text, limit: text.count) else { return nil }
        let next = text.skipBlanks(from: number.end, lines: false)
        if text[next] == UInt8(ascii: "%") {
            return note(percentage: number, position..<(next + 1))
        }
        guard mayBeginUnit(next) || text[next] == FoldedByte.newline,
            let amount = AmountReader.read(at: position, in: text), amount.hasUnit
        else { return nil }
        found.amounts.append(amount)
        return amount.range.upperBound
    }

    /// One or two digits before a separator, "er" or the first letters of a month; or four before one of numbers.
    private func mayBeginDate(_ position: Int) -> Bool {
        var end = position
        while text[end].isDigit, end - position < 5 { end += 1 }
        let next = text[end]
        switch end - position {
        case 1, 2:
            switch next {
            case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."): return true
            case UInt8(ascii: "e"), FoldedByte.degree: return true
            case FoldedByte.space, FoldedByte.newline, FoldedByte.tab: return mayBeginMonth(end + 1)
            default: return DateWordStarts.mayBegin(next, text[end + 1], text[end + 2])
            }
        case 4: return next == UInt8(ascii: "-") || next == UInt8(ascii: "/")
        default: return false
        }
    }

    /// A month, or "du mois de", "de", "d'" before one.
    private func mayBeginMonth(_ position: Int) -> Bool {
        if text[position] == UInt8(ascii: "d") || text[position].isBlank { return true }
        return DateWordStarts.mayBegin(text[position], text[position + 1], text[position + 2])
    }

    private func mayBeginUnit(_ position: Int) -> Bool {
        switch text[position] {
        case FoldedByte.euro, UInt8(ascii: "e"), UInt8(ascii: "k"), UInt8(ascii: "m"): true
        default: false
        }
    }

    private mutating func note(_ date: DateReader.Reading) -> Int {
        found.dates.append(date)
        return date.range.upperBound
    }

    private mutating func note(percentage number: DecimalNumber, _ range: Range<Int>) -> Int {
        if let value = number.cents(times: 1) {
            found.percentages.append(FoundMentions.Percentage(value: value, range: range))
        }
        return range.upperBound
    }

    // MARK: Words

    private mutating func word(at position: Int, _ first: UInt8) -> Int? {
        switch first {
        case UInt8(ascii: "e"): return amountInWords(unitAt: position)
        case UInt8(ascii: "a"), UInt8(ascii: "l"), UInt8(ascii: "r"), UInt8(ascii: "d"), UInt8(ascii: "o"):
            if let end = reference(at: position) ?? openingDate(at: position) { return end }
        case UInt8(ascii: "m"), UInt8(ascii: "j"), UInt8(ascii: "v"), UInt8(ascii: "s"), UInt8(ascii: "f"),
            UInt8(ascii: "n"):
            break
        default: return nil
        }
        return dateInWords(at: position)
    }

    /// "An deux mille trente, le lundi sept janvier": the day of the week beside a year that stands before it.
    private mutating func openingDate(at position: Int) -> Int? {
        guard text.matchWord("an", at: position) != nil, let date = DateReader.read(at: position, in: text),
            date.date != nil, date.weekday != nil
        else { return nil }
        return note(date)
    }

    /// A date that begins with a day of the week, or whose day stands in words before the month at `position`.
    private mutating func dateInWords(at position: Int) -> Int? {
        guard DateWordStarts.mayBegin(text[position], text[position + 1], text[position + 2]) else { return nil }
        let word = text.word(at: position, limit: position + 10)
        if DateWords.weekday(word, in: text) != nil {
            guard let date = DateReader.read(at: position, in: text), date.year != nil else { return nil }
            return note(date)
        }
        guard text[position - 1].isBlank, text[position - 2].isLetter, DateWords.month(word, in: text) != nil,
            found.dates.last.map({ $0.range.upperBound <= position }) ?? true
        else { return nil }
        var start = position
        var date: DateReader.Reading?
        for _ in 0..<3 {
            guard let before = wordBefore(start) else { break }
            start = before
            guard let reading = DateReader.read(at: start, in: text), reading.year != nil,
                reading.range.upperBound >= word.upperBound
            else { continue }
            date = reading
        }
        return date.map { note($0) }
    }

    /// Where the word before `position` begins, in the same paragraph.
    private func wordBefore(_ position: Int) -> Int? {
        var index = position - 1
        guard index > 0, text[index].isBlank || text[index] == UInt8(ascii: "-"), text[index - 1].isWord else {
            return nil
        }
        index -= 1
        while index > 0, text[index - 1].isWord { index -= 1 }
        return index
    }

    /// "Deux mille euros": the number words before the unit at `position`.
    private mutating func amountInWords(unitAt position: Int) -> Int? {
        guard let end = text.matchAny(["euros", "euro"], at: position),
            text[position - 1].isBlank || text[position - 1] == UInt8(ascii: "'")
        else { return nil }
        var start = position
        var amount: AmountReader.Reading?
        for _ in 0..<12 {
            guard let before = wordBefore(start) ?? wordBeforeApostrophe(start), text[before].isLetter else { break }
            start = before
            if let reading = AmountReader.read(at: start, in: text), reading.inWords, reading.range.upperBound >= end {
                amount = reading
            } else if amount != nil {
                break
            }
        }
        guard let amount, found.amounts.last.map({ $0.range.upperBound <= amount.range.lowerBound }) ?? true else {
            return nil
        }
        found.amounts.append(amount)
        return amount.range.upperBound
    }

    /// "millions d'euros": the "d" before the apostrophe.
    private func wordBeforeApostrophe(_ position: Int) -> Int? {
        guard text[position - 1] == UInt8(ascii: "'"), text[position - 2] == UInt8(ascii: "d") else { return nil }
        return position - 2
    }

    // MARK: References

    private mutating func reference(at position: Int) -> Int? {
        guard let reading = ReferenceReader.read(at: position, in: text) else { return nil }
        found.references.append(contentsOf: reading.references)
        return reading.end
    }
}
