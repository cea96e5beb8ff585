/// The bytes of folded text that are no ASCII letters, digits or punctuation.
///
/// Folded text has one byte a character; those that are no ASCII after folding keep a byte that is theirs alone, mostly
/// the one of Windows-1252.
enum FoldedByte {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    /// The euro sign.
    static let euro: UInt8 = 0x80
    /// Any bullet, arrow or check mark that begins an item of a list.
    static let bullet: UInt8 = 0x95
    /// The degree sign, and the masculine ordinal indicator, of "n°".
    static let degree: UInt8 = 0xB0
    /// Any character that has no byte of its own.
    static let other: UInt8 = 0x1A
}

extension UInt8 {
    /// Whether this folded byte is a letter.
    @inline(__always)
    var isLetter: Bool { self &- 97 < 26 }

    /// Whether this folded byte is a digit.
    @inline(__always)
    var isDigit: Bool { self &- 48 < 10 }

    /// Whether this folded byte belongs to a word or a number.
    @inline(__always)
    var isWord: Bool { isLetter || isDigit }

    /// Whether this folded byte is a space or the end of a line.
    @inline(__always)
    var isBlank: Bool { self == 32 || self == 10 || self == 9 }

    /// Whether this folded byte begins an item of a list when it is the first of a line.
    @inline(__always)
    var isListMark: Bool {
        self == UInt8(ascii: "-") || self == UInt8(ascii: "*") || self == UInt8(ascii: ">") || self == FoldedByte.bullet
    }
}
