import Deliberations

/// One thing that a configuration says about the rules: "off=note-synthese", "vote-balance=warning", "population=900".
enum ParameterChange: Hashable, Sendable {
    case off(String)
    case on(String)
    case severity(String, Severity)
    case siren(String)
    case department(String)
    case population(Int)
    case largestMemberCommune(Int)
    case latePublicationDays(Int)
    case localLaw(Bool)
    case memberCommunes([String])

    /// The keys that are no rule.
    static let keys = [
        "off", "on", "siren", "department", "population", "largestMemberCommune", "latePublicationDays", "localLaw",
        "memberCommunes",
    ]

    /// The changes that `entries` write, what is wrong being noted.
    static func read(_ entries: [String], _ problems: inout [RuleSettingsError.Problem]) -> [ParameterChange] {
        entries.compactMap { entry in
            let parts = entry.split(separator: "=", maxSplits: 1).map { String($0.filter { $0 != "\"" }) }
            guard parts.count == 2 else {
                problems.append(.malformed(entry))
                return nil
            }
            do throws(RuleSettingsError.Problem) {
                return try ParameterChange(parts[0].filter { $0 != " " }, parts[1])
            } catch {
                problems.append(error)
                return nil
            }
        }
    }

    private init(_ key: String, _ value: String) throws(RuleSettingsError.Problem) {
        switch key {
        case "off": self = .off(try Self.rule(value))
        case "on": self = .on(try Self.rule(value))
        case "siren": self = .siren(value)
        case "department": self = .department(value)
        case "population": self = .population(try Self.number(key, value))
        case "largestMemberCommune": self = .largestMemberCommune(try Self.number(key, value))
        case "latePublicationDays": self = .latePublicationDays(try Self.number(key, value))
        case "localLaw": self = .localLaw(try Self.truth(key, value))
        case "memberCommunes":
            self = .memberCommunes(value.split(separator: ";").map { $0.trimmedOfSpaces }.filter { !$0.isEmpty })
        default:
            let rule = try Self.rule(key)
            guard let severity = Severity(rawValue: value) else { throw .unknownSeverity(rule: rule, value) }
            self = .severity(rule, severity)
        }
    }

    /// Applies the change.
    func apply(to parameters: inout ValidationParameters) {
        switch self {
        case .off(let rule): parameters.switchedOff.insert(rule)
        case .on(let rule): parameters.switchedOff.remove(rule)
        case .severity(let rule, let severity): parameters.severities[rule] = severity
        case .siren(let siren): parameters.siren = siren
        case .department(let department): parameters.department = department
        case .population(let count): parameters.population = count
        case .largestMemberCommune(let count): parameters.largestMemberCommune = count
        case .latePublicationDays(let days): parameters.latePublicationDays = days
        case .localLaw(let applies): parameters.localLaw = applies
        case .memberCommunes(let names): parameters.memberCommunes = names
        }
    }

    private static func rule(_ id: String) throws(RuleSettingsError.Problem) -> String {
        let id = id.filter { $0 != " " }
        if RuleCatalogue.rule(id) != nil { return id }
        throw .unknownRule(id, near: RuleCatalogue.near(id))
    }

    private static func number(_ key: String, _ value: String) throws(RuleSettingsError.Problem) -> Int {
        guard let number = Int(value), number >= 0 else { throw .badValue(key: key, value, "a whole number") }
        return number
    }

    private static func truth(_ key: String, _ value: String) throws(RuleSettingsError.Problem) -> Bool {
        switch value {
        case "true", "yes": return true
        case "false", "no": return false
        default: throw .badValue(key: key, value, "true or false")
        }
    }
}

extension RuleCatalogue {
    /// At most three ids that resemble `id`, the nearest first.
    public static func near(_ id: String) -> [String] {
        let wanted = Array(id.utf8)
        let limit = max(2, wanted.count / 3)
        let rated = all.compactMap { rule -> (id: String, distance: Int)? in
            let bytes = Array(rule.id.utf8)
            if bytes.starts(with: wanted), wanted.count >= 3 { return (rule.id, 1) }
            return EditDistance.between(wanted, bytes, atMost: limit).map { (rule.id, $0) }
        }
        return rated.sorted { $0.distance < $1.distance }.prefix(3).map(\.id)
    }
}

extension Substring {
    /// Without spaces at its ends.
    var trimmedOfSpaces: String {
        guard let first = firstIndex(where: { $0 != " " }), let last = lastIndex(where: { $0 != " " }) else {
            return ""
        }
        return String(self[first...last])
    }
}
