/// How a body part crosses 7-bit, line-limited mail (RFC 2045 section 6).
enum TransferEncoding: String {
    case sevenBit = "7bit"
    case quotedPrintable = "quoted-printable"
    case base64

    /// The encoding that keeps `bytes` readable at the least size.
    static func fitting(_ bytes: [UInt8]) -> TransferEncoding {
        if isPlain(bytes) { return .sevenBit }
        let escaped = bytes.reduce(into: 0) { count, byte in if byte >= 0x80 { count += 1 } }
        return bytes.count + 2 * escaped <= bytes.count * 4 / 3 + 4 ? .quotedPrintable : .base64
    }

    /// `bytes` in this encoding, lines ended by CRLF.
    func encode(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sevenBit: QuotedPrintable.normalizedLines(bytes).flatMap { $0 + [13, 10] }
        case .quotedPrintable: QuotedPrintable.encode(bytes)
        case .base64: Base64.encodeLines(bytes)
        }
    }

    /// True when every line is ASCII, at most 76 bytes, does not end in white space, and cannot be taken for a boundary, a
    /// separator of mailboxes or the end of DATA.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        let controlsAreLineEnds = bytes.allSatisfy { $0 == 13 || $0 == 10 || (0x20...0x7E).contains($0) }
        return controlsAreLineEnds
            && QuotedPrintable.normalizedLines(bytes).allSatisfy { line in
                line.count <= 76 && line.last != 0x20 && line.first != UInt8(ascii: ".")
                    && !line.starts(with: Array("From ".utf8)) && !line.starts(with: Array("--".utf8))
            }
    }
}

/// Base64 (RFC 4648 section 4; lines of 76 for bodies, RFC 2045 section 6.8).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var held = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            held += 1
            guard held == 3 else { continue }
            for shift in [18, 12, 6, 0] as [UInt32] { output.append(alphabet[Int(group >> shift & 63)]) }
            (group, held) = (0, 0)
        }
        if held == 1 {
            output += [alphabet[Int(group >> 2 & 63)], alphabet[Int(group << 4 & 63)], 0x3D, 0x3D]
        } else if held == 2 {
            output += [alphabet[Int(group >> 10 & 63)], alphabet[Int(group >> 4 & 63)], alphabet[Int(group << 2 & 63)]]
            output.append(0x3D)
        }
        return output
    }

    static func encodeLines(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 57) {
            output += encode(bytes[start..<min(start + 57, bytes.count)])
            output += [13, 10]
        }
        return output
    }
}
