import Conversion
import Testing

extension Trait where Self == ConditionTrait {
    /// The test is skipped, and says so, where one of these tools is missing.
    static func needs(_ tools: ExternalTool...) -> Self {
        let missing = tools.filter(ToolRunner.standard.missingTools.contains)
        let packages = Set(missing.map(\.debianPackage)).sorted().joined(separator: ", ")
        return .enabled(if: missing.isEmpty, "these Debian packages are missing: \(packages)")
    }
}
