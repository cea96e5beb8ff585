/// Quoted-printable for text bodies (RFC 2045 section 6.7): lines of at most 76 bytes, ended by CRLF.
enum QuotedPrintable {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// CR, LF and CRLF in `bytes` are all line ends; the last line is ended too.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 5 / 4)
        for line in normalizedLines(bytes) { append(line, to: &output) }
        return output
    }

    /// The lines of a text without their ends; a final line end makes no extra line.
    static func normalizedLines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 13 || bytes[index] == 10 else {
                index += 1
                continue
            }
            lines.append(bytes[start..<index])
            index += bytes[index] == 13 && index + 1 < bytes.count && bytes[index + 1] == 10 ? 2 : 1
            start = index
        }
        if start < bytes.count { lines.append(bytes[start...]) }
        return lines
    }

    private static func append(_ line: ArraySlice<UInt8>, to output: inout [UInt8]) {
        var column = 0
        let mustHideFrom = line.starts(with: Array("From ".utf8))
        for index in line.indices {
            let isLast = index == line.endIndex - 1
            let isNeeded = isEscaped(line[index], last: isLast) || (mustHideFrom && index == line.startIndex)
            // A soft break itself takes the 76th column; a character of several bytes is not kept whole, as decoders rejoin.
            if column + (isNeeded ? 3 : 1) > (isLast ? 76 : 75) {
                output += [0x3D, 13, 10]
                column = 0
            }
            let escaped = isNeeded || (column == 0 && isHidden(line[index]))
            if escaped {
                output += [0x3D, digits[Int(line[index] >> 4)], digits[Int(line[index] & 15)]]
            } else {
                output.append(line[index])
            }
            column += escaped ? 3 : 1
        }
        output += [13, 10]
    }

    private static func isEscaped(_ byte: UInt8, last: Bool) -> Bool {
        switch byte {
        case 0x3D: true
        case 0x20: last
        case 0x21...0x7E: false
        default: true
        }
    }

    /// A dot or a hyphen in front is escaped too, so that no relay can take it for the end of DATA or a boundary.
    private static func isHidden(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
}
