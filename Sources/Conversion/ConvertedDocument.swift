import Deliberations

/// A document as text: what every later stage reads and quotes.
public struct ConvertedDocument: Sendable {
    /// The text in valid UTF-8, without byte order mark. Offsets everywhere count in these bytes.
    public let utf8: [UInt8]
    /// The format of the document that it was made from.
    public let format: DocumentFormat
    /// The offset at which each page starts, if the document has pages; the first is 0.
    public let pageStarts: [Int]?
    /// What had to be supposed or repaired.
    public let warnings: [ReadingWarning]
    /// The documents that an archive or an e-mail holds, whose texts stand in ``utf8`` one after the other; empty for a
    /// document that is one itself.
    public let parts: [Part]
    /// What people wrote in e-mails around their attachments, not part of ``utf8``: it may be the act where these are none.
    public let letters: [Part]
    /// What an archive or an e-mail holds that was not read.
    public let unread: [UnreadPart]

    /// A document in an archive or an e-mail that was not read.
    public struct UnreadPart: Hashable, Sendable {
        /// Its name; that of one in an inner archive stands after the archive's name and a slash.
        public var name: String
        /// Why.
        public var reason: ConversionError
    }

    /// One of the documents in an archive or an e-mail.
    public struct Part: Sendable {
        /// Its name in the archive.
        public var name: String
        /// It alone, as if it had been pushed by itself.
        public var document: ConvertedDocument

        /// A part.
        public init(name: String, document: ConvertedDocument) {
            self.name = name
            self.document = document
        }
    }

    init(utf8: [UInt8], format: DocumentFormat, warnings: [ReadingWarning], hasFormFeeds: Bool) {
        self.utf8 = utf8
        self.format = format
        self.warnings = warnings
        pageStarts = hasFormFeeds ? Self.pageStarts(of: utf8) : nil
        parts = []
        letters = []
        unread = []
    }

    /// The texts of `parts`, at least one, in one: each starts a page. What was not read is a warning each.
    public init(
        joining parts: [Part], format: DocumentFormat, letters: [Part] = [], unread: [UnreadPart] = [],
        warnings: [ReadingWarning] = []
    ) {
        var text: [UInt8] = []
        var starts: [Int] = []
        var all = unread.map(ReadingWarning.init) + warnings
        for part in parts {
            if !text.isEmpty, text.last != TextControls.formFeed { text += [0x0A, TextControls.formFeed] }
            starts += (part.document.pageStarts ?? [0]).map { $0 + text.count }
            all += part.document.warnings.map { $0.moved(by: text.count, in: parts.count > 1 ? part.name : nil) }
            text += part.document.utf8
        }
        utf8 = text
        self.format = format
        self.warnings = all
        pageStarts = starts.count > 1 || parts.first?.document.pageStarts != nil ? starts : nil
        self.parts = parts
        self.letters = letters
        self.unread = unread
    }

    private static func pageStarts(of utf8: [UInt8]) -> [Int] {
        utf8.withUnsafeBufferPointer { bytes in
            var starts = [0]
            for offset in 1..<max(bytes.count, 1) where bytes[offset - 1] == TextControls.formFeed {
                starts.append(offset)
            }
            return starts
        }
    }
}

extension ReadingWarning {
    /// The warning that a part was not read.
    init(_ unread: ConvertedDocument.UnreadPart) {
        self.init(
            code: "unread-part", message: "\(unread.name.bounded) was not read: \(unread.reason)",
            part: unread.name.bounded, reason: unread.reason.code)
    }

    /// The warning for a text that starts `bytes` later and, if it is one of several, is called `part`.
    fileprivate func moved(by bytes: Int, in part: String?) -> ReadingWarning {
        ReadingWarning(
            code: code, message: part.map { "\($0.bounded): \(message)" } ?? message,
            range: range.map { TextRange($0.start + bytes, $0.end + bytes) }, part: self.part ?? part, reason: reason)
    }
}
