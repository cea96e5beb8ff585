/// How each character is folded: lower case, no accent, one sort of apostrophe, dash, quotation mark and space.
enum CharacterFolding {
    /// What becomes of a character.
    enum Folded {
        /// Nothing: it is no text (soft hyphen, zero-width space, combining accent, byte order mark).
        case dropped
        /// One byte.
        case byte(UInt8)
        /// Several bytes of one origin (ligatures, the ellipsis).
        case bytes(StaticString)
    }

    /// The folding of ASCII: 0 marks what needs a closer look (spaces, ends of lines, markup).
    static let ascii: [UInt8] = (0..<256).map { (code: Int) -> UInt8 in
        switch UInt8(code) {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return UInt8(code) + 32
        case UInt8(ascii: "*"), UInt8(ascii: "^"), UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "#"),
            UInt8(ascii: "}"), UInt8(ascii: "\\"):
            return 0
        case UInt8(ascii: "`"): return UInt8(ascii: "'")
        case 33...126: return UInt8(code)
        default: return 0
        }
    }

    /// Latin-1 from U+00A0 to U+00FF: the folded byte, 0 for what is dropped, 1 for two letters.
    static let latin1: [UInt8] = {
        var table = (0xA0...0xFF).map { UInt8($0) }
        func set(_ folded: Unicode.Scalar, _ scalars: String) {
            for scalar in scalars.unicodeScalars { table[Int(scalar.value) - 0xA0] = UInt8(folded.value) }
        }
        set(" ", "\u{A0}")
        set("\"", "«»")
        set("'", "´")
        set("a", "ÀÁÂÃÄÅàáâãäåª")
        set("c", "Çç")
        set("e", "ÈÉÊËèéêë")
        set("i", "ÌÍÎÏìíîï")
        set("n", "Ññ")
        set("o", "ÒÓÔÕÖØòóôõöø")
        set("u", "ÙÚÛÜùúûü")
        set("y", "Ýýÿ")
        set("d", "Ðð")
        set("-", "¯")
        set("\u{B0}", "º")
        set("\u{95}", "·")
        table[0xAD - 0xA0] = 0
        set("\u{1}", "ÆæßÞþ")
        return table
    }()

    /// The folding of a character from U+0080 on.
    static func folding(of scalar: UInt32) -> Folded {
        switch scalar {
        case 0xA0...0xFF:
            let byte = latin1[Int(scalar) - 0xA0]
            if byte == 0 { return .dropped }
            return byte == 1 ? .bytes(ligature(scalar)) : .byte(byte)
        case 0x152, 0x153: return .bytes("oe")
        case 0x178: return .byte(UInt8(ascii: "y"))
        case 0x100...0x17F: return .byte(latinExtended(scalar))
        case 0x300...0x36F, 0x200B...0x200F, 0x2060, 0xFE00...0xFE0F, 0xFEFF, 0x2028...0x202E: return .dropped
        case 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return .byte(FoldedByte.space)
        case 0x2010...0x2015, 0x2212, 0x2043, 0xFF0D: return .byte(UInt8(ascii: "-"))
        case 0x2018...0x201B, 0x2032, 0x2BC, 0x2B9, 0xFF07: return .byte(UInt8(ascii: "'"))
        case 0x201C...0x201F, 0x2033: return .byte(UInt8(ascii: "\""))
        case 0x2026: return .bytes("...")
        case 0x20AC: return .byte(FoldedByte.euro)
        case 0x2044, 0x2215: return .byte(UInt8(ascii: "/"))
        case 0x1D49: return .byte(UInt8(ascii: "e"))
        case 0x2B3, 0x691: return .byte(UInt8(ascii: "r"))
        case 0xFB00: return .bytes("ff")
        case 0xFB01: return .bytes("fi")
        case 0xFB02: return .bytes("fl")
        case 0xFB03: return .bytes("ffi")
        case 0xFB04: return .bytes("ffl")
        case 0x2022, 0x2023, 0x25A0...0x25FF, 0x2190...0x21FF, 0x2700...0x27BF, 0xE000...0xF8FF:
            return .byte(FoldedByte.bullet)
        default: return .byte(FoldedByte.other)
        }
    }

    private static func ligature(_ scalar: UInt32) -> StaticString {
        switch scalar {
        case 0xC6, 0xE6: "ae"
        case 0xDF: "ss"
        default: "th"
        }
    }

    /// Where the characters of a base letter begin in U+0100 to U+017F.
    private static let extendedLetters: [(first: UInt32, letter: UInt8)] = [
        (0x17F, "s"), (0x179, "z"), (0x176, "y"), (0x174, "w"), (0x168, "u"), (0x162, "t"), (0x15A, "s"), (0x154, "r"),
        (0x14C, "o"), (0x143, "n"), (0x139, "l"), (0x136, "k"), (0x134, "j"), (0x128, "i"), (0x124, "h"), (0x11C, "g"),
        (0x112, "e"), (0x10E, "d"), (0x106, "c"), (0x100, "a"),
    ].map { ($0.0, UInt8(ascii: $0.1)) }

    private static func latinExtended(_ scalar: UInt32) -> UInt8 {
        extendedLetters.first { $0.first <= scalar }?.letter ?? FoldedByte.other
    }
}
