/// What is left of a document's limits while its tools run.
struct Budget {
    let limits: ConversionLimits
    /// When the tools must have ended.
    let deadline: ContinuousClock.Instant
    /// How many more pages may be recognised.
    private var scannedPages: Int
    /// How many more files an archive may hold.
    private var archiveFiles: Int
    /// How many more bytes they may have.
    private var archiveBytes: Int

    /// Nothing used up.
    init(_ limits: ConversionLimits) {
        self.limits = limits
        deadline = .now + .seconds(limits.clockSeconds)
        scannedPages = limits.scannedPages
        archiveFiles = limits.archiveFiles
        archiveBytes = limits.archiveBytes
    }

    /// Uses up `count` pages for recognition.
    mutating func takeScannedPages(_ count: Int) throws(ConversionError) {
        guard count <= scannedPages else { throw .tooManyScannedPages(limit: limits.scannedPages) }
        scannedPages -= count
    }

    /// How many bytes an archive may still be unpacked to.
    var remainingArchiveBytes: Int { archiveBytes }

    /// Uses up a file of `bytes` bytes.
    mutating func takeFile(bytes: Int) throws(ConversionError) {
        guard archiveFiles > 0 else { throw .tooManyFiles(limit: limits.archiveFiles) }
        guard bytes <= archiveBytes else { throw .archiveTooLarge(limit: limits.archiveBytes) }
        archiveFiles -= 1
        archiveBytes -= bytes
    }
}
