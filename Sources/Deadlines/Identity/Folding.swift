/// Folds UTF-8 to lower-case ASCII words, byte by byte.
struct Folding {
    private let output: UnsafeMutableBufferPointer<UInt8>
    private let keepsEmptyWords: Bool
    private var count = 0
    private var wordStart = 0
    /// The letters of the present word, the last eight of them in one number.
    private var packedWord: UInt64 = 0

    /// The text `input`, folded.
    static func folded(_ input: UnsafeBufferPointer<UInt8>, keepsEmptyWords: Bool) -> String {
        // No character becomes longer; the last word ends with a space until that is dropped.
        String(unsafeUninitializedCapacity: input.count + 1) { output in
            var folding = Self(output: output, keepsEmptyWords: keepsEmptyWords)
            folding.fold(input)
            return folding.count
        }
    }

    private init(output: UnsafeMutableBufferPointer<UInt8>, keepsEmptyWords: Bool) {
        self.output = output
        self.keepsEmptyWords = keepsEmptyWords
    }

    private mutating func fold(_ input: UnsafeBufferPointer<UInt8>) {
        Self.asciiLetters.withUnsafeBufferPointer { fold(input, letters: $0) }
        if count > 0, output[count - 1] == UInt8(ascii: " ") { count -= 1 }
    }

    private mutating func fold(_ input: UnsafeBufferPointer<UInt8>, letters: UnsafeBufferPointer<UInt8>) {
        var position = 0
        while true {
            foldLetters(input, &position, letters)
            guard position < input.count else { break }
            let byte = input[position]
            if byte < 0x80 {
                endWord()
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
    }

    /// Folds a run of letters and digits of ASCII, which most of a text is; with its state in registers.
    @inline(__always)
    private mutating func foldLetters(
        _ input: UnsafeBufferPointer<UInt8>, _ position: inout Int, _ letters: UnsafeBufferPointer<UInt8>
    ) {
        var (from, to, packed) = (position, count, packedWord)
        while from < input.count, input[from] < 0x80 {
            let letter = letters[Int(input[from])]
            if letter == 0 { break }
            output[to] = letter
            packed = packed << 8 | UInt64(letter)
            to &+= 1
            from &+= 1
        }
        (position, count, packedWord) = (from, to, packed)
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
        output[count] = letter
        count += 1
        packedWord = packedWord << 8 | UInt64(letter)
    }

    private mutating func endWord() {
        guard count > wordStart else { return }
        if !keepsEmptyWords, count - wordStart <= EmptyWords.longest, EmptyWords.contains(packedWord) {
            count = wordStart
        } else {
            output[count] = UInt8(ascii: " ")
            count += 1
            wordStart = count
        }
        packedWord = 0
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
    /// How many letters the longest has at most.
    static let longest = 8

    /// Whether the word whose letters are packed into `word` is one of them.
    @inline(__always)
    static func contains(_ word: UInt64) -> Bool {
        var (low, high) = (0, words.count)
        while low < high {
            let middle = (low + high) / 2
            if words[middle] == word { return true }
            if words[middle] < word { low = middle + 1 } else { high = middle }
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
