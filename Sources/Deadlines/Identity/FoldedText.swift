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
        let words = text.split(separator: " ").filter { !Self.emptyWords.contains($0) }
        return Self(folded: words.joined(separator: " "))
    }

    /// The words.
    var words: Set<Substring> { Set(text.split(separator: " ")) }

    /// The text without its spaces.
    var compact: String { text.filter { $0 != " " } }

    /// Whether it contains `words`, which are folded already.
    func contains(_ words: String) -> Bool { text.utf8.contains(words.utf8) }

    /// Whether it contains one of `choices`, which are folded already.
    func contains(anyOf choices: [String]) -> Bool { choices.contains { contains($0) } }

    private static let emptyWords: Set<Substring> = [
        "le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "a", "au", "aux", "et", "ou", "en", "par", "pour",
        "dans", "sur", "ce", "cet", "cette", "ces", "dit", "dite", "m", "mm", "mme", "monsieur", "madame", "son", "sa",
        "ses", "ainsi", "que", "qui",
    ]

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

extension String.UTF8View {
    /// Whether the bytes of `other` stand somewhere in these, one after another.
    fileprivate func contains(_ other: String.UTF8View) -> Bool {
        guard let first = other.first else { return true }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: other) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
