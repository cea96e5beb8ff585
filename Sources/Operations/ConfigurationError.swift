/// Everything that is wrong with a configuration, found in one pass.
public struct ConfigurationError: Error, CustomStringConvertible, Equatable {
    /// One thing that is wrong.
    public struct Problem: Equatable, Sendable, CustomStringConvertible {
        /// Where it stands: "greffier.yaml:12", "the environment's GREFFIER_MAIL_FROM", "--endpoint".
        public var place: String
        /// The key, if there is one.
        public var key: String?
        /// What is wrong and the cure.
        public var message: String

        public var description: String {
            key.map { "\(place): \($0): \(message)" } ?? "\(place): \(message)"
        }
    }

    /// The problems, in the order in which they were found.
    public var problems: [Problem]

    init(problems: [Problem]) {
        self.problems = problems
    }

    /// One problem at `place`.
    public init(place: String, key: String?, message: String) {
        problems = [Problem(place: place, key: key, message: message)]
    }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
