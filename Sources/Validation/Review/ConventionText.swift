import Deliberations

/// The text of one convention, as far as its articles were read.
struct ConventionText {
    let index: Int
    let convention: Convention
    let review: Review

    /// Nil if no article was read, or there is no text.
    init?(_ index: Int, _ convention: Convention, in review: Review) {
        guard !convention.articles.isEmpty, !review.text.isEmpty else { return nil }
        self.index = index
        self.convention = convention
        self.review = review
    }

    /// From its first article to the end of its last.
    var range: TextRange {
        let starts = convention.articles.map(\.range.start)
        let ends = convention.articles.map(\.range.end)
        return TextRange(starts.min() ?? 0, ends.max() ?? 0)
    }

    /// The numbers of its articles: "1er" is 1.
    var numbers: Set<Int> { Set(convention.articles.compactMap { Self.number($0.number) }) }

    /// Whether its articles are numbered from 1 without a hole: none was missed before the last.
    var isWhollyRead: Bool {
        let numbers = numbers
        return numbers.count == convention.articles.count && numbers.min() == 1 && numbers.max() == numbers.count
    }

    /// Whether one of `phrases` stands in its articles.
    func says(_ phrases: [PhraseSearch.Phrase]) -> Bool { review.phrases.contains(phrases, in: range) }

    /// Where it can be quoted: its first article.
    var source: Source { .words(convention.articles[0].range) }

    /// The first whole number of `text`.
    static func number(_ text: String) -> Int? {
        let digits = text.utf8.drop { !(0x30...0x39).contains($0) }.prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty || digits.count > 4 ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}

extension GrantReview {
    /// The conventions of the deliberation of which articles were read.
    var conventionTexts: [ConventionText] {
        conventions.compactMap { ConventionText($0.index, $0.convention, in: review) }
    }

    /// Whether every beneficiary is surely public.
    var areAllPublic: Bool { grants.allSatisfy { PublicBodies.nature(of: $0.beneficiary) == .publicBody } }

    /// The first grant above `cents` to a body that is not surely public.
    func large(above cents: Int) -> (index: Int, grant: Grant)? {
        grants.enumerated().first {
            $0.element.amount.cents > cents && PublicBodies.nature(of: $0.element.beneficiary) != .publicBody
        }.map { ($0.offset, $0.element) }
    }
}
