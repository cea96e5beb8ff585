/// French number words.
enum NumberWords {
    /// What a word adds to a number.
    enum Part: Sendable {
        /// 0 to 16, and the tens 20 to 60.
        case plain(Int)
        /// 100.
        case hundred
        /// 1,000 and more.
        case scale(Int)
    }

    /// The words. "cing" is what scanners read for "cinq".
    static let parts: [(word: String, part: Part)] = [
        ("zero", .plain(0)), ("un", .plain(1)), ("une", .plain(1)), ("deux", .plain(2)), ("trois", .plain(3)),
        ("quatre", .plain(4)), ("cinq", .plain(5)), ("cing", .plain(5)), ("six", .plain(6)), ("sept", .plain(7)),
        ("huit", .plain(8)), ("neuf", .plain(9)), ("dix", .plain(10)), ("onze", .plain(11)), ("douze", .plain(12)),
        ("treize", .plain(13)), ("quatorze", .plain(14)), ("quinze", .plain(15)), ("seize", .plain(16)),
        ("vingt", .plain(20)), ("vingts", .plain(20)), ("trente", .plain(30)), ("quarante", .plain(40)),
        ("cinquante", .plain(50)), ("cinguante", .plain(50)), ("soixante", .plain(60)), ("septante", .plain(70)),
        ("nonante", .plain(90)), ("cent", .hundred), ("cents", .hundred), ("mille", .scale(1_000)),
        ("mil", .scale(1_000)), ("million", .scale(1_000_000)), ("millions", .scale(1_000_000)),
        ("milliard", .scale(1_000_000_000)), ("milliards", .scale(1_000_000_000)),
    ]

    private static let byWord = WordTable(parts.map { ($0.word, $0.part) })

    /// Which first letters number words have, to turn other words away quickly.
    private static let firstLetters: [Bool] = {
        var letters = [Bool](repeating: false, count: 256)
        for (word, _) in parts { if let first = word.utf8.first { letters[Int(first)] = true } }
        return letters
    }()

    /// What the word `range` of `text` adds to a number, if it is a number word.
    static func part(_ range: Range<Int>, in text: NormalizedText) -> Part? {
        guard (2...9).contains(range.count), firstLetters[Int(text[range.lowerBound])] else { return nil }
        return byWord.value(of: range, in: text)
    }
}

/// A word as one integer, to look it up without making a string.
enum WordKey {
    /// The key of no letters.
    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The key with one letter more (FNV-1a).
    @inline(__always)
    static func next(_ key: UInt64, _ letter: UInt8) -> UInt64 {
        (key ^ UInt64(letter)) &* 0x0000_0100_0000_01B3
    }

    /// The key of `letters`. The vocabularies are small and tested to be free of collisions with themselves.
    @inline(__always)
    static func key(_ letters: some Sequence<UInt8>) -> UInt64 {
        var key = seed
        for letter in letters { key = next(key, letter) }
        return key
    }
}
