/// A format in which documents are pushed, as told from their first bytes.
public enum DocumentFormat: String, CaseIterable, Sendable {
    case plainText = "text/plain"
    case markdown = "text/markdown"
    case html = "text/html"
    case rtf = "application/rtf"
    case pdf = "application/pdf"
    case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case odt = "application/vnd.oasis.opendocument.text"
    case legacyOffice = "application/msword"
    case email = "message/rfc822"
    case zip = "application/zip"
    case gzip = "application/gzip"
    case png = "image/png"
    case jpeg = "image/jpeg"
    case tiff = "image/tiff"

    /// Its media type (RFC 6838).
    public var mediaType: String { rawValue }

    /// What people call it.
    public var name: String {
        switch self {
        case .plainText: "plain text"
        case .markdown: "Markdown"
        case .html: "an HTML page"
        case .rtf: "an RTF document"
        case .pdf: "a PDF"
        case .docx: "a Word document (DOCX)"
        case .odt: "an OpenDocument text (ODT)"
        case .legacyOffice: "a legacy Office document (DOC)"
        case .email: "an e-mail"
        case .zip: "a ZIP archive"
        case .gzip: "a gzip file"
        case .png: "a PNG image"
        case .jpeg: "a JPEG image"
        case .tiff: "a TIFF image"
        }
    }

    /// What a person can do to push such a document as text.
    var cure: String {
        switch self {
        case .plainText, .markdown: "push it as it is"
        case .html: "save the page as plain text and push that"
        case .rtf, .docx, .odt, .legacyOffice: "save it as plain text (UTF-8) in the word processor and push that"
        case .pdf: "convert it with `pdftotext -layout` (Debian package poppler-utils) and push the text"
        case .email: "save its attachment as plain text and push that"
        case .zip, .gzip: "unpack it and push the texts that it holds"
        case .png, .jpeg, .tiff:
            "read it with `tesseract -l fra` (Debian packages tesseract-ocr, tesseract-ocr-fra) and push the text"
        }
    }

    /// The format that the first bytes show, or nil where they show none but may be text.
    static func sniffed(in bytes: [UInt8]) -> Self? {
        if let format = signatures.first(where: { bytes.starts(with: $0.bytes) })?.format {
            return format == .zip ? packaged(in: bytes) : format
        }
        return markup(in: bytes)
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

    /// What a ZIP archive holds, by the names near its start: ODT stores its media type first, DOCX has `word/` parts.
    private static func packaged(in bytes: [UInt8]) -> Self {
        let head = bytes.prefix(4_096)
        if head.contains(sequence: "mimetype\(Self.odt.rawValue)") { return .odt }
        return head.contains(sequence: "[Content_Types].xml") || head.contains(sequence: "word/") ? .docx : .zip
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
}

extension Collection where Element == UInt8 {
    /// Whether the bytes of `text` stand somewhere in it. For short heads of documents.
    func contains(sequence text: String) -> Bool {
        let wanted = Array(text.utf8)
        var rest = self[...]
        while rest.count >= wanted.count {
            if rest.starts(with: wanted) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
