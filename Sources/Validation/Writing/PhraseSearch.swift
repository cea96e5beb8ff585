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
        let start = max(0, range?.start ?? 0)
        let end = min(text.count, range?.end ?? text.count)
        guard start < end else { return nil }
        return text.withUnsafeBufferPointer { bytes in
            let within = UnsafeBufferPointer(rebasing: bytes[..<end])
            var best: TextRange?
            for phrase in phrases {
                guard let found = first(phrase, in: within, from: start) else { continue }
                if best.map({ found.start < $0.start }) ?? true { best = found }
            }
            return best
        }
    }

    /// Whether one of `phrases` occurs within `range`.
    func contains(_ phrases: [Phrase], in range: TextRange? = nil) -> Bool {
        first(phrases, in: range) != nil
    }

    private func first(_ phrase: Phrase, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> TextRange? {
        guard let letter = phrase.folded.first else { return nil }
        let second = phrase.folded.count > 1 ? phrase.folded[1] : LatinFolding.space
        let end = Int(bounds[Int(letter) + 1])
        return wordStarts.withUnsafeBufferPointer { words in
            var index = Self.firstIndex(in: words, from: Int(bounds[Int(letter)]), to: end, notBefore: start)
            while index < end, Int(words[index]) + 1 < bytes.count {
                let word = Int(words[index])
                index += 1
                let next = bytes[word + 1]
                if next < 0x80, LatinFolding.ascii(next) != second { continue }
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
            let words = UnsafeBufferPointer(rebasing: found[..<noteWords(of: bytes, in: found)])
            let letter = { (word: Int32) in Int(LatinFolding.character(bytes, at: Int(word)).first) }
            var bounds = [Int32](repeating: 0, count: 257)
            for word in words { bounds[letter(word) + 1] += 1 }
            for letter in 0..<256 { bounds[letter + 1] += bounds[letter] }
            var next = bounds
            var starts = [Int32](repeating: 0, count: words.count)
            for word in words {
                let letter = letter(word)
                starts[Int(next[letter])] = word
                next[letter] += 1
            }
            return (starts, bounds)
        }
    }

    /// Writes where words begin into `starts`, and says how many there are. Without a branch that depends on the text:
    /// each place is written, and kept only if a word begins there.
    private static func noteWords(
        of bytes: UnsafeBufferPointer<UInt8>, in starts: UnsafeMutableBufferPointer<Int32>
    ) -> Int {
        LatinFolding.wordBytes.withUnsafeBufferPointer { wordBytes in
            var count = 0
            var wasInside: UInt8 = 0
            for index in 0..<bytes.count {
                let byte = bytes[index]
                let isInside = byte & 0xC0 == 0x80 ? wasInside : wordBytes[Int(byte)] ? 1 : 0
                starts[count] = Int32(truncatingIfNeeded: index)
                count += Int(isInside & ~wasInside)
                wasInside = isInside
            }
            return count
        }
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
