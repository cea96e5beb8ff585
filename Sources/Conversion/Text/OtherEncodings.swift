/// Text in other encodings than valid UTF-8, written again in UTF-8.
enum OtherEncodings {
    /// UTF-8 with some damage: each byte that belongs to no sequence becomes U+FFFD.
    static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { buffer in
            var text: [UInt8] = []
            text.reserveCapacity(buffer.count + 64)
            var offset = 0
            while offset < buffer.count {
                let length = buffer[offset] < 0x80 ? 1 : UTF8Scan.sequenceLength(in: buffer, at: offset)
                if length > 0 {
                    text.append(contentsOf: buffer[offset..<offset + length])
                } else {
                    text.append(contentsOf: replacement)
                }
                offset += max(length, 1)
            }
            return text
        }
    }

    /// Valid UTF-8 in which each control character but spacing is U+FFFD.
    static func withoutControls(_ utf8: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(utf8.count + 64)
        for byte in utf8 {
            if byte < 0x20, !TextControls.isSpacing(byte) { text += replacement } else { text.append(byte) }
        }
        return text
    }

    /// Windows-1252, as browsers read it (WHATWG Encoding Standard, index windows-1252).
    static func windows1252(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 16)
        for byte in bytes {
            switch byte {
            case ..<0x80: text.append(byte)
            case 0x80..<0xA0: append(windows1252Specials[Int(byte - 0x80)], to: &text)
            default: append(UInt32(byte), to: &text)
            }
        }
        return text
    }

    /// ISO 8859-15, which is Windows-1252 but for eight letters and the controls.
    static func latin9(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 16)
        for byte in bytes {
            if byte < 0x80 { text.append(byte) } else { append(latin9Specials[byte] ?? UInt32(byte), to: &text) }
        }
        return text
    }

    private static let latin9Specials: [UInt8: UInt32] = [
        0xA4: 0x20AC, 0xA6: 0x0160, 0xA8: 0x0161, 0xB4: 0x017D, 0xB8: 0x017E, 0xBC: 0x0152, 0xBD: 0x0153, 0xBE: 0x0178,
    ]

    /// UTF-16 from `offset` on, in the byte order named.
    static func utf16(_ bytes: [UInt8], from offset: Int, bigEndian: Bool) throws(ConversionError) -> [UInt8] {
        guard bytes.count.isMultiple(of: 2) else { throw .damagedUTF16(offset: bytes.count - 1) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var next = offset
        func unit(_ index: Int) -> UInt32 {
            let (high, low) = bigEndian ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
            return UInt32(high) << 8 | UInt32(low)
        }
        while next < bytes.count {
            let first = unit(next)
            next += 2
            guard (0xD800...0xDFFF).contains(first) else {
                append(first, to: &text)
                continue
            }
            guard first < 0xDC00, next < bytes.count, (0xDC00...0xDFFF).contains(unit(next)) else {
                throw .damagedUTF16(offset: next - 2)
            }
            append(0x10000 + (first - 0xD800) << 10 + (unit(next) - 0xDC00), to: &text)
            next += 2
        }
        return text
    }

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    static func append(_ scalar: UInt32, to text: inout [UInt8]) {
        switch scalar {
        case ..<0x80:
            text.append(UInt8(scalar))
        case ..<0x800:
            text.append(UInt8(0xC0 | scalar >> 6))
            text.append(UInt8(0x80 | scalar & 0x3F))
        case ..<0x10000:
            text.append(UInt8(0xE0 | scalar >> 12))
            text.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            text.append(UInt8(0x80 | scalar & 0x3F))
        default:
            text.append(UInt8(0xF0 | scalar >> 18))
            text.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            text.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            text.append(UInt8(0x80 | scalar & 0x3F))
        }
    }

    /// 0x80 to 0x9F; the five bytes without a character become U+FFFD, since no text holds the C1 controls.
    static let windows1252Specials: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
        0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    ]
}
