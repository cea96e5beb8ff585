import Deliberations

/// Finds phrases in the converted text, whatever their case, accents, spaces and punctuation.
///
/// The words of the text are noted once by their first letters; a search looks only at those that begin like it.
struct PhraseSearch {
    /// A phrase, folded.
    struct Phrase: ExpressibleByStringLiteral, Sendable {
        let folded: [UInt8]

        init(stringLiteral value: String) {
            folded = LatinFolding.fold(value)
        }
    }

    private let text: [UInt8]
    /// Where words begin, by their first letters, in the order of the text.
    private let wordStarts: [Int32]
    /// Where the words of each first letter begin in ``wordStarts``.
    private let bounds: [Int32]

    /// Notes the words of `text`, at most 2 GiB of it.
    init(_ text: [UInt8]) {
        self.text = text
        (wordStarts, bounds) = text.withUnsafeBufferPointer { Self.words(of: $0) }
    }

    /// Where the first of `phrases` that occurs within `range` begins and ends; it starts at a word's beginning.
    func first(_ phrases: [Phrase], in range: TextRange? = nil) -> TextRange? {
        within(range) { bytes, start in
            var best: TextRange?
            for phrase in phrases {
                // One that begins later than the best so far is of no use.
                let limit = best?.start ?? bytes.count
                if let found = first(phrase, in: bytes, from: start, before: limit) { best = found }
            }
            return best
        }
    }

    /// Whether one of `phrases` occurs within `range`.
    func contains(_ phrases: [Phrase], in range: TextRange? = nil) -> Bool {
        within(range) { bytes, start in
            phrases.lazy.compactMap { first($0, in: bytes, from: start, before: bytes.count) }.first
        } != nil
    }

    /// Calls `body` with the text up to the end of `range` and where that begins, unless it is empty.
    private func within(
        _ range: TextRange?, _ body: (_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> TextRange?
    ) -> TextRange? {
        let start = max(0, range?.start ?? 0)
        let end = min(text.count, range?.end ?? text.count)
        guard start < end else { return nil }
        return text.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<end]), start) }
    }

    /// Where `phrase` first occurs in `bytes`, beginning at `start` or later and before `limit`.
    private func first(
        _ phrase: Phrase, in bytes: UnsafeBufferPointer<UInt8>, from start: Int, before limit: Int
    ) -> TextRange? {
        guard let letter = phrase.folded.first else { return nil }
        let second = phrase.folded.count > 1 ? phrase.folded[1] : LatinFolding.space
        // After a space more spaces may follow: only a letter has its third place.
        let third = phrase.folded.count > 2 && second != LatinFolding.space ? phrase.folded[2] : nil
        let end = Int(bounds[Int(letter) + 1])
        return wordStarts.withUnsafeBufferPointer { words in
            var index = Self.firstIndex(in: words, from: Int(bounds[Int(letter)]), to: end, notBefore: start)
            let last = min(limit, bytes.count - 1)
            while index < end, Int(words[index]) < last {
                let word = Int(words[index])
                index += 1
                let next = bytes[word + 1]
                if next < 0x80 {
                    if LatinFolding.ascii(next) != second { continue }
                    if let third, word + 2 < bytes.count, bytes[word + 2] < 0x80,
                        LatinFolding.ascii(bytes[word + 2]) != third
                    {
                        continue
                    }
                }
                if let end = Self.end(of: phrase, in: bytes, at: word) { return TextRange(word, end) }
            }
            return nil
        }
    }

    /// The index of the first word that begins at `start` or later.
    private static func firstIndex(
        in words: UnsafeBufferPointer<Int32>, from first: Int, to end: Int, notBefore start: Int
    ) -> Int {
        var (low, high) = (first, end)
        while low < high {
            let middle = (low + high) / 2
            if Int(words[middle]) < start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func words(of bytes: UnsafeBufferPointer<UInt8>) -> (starts: [Int32], bounds: [Int32]) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: bytes.count / 2 + 2) { found in
            let words = UnsafeBufferPointer(rebasing: found[..<WordStarts.note(of: bytes, in: found)])
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: words.count) { letters in
                for (index, word) in words.enumerated() {
                    letters[index] = LatinFolding.character(bytes, at: Int(word)).first
                }
                return sorted(words, by: UnsafeBufferPointer(letters))
            }
        }
    }

    /// `words` by their first letters, and where those of each letter begin.
    private static func sorted(
        _ words: UnsafeBufferPointer<Int32>, by letters: UnsafeBufferPointer<UInt8>
    ) -> (starts: [Int32], bounds: [Int32]) {
        var bounds = [Int32](repeating: 0, count: 257)
        bounds.withUnsafeMutableBufferPointer { bounds in
            for letter in letters { bounds[Int(letter) + 1] += 1 }
            for letter in 0..<256 { bounds[letter + 1] += bounds[letter] }
        }
        var next = bounds
        let starts = [Int32](unsafeUninitializedCapacity: words.count) { starts, count in
            next.withUnsafeMutableBufferPointer { next in
                for (index, word) in words.enumerated() {
                    let letter = Int(letters[index])
                    starts[Int(next[letter])] = word
                    next[letter] += 1
                }
            }
            count = words.count
        }
        return (starts, bounds)
    }

    private static func end(of phrase: Phrase, in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        var index = start
        var matched = 0
        var followsSpace = false
        while matched < phrase.folded.count {
            guard index < bytes.count else { return nil }
            let folded = LatinFolding.character(bytes, at: index)
            index += folded.length
            if folded.first == 0 || (folded.first == LatinFolding.space && followsSpace) { continue }
            followsSpace = folded.first == LatinFolding.space
            guard folded.first == phrase.folded[matched] else { return nil }
            matched += 1
            if folded.second != 0 {
                guard matched < phrase.folded.count, folded.second == phrase.folded[matched] else { return nil }
                matched += 1
            }
        }
        return index
    }
}
