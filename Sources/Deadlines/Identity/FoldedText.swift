/// Text without what two printings of the same words may differ in: case, accents, punctuation, white space.
///
/// Lower-case ASCII letters and digits, one space between words.
struct FoldedText: Hashable, Sendable {
    /// The folded words.
    let text: String

    /// `text`, folded.
    init(_ text: String) {
        self.init(text, keepsEmptyWords: true)
    }

    /// `text`, folded, without the words that say nothing: articles, prepositions, civilities.
    init(significant text: String) {
        self.init(text, keepsEmptyWords: false)
    }

    private init(_ text: String, keepsEmptyWords: Bool) {
        var text = text
        self.text = text.withUTF8 { Folding.folded($0, keepsEmptyWords: keepsEmptyWords) }
    }

    /// The words in order.
    var words: [Substring] {
        text.utf8.split(separator: UInt8(ascii: " ")).map(Substring.init)
    }

    /// The first word; empty if there is none.
    var firstWord: Substring { text[..<(text.utf8.firstIndex(of: UInt8(ascii: " ")) ?? text.endIndex)] }

    /// The first words, as many as tell one duty from another.
    var head: Substring {
        var text = text
        let length = text.withUTF8 { bytes in
            var spaces = 0
            for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: " ") {
                spaces += 1
                if spaces == 8 { return index }
            }
            return bytes.count
        }
        return text[..<text.utf8.index(text.startIndex, offsetBy: length)]
    }

    /// The text without its spaces.
    var compact: String { words.joined() }

    /// Whether it contains `words`, which are folded already.
    func contains(_ words: String) -> Bool {
        var text = text
        var words = words
        return text.withUTF8 { text in words.withUTF8 { Self.contains($0, in: text) } }
    }

    /// Whether it contains one of `choices`, which are folded already.
    func contains(anyOf choices: [String]) -> Bool {
        var text = text
        return text.withUTF8 { text in
            choices.contains { choice in
                var choice = choice
                return choice.withUTF8 { Self.contains($0, in: text) }
            }
        }
    }

    private static func contains(_ part: UnsafeBufferPointer<UInt8>, in whole: UnsafeBufferPointer<UInt8>) -> Bool {
        guard part.count <= whole.count, let first = part.first else { return part.isEmpty }
        for start in 0...(whole.count - part.count) where whole[start] == first {
            var length = 1
            while length < part.count, whole[start + length] == part[length] { length += 1 }
            if length == part.count { return true }
        }
        return false
    }
}
