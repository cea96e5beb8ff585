/// A set of words, to look up a word of folded text without making a string.
struct WordSet: Sendable {
    /// The keys of the words in a table of a power of two, each at its place or after it; 0 is free.
    private var table: [UInt64]
    private let mask: Int

    /// A set of folded words.
    init(_ words: [String]) {
        var size = 16
        while size < words.count * 4 { size *= 2 }
        table = [UInt64](repeating: 0, count: size)
        mask = size - 1
        for word in words { insert(WordKey.key(word.utf8)) }
    }

    private mutating func insert(_ key: UInt64) {
        var index = Int(truncatingIfNeeded: key) & mask
        while table[index] != 0, table[index] != key { index = (index + 1) & mask }
        table[index] = key
    }

    /// Whether the word `range` of `text` is one of them.
    func contains(_ range: Range<Int>, in text: NormalizedText) -> Bool {
        guard !range.isEmpty, range.upperBound <= text.count, range.count <= 24 else { return false }
        var key: UInt64 = WordKey.seed
        text.folded.withUnsafeBufferPointer { bytes in
            for position in range { key = WordKey.next(key, bytes[position]) }
        }
        var index = Int(truncatingIfNeeded: key) & mask
        while table[index] != 0 {
            if table[index] == key { return true }
            index = (index + 1) & mask
        }
        return false
    }
}
