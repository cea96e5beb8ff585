import Deliberations
import Mail

/// The result of a vote in French words: "adoptée à l’unanimité (101 voix pour)".
enum VoteWording {
    /// Nil when the document says nothing of it.
    static func text(_ facts: ActSummary) -> String? {
        let outcome = facts.outcome.map(word)
        let unanimity = facts.unanimous ? "à l’unanimité" : nil
        let head = [outcome, unanimity].compactMap { $0 }.joined(separator: " ")
        let voices = voices(facts)
        if head.isEmpty { return voices.isEmpty ? nil : voices }
        return voices.isEmpty ? head : "\(head) (\(voices))"
    }

    private static func word(_ outcome: Vote.Outcome) -> String {
        switch outcome {
        case .adopted: "adoptée"
        case .rejected: "rejetée"
        case .noted: "prise d’acte"
        case .withdrawn: "retirée"
        case .postponed: "ajournée"
        case .elected: "élection"
        }
    }

    private static func voices(_ facts: ActSummary) -> String {
        let parts: [String?] = [
            facts.for.map { "\(FrenchTypography.number($0)) voix pour" },
            facts.against.flatMap { $0 > 0 ? "\(FrenchTypography.number($0)) contre" : nil },
            facts.abstentions.flatMap { $0 > 0 ? FrenchTypography.count($0, "abstention", "abstentions") : nil },
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}
