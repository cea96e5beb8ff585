import Deliberations

/// What is wrong in a configuration of the rules.
public struct RuleSettingsError: Error, Hashable, CustomStringConvertible {
    /// One thing that is wrong.
    public enum Problem: Error, Hashable, CustomStringConvertible {
        /// No rule has this id; some that resemble it.
        case unknownRule(String, near: [String])
        /// No severity is called so.
        case unknownSeverity(rule: String, String)
        /// A value that its key cannot have, and what is expected.
        case badValue(key: String, String, String)
        /// An entry that is neither `rule=severity` nor `key=value`, or an authority without a colon.
        case malformed(String)

        public var description: String {
            switch self {
            case .unknownRule(let id, let near):
                let cure =
                    near.isEmpty ? "`greffier rules` lists them" : "did you mean \(near.joined(separator: ", "))?"
                return "\"\(French.bounded(id, 80))\" is neither a rule nor a parameter: \(cure)"
            case .unknownSeverity(let rule, let value):
                return "\(rule): \"\(French.bounded(value, 40))\" is no severity: write error, warning or info"
            case .badValue(let key, let value, let expected):
                return "\(key): \"\(French.bounded(value, 40))\" is not \(expected)"
            case .malformed(let entry):
                return
                    "\"\(French.bounded(entry, 80))\" cannot be read: write RULE=SEVERITY, or AUTHORITY: KEY=VALUE, …"
            }
        }
    }

    /// The problems, in the order of the configuration.
    public var problems: [Problem]

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
