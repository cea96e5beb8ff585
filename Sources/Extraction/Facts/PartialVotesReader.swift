import Deliberations

/// Reads the votes of an act that is voted in parts: chapters, amendments, rounds, or one question after the other.
struct PartialVotesReader {
    /// One part's vote and where it was read.
    typealias Part = (vote: PartialVote, range: Range<Int>)

    private let anchored: AnchoredText
    private let region: Range<Int>
    private var text: NormalizedText { anchored.text }

    /// The votes in `region`, in order; none if the act was voted as a whole.
    static func parts(_ anchored: AnchoredText, region: Range<Int>) -> [Part] {
        let reader = Self(anchored: anchored, region: region)
        let labelled = reader.labelled()
        return labelled.isEmpty ? reader.successive() : labelled
    }

    // MARK: Labels

    private static let labels: [(wording: StaticString, kind: PartialVote.Kind)] = [
        ("chapitre", .chapter), ("amendement", .amendment), ("tour", .round), ("tour de scrutin", .round),
        ("vote general", .whole), ("vote global", .whole), ("dans son ensemble", .whole), ("sur l'ensemble", .whole),
    ]

    /// Counts that each follow the label of a part: "Chapitre 011 – Charges : 22 voix pour".
    private func labelled() -> [Part] {
        let groups = VoteCountsReader.groups(in: anchored, range: region).filter { $0.count(.for)?.value != nil }
        guard groups.count > 1 else { return [] }
        var parts: [Part] = []
        var start = region.lowerBound
        for group in groups {
            let before = max(start, group.range.lowerBound - 240) ..| group.range.lowerBound
            start = group.range.upperBound
            guard let label = label(in: before) else { continue }
            var vote = Vote()
            vote.for = group.count(.for)?.value?.value
            vote.against = group.count(.against)?.value?.value
            vote.abstentions = group.count(.abstentions)?.value?.value
            if let votesFor = vote.for, votesFor > vote.against ?? 0, label.kind != .round { vote.outcome = .adopted }
            var part = PartialVote(kind: label.kind, vote: vote)
            part.label = text.words(of: label.range)
            parts.append((part, group.range))
        }
        return parts.contains { $0.vote.kind != .whole } && parts.count > 1 ? parts : []
    }

    private func label(in range: Range<Int>) -> (kind: PartialVote.Kind, range: Range<Int>)? {
        var last: (kind: PartialVote.Kind, range: Range<Int>)?
        for label in Self.labels {
            var position = range.lowerBound
            while let found = text.find(label.wording, in: position ..| range.upperBound) {
                if found.lowerBound >= last?.range.lowerBound ?? 0 {
                    last = (label.kind, text.trimmedOfPunctuation(found.lowerBound ..| lineEnd(found, range)))
                }
                position = found.upperBound
            }
        }
        return last
    }

    private func lineEnd(_ found: Range<Int>, _ range: Range<Int>) -> Int {
        min(text.lineEnd(from: found.upperBound), range.upperBound, found.upperBound + 80)
    }

    // MARK: One question after the other

    /// Several formulas "après en avoir délibéré" with different results.
    private func successive() -> [Part] {
        let formulas = anchored.all(.deliberated, in: region).filter {
            text.match("il est", at: $0.lowerBound) == nil && text.match("apres avis", at: $0.lowerBound) == nil
        }
        guard formulas.count > 1 else { return [] }
        let parts: [Part] = formulas.indices.compactMap { index in
            let end = index + 1 < formulas.count ? formulas[index + 1].lowerBound : region.upperBound
            let range = formulas[index].lowerBound ..| end
            guard let reader = VoteReader(anchored, region: range, body: range),
                reader.vote.unanimous || reader.vote.for != nil
            else { return nil }
            var vote = reader.vote
            vote.interested = nil
            return (PartialVote(kind: .other, vote: vote), reader.range ?? range)
        }
        return parts.count > 1 && differ(parts.map(\.vote.vote)) ? parts : []
    }

    /// A result that is printed twice is one vote.
    private func differ(_ votes: [Vote]) -> Bool {
        let counted = votes.filter { $0.for != nil }
        let hasOpposition = counted.contains { ($0.against ?? 0) > 0 || ($0.abstentions ?? 0) > 0 }
        let isMixed = hasOpposition && votes.contains { $0.unanimous && $0.for == nil }
        let counts = Set(counted.map { [$0.for, $0.against ?? 0, $0.abstentions ?? 0] })
        return isMixed || counts.count > 1
    }
}

extension Vote {
    /// The lists of persons that it has, by their JSON names.
    var listedPersons: [String] {
        [
            ("supporters", supporters != nil), ("opponents", opponents != nil), ("abstainers", abstainers != nil),
            ("interested", interested != nil),
        ].filter(\.1).map(\.0)
    }

    /// Without what is said of the parts only: an outcome if they agree, no counts.
    mutating func summarize(_ parts: [Vote]) {
        `for` = nil
        against = nil
        abstentions = nil
        notParticipating = nil
        supporters = nil
        opponents = nil
        abstainers = nil
        unanimous = parts.allSatisfy(\.unanimous)
        let outcomes = Set(parts.map(\.outcome))
        outcome = outcomes.count == 1 ? parts[0].outcome : nil
    }
}
