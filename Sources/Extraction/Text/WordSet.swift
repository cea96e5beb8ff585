/// A set of words, to look up a word of folded text without making a string.
struct WordSet: Sendable {
    private let table: WordTable<Bool>

    /// A set of folded words.
    init(_ words: [String]) {
        table = WordTable(words.map { ($0, true) })
    }

    /// Whether the word `range` of `text` is one of them.
    @inline(__always)
    func contains(_ range: Range<Int>, in text: NormalizedText) -> Bool { table.value(of: range, in: text) != nil }
}

/// Words and what they stand for, to look up a word of folded text without making a string.
struct WordTable<Value: Sendable>: Sendable {
    /// The keys of the words in a table of a power of two, each at its place or after it; 0 is free.
    private var keys: [UInt64]
    /// What the word with each key stands for.
    private var values: [Value?]
    private let mask: Int

    /// The table of `words`, folded, of at most 24 letters; of two that are the same the first one counts.
    init(_ words: [(word: String, value: Value)]) {
        var size = 16
        while size < words.count * 4 { size *= 2 }
        keys = [UInt64](repeating: 0, count: size)
        values = [Value?](repeating: nil, count: size)
        mask = size - 1
        for (word, value) in words { insert(WordKey.key(word.utf8), value) }
    }

    private mutating func insert(_ key: UInt64, _ value: Value) {
        var index = Int(truncatingIfNeeded: key) & mask
        while keys[index] != 0, keys[index] != key { index = (index + 1) & mask }
        guard keys[index] == 0 else { return }
        keys[index] = key
        values[index] = value
    }

    /// What the word `range` of `text` stands for.
    func value(of range: Range<Int>, in text: NormalizedText) -> Value? {
        guard !range.isEmpty, range.upperBound <= text.count, range.count <= 24 else { return nil }
        var key: UInt64 = WordKey.seed
        text.folded.withUnsafeBufferPointer { bytes in
            for position in range { key = WordKey.next(key, bytes[position]) }
        }
        var index = Int(truncatingIfNeeded: key) & mask
        while keys[index] != 0 {
            if keys[index] == key { return values[index] }
            index = (index + 1) & mask
        }
        return nil
    }
}
