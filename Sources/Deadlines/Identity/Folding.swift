/// Folds UTF-8 to lower-case ASCII words, byte by byte.
struct Folding {
    /// What is folded so far.
    private(set) var bytes: [UInt8] = []
    private let keepsEmptyWords: Bool
    private var wordStart = 0
    private var isInWord = false

    init(keepsEmptyWords: Bool, capacity: Int) {
        self.keepsEmptyWords = keepsEmptyWords
        bytes.reserveCapacity(capacity)
    }

    /// Folds all of `input`.
    mutating func fold(_ input: UnsafeBufferPointer<UInt8>) {
        let letters = Self.asciiLetters
        var position = 0
        while position < input.count {
            let byte = input[position]
            if byte < 0x80 {
                let letter = letters[Int(byte)]
                if letter == 0 { endWord() } else { append(letter) }
                position += 1
                continue
            }
            let length = Self.length(ofSequenceAt: byte)
            if length == 2, position + 1 < input.count {
                foldPair(byte, input[position + 1])
            } else {
                endWord()
            }
            position += length
        }
        endWord()
        if bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    }

    /// The letters of U+00C0 to U+00FF, œ, and combining marks, which belong to the letter before them.
    private mutating func foldPair(_ first: UInt8, _ second: UInt8) {
        switch (first, second) {
        case (0xC3, 0x86), (0xC3, 0xA6):
            append(UInt8(ascii: "a"))
            append(UInt8(ascii: "e"))
        case (0xC3, _):
            let letter = Self.latinLetters[Int(second & 0x1F)]
            if letter == UInt8(ascii: " ") { endWord() } else { append(letter) }
        case (0xC5, 0x92), (0xC5, 0x93):
            append(UInt8(ascii: "o"))
            append(UInt8(ascii: "e"))
        case (0xCC, _), (0xCD, 0x80...0xAF): break
        default: endWord()
        }
    }

    private mutating func append(_ letter: UInt8) {
        if !isInWord {
            isInWord = true
            wordStart = bytes.count
        }
        bytes.append(letter)
    }

    private mutating func endWord() {
        guard isInWord else { return }
        isInWord = false
        if !keepsEmptyWords, EmptyWords.contains(bytes[wordStart...]) {
            bytes.removeLast(bytes.count - wordStart)
        } else {
            bytes.append(UInt8(ascii: " "))
        }
    }

    /// What each ASCII byte folds to; 0 for what is no letter and no digit.
    private static let asciiLetters: [UInt8] = (0..<128).map { (byte: UInt8) -> UInt8 in
        switch byte {
        case 0x30...0x39, 0x61...0x7A: byte
        case 0x41...0x5A: byte + 32
        default: 0
        }
    }

    private static func length(ofSequenceAt byte: UInt8) -> Int {
        switch byte {
        case 0xF0...: 4
        case 0xE0...: 3
        case 0xC0...: 2
        default: 1
        }
    }

    /// The base letters of U+00E0 to U+00FF; capitals lie 32 before. A space is no letter.
    private static let latinLetters = Array("aaaaaaaceeeeiiiidnooooo ouuuuyty".utf8)
}

/// The words that say nothing. None is longer than eight letters, so that a word is one number to compare.
private enum EmptyWords {
    static func contains(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count <= 8 else { return false }
        let packed = pack(word)
        var (low, high) = (0, words.count)
        while low < high {
            let middle = (low + high) / 2
            if words[middle] == packed { return true }
            if words[middle] < packed { low = middle + 1 } else { high = middle }
        }
        return false
    }

    private static func pack(_ word: some Sequence<UInt8>) -> UInt64 { word.reduce(0) { $0 << 8 | UInt64($1) } }

    private static let words: [UInt64] = [
        "le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "a", "au", "aux", "et", "ou", "en", "par", "pour",
        "dans", "sur", "ce", "cet", "cette", "ces", "dit", "dite", "m", "mm", "mme", "monsieur", "madame", "son", "sa",
        "ses", "ainsi", "que", "qui",
    ].map { pack($0.utf8) }.sorted()
}
