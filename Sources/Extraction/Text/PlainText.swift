/// Eight bytes of a source at a time, as far as they are words in plain ASCII: most of a French text.
enum PlainText {
    private static let tops: UInt64 = 0x8080_8080_8080_8080
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// How many of `eight`, from the first, are letters, digits, usual punctuation (`'()+,-./:;`) or single spaces.
    ///
    /// A space that comes last is left out, for another may follow it.
    @inline(__always)
    static func prefix(of eight: UInt64) -> Int {
        let spaces = between(FoldedByte.space, FoldedByte.space, eight)
        let plain =
            letters(of: eight) | between(0x2B, 0x3B, eight) | between(0x27, 0x29, eight)
            | spaces & ~(spaces >> 8) & ~(0xFF << 56)
        return (~(plain & ~eight) & tops).trailingZeroBitCount >> 3
    }

    /// `eight` in lower case, if they are plain.
    @inline(__always)
    static func lowercased(_ eight: UInt64) -> UInt64 {
        eight | (letters(of: eight) & ~(eight << 2) & tops) >> 2
    }

    @inline(__always)
    private static func letters(of eight: UInt64) -> UInt64 { between(0x61, 0x7A, eight | ones &* 0x20) }

    /// The top bit of each byte from `first` to `last`, both ASCII; that of a byte beyond ASCII may be wrong.
    @inline(__always)
    private static func between(_ first: UInt8, _ last: UInt8, _ eight: UInt64) -> UInt64 {
        let low = eight & ~tops
        return (low &+ ones &* UInt64(0x80 - first)) & ~(low &+ ones &* UInt64(0x7F - last)) & tops
    }
}
