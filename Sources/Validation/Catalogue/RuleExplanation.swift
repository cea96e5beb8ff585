/// What a person asks about a rule beside its description.
public struct RuleExplanation: Hashable, Sendable {
    /// The rule's id.
    public let id: String
    /// What the check needs, in French; where one is missing it is indeterminate.
    public let needs: [String]
    /// What it says of a fictional document, in French.
    public let example: String
    /// Since or until when it applies, in French, where that depends on the day of the session.
    public let inForce: String?

    init(_ id: String, needs: [String], example: String, inForce: String? = nil) {
        self.id = id
        self.needs = needs
        self.example = example
        self.inForce = inForce
    }
}

/// The explanations of all rules.
enum RuleExplanations {
    static let all: [RuleExplanation] =
        identity + dates + convocation + attendance + quorum + votes + publicity + grants + tables + conventions

    static let byRule: [String: RuleExplanation] = Dictionary(
        all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}

extension RuleDescription {
    /// What a check of it needs, what it says, and when it applies.
    public var explanation: RuleExplanation? { RuleExplanations.byRule[id] }
}
