import Storage

/// How long a document may take to become text, as its bytes show before anybody has read them.
enum Pace {
    /// Past so many bytes anything may take minutes: attachments, tables, very many pages.
    private static let quickBytes = 256 << 10
    /// How many of its first bytes show it.
    static let beginning = 1_024

    /// Whether documents of so many bytes may take minutes whatever they are.
    static func isSlow(bytes: Int) -> Bool { bytes > quickBytes }

    /// Whether a document may take minutes: what is no text may be scanned pages or an archive.
    static func isSlow(_ document: any StoredBytes) -> Bool {
        if isSlow(bytes: document.count) { return true }
        return document.withUnsafeBytes { bytes in
            let start = bytes.prefix(beginning)
            let isWide = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
            return !isWide && start.contains(0) || start.containsMark(of: "%PDF-")
        }
    }
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate func containsMark(of text: StaticString) -> Bool {
        let mark = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return indices.contains { self[$0] == mark[0] && self[$0...].starts(with: mark) }
    }
}
