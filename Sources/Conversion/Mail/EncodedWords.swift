/// Names beyond ASCII as many mail programs write them: `=?UTF-8?Q?d=C3=A9lib.pdf?=` (RFC 2047).
enum EncodedWords {
    /// Encoded words have at most 75 characters (RFC 2047, section 2); programs write longer ones.
    private static let longest = 1_000

    /// Longer texts are cut off here: names are cut to fewer characters, and each beginning of a word costs a search.
    private static let longestText = 2_000

    /// `text` with its encoded words decoded; what is none stays as it is.
    static func decoded(_ text: String) -> String {
        var result = ""
        var rest = text.prefix(longestText)
        while let start = rest.firstRange(of: "=?") {
            result += rest[..<start.lowerBound]
            let pieces = rest[start.upperBound...].prefix(Self.longest).split(
                separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard pieces.count == 4, pieces[3].hasPrefix("="), let word = word(pieces[0], pieces[1], pieces[2]) else {
                result += "=?"
                rest = rest[start.upperBound...]
                continue
            }
            result += word
            rest = rest[pieces[3].index(after: pieces[3].startIndex)...]
            // White space between two encoded words is none.
            let next = rest.drop(while: \.isWhitespace)
            if next.hasPrefix("=?") { rest = next }
        }
        return result + rest
    }

    private static func word(_ charset: Substring, _ encoding: Substring, _ text: Substring) -> String? {
        let bytes: [UInt8]
        switch encoding.lowercased() {
        case "b": bytes = TransferDecoding.base64(Array(text.utf8)[...])
        case "q":
            let spaced = text.utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
            bytes = TransferDecoding.escaped(spaced[...], by: UInt8(ascii: "="))
        default: return nil
        }
        let name = charset.lowercased()
        let isUTF8 = name.hasPrefix("utf-8") || name.hasPrefix("us-ascii")
        return String(decoding: isUTF8 ? bytes : OtherEncodings.windows1252(bytes), as: UTF8.self)
    }
}
