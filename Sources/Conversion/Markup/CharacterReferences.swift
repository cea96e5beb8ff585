/// Character references of HTML: `&eacute;`, `&#233;`, `&#xE9;`.
enum CharacterReferences {
    /// Appends `bytes` with their references resolved; what is no reference stays as it is.
    static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
        var rest = bytes
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += rest[..<ampersand]
            rest = rest[(ampersand + 1)...]
            guard let (scalar, length) = reference(at: rest) else {
                text.append(UInt8(ascii: "&"))
                continue
            }
            OtherEncodings.append(scalar, to: &text)
            rest = rest.dropFirst(length)
        }
        text += rest
    }

    private static let longest = 12

    /// The character of the reference after an ampersand, and how many bytes it takes with its semicolon.
    private static func reference(at bytes: ArraySlice<UInt8>) -> (scalar: UInt32, length: Int)? {
        let head = bytes.prefix(longest)
        let word = head.prefix { isWord($0) || $0 == UInt8(ascii: "#") }
        guard !word.isEmpty else { return nil }
        let isClosed = head.dropFirst(word.count).first == UInt8(ascii: ";")
        let name = String(decoding: word, as: UTF8.self)
        guard let scalar = name.hasPrefix("#") ? number(name.dropFirst()) : isClosed ? named[name] : nil else {
            return nil
        }
        return (scalar, word.count + (isClosed ? 1 : 0))
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    /// The scalar of a number; what is none becomes U+FFFD, and 0x80 to 0x9F are Windows-1252's, as browsers read them.
    private static func number(_ digits: Substring) -> UInt32? {
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        guard let value = UInt32(isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10) else {
            return nil
        }
        if (0x80..<0xA0).contains(value) { return OtherEncodings.windows1252Specials[Int(value - 0x80)] }
        return value >= 0x20 || value == 0x0A || value == 0x09 ? Unicode.Scalar(value)?.value ?? 0xFFFD : 0xFFFD
    }

    private static let named: [String: UInt32] = {
        var table = others
        for (offset, name) in latin1.split(separator: " ").enumerated() { table[String(name)] = 0xA0 + UInt32(offset) }
        return table
    }()

    /// U+00A0 to U+00FF in order (HTML 4.01, section 24.2).
    private static let latin1 = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
        acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde \
        Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute \
        Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde \
        auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute \
        ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
        """

    /// Markup's own, and those of HTML 4.01, sections 24.3 and 24.4, that texts hold.
    private static let others: [String: UInt32] = [
        "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27,
        "OElig": 0x0152, "oelig": 0x0153, "Scaron": 0x0160, "scaron": 0x0161, "Yuml": 0x0178, "fnof": 0x0192,
        "ensp": 0x2002, "emsp": 0x2003, "thinsp": 0x2009, "zwnj": 0x200C, "zwj": 0x200D, "ndash": 0x2013,
        "mdash": 0x2014, "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A, "ldquo": 0x201C, "rdquo": 0x201D,
        "bdquo": 0x201E, "dagger": 0x2020, "Dagger": 0x2021, "bull": 0x2022, "hellip": 0x2026, "permil": 0x2030,
        "prime": 0x2032, "Prime": 0x2033, "lsaquo": 0x2039, "rsaquo": 0x203A, "euro": 0x20AC, "trade": 0x2122,
        "larr": 0x2190, "uarr": 0x2191, "rarr": 0x2192, "darr": 0x2193, "harr": 0x2194, "sum": 0x2211,
        "minus": 0x2212, "radic": 0x221A, "infin": 0x221E, "asymp": 0x2248, "ne": 0x2260, "le": 0x2264,
        "ge": 0x2265, "loz": 0x25CA,
    ]
}
