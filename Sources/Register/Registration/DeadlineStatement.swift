import Deadlines
import Deliberations
import GreffierProtocol

/// What one document says of one deadline of one scope.
struct DeadlineStatement {
    let scope: DeadlineScope
    let key: String
    /// The act by which people find it; of a session's duty, one of its acts.
    let act: ActID
    let terms: DeadlineTerms
    /// How its date follows from the event that it waits for.
    let startRule: StartRule?
    let place: StatedPlace
    let precedence: Precedence
    let isArchive: Bool
    /// Whether it is stated only because the authority is watched: then no document brings news of it.
    let isWatched: Bool
    /// Before this day it reminds nobody: the deadline behind which the document puts it is not overdue.
    var asleepUntil: CivilDate?

    /// Whether this statement is to stand instead of one that `other` made: what is done over what is owed, a date over none,
    /// then the better document.
    func outranks(_ weight: StatementWeight, precedence other: Precedence) -> Bool {
        if other.document == precedence.document { return true }
        return terms.weight == weight ? precedence > other : terms.weight > weight
    }

    /// The best statement of each deadline.
    static func best(of statements: [Self]) -> [Self] {
        var best: [Identity: Int] = [:]
        var kept: [Self] = []
        for statement in statements {
            let identity = Identity(scope: statement.scope, key: statement.key)
            guard let index = best[identity] else {
                best[identity] = kept.count
                kept.append(statement)
                continue
            }
            let other = kept[index]
            if statement.isBetter(than: other) { kept[index] = statement }
        }
        return kept
    }

    /// Of two statements of one document the one that counts more, and else the first one.
    private func isBetter(than other: Self) -> Bool {
        guard other.precedence.document == precedence.document else {
            return outranks(other.terms.weight, precedence: other.precedence)
        }
        return terms.weight > other.terms.weight
    }

    private struct Identity: Hashable {
        let scope: DeadlineScope
        let key: String
    }
}
