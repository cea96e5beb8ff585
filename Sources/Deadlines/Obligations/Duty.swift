import Deliberations

/// A stated duty with all the places that state it.
struct Duty {
    /// The duty, as its first statement has it.
    var obligation: Obligation
    /// The indices of its statements.
    var indices: [Int]
    /// The folded words of what is owed.
    var what: FoldedText
    /// The debtor's name, folded.
    var debtor: String
    /// What tells it from the act's other duties in an id.
    var detail = ""

    /// The duties of an act, each once: same kind, same date, same person, same words more or less.
    static func duties(of act: ActContext) -> [Self] {
        var duties: [Self] = []
        for (index, obligation) in act.obligations {
            let duty = Self(obligation, index: index)
            if let same = duties.firstIndex(where: { $0.isRestated(by: duty) }) {
                duties[same].indices.append(index)
            } else {
                duties.append(duty)
            }
        }
        return named(duties)
    }

    private init(_ obligation: Obligation, index: Int) {
        self.obligation = obligation
        indices = [index]
        what = FoldedText(obligation.what).significant
        debtor = obligation.debtor.map { FoldedText($0).significant.text } ?? ""
    }

    private func isRestated(by other: Self) -> Bool {
        guard obligation.kind == other.obligation.kind, obligation.due == other.obligation.due else { return false }
        guard debtor.isEmpty || other.debtor.isEmpty || debtor == other.debtor else { return false }
        if obligation.kind == .deliverable || obligation.kind == .other { return what == other.what }
        let (words, otherWords) = (Set(what.words), Set(other.what.words))
        let common = words.intersection(otherWords).count
        return 2 * common >= min(words.count, otherWords.count)
    }

    /// Accounts, reports and the like are told apart by person and order, for their words differ from one document to
    /// another; the rest by their first words.
    private static func named(_ duties: [Self]) -> [Self] {
        var counts: [String: Int] = [:]
        return duties.map { duty in
            var named = duty
            let key = "\(duty.obligation.kind.rawValue)|\(duty.debtor)"
            switch duty.obligation.kind {
            case .deliverable, .other:
                named.detail = "\(key)|\(duty.what.head)"
            default:
                counts[key, default: 0] += 1
                named.detail = "\(key)|\(counts[key, default: 1])"
            }
            return named
        }
    }
}
