import Deliberations

/// Reads the vote on the act: counts, result, named voters, interested members.
struct VoteReader {
    /// The vote.
    private(set) var vote = Vote()
    /// Where it was read.
    private(set) var range: Range<Int>?
    /// The named persons with their ranges, by their list's JSON name.
    private(set) var persons: [(list: String, index: Int, range: Range<Int>)] = []
    private let anchored: AnchoredText
    private let region: Range<Int>
    private var text: NormalizedText { anchored.text }

    /// Reads the vote in `region`; nil if the text says none.
    init?(_ anchored: AnchoredText, region: Range<Int>, body: Range<Int>) {
        self.anchored = anchored
        self.region = body
        let groups = VoteCountsReader.groups(in: anchored, range: region).filter {
            !isOfAnotherBody($0.range.lowerBound)
        }
        let group = groups.last { $0.count(.for) != nil } ?? groups.last { $0.counts.count > 1 } ?? groups.last
        if let group { setCounts(group) }
        readResult(group)
        readInterested()
        guard vote.outcome != nil || group != nil else { return nil }
        readBallot()
    }

    // MARK: Counts

    private mutating func setCounts(_ group: VoteCountsReader.Group) {
        range = group.range
        vote.for = group.count(.for)?.value?.value
        vote.against = group.count(.against)?.value?.value
        vote.abstentions = group.count(.abstentions)?.value?.value
        vote.notParticipating = group.count(.notParticipating)?.value?.value
        setPersons(group.count(.for), "supporters") { $0.supporters = $1 }
        setPersons(group.count(.against), "opponents") { $0.opponents = $1 }
        setPersons(group.count(.abstentions), "abstainers") { $0.abstainers = $1 }
    }

    private mutating func setPersons(
        _ count: VoteCountsReader.Count?, _ list: String, _ set: (inout Vote, [Person]) -> Void
    ) {
        guard let count, !count.persons.isEmpty else { return }
        set(&vote, count.persons.map(\.value))
        for (index, person) in count.persons.enumerated() { persons.append((list, index, person.range)) }
    }

    /// Whether the words before `position` speak of a committee, of another assembly or of an earlier session.
    private func isOfAnotherBody(_ position: Int) -> Bool {
        let start = anchored.sentenceStart(before: position, limit: 220)
        let words: [StaticString] = [
            "commission", "commissions", "comite", "habitants", "bureau", "sondage", "sondages", "enquete", "jury",
        ]
        return words.contains { text.find($0, in: start ..| position) != nil } && !ends(start ..| position)
    }

    /// A line that ends between the words and the vote separates them.
    private func ends(_ range: Range<Int>) -> Bool {
        text.firstIndex(of: FoldedByte.newline, in: range) != nil
            && anchored.first(.deliberated, in: range) != nil
    }

    // MARK: Result

    private mutating func readResult(_ group: VoteCountsReader.Group?) {
        let results = anchored.anchors(in: region).filter { anchor in
            Self.isResult(anchor.kind) && !isReference(anchor)
        }
        if let unanimity = results.last(where: { $0.kind == .unanimity || $0.kind == .majority }) {
            vote.unanimous = unanimity.kind == .unanimity
            setWording(unanimity.range)
        }
        vote.outcome = outcome(results, group)
        if vote.wording == nil, let adopted = results.last(where: { $0.kind == .adopted || $0.kind == .rejected }) {
            setWording(adopted.range)
        }
        readNote()
    }

    private static func isResult(_ kind: Anchor) -> Bool {
        switch kind {
        case .unanimity, .majority, .adopted, .rejected, .noted, .withdrawn, .postponed, .decides: true
        default: false
        }
    }

    /// A result of a committee, or inside a recital or a quotation.
    private func isReference(_ anchor: WordingMatcher<Anchor>.Match) -> Bool {
        guard anchor.kind == .unanimity || anchor.kind == .majority else { return false }
        let start = anchored.sentenceStart(before: anchor.range.lowerBound, limit: 220)
        let before = start ..| anchor.range.lowerBound
        let isQuoted =
            text.find("commission", in: before) != nil || text.find("bureau", in: before) != nil
            || text.find("suffrages exprimes lors", in: before) != nil || isInRecital(start)
        return isQuoted && anchored.first(.deliberated, in: before) == nil
    }

    private func isInRecital(_ start: Int) -> Bool {
        let first = text.skipSeparators(from: start, limit: text.count)
        return text.matchAny(["vu", "considerant"], at: first) != nil
    }

    private func outcome(
        _ results: [WordingMatcher<Anchor>.Match], _ group: VoteCountsReader.Group?
    ) -> Vote.Outcome? {
        func has(_ kind: Anchor) -> Bool { results.contains { $0.kind == kind } }
        if results.contains(where: { $0.kind == .rejected && isResultOfVote($0.range) }) { return .rejected }
        if has(.withdrawn) { return .withdrawn }
        if let votesFor = vote.for, let against = vote.against, against > votesFor { return nil }
        let isVoted = has(.unanimity) || has(.majority) || vote.for != nil
        if has(.noted), !isVoted || !decides(results) { return .noted }
        if isVoted { return .adopted }
        if has(.postponed), !has(.decides), !has(.adopted) { return .postponed }
        return results.contains { ($0.kind == .adopted || $0.kind == .decides) && isDecision($0.range) }
            ? .adopted : nil
    }

    /// Whether the assembly decides more than to take note.
    private func decides(_ results: [WordingMatcher<Anchor>.Match]) -> Bool {
        results.contains { $0.kind == .adopted || $0.kind == .decides && isDecision($0.range) }
    }

    private func isResultOfVote(_ range: Range<Int>) -> Bool {
        let line = text.line(at: range.lowerBound)
        return line.count < 120 || text.isCapital(at: range.lowerBound) || isRowResult(range)
    }

    /// "Le Conseil adopte", "DÉCIDE :": said by the assembly, after it has deliberated or in capitals or at a line's begin.
    private func isDecision(_ range: Range<Int>) -> Bool {
        let before = max(0, range.lowerBound - 60) ..| range.lowerBound
        if text.isCapital(at: range.lowerBound) || isRowResult(range) { return true }
        let assembly =
            anchored.all(.assembly, in: before).last ?? text.find("le conseil", in: before)
            ?? text.find("l'assemblee", in: before)
        if let assembly, !text.words(of: assembly.upperBound ..| range.lowerBound).contains(".") {
            return true
        }
        return anchored.first(.deliberated, in: max(0, range.lowerBound - 160) ..| range.lowerBound) != nil
    }

    /// "— approuvée" at the end of a row, "est adopté." at the end of a sentence.
    private func isRowResult(_ range: Range<Int>) -> Bool {
        let before = text.skipBlanksBack(from: range.lowerBound)
        let next = text.skipBlanks(from: range.upperBound, lines: false)
        let mark = text[before - 1]
        let isEnd = next >= region.upperBound || text[next] == FoldedByte.newline || text[next] == UInt8(ascii: ".")
        if mark == UInt8(ascii: "-") || mark == UInt8(ascii: ":") || mark == FoldedByte.tab { return isEnd }
        let isPassive = text.match("est", at: before - 3) == before || text.match("sont", at: before - 4) == before
        return isPassive && isEnd || next >= region.upperBound
    }

    private mutating func setWording(_ anchor: Range<Int>) {
        var lower = anchor.lowerBound
        while lower > 0, anchor.lowerBound - lower < 60, !isClauseEnd(lower - 1) { lower -= 1 }
        var upper = anchor.upperBound
        while upper < text.count, upper - anchor.upperBound < 60, !isClauseEnd(upper) { upper += 1 }
        while lower < anchor.lowerBound, !text[lower].isLetter { lower += 1 }
        let clause = text.trimmedOfPunctuation(lower ..| upper)
        guard !clause.isEmpty else { return }
        vote.wording = text.words(of: clause)
        range = range ?? clause
    }

    private func isClauseEnd(_ position: Int) -> Bool {
        switch text[position] {
        case FoldedByte.newline, UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "."),
            FoldedByte.bullet:
            true
        default: false
        }
    }

    /// A note under the vote: a line that begins with a star, or "Le sens du vote…".
    private mutating func readNote() {
        guard let note = text.find("le sens du vote", in: region) else { return }
        let end = text.lineEnd(from: note.lowerBound)
        vote.note = text.words(of: note.lowerBound ..| end)
    }

    private mutating func readBallot() {
        let near = max(region.lowerBound, (range?.lowerBound ?? region.lowerBound) - 500) ..| region.upperBound
        if anchored.first(.secretBallot, in: near) != nil { vote.ballot = .secret }
        if anchored.first(.publicBallot, in: near) != nil { vote.ballot = .public }
        if anchored.first(.showOfHands, in: near) != nil { vote.ballot = .ordinary }
    }

    // MARK: Interests

    private mutating func readInterested() {
        var interested: [InterestedMember] = []
        for anchor in anchored.anchors(in: region) {
            guard anchor.kind == .withdraws || isClause(anchor), !isChairLeaving(anchor.range) else { continue }
            for person in interestedPersons(before: anchor.range.lowerBound)
            where !interested.contains(where: { $0.person.name == person.value.person.name }) {
                persons.append(("interested", interested.count, person.range))
                interested.append(person.value)
            }
        }
        if !interested.isEmpty { vote.interested = interested }
        for label in anchored.all(.interestedCount, in: region) {
            let next = text.skipSeparators(from: label.upperBound, limit: text.count)
            if let number = text.integer(at: next) { vote.interestedCount = number.value }
        }
    }

    /// Whether the chair leaves the room while the accounts are voted (CGCT L2121-14), or hands over the chair: no
    /// interest in the matter is said.
    private func isChairLeaving(_ words: Range<Int>) -> Bool {
        let isDeparture = text.contains(
            anyOf: ["quitte", "quittent", "retire", "retirent", "retirant", "sort", "sortent"], in: words)
        let sentence = anchored.sentenceStart(before: words.lowerBound) ..| anchored.sentenceEnd(from: words.upperBound)
        guard isDeparture, text.find("interesse", in: sentence) == nil else { return false }
        return text.contains(
            anyOf: [
                "compte administratif", "comptes administratifs", "compte financier", "presidence", "preside",
                "presidee",
            ], in: sentence)
    }

    /// "ne prend pas part au vote" as a verb: no label of a count ("NPPV : 0", "Ne prennent pas part au vote : 3").
    private func isClause(_ anchor: WordingMatcher<Anchor>.Match) -> Bool {
        guard anchor.kind == .notParticipating else { return false }
        let next = text.skipBlanks(from: anchor.range.upperBound)
        return text[next] != UInt8(ascii: ":")
            && text.matchAny(["ne", "n'ont", "n'a", "n'ayant"], at: anchor.range.lowerBound) != nil
    }

    /// The persons of the sentence before "ne prennent pas part", with the voices in brackets.
    private func interestedPersons(before position: Int) -> [Cited<InterestedMember>] {
        var start = anchored.sentenceStart(before: position, limit: 400)
        if let last = anchored.all(.adopted, in: start ..| position).last { start = last.upperBound }
        var next = start
        while next < position {
            if text.isWordStart(next),
                PersonReader.isPerson(at: next, in: text, limit: position, needsCivility: true)
            {
                let members = members(in: next ..| position)
                let isNear = members.last.map { position - $0.range.upperBound < 60 } ?? false
                return isNear ? members : []
            }
            next += 1
        }
        return []
    }

    private func members(in range: Range<Int>) -> [Cited<InterestedMember>] {
        let entries = MemberListReader(range, in: text).entries
        return entries.map { entry in
            var weight: Int?
            if let open = text.firstIndex(of: UInt8(ascii: "("), in: entry.range),
                let number = text.integer(at: text.skipBlanks(from: open + 1)), number.value < 100
            {
                weight = number.value
            }
            return Cited(value: InterestedMember(person: entry.person, weight: weight), range: entry.range)
        }
    }
}
