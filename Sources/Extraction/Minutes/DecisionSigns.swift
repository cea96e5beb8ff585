/// Where the text shows that something was decided: what tells a deliberation from a heading or a discussion.
struct DecisionSigns {
    /// The beginnings of the wordings, in order.
    let positions: [Int]

    /// The signs in `range`.
    init(_ anchored: AnchoredText, in range: Range<Int>) {
        var positions: [Int] = []
        for anchor in anchored.anchors(in: range) {
            if Self.isSign(anchor, in: anchored) { positions.append(anchor.range.lowerBound) }
        }
        self.positions = positions
    }

    /// Whether there is a sign in `range`.
    func any(in range: Range<Int>) -> Bool { count(in: range) > 0 }

    /// How many signs there are in `range`.
    func count(in range: Range<Int>) -> Int {
        let first = positions.partitioningIndex { $0 >= range.lowerBound }
        return max(0, positions.partitioningIndex { $0 >= range.upperBound } - first)
    }

    /// The first sign from `position` on.
    func first(from position: Int) -> Int? {
        let index = positions.partitioningIndex { $0 >= position }
        return index < positions.count ? positions[index] : nil
    }

    private static func isSign(_ anchor: WordingMatcher<Anchor>.Match, in anchored: AnchoredText) -> Bool {
        let text = anchored.text
        let start = anchor.range.lowerBound
        switch anchor.kind {
        case .unanimity: return !isOfCommittee(start, in: text)
        case .deliberated:
            return text.match("il est", at: start) == nil && text.match("apres avis", at: start) == nil
                && text.match("apres avoir entendu", at: start) == nil
        case .votesFor, .votesAgainst, .abstentions: return hasNumber(beside: anchor.range, in: text)
        case .majority: return text.isCapital(at: start) || isSaidByAssembly(start, in: anchored)
        case .adopted, .rejected:
            return text.isCapital(at: start) || isPassive(start, in: text) || isSaidByAssembly(start, in: anchored)
        case .noted, .decides: return text.isCapital(at: start) || isSaidByAssembly(start, in: anchored)
        default: return false
        }
    }

    private static func isOfCommittee(_ position: Int, in text: NormalizedText) -> Bool {
        let before = max(0, position - 90) ..| position
        guard let committee = text.find("commission", in: before) ?? text.find("bureau", in: before) else {
            return false
        }
        return text.firstIndex(of: UInt8(ascii: "."), in: committee.upperBound ..| position) == nil
    }

    private static func hasNumber(beside range: Range<Int>, in text: NormalizedText) -> Bool {
        let next = text.skipSeparators(from: range.upperBound, limit: range.upperBound + 6)
        if text[next].isDigit, next > range.upperBound {
            if text.firstIndex(of: UInt8(ascii: ":"), in: range.upperBound ..| next) != nil { return true }
        }
        var end = range.lowerBound - 1
        while end > 0, text[end] == FoldedByte.space { end -= 1 }
        return text[end].isDigit && range.lowerBound - end < 4 || text.match("voix", at: range.lowerBound) != nil
    }

    /// "est adopté", "sont approuvées", "— approuvée".
    private static func isPassive(_ position: Int, in text: NormalizedText) -> Bool {
        for word: StaticString in ["est", "sont", "ete", "-"] {
            let start = position - word.utf8CodeUnitCount - 1
            if start >= 0, text.match(word, at: start) == position - 1 { return true }
        }
        return false
    }

    /// "Le Conseil municipal … prend acte".
    private static func isSaidByAssembly(_ position: Int, in anchored: AnchoredText) -> Bool {
        let before = max(0, position - 120) ..| position
        let text = anchored.text
        guard
            let assembly = anchored.all(.assembly, in: before).last ?? text.find("le conseil", in: before)
                ?? text.find("l'assemblee", in: before) ?? text.find("le comite", in: before)
        else { return false }
        return text.firstIndex(of: UInt8(ascii: "."), in: assembly.upperBound ..| position) == nil
    }
}
