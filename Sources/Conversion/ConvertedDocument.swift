import Deliberations

/// A document as text: what every later stage reads and quotes.
public struct ConvertedDocument: Sendable {
    /// The text in valid UTF-8, without byte order mark. Offsets everywhere count in these bytes.
    public let utf8: [UInt8]
    /// The format of the document that it was made from.
    public let format: DocumentFormat
    /// The offset at which each page starts, if the text says so by form feeds; the first is 0.
    public let pageStarts: [Int]?
    /// What had to be supposed or repaired.
    public let warnings: [ReadingWarning]

    init(utf8: [UInt8], format: DocumentFormat, warnings: [ReadingWarning], hasFormFeeds: Bool) {
        self.utf8 = utf8
        self.format = format
        self.warnings = warnings
        pageStarts = hasFormFeeds ? Self.pageStarts(of: utf8) : nil
    }

    private static func pageStarts(of utf8: [UInt8]) -> [Int] {
        let starts = utf8.indices.lazy.filter { utf8[$0] == TextControls.formFeed }.map { $0 + 1 }
        return [0] + starts.filter { $0 < utf8.count }
    }
}
