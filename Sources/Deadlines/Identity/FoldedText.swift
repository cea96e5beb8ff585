/// Text without what two printings of the same words may differ in: case, accents, punctuation, white space.
///
/// Lower-case ASCII letters and digits, one space between words.
struct FoldedText: Hashable, Sendable {
    /// The folded words.
    let text: String

    /// `text`, folded.
    init(_ text: some StringProtocol) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var isSpacePending = false
        for scalar in text.unicodeScalars {
            // A combining mark belongs to the letter before it.
            if (0x300...0x36F).contains(scalar.value) { continue }
            guard let letter = Self.letter(scalar) else {
                isSpacePending = !bytes.isEmpty
                continue
            }
            if isSpacePending { bytes.append(UInt8(ascii: " ")) }
            isSpacePending = false
            bytes.append(letter)
            if let second = Self.secondLetter(scalar) { bytes.append(second) }
        }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    private init(folded text: String) {
        self.text = text
    }

    /// The words without those that say nothing: articles, prepositions, civilities.
    var significant: Self {
        var kept: [UInt8] = []
        kept.reserveCapacity(text.utf8.count)
        for word in text.utf8.split(separator: UInt8(ascii: " ")) where !Self.isEmpty(word) {
            if !kept.isEmpty { kept.append(UInt8(ascii: " ")) }
            kept.append(contentsOf: word)
        }
        return Self(folded: String(decoding: kept, as: UTF8.self))
    }

    /// The words in order.
    var words: [Substring] {
        text.utf8.split(separator: UInt8(ascii: " ")).map(Substring.init)
    }

    /// The first words, as many as tell one duty from another.
    var head: String { words.prefix(8).joined(separator: " ") }

    /// The text without its spaces.
    var compact: String { words.joined() }

    /// Whether it contains `words`, which are folded already.
    func contains(_ words: String) -> Bool {
        var text = text
        var words = words
        return text.withUTF8 { text in words.withUTF8 { Self.contains($0, in: text) } }
    }

    /// Whether it contains one of `choices`, which are folded already.
    func contains(anyOf choices: [String]) -> Bool { choices.contains { contains($0) } }

    private static func contains(_ part: UnsafeBufferPointer<UInt8>, in whole: UnsafeBufferPointer<UInt8>) -> Bool {
        guard part.count <= whole.count, let first = part.first else { return part.isEmpty }
        for start in 0...(whole.count - part.count) where whole[start] == first {
            var length = 1
            while length < part.count, whole[start + length] == part[length] { length += 1 }
            if length == part.count { return true }
        }
        return false
    }

    /// Whether a word says nothing. None is longer than eight letters, so that a word is one number to compare.
    private static func isEmpty(_ word: String.UTF8View.SubSequence) -> Bool {
        guard word.count <= 8 else { return false }
        let packed = pack(word)
        var (low, high) = (0, emptyWords.count)
        while low < high {
            let middle = (low + high) / 2
            if emptyWords[middle] == packed { return true }
            if emptyWords[middle] < packed { low = middle + 1 } else { high = middle }
        }
        return false
    }

    private static func pack(_ word: some Sequence<UInt8>) -> UInt64 { word.reduce(0) { $0 << 8 | UInt64($1) } }

    private static let emptyWords: [UInt64] = [
        "le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "a", "au", "aux", "et", "ou", "en", "par", "pour",
        "dans", "sur", "ce", "cet", "cette", "ces", "dit", "dite", "m", "mm", "mme", "monsieur", "madame", "son", "sa",
        "ses", "ainsi", "que", "qui",
    ].map { pack($0.utf8) }.sorted()

    private static func letter(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: UInt8(scalar.value)
        case 0x41...0x5A: UInt8(scalar.value + 32)
        case 0xC0...0xFF: latinLetters[Int(scalar.value & 0x1F)]
        case 0x152, 0x153: UInt8(ascii: "o")
        default: nil
        }
    }

    private static func secondLetter(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0xC6, 0xE6, 0x152, 0x153: UInt8(ascii: "e")
        default: nil
        }
    }

    /// The base letters of U+00E0 to U+00FF; capitals lie 32 before. A space is no letter.
    private static let latinLetters: [UInt8?] = "aaaaaaaceeeeiiiidnooooo ouuuuyty".utf8.map { $0 == 32 ? nil : $0 }
}
