import Deliberations

/// What a deployment decides about the rules, for all authorities and for some.
public struct RuleSettings: Hashable, Sendable {
    /// Nothing decided.
    public static let none = RuleSettings()

    /// The parameters for authorities of which nothing else is said.
    public private(set) var common = ValidationParameters.default
    /// What is said of single authorities, by SIREN number or folded name, in the order of the configuration.
    private var authorities: [AuthorityChanges] = []

    private struct AuthorityChanges: Hashable, Sendable {
        var key: [UInt8]
        var changes: [ParameterChange]
    }

    private init() {}

    /// The settings that the configuration writes.
    ///
    /// - Parameters:
    ///   - off: ids of rules that are switched off.
    ///   - severities: "vote-balance=warning".
    ///   - authorities: "242500361: department=25, population=195000, off=note-synthese, vote-balance=warning": what
    ///     holds for the authority of this SIREN number or name. Names of member communes are separated by semicolons.
    /// - Throws: ``RuleSettingsError`` with everything that is wrong.
    public init(off: [String], severities: [String], authorities: [String]) throws(RuleSettingsError) {
        var problems: [RuleSettingsError.Problem] = []
        let changes =
            ParameterChange.read(off.map { "off=\($0)" }, &problems) + ParameterChange.read(severities, &problems)
        for change in changes { change.apply(to: &common) }
        for entry in authorities {
            guard let colon = entry.firstIndex(of: ":") else {
                problems.append(.malformed(entry))
                continue
            }
            let key = FoldedName(String(entry[..<colon])).bytes
            let words = entry[entry.index(after: colon)...].split(separator: ",").map(\.trimmedOfSpaces)
            self.authorities.append(AuthorityChanges(key: key, changes: ParameterChange.read(words, &problems)))
        }
        if !problems.isEmpty { throw RuleSettingsError(problems: problems) }
    }

    /// What is said of authorities, as a text that is the same for the same.
    public var authorityText: String {
        authorities.map { "\(String(decoding: $0.key, as: UTF8.self)): \($0.changes)" }.joined(separator: "\n")
    }

    /// The parameters for `authority`: the common ones, changed by those of its SIREN number or name.
    public func parameters(for authority: Authority) -> ValidationParameters {
        if authorities.isEmpty { return common }
        let name = FoldedName(authority.name).bytes
        let siren = authority.siren.map { FoldedName($0).bytes }
        var parameters = common
        for entry in authorities where entry.key == name || entry.key == siren {
            for change in entry.changes { change.apply(to: &parameters) }
        }
        return parameters
    }
}
