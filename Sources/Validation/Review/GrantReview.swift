import Deliberations

/// The grants of one deliberation with what stands around them: conventions, tables, amounts.
struct GrantReview {
    let act: ActReview
    let review: Review
    let grants: [Grant]

    /// Nil if the deliberation awards no grant.
    init?(_ act: ActReview, in review: Review) {
        guard let grants = act.deliberation.grants, !grants.isEmpty else { return nil }
        self.act = act
        self.review = review
        self.grants = grants
    }

    /// Said where there is none.
    static let none = Verdict.notApplicable("aucune subvention dans l’acte")

    /// The only grant, if there is one.
    var single: Grant? { grants.count == 1 ? grants[0] : nil }

    /// Whether the mentions of the document can only concern the one grant of its one act.
    var isAlone: Bool { grants.count == 1 && review.extract.deliberations.count == 1 }

    /// The conventions that belong to the deliberation, by index.
    var conventions: [(index: Int, convention: Convention)] {
        (review.extract.conventions ?? []).enumerated()
            .filter {
                $0.element.deliberation == act.index || ($0.element.deliberation == nil && review.acts.count == 1)
            }
            .map { ($0.offset, $0.element) }
    }

    /// The tables that belong to the deliberation, by index.
    var tables: [(index: Int, table: BudgetTable)] {
        (review.extract.budgetTables ?? []).enumerated()
            .filter {
                $0.element.deliberation == act.index || ($0.element.deliberation == nil && review.acts.count == 1)
            }
            .map { ($0.offset, $0.element) }
    }

    /// Whether `range` lies within an article of one of the conventions.
    func isInConvention(_ range: TextRange) -> Bool {
        conventions.contains { _, convention in
            convention.articles.contains { $0.range.start <= range.start && range.end <= $0.range.end }
        }
    }

    func pointer(_ grant: Int) -> String { act.pointer("grants/\(grant)") }

    /// Where the amount of a grant was read.
    func amount(_ grant: Int) -> Source { .fact("\(pointer(grant))/amount") }

    /// The mentions that say the amount of the grant: by their role, or by the words before them.
    var amountMentions: [AmountMention] {
        review.extract.mentions.amounts.filter { mention in
            mention.money != nil && (mention.role == "grant" || follows(mention, Self.grantWords))
        }
    }

    private static let grantWords: [PhraseSearch.Phrase] = [
        "subvention de", "subvention d'un montant de", "subvention s'élève à", "subvention est de",
        "subvention d'un montant total de",
    ]

    /// Whether one of `phrases` stands just before `mention`.
    func follows(_ mention: AmountMention, _ phrases: [PhraseSearch.Phrase]) -> Bool {
        let before = TextRange(max(0, mention.range.start - 40), mention.range.start)
        guard let found = review.phrases.first(phrases, in: before) else { return false }
        let gap = review.text[min(found.end, before.end)..<before.end]
        return gap.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0xC2 || $0 == 0xA0 }
    }
}
