import Deliberations
import GreffierProtocol

/// Which of several documents of one act is believed: an extract over minutes over a list, then the one accepted later.
/// A total order that does not depend on the order of arrival.
struct Precedence: Hashable, Comparable {
    /// 3 for an extract, 2 for minutes, 1 for a list.
    let rank: Int
    /// When the document was accepted, in seconds since 1970 UTC.
    let acceptedAt: Int
    /// Decides between documents that were accepted in one second.
    let document: DocumentID

    static func rank(of kind: Extract.Kind) -> Int {
        switch kind {
        case .extract: 3
        case .minutes: 2
        case .list: 1
        }
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        if left.acceptedAt != right.acceptedAt { return left.acceptedAt < right.acceptedAt }
        return left.document < right.document
    }
}

extension ActSummary {
    /// These facts, and where they are silent those of a document that is believed less. The figures of a vote are taken
    /// together, so that voices of two documents are never mixed.
    func completed(by other: ActSummary) -> ActSummary {
        var facts = self
        facts.number = number ?? other.number
        facts.item = item ?? other.item
        facts.outcome = outcome ?? other.outcome
        facts.unanimous = unanimous || other.unanimous
        if `for` == nil, against == nil, abstentions == nil {
            facts.for = other.for
            facts.against = other.against
            facts.abstentions = other.abstentions
        }
        if grantedCents == nil, beneficiary == nil {
            facts.grantedCents = other.grantedCents
            facts.beneficiary = other.beneficiary
        }
        facts.matter = matter ?? other.matter
        facts.publishedOn = publishedOn ?? other.publishedOn
        facts.receivedOn = receivedOn ?? other.receivedOn
        return facts
    }
}
