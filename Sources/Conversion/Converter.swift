import Deliberations

/// Turns the bytes of a document into text in UTF-8.
///
/// Text formats are decoded here. Every other format is told from its first bytes and refused by its name with what can
/// be done about it: a reader for it becomes one more case in ``convert(_:name:)``.
public struct Converter: Sendable {
    /// The largest document that is converted, in bytes.
    public let limit: Int

    /// A converter of documents of at most `limit` bytes (16 MiB unless told).
    public init(limit: Int = 16 << 20) {
        self.limit = limit
    }

    /// The text of a document.
    ///
    /// - Parameter name: the document's name, whose ending tells Markdown from plain text.
    public func convert(_ bytes: [UInt8], name: String = "") throws(ConversionError) -> ConvertedDocument {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
        if let format = DocumentFormat.sniffed(in: bytes) { throw .unsupportedFormat(format) }
        let format = Self.isMarkdown(name) ? DocumentFormat.markdown : .plainText
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return try fromUTF16(bytes, format: format)
        }
        return try fromBytes(bytes, format: format)
    }

    private static func isMarkdown(_ name: String) -> Bool {
        let ending = String(name.suffix(9).lowercased())
        return ending.hasSuffix(".md") || ending.hasSuffix(".markdown")
    }

    private func fromUTF16(_ bytes: [UInt8], format: DocumentFormat) throws(ConversionError) -> ConvertedDocument {
        let text = try OtherEncodings.utf16(bytes, from: 2, bigEndian: bytes[0] == 0xFE)
        let scan = text.withUnsafeBufferPointer(UTF8Scan.init)
        try refuseUnreadable(scan, count: text.count)
        return ConvertedDocument(utf8: text, format: format, warnings: [], hasFormFeeds: scan.hasFormFeeds)
    }

    private func fromBytes(_ bytes: [UInt8], format: DocumentFormat) throws(ConversionError) -> ConvertedDocument {
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let content = hasMark ? Array(bytes.dropFirst(3)) : bytes
        let scan = content.withUnsafeBufferPointer(UTF8Scan.init)
        try refuseUnreadable(scan, count: content.count)
        guard let firstInvalid = scan.firstInvalid else {
            return ConvertedDocument(utf8: content, format: format, warnings: [], hasFormFeeds: scan.hasFormFeeds)
        }
        let isDamagedUTF8 = hasMark || scan.validSequences > 4 * scan.invalidBytes
        let text = isDamagedUTF8 ? OtherEncodings.repaired(content) : OtherEncodings.windows1252(content)
        let warning =
            isDamagedUTF8
            ? Self.damageWarning(scan.invalidBytes, firstAt: firstInvalid) : Self.windows1252Warning
        return ConvertedDocument(utf8: text, format: format, warnings: [warning], hasFormFeeds: scan.hasFormFeeds)
    }

    private func refuseUnreadable(_ scan: UTF8Scan, count: Int) throws(ConversionError) {
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
