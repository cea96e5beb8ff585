/// Whether bytes are UTF-8 (RFC 3629, section 4): eight bytes at a time where they are ASCII, as JSON mostly is.
enum UTF8Check {
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Whether all of `bytes` are UTF-8.
    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index < raw.count {
            if index + 8 <= raw.count {
                let eight = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) & highBits
                index += eight.trailingZeroBitCount >> 3
                if eight == 0 { continue }
            } else if raw[index] < 0x80 {
                index += 1
                continue
            }
            let length = sequenceLength(raw, at: index)
            if length == 0 { return false }
            index += length
        }
        return true
    }

    /// How long the sequence of two to four bytes at `index` is, or 0 if it is none.
    @inline(__always)
    private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
        let lead = bytes[index]
        if lead &- 0xC2 < 0x1E { return continues(bytes, at: index + 1) ? 2 : 0 }
        return longSequenceLength(bytes, at: index, lead)
    }

    @inline(never)
    private static func longSequenceLength(_ bytes: UnsafeRawBufferPointer, at index: Int, _ lead: UInt8) -> Int {
        guard lead >= 0xE0, lead < 0xF5, continues(bytes, at: index + 1), continues(bytes, at: index + 2) else {
            return 0
        }
        let second = bytes[index + 1]
        switch lead {
        // Overlong forms, surrogates, and what lies past U+10FFFF.
        case 0xE0: return second >= 0xA0 ? 3 : 0
        case 0xED: return second < 0xA0 ? 3 : 0
        case ..<0xF0: return 3
        case 0xF0 where second < 0x90, 0xF4 where second >= 0x90: return 0
        default: return continues(bytes, at: index + 3) ? 4 : 0
        }
    }

    @inline(__always)
    private static func continues(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
        index < bytes.count && bytes[index] & 0xC0 == 0x80
    }
}
