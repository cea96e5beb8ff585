/// What one pass over bytes says of them as UTF-8 text (RFC 3629).
///
/// Eight bytes at a time where they are printable ASCII, which French text mostly is.
struct UTF8Scan {
    /// The offset of the first byte that belongs to no valid sequence.
    private(set) var firstInvalid: Int?
    /// How many such bytes there are.
    private(set) var invalidBytes = 0
    /// How many characters beyond ASCII are valid.
    private(set) var validSequences = 0
    /// The offset of the first NUL.
    private(set) var firstNul: Int?
    /// The offset of the first control character other than spacing.
    private(set) var firstControl: Int?
    /// How many control characters other than spacing there are.
    private(set) var controls = 0
    /// Whether there is nothing but white space.
    private(set) var isBlank = true
    /// Whether there is a form feed, which starts a page.
    private(set) var hasFormFeeds = false

    /// Reads `bytes` once.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(bytes)
        var offset = 0
        while offset < bytes.count {
            if offset + 8 <= bytes.count {
                let printable = Self.printablePrefix(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                if isBlank { isBlank = bytes[offset..<offset + printable].allSatisfy { $0 == 0x20 } }
                offset += printable
                if printable == 8 { continue }
            }
            if bytes[offset] < 0x80 {
                note(ascii: bytes[offset], at: offset)
                offset += 1
            } else {
                offset += note(sequenceIn: bytes, at: offset)
            }
        }
    }

    /// How many of the eight bytes, from the first, are 0x20...0x7F: none has its top bit set, none is below the space.
    ///
    /// A byte below the space borrows from those after it only, so that the first one found is one.
    @inline(__always)
    private static func printablePrefix(_ word: UInt64) -> Int {
        let bytes = UInt64(littleEndian: word)
        let others = (bytes | (bytes &- 0x2020_2020_2020_2020)) & 0x8080_8080_8080_8080
        return others.trailingZeroBitCount >> 3
    }

    private mutating func note(ascii byte: UInt8, at offset: Int) {
        if byte > 0x20 {
            isBlank = false
        } else if byte == TextControls.formFeed {
            hasFormFeeds = true
        } else if byte < 0x20, !TextControls.isSpacing(byte) {
            controls += 1
            if firstControl == nil { firstControl = offset }
            if byte == 0, firstNul == nil { firstNul = offset }
        }
    }

    private mutating func note(sequenceIn bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        let length = Self.sequenceLength(in: bytes, at: offset)
        guard length > 0 else {
            invalidBytes += 1
            if firstInvalid == nil { firstInvalid = offset }
            return 1
        }
        validSequences += 1
        if isBlank { isBlank = bytes[offset] == 0xC2 && bytes[offset + 1] == 0xA0 }
        return length
    }

    /// How long the valid sequence of two to four bytes at `offset` is, or 0 (RFC 3629, section 4).
    static func sequenceLength(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        let first = bytes[offset]
        let length: Int
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return 0
        }
        guard offset + length <= bytes.count, secondBytes(after: first).contains(bytes[offset + 1]) else { return 0 }
        for next in offset + 2..<offset + max(length, 2) where bytes[next] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// No overlong form, no surrogate, nothing past U+10FFFF.
    private static func secondBytes(after first: UInt8) -> ClosedRange<UInt8> {
        switch first {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }
}
