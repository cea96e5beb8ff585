extension DocumentFormat {
    /// The format of a document: as its bytes show, and where they show none, as its media type or its name says.
    static func detected(in bytes: [UInt8], name: String, mediaType: String?) -> Self {
        if let format = sniffed(in: bytes) { return format }
        let declared = mediaType?.prefix { $0 != ";" }.lowercased()
        if declared == Self.html.mediaType { return .html }
        if declared == Self.markdown.mediaType { return .markdown }
        if declared == Self.email.mediaType { return .email }
        let ending = String(name.suffix(9).lowercased())
        return endings.first { ending.hasSuffix($0.ending) }?.format ?? .plainText
    }

    /// The texts whose bytes may not show what they are.
    private static let endings: [(ending: String, format: Self)] = [
        (".md", .markdown), (".markdown", .markdown), (".html", .html), (".htm", .html), (".eml", .email),
    ]

    /// The format that the bytes show, or nil where they show none but may be text.
    static func sniffed(in bytes: [UInt8]) -> Self? {
        if let format = signatures.first(where: { bytes.starts(with: $0.bytes) })?.format {
            return format == .zip ? packaged(in: bytes) : format
        }
        return markup(in: bytes) ?? latePDF(in: bytes)
    }

    private static let signatures: [(bytes: [UInt8], format: Self)] = [
        (Array("%PDF-".utf8), .pdf),
        ([0x50, 0x4B, 0x03, 0x04], .zip),
        ([0x50, 0x4B, 0x05, 0x06], .zip),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .legacyOffice),
        (Array("{\\rtf".utf8), .rtf),
        ([0x1F, 0x8B], .gzip),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
        ([0xFF, 0xD8, 0xFF], .jpeg),
        ([0x49, 0x49, 0x2A, 0x00], .tiff),
        ([0x4D, 0x4D, 0x00, 0x2A], .tiff),
    ]

    /// What a ZIP archive is, by the names in its list and never by its members' bytes: ODT stores its media type first, the
    /// formats of Office have folders of their own. One that is truncated has no list; its first member tells enough to
    /// name the format in the refusal.
    private static func packaged(in bytes: [UInt8]) -> Self {
        let first = firstMember(of: bytes)
        if first.name == "mimetype",
            let format = openDocuments.first(where: { first.content.starts(with: $0.type.utf8) })
        {
            return format.format
        }
        guard let names = ZIPDirectory(bytes)?.names else { return first.name == officeList ? .docx : .zip }
        guard names.contains(officeList) else { return .zip }
        return officeFolders.first { folder in names.contains { $0.hasPrefix(folder.name) } }?.format ?? .zip
    }

    private static let officeList = "[Content_Types].xml"
    private static let officeFolders: [(name: String, format: Self)] = [
        ("word/", .docx), ("xl/", .spreadsheet), ("ppt/", .presentation),
    ]
    private static let openDocuments: [(type: String, format: Self)] = [
        (Self.odt.rawValue, .odt), ("application/vnd.oasis.opendocument.spreadsheet", .spreadsheet),
        ("application/vnd.oasis.opendocument.presentation", .presentation),
    ]

    /// The name of the member at the archive's start, and the beginning of its content as it is stored (APPNOTE.TXT
    /// 6.3.10, section 4.3.7).
    private static func firstMember(of bytes: [UInt8]) -> (name: String, content: ArraySlice<UInt8>) {
        let nameStart = 30
        let nameEnd = nameStart + bytes.littleEndian(at: 26, count: 2)
        let contentStart = nameEnd + bytes.littleEndian(at: 28, count: 2)
        guard bytes.count >= contentStart, contentStart > nameStart else { return ("", []) }
        return (String(decoding: bytes[nameStart..<nameEnd], as: UTF8.self), bytes[contentStart...].prefix(100))
    }

    /// HTML and e-mail begin with words of their own.
    private static func markup(in bytes: [UInt8]) -> Self? {
        let head = bytes.prefix(1_024).map { (65...90).contains($0) ? $0 + 32 : $0 }
        let start = head.drop { [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if pageOpenings.contains(where: { start.starts(with: $0.utf8) }) { return .html }
        let isLetter = letterOpenings.contains { start.starts(with: $0.utf8) }
        return isLetter && letterProofs.contains { start.contains(sequence: $0) } ? .email : nil
    }

    private static let pageOpenings = ["<!doctype html", "<html", "<?xml version"]
    private static let letterOpenings = [
        "return-path:", "received:", "delivered-to:", "from:", "to:", "date:", "subject:", "message-id:",
        "mime-version:", "x-", "dkim-signature:",
    ]
    private static let letterProofs = ["\nmime-version:", "\nmessage-id:", "\nreceived:"]

    /// A PDF may begin with up to 1,024 bytes of something else (ISO 32000-1, annex H.3.4.1), if it is no text.
    private static func latePDF(in bytes: [UInt8]) -> Self? {
        let head = bytes.prefix(1_024)
        return head.contains(0x25) && head.contains(sequence: "\n%PDF-") ? .pdf : nil
    }
}

extension Collection where Element == UInt8 {
    /// Whether the bytes of `text`, at least one, stand somewhere in it. For heads and ends of documents.
    func contains(sequence text: String) -> Bool {
        let wanted = Array(text.utf8)
        var rest = self[...]
        while let start = rest.firstIndex(of: wanted[0]) {
            rest = rest[start...]
            if rest.starts(with: wanted) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
