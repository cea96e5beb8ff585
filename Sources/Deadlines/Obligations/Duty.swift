import Deliberations

/// A stated duty with all the places that state it.
///
/// A reference, for duties are looked at by many rules; nothing changes once they are named.
final class Duty {
    /// The duty, as its first statement has it.
    let obligation: Obligation
    /// The indices of its statements.
    private(set) var indices: [Int]
    /// The folded words of what is owed.
    let what: FoldedText
    /// The debtor's name, folded.
    let debtor: String
    /// What tells it from the act's other duties in an id.
    private(set) var detail = ""

    /// The duties of an act, each once: same kind, same date, same person, same words more or less.
    static func duties(of act: ActContext) -> [Duty] {
        var duties: [Duty] = []
        var debtors = FoldedNames()
        for (index, obligation) in act.obligations {
            let duty = Duty(obligation, index: index, debtor: debtors.folded(obligation.debtor))
            if let same = duties.first(where: { $0.isRestated(by: duty) }) {
                same.indices.append(index)
            } else {
                duties.append(duty)
            }
        }
        name(duties)
        return duties
    }

    /// One occurrence of a yearly duty.
    func occurrence(in year: Int) -> Duty {
        let occurrence = Duty(obligation, index: indices[0], debtor: debtor)
        occurrence.indices = indices
        occurrence.detail = "\(detail)|\(year)"
        return occurrence
    }

    private init(_ obligation: Obligation, index: Int, debtor: String) {
        self.obligation = obligation
        indices = [index]
        what = FoldedText(significant: obligation.what)
        self.debtor = debtor
    }

    /// The folded names of debtors, of whom an act has few: each is folded once.
    private struct FoldedNames {
        private var known: [(written: String, folded: String)] = []

        mutating func folded(_ name: String?) -> String {
            guard let name else { return "" }
            if let same = known.first(where: { $0.written == name }) { return same.folded }
            let folded = FoldedText(significant: name).text
            if known.count < 8 { known.append((name, folded)) }
            return folded
        }
    }

    private func isRestated(by other: Duty) -> Bool {
        guard obligation.kind == other.obligation.kind, obligation.due == other.obligation.due else { return false }
        guard debtor.isEmpty || other.debtor.isEmpty || debtor == other.debtor else { return false }
        if obligation.kind == .deliverable || obligation.kind == .other { return what == other.what }
        let (words, otherWords) = (Set(what.words), Set(other.what.words))
        let common = words.intersection(otherWords).count
        return 2 * common >= min(words.count, otherWords.count)
    }

    /// Accounts, reports and the like are told apart by person and order, for their words differ from one document to
    /// another; the rest by their first words.
    private static func name(_ duties: [Duty]) {
        var counts: [String: Int] = [:]
        for duty in duties {
            let key = String(joining: duty.obligation.kind.rawValue, "|", duty.debtor, "|")
            switch duty.obligation.kind {
            case .deliverable, .other: duty.detail = String(joining: key, String(duty.what.head))
            default:
                counts[key, default: 0] += 1
                duty.detail = key + String(counts[key, default: 1])
            }
        }
    }
}
