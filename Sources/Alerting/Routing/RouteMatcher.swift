import Deliberations
import Foundation
import Register

/// What a route asks of a topic: everything that is set must hold; where it names several, one of them.
public struct RouteMatcher: Hashable, Sendable {
    /// What a topic may be.
    public enum Kind: Hashable, Sendable {
        /// The news of an act as such.
        case acts
        /// Any finding.
        case findings
        /// Any deadline.
        case deadlines
        /// Deadlines of one kind of duty.
        case duty(Obligation.Kind)

        /// The word for it in the configuration; nil for no such word.
        public init?(_ word: String) {
            switch word {
            case "acts": self = .acts
            case "findings": self = .findings
            case "deadlines": self = .deadlines
            default:
                guard let duty = Obligation.Kind(rawValue: word) else { return nil }
                self = .duty(duty)
            }
        }

        /// The words of the configuration.
        public static var words: [String] {
            ["acts", "findings", "deadlines"] + Obligation.Kind.allCases.map(\.rawValue)
        }

        func matches(_ subject: AlertTopic.Subject) -> Bool {
            switch (self, subject) {
            case (.acts, .act), (.findings, .finding), (.deadlines, .deadline): true
            case (.duty(let wanted), .deadline(let duty)): wanted == duty
            default: false
            }
        }
    }

    /// SIRENs, or words of the authority's name in any case and without accents.
    public var authorities: [String] = []
    /// What it may be.
    public var kinds: Set<Kind> = []
    /// Of findings. What is no finding has no severity.
    public var severities: Set<Severity> = []
    /// The sum of the act's grants is at least this, in euro cents.
    public var amountFrom: Int?
    /// The sum of the act's grants is below this, in euro cents.
    public var amountBelow: Int?
    /// Codes of the @CTES nomenclature; each means also those below it: 7 is 7.5 and 7.5.1.
    public var matters: [String] = []

    /// Everything.
    public init() {}

    /// Whether nothing is asked.
    public var isEmpty: Bool { self == RouteMatcher() }

    /// Whether a topic is as asked.
    public func matches(_ topic: AlertTopic) -> Bool {
        matches(authority: topic.authority, siren: topic.siren)
            && (kinds.isEmpty || kinds.contains { $0.matches(topic.subject) })
            && (severities.isEmpty || isOfSeverity(topic.subject))
            && matches(amount: topic.amountCents)
            && (matters.isEmpty || topic.matter.map(matches(matter:)) ?? false)
    }

    private func isOfSeverity(_ subject: AlertTopic.Subject) -> Bool {
        if case .finding(let severity) = subject { severities.contains(severity) } else { false }
    }

    private func matches(amount: Int?) -> Bool {
        if amountFrom == nil, amountBelow == nil { return true }
        guard let amount else { return false }
        return amount >= amountFrom ?? .min && amount < amountBelow ?? .max
    }

    /// "7.5" stands for "7.5", "7.5.1" and "7.5 Subventions", and not for "7.51".
    private func matches(matter: String) -> Bool {
        let code = Self.code(matter)
        return matters.contains { code.starts(with: Self.code($0)) }
    }

    private static func code(_ text: String) -> [Substring] {
        text.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }.split(separator: ".")
    }

    private func matches(authority name: String, siren: String?) -> Bool {
        guard !authorities.isEmpty else { return true }
        let folded = Self.folded(name)
        return authorities.contains { wanted in
            let digits = wanted.filter { $0 != " " }
            if digits.count == 9, digits.allSatisfy(\.isNumber) { return digits == siren }
            return " \(folded) ".contains(" \(Self.folded(wanted)) ")
        }
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
            .split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }
}
