/// Encoded words (RFC 2047): non-ASCII text in headers, in UTF-8, as Q or B, whichever is shorter.
enum EncodedWord {
    private static let overhead = "=?utf-8?Q??=".utf8.count
    private static let digits = Array("0123456789ABCDEF")

    /// True when `text` cannot stand in a header as it is.
    static func isNeeded(_ text: String) -> Bool {
        !text.utf8.allSatisfy { (0x20...0x7E).contains($0) } || text.contains("=?")
    }

    /// The words of `text`, each at most 75 bytes and never cutting a character.
    ///
    /// - Parameter firstLimit: bytes that the first word may take, so that it fits behind the header's name.
    static func words(_ text: String, firstLimit: Int = 75) -> [String] {
        let usesQ = qLength(text) <= (text.utf8.count + 2) / 3 * 4
        var words: [String] = []
        var chunk: [Unicode.Scalar] = []
        var limit = min(firstLimit, 75) - overhead
        for piece in pieces(of: text) {
            if !chunk.isEmpty, length(chunk + piece, usesQ: usesQ) > limit {
                words.append(encode(chunk, usesQ: usesQ))
                chunk = []
                limit = 75 - overhead
            }
            chunk += piece
        }
        if !chunk.isEmpty { words.append(encode(chunk, usesQ: usesQ)) }
        return words
    }

    /// Whole characters, or their scalars when a character alone (stacked combining marks) passes the limit of a word.
    private static func pieces(of text: String) -> [[Unicode.Scalar]] {
        text.flatMap { character -> [[Unicode.Scalar]] in
            let scalars = Array(character.unicodeScalars)
            return String(character).utf8.count <= 15 ? [scalars] : scalars.map { [$0] }
        }
    }

    private static func length(_ scalars: [Unicode.Scalar], usesQ: Bool) -> Int {
        let text = String(String.UnicodeScalarView(scalars))
        return usesQ ? qLength(text) : (text.utf8.count + 2) / 3 * 4
    }

    private static func qLength(_ text: String) -> Int {
        text.utf8.reduce(0) { $0 + (isPlain($1) || $1 == 0x20 ? 1 : 3) }
    }

    private static func encode(_ scalars: [Unicode.Scalar], usesQ: Bool) -> String {
        let text = String(String.UnicodeScalarView(scalars))
        guard usesQ else {
            return "=?utf-8?B?" + String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self) + "?="
        }
        let payload = text.utf8.map { byte in
            if byte == 0x20 { return "_" }
            if isPlain(byte) { return String(UnicodeScalar(byte)) }
            return "=\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
        return "=?utf-8?Q?" + payload.joined() + "?="
    }

    /// The alphabet that is safe in every place, display names included (RFC 2047 section 5 (3)).
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || [0x21, 0x2A, 0x2B, 0x2D, 0x2F].contains(byte)
    }
}
