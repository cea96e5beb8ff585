import GreffierProtocol

/// The deliberations of one session that have one subject, and to which act each belongs.
///
/// A number names its act; one that a document writes without separators names the act of this subject whose number has
/// the same digits, if there is one. A deliberation without one belongs to an act that other documents number; of several such, the
/// first of its document goes to the lowest number, and so on, past the numbers that its own document gives to others.
/// Those left over are acts without a number: the first of each document is one act, the second another. The rule looks
/// only at what is registered, never at the order in which it came.
struct Namesakes {
    /// One deliberation as one document states it.
    struct Entry {
        let document: DocumentID
        let position: Int
        let act: ActID
        /// The number that it goes by.
        let number: String?
        /// The number as its document writes it, if that is without separators.
        let compactNumber: String?
        let ordinal: Int
    }

    /// Where a deliberation without a number belongs.
    enum Home: Hashable {
        /// To a numbered act.
        case numbered(ActID)
        /// To the act without a number that has this place among its like.
        case unnumbered(Int)
    }

    let entries: [Entry]
    /// The numbers with their acts, the lowest first.
    let numbered: [(number: String, act: ActID)]

    init(_ entries: [Entry]) {
        self.entries = entries
        var acts: [String: ActID] = [:]
        for entry in entries {
            if let number = entry.number { acts[number] = entry.act }
        }
        numbered = acts.sorted { EntryKeys.precedes($0.key, $1.key) }.map { (number: $0.key, act: $0.value) }
    }

    /// The acts that are numbered.
    var numberedActs: Set<ActID> { Set(numbered.map(\.act)) }

    /// Whether a deliberation has no number.
    var hasUnnumbered: Bool { entries.contains { $0.number == nil } }

    /// The number that a deliberation of this subject goes by: written without separators it is the lowest one of which
    /// it is the compact form, if another document writes that out.
    func resolved(_ number: String) -> String {
        guard NumberKey.isCompact(number) else { return number }
        let written = entries.compactMap { $0.compactNumber == nil ? $0.number : nil }
        return written.filter { NumberKey.isCompact(number, formOf: $0) }.min(by: EntryKeys.precedes) ?? number
    }

    /// The deliberations whose number, written without separators, may turn out to be `number`.
    func compactForms(of number: String) -> [Entry] {
        entries.filter { $0.compactNumber.map { NumberKey.isCompact($0, formOf: number) } ?? false }
    }

    /// Where the deliberation belongs that has this place among those without a number in a document with these numbers.
    func home(ordinal: Int, besides ownNumbers: Set<String>) -> Home {
        let candidates = numbered.filter { !ownNumbers.contains($0.number) }
        if candidates.indices.contains(ordinal) { return .numbered(candidates[ordinal].act) }
        return .unnumbered(ordinal - candidates.count)
    }
}
