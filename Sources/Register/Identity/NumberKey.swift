import Deliberations

/// An act number as documents are compared by it, so that all spellings of one number are one key and two numbers never.
///
/// Documents write one number as "2024-031", "2024/031", "2024_31" or "n° 2024 031": the key is its groups of letters and
/// digits with a hyphen between them, without leading zeros: "2024-31". A form without separators, "2024031", could be
/// several numbers; it has a key of its own, and whoever compares must have another reason to take the two for one.
enum NumberKey {
    /// The most bytes of a number that count.
    private static let limit = 80
    private static let separator = UInt8(ascii: "-")

    /// The key of a number; nil when it has no digit, or a character that stands for an unreadable one.
    static func text(of number: ActNumber) -> String? {
        let text = withoutLabel(number.text)
        guard !text.unicodeScalars.contains(where: { $0 == "?" || $0 == "\u{FFFD}" }) else { return nil }
        let groups = FoldedText(text).text.utf8.prefix(limit).split(separator: UInt8(ascii: " "))
        guard groups.contains(where: { $0.contains(where: isDigit) }) else { return nil }
        var key: [UInt8] = []
        for group in groups {
            if !key.isEmpty { key.append(separator) }
            append(group, to: &key)
        }
        return String(decoding: key, as: UTF8.self)
    }

    /// Whether a key has no separator.
    static func isCompact(_ key: String) -> Bool { !key.utf8.contains(separator) }

    /// The same for a number and for all its forms without separators, and for few others: its letters and digits other
    /// than 0.
    static func digits(of key: String) -> String {
        String(decoding: key.utf8.filter { $0 != separator && $0 != UInt8(ascii: "0") }, as: UTF8.self)
    }

    /// Whether `compact` is what is left of `number` when its separators are left out: "2024031" of "2024-31".
    static func isCompact(_ compact: String, formOf number: String) -> Bool {
        let groups = number.utf8.split(separator: separator)
        return groups.count > 1 && isCompact(compact) && spells(Array(compact.utf8)[...], groups[...])
    }

    /// Whether the bytes are the groups, each with any number of zeros before it.
    private static func spells(_ bytes: ArraySlice<UInt8>, _ groups: ArraySlice<Substring.UTF8View>) -> Bool {
        guard let group = groups.first else { return bytes.isEmpty }
        if bytes.starts(with: group), spells(bytes.dropFirst(group.count), groups.dropFirst()) { return true }
        return bytes.first == UInt8(ascii: "0") && spells(bytes.dropFirst(), groups)
    }

    /// The text after "n°", "N º", "no", "numéro".
    private static func withoutLabel(_ text: String) -> Substring {
        var rest = text.drop(while: \.isWhitespace)
        guard rest.utf8.first.map({ $0 | 0x20 }) == UInt8(ascii: "n") else { return rest }
        for label in ["numéro", "numero", "n°", "nº", "n °", "n º", "no "] {
            guard rest.prefix(label.count).lowercased() == label else { continue }
            rest = rest.dropFirst(label.count)
            break
        }
        return rest
    }

    /// Adds a group: in one with a digit the letters O, I and L are digits, as scans confuse them; zeros that lead digits
    /// say nothing.
    private static func append(_ group: Substring.UTF8View.SubSequence, to key: inout [UInt8]) {
        let isNumber = group.contains(where: isDigit)
        let units = group.map { isNumber ? asDigit($0) : $0 }
        for (index, unit) in units.enumerated() {
            let isLeading = index == 0 || !isDigit(units[index - 1]) || key.last.map { !isDigit($0) } ?? true
            let isFollowed = index + 1 < units.count && isDigit(units[index + 1])
            if unit == UInt8(ascii: "0"), isLeading, isFollowed { continue }
            key.append(unit)
        }
    }

    private static func isDigit(_ unit: UInt8) -> Bool { (48...57).contains(unit) }

    private static func asDigit(_ unit: UInt8) -> UInt8 {
        switch unit {
        case UInt8(ascii: "o"): UInt8(ascii: "0")
        case UInt8(ascii: "i"), UInt8(ascii: "l"): UInt8(ascii: "1")
        default: unit
        }
    }
}
