/// Small pieces of French that the computations are told in.
enum FrenchWording {
    /// The space that never breaks, before a colon.
    static let noBreakSpace = "\u{A0}"

    /// " :", as French typography wants it.
    static let colon = "\u{A0}: "

    /// "deux mois", "un mois".
    static func months(_ count: Int) -> String { "\(number(count)) mois" }

    /// "sept jours", "un jour".
    static func days(_ count: Int) -> String { "\(number(count)) jour\(count > 1 ? "s" : "")" }

    /// "dix ans", "un an".
    static func years(_ count: Int) -> String { "\(number(count)) an\(count > 1 ? "s" : "")" }

    /// A span in words: "dix ans", "deux mois et quinze jours"; whole years are said as years.
    static func span(months count: Int, days: Int) -> String {
        let years = count / 12
        let parts = [
            years > 0 ? self.years(years) : nil, count % 12 > 0 ? months(count % 12) : nil,
            days > 0 ? self.days(days) : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: " et ")
    }

    /// A number up to sixteen in words, else in digits.
    static func number(_ value: Int) -> String {
        words.indices.contains(value) ? words[value] : "\(value)"
    }

    private static let words = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
        "treize", "quatorze", "quinze", "seize",
    ]

    /// `text` between French quotation marks.
    static func quoted(_ text: String) -> String { "«\u{A0}\(text)\u{A0}»" }

    /// `text` with a capital first letter.
    static func sentence(_ text: String) -> String {
        let bytes = text.utf8.prefix(2)
        if bytes.count == 2, bytes.allSatisfy({ $0 < 0x80 }), let first = bytes.first {
            if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) { return text }
            if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) {
                return withCapital(text)
            }
        }
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    /// `text`, whose first byte is a small letter, with that as a capital.
    private static func withCapital(_ text: String) -> String {
        var text = text
        return text.withUTF8 { text in
            String(unsafeUninitializedCapacity: text.count) { sentence in
                _ = sentence.update(fromContentsOf: text)
                sentence[0] -= 0x20
                return text.count
            }
        }
    }

    /// `text` on one line, cut at a word after about `limit` bytes.
    static func bounded(_ text: String, limit: Int = 300) -> String {
        guard text.utf8.count > limit || !isOneLine(text) else { return text }
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard line.utf8.count > limit else { return line }
        let cut = line.utf8.index(line.utf8.startIndex, offsetBy: limit)
        guard let space = line.utf8[..<cut].lastIndex(of: UInt8(ascii: " ")) else { return String(line.prefix(limit)) }
        return line[..<space] + "…"
    }

    /// Whether white space is nothing but single spaces between words.
    private static func isOneLine(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var previous = UInt8(ascii: " ")
            for byte in bytes {
                if byte <= UInt8(ascii: " "), byte != UInt8(ascii: " ") || previous == byte { return false }
                previous = byte
            }
            return previous != UInt8(ascii: " ") || bytes.isEmpty
        }
    }
}
