import Deliberations

/// Finds the words on which a deadline rests.
struct EvidenceReader {
    private let text: [UInt8]
    private let provenance: Provenance

    /// A short range is widened to its line, for a date alone quotes nothing.
    private static let shortRange = 60
    private static let longestWidening = 300
    private static let longestQuote = 480

    init(text: [UInt8], provenance: Provenance) {
        self.text = text
        self.provenance = provenance.indexed()
    }

    /// The quotation of the first of `pointers` that is cited.
    func quote(_ pointers: some Sequence<String>) -> [Evidence] {
        for pointer in pointers {
            if let range = provenance[pointer] { return quote(range).map { [$0] } ?? [] }
        }
        return []
    }

    /// The quotation of one fact.
    func quote(_ pointer: String) -> [Evidence] { quote(CollectionOfOne(pointer)) }

    /// The quotation of a stated duty.
    func quote(obligation index: Int) -> [Evidence] {
        if let range = provenance["/obligations", index] { return quote(range).map { [$0] } ?? [] }
        return quote(["/what", "/due"].lazy.map { "/obligations/\(index)\($0)" })
    }

    /// Where one of `pointers` was read.
    func range(_ pointers: [String]) -> TextRange? {
        pointers.lazy.compactMap { provenance[$0] }.first
    }

    /// The words of a range; nil if the range is not one of this text.
    func quote(_ range: TextRange) -> Evidence? {
        guard 0 <= range.start, range.start < range.end, range.end <= text.count else { return nil }
        let wide = range.end - range.start < Self.shortRange ? widened(range) : range
        let cut = TextRange(wide.start, boundary(atOrBefore: min(wide.end, wide.start + Self.longestQuote)))
        return Evidence(range: cut, quote: String(decoding: text[cut.start..<cut.end], as: UTF8.self))
    }

    /// The beginnings of lines that say a month, a year and a colon ("Septembre 2024 : …"), with their lines.
    func monthHeadings() -> [(words: String, line: TextRange)] {
        text.withUnsafeBufferPointer { bytes in
            var headings: [(String, TextRange)] = []
            Lines.forEach(of: bytes) { start, end in
                guard start < end, Self.beginsLikeMonth(bytes, at: start) else { return }
                let head = bytes[start..<min(end, start + Self.longestMonth)]
                guard let colon = head.firstIndex(of: UInt8(ascii: ":")), head[..<colon].contains(where: Self.isDigit)
                else { return }
                headings.append((String(decoding: bytes[start..<colon], as: UTF8.self), TextRange(start, end)))
            }
            return headings
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// "Septembre 2024" and a no-break space, with room to spare.
    private static let longestMonth = 32

    /// Whether the first two bytes at `start` are those of a month, or of "fin"; é begins with 0xC3 in UTF-8.
    private static func beginsLikeMonth(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        guard start + 1 < bytes.count else { return false }
        let second = bytes[start + 1] == 0xC3 ? UInt8(ascii: "e") : bytes[start + 1] | 0x20
        return switch (bytes[start] | 0x20, second) {
        case (UInt8(ascii: "j"), UInt8(ascii: "a")), (UInt8(ascii: "j"), UInt8(ascii: "u")): true
        case (UInt8(ascii: "f"), UInt8(ascii: "e")), (UInt8(ascii: "f"), UInt8(ascii: "i")): true
        case (UInt8(ascii: "m"), UInt8(ascii: "a")), (UInt8(ascii: "s"), UInt8(ascii: "e")): true
        case (UInt8(ascii: "a"), UInt8(ascii: "v")), (UInt8(ascii: "a"), UInt8(ascii: "o")): true
        case (UInt8(ascii: "o"), UInt8(ascii: "c")), (UInt8(ascii: "n"), UInt8(ascii: "o")): true
        case (UInt8(ascii: "d"), UInt8(ascii: "e")): true
        default: false
        }
    }

    private func widened(_ range: TextRange) -> TextRange {
        let newline = UInt8(ascii: "\n")
        var start = range.start
        while start > 0, text[start - 1] != newline, range.start - start < Self.longestWidening { start -= 1 }
        var end = range.end
        while end < text.count, text[end] != newline, end - range.end < Self.longestWidening { end += 1 }
        while start < range.start, isContinuation(start) || Self.isBeforeWords(text[start]) { start += 1 }
        return TextRange(start, max(range.end, boundary(atOrBefore: end)))
    }

    /// Whether a byte is white space or the dash of a list.
    private static func isBeforeWords(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") || byte == UInt8(ascii: "-") }

    /// A character of UTF-8 is never cut.
    private func boundary(atOrBefore index: Int) -> Int {
        var index = min(index, text.count)
        while index > 0, index < text.count, isContinuation(index) { index -= 1 }
        return index
    }

    private func isContinuation(_ index: Int) -> Bool { text[index] & 0xC0 == 0x80 }
}
