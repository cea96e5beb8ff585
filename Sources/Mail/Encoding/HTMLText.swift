/// Text inside an HTML element or a quoted attribute (HTML Living Standard, section 13.3).
///
/// The characters that HTML gives a meaning are looked for as bytes: one that a combining mark or a prefixed format sign joins
/// into a Swift `Character` is markup to a browser all the same.
enum HTMLText {
    /// `text` with `<`, `>`, `&` and both quotation marks as references.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { reference($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let reference = reference(byte) { bytes += reference.utf8 } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func reference(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
