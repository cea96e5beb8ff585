/// The number of an act as it may stand in a heading: its groups of digits and its shape.
struct HeadingToken {
    /// Where.
    let range: Range<Int>
    /// The groups of digits.
    private let digits: DigitGroups
    /// Whether it holds letters.
    let hasLetters: Bool
    /// Equal for numbers of one series: letters, joints and groups, whatever they are.
    let shape: UInt64
    /// Equal for equal numbers.
    let identity: UInt64

    /// The groups of digits as numbers.
    var groups: [Int] { digits.indices.map { digits[$0].value } }

    /// Up to six numbers of nine digits at most, with how many digits each has, without memory of their own: most numbers
    /// of a text are looked at once and are no heading.
    private struct DigitGroups {
        private var values = SIMD8<Int32>()
        private var lengths = SIMD8<UInt8>()
        private(set) var indices = 0..<0

        subscript(index: Int) -> (value: Int, length: Int) { (Int(values[index]), Int(lengths[index])) }

        /// Adds a group; false if there is no room for it.
        mutating func add(_ value: Int, length: Int) -> Bool {
            guard indices.count < 6 else { return false }
            values[indices.count] = Int32(truncatingIfNeeded: value)
            lengths[indices.count] = UInt8(truncatingIfNeeded: length)
            indices = 0..<(indices.count + 1)
            return true
        }
    }

    /// The number at `position`.
    static func read(at position: Int, isLabelled: Bool, in text: NormalizedText) -> HeadingToken? {
        let solid = solid(at: position, in: text)
        var range = solid
        if isLabelled, let longer = IdentityReader.token(at: position, in: text), longer.count > solid.count,
            !text[solid.upperBound].isLetter
        {
            range = longer
        } else if let spaced = spaced(after: solid.upperBound, in: text) {
            range = position ..| spaced
        }
        guard (1...34).contains(range.count) else { return nil }
        return HeadingToken(range, in: text)
    }

    private init?(_ range: Range<Int>, in text: NormalizedText) {
        var digits = DigitGroups()
        var hasLetters = false
        var shape = WordKey.seed
        var identity = WordKey.seed
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = text[position]
            if byte.isDigit {
                guard let number = text.integer(at: position, limit: range.upperBound),
                    digits.add(number.value, length: number.range.count)
                else { return nil }
                shape = WordKey.next(shape, Self.isYear(number.value, number.range.count) ? UInt8(ascii: "y") : 35)
                identity = WordKey.next(identity, UInt8(truncatingIfNeeded: number.value))
                identity = WordKey.next(identity, UInt8(truncatingIfNeeded: number.value >> 8))
                identity = WordKey.next(identity, UInt8(truncatingIfNeeded: number.value >> 16))
                position = number.range.upperBound
                continue
            }
            if byte.isLetter {
                hasLetters = true
                identity = WordKey.next(identity, byte)
                if !text[position - 1].isLetter || position == range.lowerBound { shape = WordKey.next(shape, 97) }
            } else if !byte.isBlank {
                shape = WordKey.next(shape, byte)
            }
            position += 1
        }
        guard !digits.indices.isEmpty else { return nil }
        (self.range, self.digits, self.hasLetters) = (range, digits, hasLetters)
        (self.shape, self.identity) = (shape, identity)
    }

    /// Whether nothing but one run of digits stands at `position`: no number of an act, unless a label says so.
    static func isPlainNumber(at position: Int, in text: NormalizedText) -> Bool {
        var end = position
        while text[end].isDigit { end += 1 }
        guard end > position, isJoint(text[end]) else { return end > position && !text[end].isWord }
        return !text[end + 1].isWord && text[end] != UInt8(ascii: "-")
    }

    /// Letters, digits and joints without a blank; a long word after a dash is a title.
    private static func solid(at position: Int, in text: NormalizedText) -> Range<Int> {
        var end = wordEnd(at: position, in: text)
        while isJoint(text[end]), text[end + 1].isWord {
            let word = text.word(at: end + 1)
            if word.count > 10 || word.allSatisfy({ text[$0].isLetter }) && word.count > 5 { break }
            end = wordEnd(at: word.lowerBound, in: text)
            if end < word.upperBound { break }
        }
        return position ..| end
    }

    /// Where the word at `position` ends: before a long word that is glued to its digits ("10examinée").
    private static func wordEnd(at position: Int, in text: NormalizedText) -> Int {
        let word = text.word(at: position)
        guard let digits = text.integer(at: position), word.upperBound - digits.range.upperBound > 5 else {
            return word.upperBound
        }
        return digits.range.upperBound
    }

    /// "2031- 047": a blank after the joint.
    private static func spaced(after end: Int, in text: NormalizedText) -> Int? {
        guard text[end] == UInt8(ascii: "-"), text[end + 1] == FoldedByte.space, let digits = text.integer(at: end + 2),
            digits.range.count == 3, text[end - 1].isDigit, text[end - 4].isDigit
        else { return nil }
        return digits.range.upperBound
    }

    /// A byte that joins the parts of a number.
    static func isJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
    }

    private static func isYear(_ value: Int, _ length: Int) -> Bool { length == 4 && (1_990...2_099).contains(value) }

    /// Whether it can number an act of a session in `year`: with a label any number can, without one it has the year
    /// and something that counts on.
    func isAct(in year: Int, isLabelled: Bool, isWord: Bool) -> Bool {
        var hasYear = false
        var hasShortYear = false
        for index in digits.indices {
            let (value, length) = digits[index]
            if length == 9 { return false }
            if Self.isYear(value, length) || length == 8 && (1_990...2_099).contains(value / 10_000) {
                guard abs((length == 8 ? value / 10_000 : value) - year) == 0 else { return false }
                hasYear = true
            }
            if length == 2, value == year % 100 { hasShortYear = true }
            if length == 6, value / 10_000 == year % 100 { hasYear = true }
        }
        if hasYear { return digits.indices.count > 1 }
        if isWord { return true }
        if digits.indices.count >= 3 { return hasShortYear }
        return isLabelled
            && (hasLetters || digits.indices.count == 2 && hasShortYear
                || digits.indices.count == 1 && range.count <= 4)
    }
}
