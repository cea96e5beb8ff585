import Foundation
import Operations

/// A file that holds a secret: only its owner may read it.
struct SecretFile {
    let path: String
    /// The key of the configuration that names it.
    let key: String

    /// What it holds.
    /// - Throws: `ConfigurationError` when it cannot be read, or others may read it.
    func read() throws(ConfigurationError) -> String {
        let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        guard let mode, let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw problem("cannot be read: check that it exists and that you may read it")
        }
        guard mode & 0o077 == 0 else { throw problem("others may read it: run `chmod 600 \(path)`") }
        return text
    }

    func problem(_ message: String) -> ConfigurationError {
        SetupProblems.problem(key, message, place: path)
    }
}
