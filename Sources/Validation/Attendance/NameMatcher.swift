import Deliberations

/// Finds the member whom a written name means: the same name (in the same commune first), the same words in another
/// order, the family name alone, or a single near spelling.
struct NameMatcher {
    /// How a name was found.
    enum Match: Equatable {
        case exact(Roll.PersonIndex)
        /// The same words in another order, a first name as its initial, or the family name alone.
        case abbreviated(Roll.PersonIndex)
        /// One member's name is spelt nearly so.
        case near(Roll.PersonIndex)
        case ambiguous([Roll.PersonIndex])
        case none

        /// Who it is, if it is known.
        var person: Roll.PersonIndex? {
            switch self {
            case .exact(let person), .abbreviated(let person), .near(let person): person
            case .ambiguous, .none: nil
            }
        }
    }

    let roll: Roll

    /// Whom `name` means; `locality` is the commune that is printed beside it, if any.
    func match(_ name: String, civility: String?, locality: String?) -> Match {
        let folded = FoldedName(name)
        guard !folded.isEmpty else { return .none }
        if let only = roll.onlyPerson(named: folded) { return .exact(only) }
        let exact = roll.persons(named: folded)
        if !exact.isEmpty { return single(exact, locality).map(Match.exact) ?? .ambiguous(exact) }
        let gender = Gender(civility: civility)
        let candidates = roll.persons.indices.filter { agree(gender, roll.persons[$0].gender) }
        let words = folded.words
        let longest = Array(words.max { $0.count < $1.count } ?? [])
        let abbreviated = candidates.filter {
            LatinFolding.contains(roll.persons[$0].name.bytes, longest)
                && Self.isAbbreviation(words, of: roll.persons[$0].name.words)
        }
        if !abbreviated.isEmpty {
            return single(abbreviated, locality).map(Match.abbreviated) ?? .ambiguous(abbreviated)
        }
        let near = candidates.filter { Self.isNear(folded, roll.persons[$0].name) }
        if near.isEmpty { return .none }
        return single(near, locality).map(Match.near) ?? .ambiguous(near)
    }

    /// Whether some member bears a word like one of `name`'s: then a name that matches nobody may be a damaged one, and
    /// nobody is said to be unknown.
    func resemblesSomebody(_ name: String) -> Bool {
        let words = FoldedName(name).words.filter { $0.count >= 3 }.map(Array.init)
        guard words.count >= 2 else { return true }
        return roll.persons.contains { person in
            let candidates = [person.name.bytes] + person.name.words.filter { $0.count >= 3 }.map(Array.init)
            return candidates.contains { candidate in words.contains { Self.isLike($0, candidate) } }
        }
    }

    /// Whether two words differ in no more than two letters of five.
    private static func isLike(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        EditDistance.between(left, right, atMost: max(left.count, right.count) * 2 / 5) != nil
    }

    /// The only one, or the only one of the commune.
    private func single(_ candidates: [Roll.PersonIndex], _ locality: String?) -> Roll.PersonIndex? {
        if candidates.count == 1 { return candidates[0] }
        guard let place = locality.map(FoldedName.init) else { return nil }
        let neighbours = candidates.filter { roll.persons[$0].locality == place }
        return neighbours.count == 1 ? neighbours[0] : nil
    }

    private func agree(_ left: Gender?, _ right: Gender?) -> Bool {
        left == nil || right == nil || left == right
    }

    /// Whether `written` says the same words as `full` in another order, or leaves first names out or as initials.
    /// Some word of two letters or more must be the same.
    static func isAbbreviation(_ written: [ArraySlice<UInt8>], of full: [ArraySlice<UInt8>]) -> Bool {
        guard written.count <= full.count else { return false }
        var left = full
        var sharesWord = false
        for word in written where word.count > 1 {
            guard let index = left.firstIndex(of: word) else { return false }
            left.remove(at: index)
            sharesWord = true
        }
        for initial in written where initial.count == 1 {
            guard let index = left.firstIndex(where: { $0.first == initial.first }) else { return false }
            left.remove(at: index)
        }
        return sharesWord
    }

    /// Whether two spellings are of one name: one letter wrong, or two of ten or more, never the first letter alone.
    static func isNear(_ left: FoldedName, _ right: FoldedName) -> Bool {
        let length = max(left.bytes.count, right.bytes.count)
        guard length >= 6 else { return false }
        let limit = max(2, length * 15 / 100)
        guard let distance = EditDistance.between(left.bytes, right.bytes, atMost: limit) else { return false }
        return distance <= 1 || distance * 100 <= 20 * length
    }
}
