import Foundation
import Mail
import Operations

extension SMTPConfiguration {
    /// The longest time that reaching the server may take, in seconds, whatever one delivery may take.
    private static let longestConnect = 15

    /// The mail server that the configuration names.
    init(_ smtp: Configuration.SMTP) throws(ConfigurationError) {
        let seconds = max(1, smtp.timeoutMilliseconds / 1_000)
        guard seconds <= 3_600 else {
            throw SetupProblems.problem("mail.smtp.timeout", "is \(seconds) s: give an hour at most")
        }
        if let file = smtp.authoritiesFile, !FileManager.default.isReadableFile(atPath: file) {
            throw SetupProblems.problem(
                "mail.smtp.authorities", "cannot be read: check that it exists and that you may read it", place: file)
        }
        var credentials: Credentials?
        if let user = smtp.user {
            credentials = Credentials(user: user, password: Password(try Self.password(smtp.passwordFile)))
        }
        do throws(MailError) {
            self = try SMTPConfiguration(
                host: smtp.host, port: smtp.port, security: Security(rawValue: smtp.security) ?? .startTLS,
                authorityFile: smtp.authoritiesFile, credentials: credentials,
                connectSeconds: min(Self.longestConnect, seconds), totalSeconds: seconds)
        } catch {
            let isInClear = if case .passwordInClear = error { true } else { false }
            throw SetupProblems.problem(isInClear ? "mail.smtp.security" : "mail.smtp", error.description)
        }
    }

    /// The password in a file that only its owner may read.
    private static func password(_ file: String?) throws(ConfigurationError) -> String {
        guard let file else {
            throw SetupProblems.problem(
                "mail.smtp.passwordFile", "is missing: mail.smtp.user is set, so name the file of its password")
        }
        return try SecretFile(path: file, key: "mail.smtp.passwordFile").read().trimmingCharacters(in: .newlines)
    }
}
