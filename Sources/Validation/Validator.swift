import Deliberations

/// Checks Extracts against the catalogue of rules. A value without state: one may be used by any number of threads.
public struct Validator: Sendable {
    /// How many remarks of one rule on one deliberation are kept.
    static let maximumRemarks = 40
    /// How many places one finding quotes.
    static let maximumEvidence = 8
    /// How many bytes of a place are quoted.
    static let maximumQuote = 240

    private let parameters: ValidationParameters
    private let rules: [RuleCatalogue.Entry]

    /// A validator for one authority, or for any.
    public init(parameters: ValidationParameters = .default) {
        self.parameters = parameters
        rules = RuleCatalogue.rules.filter { !parameters.switchedOff.contains($0.description.id) }
    }

    /// What the rules say of `extract`, which was read from the converted text `text` (UTF-8).
    ///
    /// `today` is the day on which the document is checked. An empty or different `text` costs the quotations, and
    /// makes rules that search the text say that it is missing.
    public func validate(_ extract: Extract, text: [UInt8], today: CivilDate) -> ValidationOutcome {
        let review = Review(extract, text: text, parameters: parameters, today: today)
        var notes = OutcomeNotes(review: review)
        for rule in rules {
            switch rule {
            case .document(let rule): notes.add(rule.check(review), of: rule, deliberation: nil)
            case .act(let rule): notes.add(review.acts.map { rule.check($0, in: review) }, of: rule)
            }
        }
        return notes.outcome()
    }

    /// As ``validate(_:text:today:)``, with the text as a string.
    public func validate(_ extract: Extract, text: String, today: CivilDate) -> ValidationOutcome {
        validate(extract, text: Array(text.utf8), today: today)
    }
}
