/// A format in which documents are pushed.
public enum DocumentFormat: String, CaseIterable, Sendable {
    case plainText = "text/plain"
    case markdown = "text/markdown"
    case html = "text/html"
    case rtf = "application/rtf"
    case pdf = "application/pdf"
    case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case odt = "application/vnd.oasis.opendocument.text"
    case legacyOffice = "application/msword"
    case spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case presentation = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
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
        case .spreadsheet: "a spreadsheet"
        case .presentation: "a presentation"
        case .email: "an e-mail"
        case .zip: "a ZIP archive"
        case .gzip: "a gzip file"
        case .png: "a PNG image"
        case .jpeg: "a JPEG image"
        case .tiff: "a TIFF image"
        }
    }

    /// Whether it is an image, whose text must be recognised.
    public var isImage: Bool { [.png, .jpeg, .tiff].contains(self) }

    /// Whether it is a text that needs no tool.
    public var isText: Bool { [.plainText, .markdown, .html].contains(self) }

    /// What a person can do to push such a document in a format that is read.
    var cure: String {
        switch self {
        case .rtf: "save it as DOCX or PDF in the word processor and push that"
        case .spreadsheet, .presentation: "export it as PDF and push that"
        case .gzip: "unpack it and push what it holds"
        default: "save it as PDF and push that"
        }
    }
}
