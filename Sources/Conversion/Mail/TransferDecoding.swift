/// The transfer encodings of e-mail (RFC 2045, sections 6.7 and 6.8). What is damaged decodes to what can be had.
enum TransferDecoding {
    /// Base64; other characters than its own are passed over, and padding ends it.
    static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var bits: UInt32 = 0
        var count = 0
        for character in text {
            if character == UInt8(ascii: "=") { break }
            guard let value = sextet(character) else { continue }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    /// Quoted-printable.
    static func quotedPrintable(_ text: ArraySlice<UInt8>) -> [UInt8] {
        escaped(text, by: UInt8(ascii: "="))
    }

    /// Bytes of which some stand as `mark` and two hexadecimal digits; a mark at the end of a line joins it with the next.
    static func escaped(_ text: ArraySlice<UInt8>, by mark: UInt8) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text
        while let next = rest.firstIndex(of: mark) {
            bytes += rest[..<next]
            rest = rest[(next + 1)...]
            let digits = rest.prefix(2)
            if digits.count == 2, let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                bytes.append(byte)
                rest = rest.dropFirst(2)
            } else if let lineEnd = lineEnd(rest) {
                rest = rest[lineEnd...]
            } else {
                bytes.append(mark)
            }
        }
        return bytes + rest
    }

    /// Where the next line starts, if nothing but spaces stands before it.
    private static func lineEnd(_ text: ArraySlice<UInt8>) -> Int? {
        let end = text.prefix(80).firstIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
        return end.flatMap { text[$0] == 0x0A ? $0 + 1 : nil }
    }

    private static func sextet(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
