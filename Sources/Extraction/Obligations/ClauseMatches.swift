import Deliberations

/// A wording of a clause that was found.
typealias ClauseMatch = WordingMatcher<ClauseWording>.Match

/// All wordings of clauses of a text, in order.
struct ClauseMatches {
    private let matches: [ClauseMatch]

    /// Finds them in one pass.
    init(_ text: NormalizedText) {
        matches = ClauseWordings.matcher.matches(in: text)
    }

    /// Those that lie in `range`.
    func within(_ range: Range<Int>) -> ArraySlice<ClauseMatch> {
        var lower = 0
        var upper = matches.count
        while lower < upper {
            let middle = (lower + upper) / 2
            if matches[middle].range.lowerBound >= range.lowerBound { upper = middle } else { lower = middle + 1 }
        }
        var end = lower
        while end < matches.count, matches[end].range.upperBound <= range.upperBound { end += 1 }
        return matches[lower..<end]
    }
}
