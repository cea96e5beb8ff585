import Deliberations

/// Bytes as text: UTF-8, UTF-16 or Windows-1252.
struct TextDecoder {
    /// Text in UTF-8 and what one pass over it says.
    struct Decoded {
        var utf8: [UInt8]
        var warnings: [ReadingWarning] = []
        var hasFormFeeds: Bool
    }

    /// The text that `bytes`, not empty, are. Valid UTF-8 is not copied.
    static func decode(_ bytes: [UInt8]) throws(ConversionError) -> Decoded {
        if let order = utf16Order(of: bytes) {
            return try checked(OtherEncodings.utf16(bytes, from: order.start, bigEndian: order.isBigEndian))
        }
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let content = hasMark ? Array(bytes.dropFirst(3)) : bytes
        let scan = content.withUnsafeBufferPointer(UTF8Scan.init)
        try refuseUnreadable(scan, count: content.count)
        guard let firstInvalid = scan.firstInvalid else {
            return Decoded(utf8: content, hasFormFeeds: scan.hasFormFeeds)
        }
        let isDamagedUTF8 = hasMark || scan.validSequences > 4 * scan.invalidBytes
        let text = isDamagedUTF8 ? OtherEncodings.repaired(content) : OtherEncodings.windows1252(content)
        let warning =
            isDamagedUTF8
            ? damageWarning(scan.invalidBytes, firstAt: firstInvalid) : windows1252Warning
        return Decoded(utf8: text, warnings: [warning], hasFormFeeds: scan.hasFormFeeds)
    }

    /// Text that a declared encoding made: repaired if it must be, and refused if it is none.
    static func checked(_ utf8: [UInt8]) throws(ConversionError) -> Decoded {
        let scan = utf8.withUnsafeBufferPointer(UTF8Scan.init)
        try refuseUnreadable(scan, count: utf8.count)
        let text = scan.firstInvalid == nil ? utf8 : OtherEncodings.repaired(utf8)
        return Decoded(utf8: text, hasFormFeeds: scan.hasFormFeeds)
    }

    /// Text that a tool made of a document: whatever it is, it was read from a text. Control characters in it are glyphs
    /// whose letter the document does not tell; each becomes U+FFFD, with a warning.
    static func made(_ utf8: [UInt8]) throws(ConversionError) -> Decoded {
        let scan = utf8.withUnsafeBufferPointer(UTF8Scan.init)
        if scan.isBlank, scan.controls == 0 { throw .onlyWhiteSpace }
        let valid = scan.firstInvalid == nil ? utf8 : OtherEncodings.repaired(utf8)
        guard scan.controls > 0 else { return Decoded(utf8: valid, hasFormFeeds: scan.hasFormFeeds) }
        return Decoded(
            utf8: OtherEncodings.withoutControls(valid), warnings: [controlWarning(scan.controls)],
            hasFormFeeds: scan.hasFormFeeds)
    }

    private static func controlWarning(_ count: Int) -> ReadingWarning {
        ReadingWarning(
            code: "unknown-glyphs",
            message: "\(count) characters of the document tell no letter and were replaced by U+FFFD")
    }

    /// The text that `bytes`, not empty, are in the encoding that an e-mail declares for them (`charset`, RFC 2046,
    /// section 4.1.2). Where their bytes contradict it, or it is unknown, as the bytes show.
    static func decode(_ bytes: [UInt8], charset: String?) throws(ConversionError) -> Decoded {
        switch charset?.lowercased() {
        case "utf-16le": return try checked(OtherEncodings.utf16(bytes, from: 0, bigEndian: false))
        case "utf-16be": return try checked(OtherEncodings.utf16(bytes, from: 0, bigEndian: true))
        // Without a mark, the first byte is the higher (RFC 2781, section 4.3).
        case "utf-16" where utf16Order(of: bytes) == nil:
            return try checked(OtherEncodings.utf16(bytes, from: 0, bigEndian: true))
        default: break
        }
        var decoded = try decode(bytes)
        guard decoded.warnings.contains(windows1252Warning), let label = charset?.lowercased() else { return decoded }
        switch label {
        case "iso-8859-15", "latin9", "latin-9":
            decoded.utf8 = OtherEncodings.latin9(bytes)
            decoded.warnings = []
        case "iso-8859-1", "windows-1252", "latin1", "us-ascii", "cp1252": decoded.warnings = []
        default: break
        }
        return decoded
    }

    /// The order of bytes that the mark shows; without one, that of a beginning in which every second byte is NUL, as in
    /// Latin letters.
    private static func utf16Order(of bytes: [UInt8]) -> (start: Int, isBigEndian: Bool)? {
        if bytes.starts(with: [0xFF, 0xFE]) { return (2, false) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (2, true) }
        guard bytes.count >= 8, bytes[0] == 0 || bytes[1] == 0 else { return nil }
        let head = bytes.prefix(64).enumerated()
        let nuls = head.reduce(into: (even: 0, odd: 0)) { count, byte in
            guard byte.element == 0 else { return }
            if byte.offset.isMultiple(of: 2) { count.even += 1 } else { count.odd += 1 }
        }
        let most = min(bytes.count, 64) * 3 / 8
        if nuls.even == 0, nuls.odd > most { return (0, false) }
        return nuls.odd == 0 && nuls.even > most ? (0, true) : nil
    }

    private static func refuseUnreadable(_ scan: UTF8Scan, count: Int) throws(ConversionError) {
        if let nul = scan.firstNul { throw .binary(offset: nul) }
        if let control = scan.firstControl, scan.controls > 1 + count / TextControls.bytesPerStray {
            throw .binary(offset: control)
        }
        if scan.isBlank { throw .onlyWhiteSpace }
    }

    private static let windows1252Warning = ReadingWarning(
        code: "windows-1252", message: "the document is not UTF-8; it was read as Windows-1252")

    private static func damageWarning(_ count: Int, firstAt offset: Int) -> ReadingWarning {
        ReadingWarning(
            code: "damaged-utf-8",
            message: "\(count) bytes are not valid UTF-8 and were replaced by U+FFFD, the first at byte \(offset)",
            range: TextRange(offset, offset + 3))
    }
}
