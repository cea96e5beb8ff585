/// The tags and texts of an HTML page, one after the other (WHATWG HTML, section 13.2.5, without its error states: every
/// sequence of bytes has tokens).
struct MarkupTokens: Sequence, IteratorProtocol {
    /// A tag or a piece of text, which may be empty: comments and declarations say nothing.
    enum Token {
        case text(ArraySlice<UInt8>)
        /// A start tag: its name in small letters and its attributes as written.
        case open(String, attributes: ArraySlice<UInt8>)
        case close(String)
    }

    private let bytes: [UInt8]
    private var offset = 0
    /// The element whose content is no markup, if the last token opened one.
    private var rawElement: String?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private static let rawElements: Set<String> = [
        "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
    ]
    private static let longestName = 32

    mutating func next() -> Token? {
        guard offset < bytes.count else { return nil }
        if let element = rawElement { return rawText(of: element) }
        guard bytes[offset] == UInt8(ascii: "<") else { return text() }
        if starts(with: "<!--") {
            skip(past: "-->")
            return .text([])
        }
        guard offset + 1 < bytes.count else { return text() }
        switch bytes[offset + 1] {
        case UInt8(ascii: "!"), UInt8(ascii: "?"):
            skip(past: ">")
            return .text([])
        case UInt8(ascii: "/"): return closingTag()
        case let byte where Self.isLetter(byte): return openingTag()
        default: return text()
        }
    }

    private mutating func text() -> Token {
        let start = offset
        offset = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        return .text(bytes[start..<offset])
    }

    private mutating func rawText(of element: String) -> Token {
        rawElement = nil
        let start = offset
        let closing = Array("</\(element)".utf8)
        while offset < bytes.count, !startsIgnoringCase(with: closing) {
            offset = bytes[(offset + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        }
        return .text(bytes[start..<offset])
    }

    private mutating func closingTag() -> Token {
        offset += 2
        let name = name()
        skip(past: ">")
        return .close(name)
    }

    private mutating func openingTag() -> Token {
        offset += 1
        let name = name()
        let start = offset
        endTag()
        if Self.rawElements.contains(name) { rawElement = name }
        let attributes = bytes[start..<offset]
        offset = Swift.min(offset + 1, bytes.count)
        return .open(name, attributes: attributes)
    }

    private mutating func name() -> String {
        let start = offset
        while offset < bytes.count, !Self.endsName(bytes[offset]) { offset += 1 }
        let name = bytes[start..<offset].prefix(Self.longestName)
        return String(decoding: name.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    /// Goes to the tag's `>`; one in quotes is none.
    private mutating func endTag() {
        var quote: UInt8?
        while offset < bytes.count {
            let byte = bytes[offset]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: ">") {
                return
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), bytes[offset - 1] == UInt8(ascii: "=") {
                quote = byte
            }
            offset += 1
        }
    }

    private mutating func skip(past end: String) {
        let wanted = Array(end.utf8)
        while offset < bytes.count {
            offset = bytes[offset...].firstIndex(of: wanted[0]) ?? bytes.count
            if bytes[offset...].starts(with: wanted) {
                offset += wanted.count
                return
            }
            offset += 1
        }
        offset = bytes.count
    }

    private func starts(with text: String) -> Bool { bytes[offset...].starts(with: text.utf8) }

    private func startsIgnoringCase(with wanted: [UInt8]) -> Bool {
        bytes.count - offset >= wanted.count
            && wanted.indices.allSatisfy { index in
                let byte = bytes[offset + index]
                return ((65...90).contains(byte) ? byte + 32 : byte) == wanted[index]
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
    }
}
