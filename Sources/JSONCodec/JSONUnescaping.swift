extension JSONReader {
    /// The text of a string that has escapes (RFC 8259 section 7); `offset` is where it begins in the document.
    func unescape(_ raw: UnsafeBufferPointer<UInt8>, from offset: Int) throws(JSONError) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            if raw[index] == UInt8(ascii: "\\") {
                guard let length = appendEscape(at: index, of: raw, to: &text) else {
                    throw JSONError(.badString, at: offset + index)
                }
                index += length
            } else {
                text.append(raw[index])
                index += 1
            }
        }
        guard let string = String(validating: text, as: UTF8.self) else { throw JSONError(.badString, at: offset) }
        return string
    }

    /// Appends what the escape at `index` stands for; the result is its length, or nil if it is none.
    private func appendEscape(at index: Int, of raw: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) -> Int? {
        guard index + 1 < raw.count else { return nil }
        switch raw[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(raw[index + 1])
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): return appendUnicode(at: index, of: raw, to: &text)
        default: return nil
        }
        return 2
    }

    private func appendUnicode(at index: Int, of raw: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) -> Int? {
        guard let unit = codeUnit(at: index, of: raw) else { return nil }
        if let scalar = Unicode.Scalar(unit) {
            text.append(contentsOf: Array(String(Character(scalar)).utf8))
            return 6
        }
        guard UTF16.isLeadSurrogate(unit), let low = codeUnit(at: index + 6, of: raw), UTF16.isTrailSurrogate(low)
        else {
            return nil
        }
        let value = 0x1_0000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else { return nil }
        text.append(contentsOf: Array(String(Character(scalar)).utf8))
        return 12
    }

    private func codeUnit(at index: Int, of raw: UnsafeBufferPointer<UInt8>) -> UInt16? {
        guard index + 6 <= raw.count, raw[index] == UInt8(ascii: "\\"), raw[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var value: UInt16 = 0
        for byte in raw[(index + 2)..<(index + 6)] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}
