/// How much one document may ask for. Past a limit the document is refused with its name and the cure.
public struct ConversionLimits: Hashable, Sendable {
    /// The largest document, in bytes.
    public var documentBytes = 64 << 20
    /// The longest text that a tool may make of a document, in bytes.
    public var textBytes = 32 << 20
    /// The most pages of a PDF.
    public var pages = 1_000
    /// The most pages whose text is recognised (OCR takes two to three seconds a page).
    public var scannedPages = 100
    /// The most points of an image.
    public var imagePixels = 100_000_000
    /// The most files in an archive or an e-mail.
    public var archiveFiles = 200
    /// The most bytes that the files of an archive have together once unpacked.
    public var archiveBytes = 128 << 20
    /// How deep archives and e-mails may lie in each other.
    public var archiveDepth = 3
    /// How long one run of a tool may keep a processor busy, in seconds; for images, for each page.
    public var processorSeconds = 60
    /// How long the tools may take for one document by the clock, in seconds.
    public var clockSeconds = 900
    /// How much memory a tool may take, in bytes.
    public var memoryBytes = 1 << 30

    /// The defaults.
    public init() {}

    /// The defaults, for documents of at most `documentBytes`.
    public init(documentBytes: Int) {
        self.documentBytes = documentBytes
    }
}
