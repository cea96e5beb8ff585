import Foundation
import Mail
import Operations

/// Collects everything that is wrong, so that a person mends it in one go.
struct SetupProblems {
    private(set) var found: ConfigurationError?

    /// What `body` makes, or nil when it throws: then its problems are kept.
    mutating func collect<Value>(_ body: () throws(ConfigurationError) -> Value) -> Value? {
        do throws(ConfigurationError) {
            return try body()
        } catch {
            add(error)
            return nil
        }
    }

    mutating func add(_ error: ConfigurationError) {
        if found == nil { found = error } else { found?.problems += error.problems }
    }

    /// `name@host` or `Name <name@host>`.
    mutating func address(
        _ text: String, key: String, place: String = "the configuration"
    ) -> EmailAddress? {
        collect { () throws(ConfigurationError) in
            let parts = text.split(separator: "<", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            do throws(MailError) {
                guard parts.count == 2, parts[1].hasSuffix(">") else { return try EmailAddress(text) }
                return try EmailAddress(String(parts[1].dropLast()), displayName: parts[0])
            } catch {
                throw Self.problem(key, error.description, place: place)
            }
        }
    }

    static func problem(_ key: String, _ message: String, place: String = "the configuration") -> ConfigurationError {
        ConfigurationError(place: place, key: key, message: message)
    }

    /// Of settings that are absent although nothing was found wrong: a defect.
    static let unknown = problem("mail", "cannot be read: this is a defect of the program")
}
