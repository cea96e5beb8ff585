infix operator ..| : RangeFormationPrecedence

extension Int {
    /// The positions from `lower` up to, not including, `upper`; none if `upper` comes first, for positions that
    /// different readers found may cross.
    @inline(__always)
    static func ..| (lower: Int, upper: Int) -> Range<Int> { lower..<Swift.max(lower, upper) }
}

/// Small steps over folded text, all in positions.
extension NormalizedText {
    /// `range` without blanks at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = min(range.upperBound, folded.count)
        while lower < upper, folded[lower].isBlank { lower += 1 }
        while lower < upper, folded[upper - 1].isBlank { upper -= 1 }
        return lower..<max(lower, upper)
    }

    /// `range` without blanks, punctuation marks of lists and separators at its ends.
    func trimmedOfPunctuation(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = min(range.upperBound, folded.count)
        while lower < upper, folded[lower].isBlank || Self.isEdge(folded[lower]) { lower += 1 }
        while lower < upper, folded[upper - 1].isBlank || Self.isEdge(folded[upper - 1]) { upper -= 1 }
        return lower..<max(lower, upper)
    }

    private static func isEdge(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "*"), UInt8(ascii: "|"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: ">"),
            UInt8(ascii: "+"),
            FoldedByte.bullet,
            FoldedByte.other:
            true
        default: false
        }
    }

    /// The first position from `position` on, before `limit`, that is no space (and no end of line, if `lines`).
    @inline(__always)
    func skipBlanks(from position: Int, limit: Int? = nil, lines: Bool = true) -> Int {
        var position = position
        let limit = min(limit ?? folded.count, folded.count)
        while position < limit, folded[position] == 32 || folded[position] == 9 || (lines && folded[position] == 10) {
            position += 1
        }
        return position
    }

    /// The first position from `position` on that is neither blank nor one of `: . , - =` and bullets.
    func skipSeparators(from position: Int, limit: Int) -> Int {
        var position = position
        while position < limit,
            self[position].isBlank || Self.isEdge(self[position]) || self[position] == UInt8(ascii: "=")
                || self[position] == UInt8(ascii: "!")
        {
            position += 1
        }
        return position
    }

    /// Where `literal` ends if it begins at `position`. A space of it is any run of blanks without an empty line.
    func match(_ literal: StaticString, at start: Int) -> Int? {
        guard start >= 0 else { return nil }
        let letters = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
        return folded.withUnsafeBufferPointer { bytes in
            var position = start
            for letter in letters {
                // A literal is UTF-8: "°" is C2 B0 in it, and B0 in folded text.
                if letter == 0xC2 { continue }
                guard position < bytes.count else { return nil }
                if letter == FoldedByte.space {
                    guard bytes[position].isBlank else { return nil }
                    repeat { position &+= 1 } while position < bytes.count && bytes[position].isBlank
                } else {
                    guard bytes[position] == letter else { return nil }
                    position &+= 1
                }
            }
            return position
        }
    }

    /// As `match`, and no word goes on after it.
    func matchWord(_ literal: StaticString, at position: Int) -> Int? {
        guard mayBegin(literal, with: self[position]), let end = match(literal, at: position),
            !(self[end].isWord && self[end - 1].isWord)
        else { return nil }
        return end
    }

    /// The first of `literals` that stands at `position` as whole words, and where it ends.
    func matchAny(_ literals: [StaticString], at position: Int) -> Int? {
        let byte = self[position]
        for literal in literals where mayBegin(literal, with: byte) {
            if let end = matchWord(literal, at: position) { return end }
        }
        return nil
    }

    /// The first of the literals of `choice` that stands at `position` as whole words, and where it ends.
    @inline(__always)
    func matchAny(_ choice: WordChoice, at position: Int) -> Int? {
        choice.first(with: self[position], self[position + 1]) { matchWord($0, at: position) }
    }

    /// Turns most literals away by their first byte, unless that is a space or not itself in folded text.
    @inline(__always)
    private func mayBegin(_ literal: StaticString, with byte: UInt8) -> Bool {
        let first = literal.utf8Start[0]
        return first == byte || first <= FoldedByte.space || first >= 0x80
    }

    /// Where `literal` first stands in `range` as whole words.
    func find(_ literal: StaticString, in range: Range<Int>) -> Range<Int>? {
        let upper = min(range.upperBound, folded.count)
        if literal.utf8Start[0].isWord, upper - range.lowerBound >= 64 {
            return findAtWordStarts(literal, in: range.lowerBound..<upper)
        }
        var position = range.lowerBound
        while let next = firstStart(of: literal, in: position ..| upper) {
            if let end = matchWord(literal, at: next), end <= upper { return next..<end }
            position = next + 1
        }
        return nil
    }

    /// As `find`, for a literal that begins with a word: only the beginnings of words are looked at.
    private func findAtWordStarts(_ literal: StaticString, in range: Range<Int>) -> Range<Int>? {
        let last = wordStarts.partitioningIndex { $0 >= range.upperBound }
        let (head, mask) = WordHead.beginning(literal)
        return wordHeads.withUnsafeBufferPointer { heads in
            var index = wordStarts.partitioningIndex { $0 >= range.lowerBound }
            while let found = WordHead.first(in: index ..| last, of: heads, head, mask) {
                let position = Int(wordStarts[found])
                if let end = matchWord(literal, at: position), end <= range.upperBound { return position..<end }
                index = found + 1
            }
            return nil
        }
    }

    /// Whether one of the literals of `choice` stands in `range` as whole words.
    func contains(anyOf choice: WordChoice, in range: Range<Int>) -> Bool {
        let upper = min(range.upperBound, folded.count)
        let lower = UInt32(truncatingIfNeeded: range.lowerBound)
        let start = wordStarts.partitioningIndex { $0 >= lower }
        for index in start ..| wordStarts.count {
            let position = Int(wordStarts[index])
            guard position < upper else { return false }
            let found = choice.first(with: folded[position], self[position + 1]) { literal in
                matchWord(literal, at: position).flatMap { $0 <= upper ? $0 : nil }
            }
            if found != nil { return true }
        }
        return false
    }

    /// Where the first two bytes of `literal` first stand in `range`, with no word going on before them.
    @inline(__always)
    private func firstStart(of literal: StaticString, in range: Range<Int>) -> Int? {
        let first = literal.utf8Start[0]
        let second = literal.utf8CodeUnitCount > 1 ? literal.utf8Start[1] : 0
        // A space stands for any blank, and what is no ASCII has other bytes in folded text.
        let isTelling = second > FoldedByte.space && second < 0x80
        return folded.withUnsafeBufferPointer { bytes in
            var position = range.lowerBound
            while position < range.upperBound {
                if bytes[position] == first,
                    !isTelling || position + 1 < bytes.count && bytes[position + 1] == second,
                    !(first.isWord && position > 0 && bytes[position - 1].isWord)
                {
                    return position
                }
                position &+= 1
            }
            return nil
        }
    }

    /// Where `byte` first stands in `range`.
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        folded.withUnsafeBufferPointer { bytes in
            ByteSearch.first(in: range, of: bytes) { ByteSearch.marks(of: byte, in: $0) }
        }
    }

    /// The word (letters and digits) that begins at `position`.
    @inline(__always)
    func word(at position: Int, limit: Int? = nil) -> Range<Int> {
        let limit = min(limit ?? folded.count, folded.count)
        var end = position
        while end < limit, folded[end].isWord { end += 1 }
        return position..<max(position, end)
    }

    /// The run of digits that begins at `position` as a number of at most nine digits.
    func integer(at position: Int, limit: Int? = nil) -> (value: Int, range: Range<Int>)? {
        let limit = min(limit ?? folded.count, folded.count)
        var end = position
        var value = 0
        while end < limit, folded[end].isDigit {
            guard end - position < 9 else { return nil }
            value = value * 10 + Int(folded[end] - 48)
            end += 1
        }
        return end > position ? (value, position..<end) : nil
    }

    /// The line that holds `position`, without its end.
    func line(at position: Int) -> Range<Int> {
        let newline = folded.withUnsafeBufferPointer { bytes in
            ByteSearch.last(FoldedByte.newline, in: 0..<min(position, bytes.count), of: bytes)
        }
        return (newline.map { $0 + 1 } ?? 0)..<lineEnd(from: position)
    }

    /// Where the line that holds `position` ends.
    func lineEnd(from position: Int) -> Int {
        firstIndex(of: FoldedByte.newline, in: min(position, folded.count)..<folded.count) ?? folded.count
    }

    /// Where the paragraph that holds `position` ends: before an empty line.
    func paragraphEnd(from position: Int) -> Int {
        var position = min(position, folded.count)
        while let end = firstIndex(of: FoldedByte.newline, in: position..<folded.count) {
            if self[end + 1] == FoldedByte.newline { return end }
            position = end + 1
        }
        return folded.count
    }

    /// Whether `range` is the folded text `literal`, blanks as they are.
    func equals(_ range: Range<Int>, _ literal: StaticString) -> Bool {
        guard range.count == literal.utf8CodeUnitCount, range.upperBound <= folded.count else { return false }
        return match(literal, at: range.lowerBound) == range.upperBound
    }
}
