/// One header line, folded to 78 bytes where its words allow (RFC 5322 section 2.2.3).
struct HeaderField {
    let name: String
    /// Units between which a fold may stand.
    let words: [String]

    init(_ name: String, words: [String]) {
        self.name = name
        self.words = words
    }

    /// A field of free text: plain when it can be, else encoded words.
    init(_ name: String, text: HeaderText) {
        self.init(name, words: Self.words(of: text.text, after: name.utf8.count + 2))
    }

    /// A field of one mailbox.
    init(_ name: String, address: EmailAddress) {
        guard let displayName = address.displayName?.text else {
            self.init(name, words: [address.address])
            return
        }
        self.init(name, words: Self.phrase(displayName, after: name.utf8.count + 2) + ["<\(address.address)>"])
    }

    var bytes: [UInt8] {
        var line = name + ":"
        var column = line.utf8.count
        for (index, word) in words.enumerated() {
            let width = word.utf8.count + 1
            if index > 0, column + width > 78 {
                line += "\r\n"
                column = 0
            }
            line += " " + word
            column += width
        }
        return Array((line + "\r\n").utf8)
    }

    /// The words of a display name: atoms or a quoted string when plain, else encoded.
    static func phrase(_ text: String, after column: Int) -> [String] {
        let isAtoms = text.utf8.allSatisfy { $0 == 0x20 || $0.isAtomText } && !text.contains("=?")
        if isAtoms, text.utf8.count <= 60 { return text.split(separator: " ").map(String.init) }
        guard !EncodedWord.isNeeded(text), text.utf8.count <= 60 else {
            return EncodedWord.words(text, firstLimit: 76 - column)
        }
        let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return ["\"\(escaped)\""]
    }

    private static func words(of text: String, after column: Int) -> [String] {
        let words = text.split(separator: " ").map(String.init)
        let isPlain = !EncodedWord.isNeeded(text) && words.allSatisfy { $0.utf8.count <= 76 - column }
        return isPlain ? words : EncodedWord.words(text, firstLimit: 76 - column)
    }
}

/// A parameter of Content-Type or Content-Disposition, in RFC 2231 form when its value needs it.
enum HeaderParameter {
    static func words(_ name: String, _ value: String) -> [String] {
        let isPlain = value.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        if isPlain, value.utf8.count <= 60 { return ["\(name)=\"\(value)\""] }
        let encoded = value.unicodeScalars.map { percentEncoded($0) }
        if encoded.reduce(0, { $0 + $1.utf8.count }) <= 50 { return ["\(name)*=utf-8''\(encoded.joined())"] }
        return continuations(name, encoded)
    }

    private static func continuations(_ name: String, _ encoded: [String]) -> [String] {
        var sections: [String] = [""]
        for scalar in encoded {
            let last = sections.count - 1
            if sections[last].utf8.count + scalar.utf8.count > 50 {
                sections.append(scalar)
            } else {
                sections[last] += scalar
            }
        }
        return sections.enumerated().map { index, section in
            "\(name)*\(index)*=\(index == 0 ? "utf-8''" : "")\(section)"
        }
    }

    private static func percentEncoded(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf8.map { byte in
            if byte.isAlphanumeric || [0x2D, 0x2E, 0x5F].contains(byte) { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }
}
