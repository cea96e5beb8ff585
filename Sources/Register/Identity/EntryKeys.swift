import Deliberations
import Digest

/// By what one deliberation of a document is found among the acts of its session.
struct EntryKeys: Hashable {
    /// The act number's `NumberKey`; nil where the document gives none, or a damaged one.
    var number: String?
    /// The folded subject, as the first 63 bits of its digest: two subjects of one session do not share them.
    let subject: Int64
    /// The number as the document writes it, if that is without separators.
    var compactNumber: String?
    /// How many deliberations without a number and with this subject stand before it in its document.
    let ordinal: Int

    /// The keys of the acts of one document, in their order.
    ///
    /// A number that comes a second time with another subject is damaged: such a deliberation goes by its subject.
    static func keys(of acts: [ActSummary]) -> [EntryKeys] {
        var subjectOfNumber: [String: Int64] = [:]
        var unnumbered: [Int64: Int] = [:]
        let keys = acts.map { act in
            let subject = subjectKey(act.subject)
            if let number = act.number.flatMap(NumberKey.text),
                subjectOfNumber[number, default: subject] == subject
            {
                subjectOfNumber[number] = subject
                return EntryKeys(
                    number: number, subject: subject,
                    compactNumber: NumberKey.isCompact(number) ? number : nil, ordinal: 0)
            }
            let ordinal = unnumbered[subject, default: 0]
            unnumbered[subject] = ordinal + 1
            return EntryKeys(subject: subject, ordinal: ordinal)
        }
        return withoutAmbiguity(keys)
    }

    /// A document that writes "1.11" and "111" means two acts.
    private static func withoutAmbiguity(_ keys: [EntryKeys]) -> [EntryKeys] {
        let separated = keys.compactMap { $0.compactNumber == nil ? $0.number : nil }
        guard !separated.isEmpty else { return keys }
        return keys.map { key in
            guard let compact = key.compactNumber,
                separated.contains(where: { NumberKey.isCompact(compact, formOf: $0) })
            else { return key }
            return EntryKeys(number: key.number, subject: key.subject, ordinal: key.ordinal)
        }
    }

    /// These keys with the number that the deliberation goes by among others of its subject.
    func resolved(among namesakes: Namesakes) -> Self {
        var keys = self
        keys.number = compactNumber.map(namesakes.resolved) ?? number
        return keys
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
