/// What an amount is the amount of, by the nearest telling word before it.
enum AmountRole {
    /// Telling words and the roles they give.
    static let words: [(word: StaticString, role: String)] = [
        ("subvention", "grant"), ("subventions", "grant"), ("aide", "grant"), ("budget", "budget"),
        ("operation", "operation"), ("total", "total"), ("avance", "advance"), ("acompte", "advance"),
        ("solde", "balance"), ("pret", "loan"), ("emprunt", "loan"), ("cotisation", "contribution"),
        ("participation", "contribution"), ("loyer", "rent"),
    ]

    /// How far before the amount the word may stand, in characters of the same line.
    private static let reach = 60

    /// The role of the amount that begins at `position`.
    static func role(before position: Int, in text: NormalizedText) -> String? {
        var index = position - 1
        let limit = max(0, position - reach)
        while index >= limit, text[index] != FoldedByte.newline, text[index] != FoldedByte.tab,
            text[index] != UInt8(ascii: ".")
        {
            if text.isWordStart(index), let role = role(at: index, in: text) { return role }
            index -= 1
        }
        return nil
    }

    private static func role(at position: Int, in text: NormalizedText) -> String? {
        switch text[position] {
        case UInt8(ascii: "s"), UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "o"), UInt8(ascii: "t"),
            UInt8(ascii: "p"), UInt8(ascii: "e"), UInt8(ascii: "c"), UInt8(ascii: "l"):
            let word = text.word(at: position)
            return words.first { text.equals(word, $0.word) }?.role
        default: return nil
        }
    }
}
