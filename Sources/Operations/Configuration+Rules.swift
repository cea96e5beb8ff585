import Validation

extension Configuration {
    /// What the configuration says about the rules.
    static func rules(_ reader: inout SettingsReader) -> RuleSettings {
        do throws(RuleSettingsError) {
            return try RuleSettings(
                off: reader.list("rules.off"), severities: reader.list("rules.severity"),
                authorities: reader.list("rules.authorities"))
        } catch {
            for problem in error.problems { reader.problem("rules", problem.description) }
            return .none
        }
    }
}
