/// A program of this host that reads a format.
public enum ExternalTool: String, CaseIterable, Hashable, Sendable {
    /// The text layer of a PDF (poppler).
    case pdftotext
    /// Which images stand on the pages of a PDF (poppler).
    case pdfimages
    /// A page of a PDF as an image (poppler).
    case pdftoppm
    /// The text in an image.
    case tesseract
    /// What tesseract knows of French; a file of data, not a program.
    case frenchRecognition = "fra.traineddata"
    /// DOCX and ODT.
    case pandoc
    /// Word documents before 2007.
    case antiword
    /// ZIP archives (libarchive).
    case bsdtar
    /// The sandbox.
    case bubblewrap = "bwrap"

    /// The Debian package that brings it.
    public var debianPackage: String {
        switch self {
        case .pdftotext, .pdfimages, .pdftoppm: "poppler-utils"
        case .tesseract: "tesseract-ocr"
        case .frenchRecognition: "tesseract-ocr-fra"
        case .pandoc: "pandoc"
        case .antiword: "antiword"
        case .bsdtar: "libarchive-tools"
        case .bubblewrap: "bubblewrap"
        }
    }

    /// What cannot be done without it.
    public var purpose: String {
        switch self {
        case .pdftotext, .pdfimages: "PDFs"
        case .pdftoppm: "scanned PDFs"
        case .tesseract, .frenchRecognition: "scans and images"
        case .pandoc: "DOCX and ODT"
        case .antiword: "DOC"
        case .bsdtar: "ZIP archives"
        case .bubblewrap: "a sandbox around the tools"
        }
    }
}
