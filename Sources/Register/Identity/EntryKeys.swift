import Deliberations
import Digest

/// By what one deliberation of a document is found among the acts of its session.
struct EntryKeys: Hashable {
    /// The folded act number; nil where the document gives none, or a damaged one.
    let number: String?
    /// The folded subject, as the first 63 bits of its digest: two subjects of one session do not share them.
    let subject: Int64
    /// How many deliberations without a number and with this subject stand before it in its document.
    let ordinal: Int

    /// The keys of the acts of one document, in their order.
    ///
    /// A number that comes a second time with another subject is damaged: such a deliberation goes by its subject.
    static func keys(of acts: [ActSummary]) -> [EntryKeys] {
        var subjectOfNumber: [String: Int64] = [:]
        var unnumbered: [Int64: Int] = [:]
        return acts.map { act in
            let subject = subjectKey(act.subject)
            if let number = act.number.flatMap(numberKey),
                subjectOfNumber[number, default: subject] == subject
            {
                subjectOfNumber[number] = subject
                return EntryKeys(number: number, subject: subject, ordinal: 0)
            }
            let ordinal = unnumbered[subject, default: 0]
            unnumbered[subject] = ordinal + 1
            return EntryKeys(number: nil, subject: subject, ordinal: ordinal)
        }
    }

    /// The number without punctuation, its letters O, I and L read as digits, as scans confuse them; nil when it has no
    /// digit, or a character that stands for an unreadable one.
    static func numberKey(_ number: ActNumber) -> String? {
        guard !number.text.unicodeScalars.contains(where: { $0 == "?" || $0 == "\u{FFFD}" }) else { return nil }
        let folded = FoldedText(number.text).text.utf8.prefix(80).compactMap { unit -> UInt8? in
            switch unit {
            case UInt8(ascii: " "): nil
            case UInt8(ascii: "o"): UInt8(ascii: "0")
            case UInt8(ascii: "i"), UInt8(ascii: "l"): UInt8(ascii: "1")
            default: unit
            }
        }
        let original = number.text.utf8.contains { (48...57).contains($0) }
        return original && !folded.isEmpty ? String(decoding: folded, as: UTF8.self) : nil
    }

    private static func subjectKey(_ subject: String) -> Int64 {
        var folded = FoldedText(subject).text
        return folded.withUTF8 { text in
            SHA256Digest(of: UnsafeRawBufferPointer(text)).leadingBits
        }
    }
}

extension SHA256Digest {
    /// The first 63 bits as a number that is not negative.
    var leadingBits: Int64 {
        bytes.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) } & .max
    }
}

extension EntryKeys {
    /// Shorter numbers first, then as text: "9" before "10".
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count ? left < right : left.utf8.count < right.utf8.count
    }
}
