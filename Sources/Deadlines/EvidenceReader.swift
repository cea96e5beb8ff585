import Deliberations

/// Finds the words on which a deadline rests.
struct EvidenceReader {
    private let text: [UInt8]
    private let ranges: [String: TextRange]

    /// A short range is widened to its line, for a date alone quotes nothing.
    private static let shortRange = 60
    private static let longestWidening = 160
    private static let longestQuote = 480

    init(text: [UInt8], provenance: Provenance) {
        self.text = text
        ranges = provenance.byPointer()
    }

    /// The quotation of the first of `pointers` that is cited.
    func quote(_ pointers: [String]) -> [Evidence] {
        for pointer in pointers {
            if let range = ranges[pointer] { return quote(range).map { [$0] } ?? [] }
        }
        return []
    }

    /// The quotation of one fact.
    func quote(_ pointer: String) -> [Evidence] { quote([pointer]) }

    /// Where one of `pointers` was read.
    func range(_ pointers: [String]) -> TextRange? {
        pointers.lazy.compactMap { ranges[$0] }.first
    }

    /// The words of a range; nil if the range is not one of this text.
    func quote(_ range: TextRange) -> Evidence? {
        guard 0 <= range.start, range.start < range.end, range.end <= text.count else { return nil }
        let wide = range.end - range.start < Self.shortRange ? widened(range) : range
        let cut = TextRange(wide.start, boundary(atOrBefore: min(wide.end, wide.start + Self.longestQuote)))
        return Evidence(range: cut, quote: String(decoding: text[cut.start..<cut.end], as: UTF8.self))
    }

    /// The bytes of the line after `range`, at most `count`.
    func following(_ range: TextRange, count: Int) -> ArraySlice<UInt8> {
        guard 0 <= range.end, range.end <= text.count else { return [] }
        return text[range.end..<min(text.count, range.end + count)].prefix { $0 != UInt8(ascii: "\n") }
    }

    /// Whether a range begins its line.
    func beginsLine(_ range: TextRange) -> Bool {
        guard 0 < range.start, range.start <= text.count else { return range.start == 0 }
        return text[range.start - 1] == UInt8(ascii: "\n")
    }

    /// The line of a range.
    func line(of range: TextRange) -> TextRange { widened(range) }

    private func widened(_ range: TextRange) -> TextRange {
        let newline = UInt8(ascii: "\n")
        var start = range.start
        while start > 0, text[start - 1] != newline, range.start - start < Self.longestWidening { start -= 1 }
        var end = range.end
        while end < text.count, text[end] != newline, end - range.end < Self.longestWidening { end += 1 }
        while start < range.start, isContinuation(start) || text[start] == UInt8(ascii: " ") { start += 1 }
        return TextRange(start, max(range.end, boundary(atOrBefore: end)))
    }

    /// A character of UTF-8 is never cut.
    private func boundary(atOrBefore index: Int) -> Int {
        var index = min(index, text.count)
        while index > 0, index < text.count, isContinuation(index) { index -= 1 }
        return index
    }

    private func isContinuation(_ index: Int) -> Bool { text[index] & 0xC0 == 0x80 }
}
