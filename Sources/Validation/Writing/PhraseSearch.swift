import Deliberations

/// Finds phrases in the converted text, whatever their case, accents, spaces and punctuation.
///
/// The words of the text are noted once by their first two letters; a search looks only at those that begin like it.
struct PhraseSearch {
    /// A phrase, folded.
    struct Phrase: ExpressibleByStringLiteral, Sendable {
        let folded: [UInt8]
        /// The head of its first word; nil of a phrase without letters, which is never found.
        fileprivate let head: Int?
        /// Its third letter, unless a space is before it: after a space more spaces may follow.
        fileprivate let third: UInt8?

        init(stringLiteral value: String) {
            let folded = LatinFolding.fold(value)
            self.folded = folded
            head = folded.first.map { PhraseSearch.head($0, folded.count > 1 ? folded[1] : LatinFolding.space) }
            third = folded.count > 2 && folded[1] != LatinFolding.space ? folded[2] : nil
        }
    }

    private let text: [UInt8]
    /// Where words begin, by their ``head(_:_:)``, in the order of the text.
    private let wordStarts: [Int32]
    /// Where the words of each head end in ``wordStarts``: there those of the next begin.
    private let ends: [Int32]

    /// Notes the words of `text`, at most 2 GiB of it.
    init(_ text: [UInt8]) {
        self.text = text
        (wordStarts, ends) = text.withUnsafeBufferPointer { Self.words(of: $0) }
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
        guard let head = phrase.head else { return nil }
        let end = Int(ends[head])
        return wordStarts.withUnsafeBufferPointer { words in
            let begin = head == 0 ? 0 : Int(ends[head - 1])
            var index = start == 0 ? begin : Self.firstIndex(in: words, from: begin, to: end, notBefore: start)
            let last = min(limit, bytes.count - 1)
            while index < end, Int(words[index]) < last {
                let word = Int(words[index])
                index += 1
                if let third = phrase.third, word + 2 < bytes.count, bytes[word + 1] < 0x80, bytes[word + 2] < 0x80,
                    LatinFolding.ascii(bytes[word + 2]) != third
                {
                    continue
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

    private static func words(of bytes: UnsafeBufferPointer<UInt8>) -> (starts: [Int32], ends: [Int32]) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: bytes.count / 2 + 2) { found in
            let words = UnsafeBufferPointer(rebasing: found[..<WordStarts.note(of: bytes, in: found)])
            return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: words.count) { heads in
                var ends = [Int32](repeating: 0, count: headCount + 1)
                let starts = ends.withUnsafeMutableBufferPointer { ends in
                    noteHeads(of: words, in: bytes, heads, counts: UnsafeMutableBufferPointer(rebasing: ends[1...]))
                    return sorted(words, by: UnsafeBufferPointer(heads), ends)
                }
                return (starts, ends)
            }
        }
    }

    /// Writes the head of each of `words` into `heads`, and how many words have each head into `counts`.
    private static func noteHeads(
        of words: UnsafeBufferPointer<Int32>, in bytes: UnsafeBufferPointer<UInt8>,
        _ heads: UnsafeMutableBufferPointer<UInt16>, counts: UnsafeMutableBufferPointer<Int32>
    ) {
        LatinFolding.asciiLetters.withUnsafeBufferPointer { letters in
            for (index, word) in words.enumerated() {
                let start = Int(word)
                let (first, second) = (bytes[start], start &+ 1 < bytes.count ? bytes[start &+ 1] : 0)
                let head =
                    (first | second) < 0x80
                    ? head(letters[Int(first)], letters[Int(second)]) : rareHead(of: bytes, at: start)
                heads[index] = UInt16(truncatingIfNeeded: head)
                counts[head] &+= 1
            }
        }
    }

    /// `words` by their heads. `ends` has how many there are of each head after a zero, and becomes where they end.
    private static func sorted(
        _ words: UnsafeBufferPointer<Int32>, by heads: UnsafeBufferPointer<UInt16>,
        _ ends: UnsafeMutableBufferPointer<Int32>
    ) -> [Int32] {
        for head in 0..<headCount { ends[head + 1] &+= ends[head] }
        // Each head's beginning is moved along while its words are put down, until it is its end.
        return [Int32](unsafeUninitializedCapacity: words.count) { starts, count in
            for (index, word) in words.enumerated() {
                let head = Int(heads[index])
                starts[Int(ends[head])] = word
                ends[head] &+= 1
            }
            count = words.count
        }
    }

    /// What words are sorted by: two folded letters, a number below ``headCount``. Some pairs share one.
    @inline(__always)
    private static func head(_ first: UInt8, _ second: UInt8) -> Int { Int(first & 63) << 5 | Int(second & 31) }

    private static let headCount = 64 << 5

    /// The head of the word at `start`, of the letters that ``end(of:in:at:)`` reads, where one of them is no ASCII.
    private static func rareHead(of bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        let first = LatinFolding.character(bytes, at: start)
        if first.second != 0 { return head(first.first, first.second) }
        var index = start + first.length
        while index < bytes.count {
            let next = LatinFolding.character(bytes, at: index)
            if next.first != 0 { return head(first.first, next.first) }
            index += next.length
        }
        return head(first.first, LatinFolding.space)
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
