/// Markup inside converted text: HTML tags and entities, which converters leave in.
enum Markup {
    /// What a tag means for the text.
    enum TagEffect {
        /// It stands inside a line.
        case inline
        /// It begins or ends a line.
        case lineBreak
        /// It begins or ends a cell of a table.
        case cell
        /// It begins something that is no text (a script, a style sheet).
        case hidden
    }

    private static let lineTags: Set<String> = [
        "br", "p", "div", "tr", "li", "ul", "ol", "table", "thead", "tbody", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "section", "article", "header", "footer", "nav", "title", "blockquote", "pre", "center", "form", "dt", "dd",
    ]
    private static let cellTags: Set<String> = ["td", "th"]
    private static let hiddenTags: Set<String> = ["script", "style"]

    /// Longest tag that is taken for one.
    private static let tagLimit = 400

    /// The tag that begins at `start` (a `<`), if it is one: its end and what it means.
    static func tag(at start: Int, in source: UnsafeBufferPointer<UInt8>) -> (end: Int, effect: TagEffect)? {
        var index = start + 1
        guard index < source.count else { return nil }
        if source[index] == UInt8(ascii: "!") { return end(from: index, in: source).map { ($0, .inline) } }
        if source[index] == UInt8(ascii: "/") { index += 1 }
        var name: [UInt8] = []
        while index < source.count, name.count < 12, (source[index] | 32).isLetter || source[index].isDigit {
            name.append(source[index] | 32)
            index += 1
        }
        guard let first = name.first, first.isLetter, index < source.count else { return nil }
        guard source[index] == UInt8(ascii: ">") || source[index] == UInt8(ascii: "/") || source[index].isBlank,
            let end = end(from: index, in: source)
        else { return nil }
        return (end, effect(of: String(decoding: name.map { $0 | 32 }, as: UTF8.self)))
    }

    private static func effect(of name: String) -> TagEffect {
        // A digit keeps its value when bit 5 is set, so "h1" is found as such.
        if lineTags.contains(name) { return .lineBreak }
        if cellTags.contains(name) { return .cell }
        return hiddenTags.contains(name) ? .hidden : .inline
    }

    private static func end(from index: Int, in source: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = index
        let limit = min(source.count, index + tagLimit)
        while index < limit {
            if source[index] == UInt8(ascii: ">") { return index + 1 }
            if source[index] == UInt8(ascii: "<") { return nil }
            index += 1
        }
        return nil
    }

    private static let entities: [String: UInt32] = [
        "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0, "laquo": 0xAB, "raquo": 0xBB,
        "deg": 0xB0, "ordm": 0xBA, "euro": 0x20AC, "hellip": 0x2026, "rsquo": 0x2019, "lsquo": 0x2018, "ldquo": 0x201C,
        "rdquo": 0x201D, "ndash": 0x2013, "mdash": 0x2014, "shy": 0xAD, "bull": 0x2022, "oelig": 0x153, "OElig": 0x152,
        "agrave": 0xE0, "acirc": 0xE2, "ccedil": 0xE7, "egrave": 0xE8, "eacute": 0xE9, "ecirc": 0xEA, "euml": 0xEB,
        "icirc": 0xEE, "iuml": 0xEF, "ocirc": 0xF4, "ugrave": 0xF9, "ucirc": 0xFB, "uuml": 0xFC, "Agrave": 0xC0,
        "Acirc": 0xC2, "Ccedil": 0xC7, "Egrave": 0xC8, "Eacute": 0xC9, "Ecirc": 0xCA, "Ocirc": 0xD4, "Ucirc": 0xDB,
    ]

    /// The entity that begins at `start` (an `&`), if it is one: its end and its character.
    static func entity(at start: Int, in source: UnsafeBufferPointer<UInt8>) -> (end: Int, scalar: UInt32)? {
        var index = start + 1
        let limit = min(source.count, start + 10)
        while index < limit, source[index] != UInt8(ascii: ";") { index += 1 }
        guard index < limit, index > start + 1 else { return nil }
        let name = String(decoding: source[(start + 1)..<index], as: UTF8.self)
        if let scalar = entities[name] { return (index + 1, scalar) }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let value =
            digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let value, let scalar = Unicode.Scalar(value) else { return nil }
        return (index + 1, scalar.value)
    }
}
