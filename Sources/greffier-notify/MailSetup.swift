import Alerting
import Deadlines
import Deliberations
import Foundation
import Mail
import Operations

/// What the configuration says of mail, as the modules want it.
struct MailSetup {
    let settings: AlertSettings
    let transport: any MailTransport
    let templates: Templates

    /// - Throws: `ConfigurationError`, `MailError`, `AlertingError` when something is wrong or missing.
    init(_ mail: Configuration.Mail) throws {
        var settings = try AlertSettings(
            recipients: mail.recipients.map { try Self.address($0, key: "mail.recipients") },
            from: Self.address(mail.from, key: "mail.from"))
        settings.replyTo = try mail.replyTo.map { try Self.address($0, key: "mail.replyTo") }
        if let hours = mail.reminderHours { settings.hours.reminders = hours }
        templates = try Templates(overrideFolder: mail.templatesFolder)
        if let smtp = mail.smtp {
            transport = SMTPTransport(try Self.configuration(smtp))
        } else {
            try Self.makeOutbox(mail.outboxFolder)
            transport = OutboxTransport(folder: mail.outboxFolder)
            // A file is written at once: what a killed process had claimed need not wait as for a slow mail server.
            settings.claimSeconds = 30
        }
        self.settings = settings
    }

    private static func makeOutbox(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ConfigurationError(
                place: folder, key: "mail.outbox",
                message: "cannot be made: choose a folder whose parent you may write to (\(error.localizedDescription))"
            )
        }
    }

    /// `name@host` or `Name <name@host>`.
    private static func address(_ text: String, key: String) throws -> EmailAddress {
        let parts = text.split(separator: "<", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        do {
            guard parts.count == 2, parts[1].hasSuffix(">") else { return try EmailAddress(text) }
            return try EmailAddress(String(parts[1].dropLast()), displayName: parts[0])
        } catch {
            throw ConfigurationError(place: "the configuration", key: key, message: "\(error)")
        }
    }

    private static func configuration(_ smtp: Configuration.SMTP) throws -> SMTPConfiguration {
        let security = SMTPConfiguration.Security(rawValue: smtp.security) ?? .startTLS
        let credentials = try smtp.user.map { user in
            SMTPConfiguration.Credentials(user: user, password: Password(try password(smtp.passwordFile)))
        }
        return try SMTPConfiguration(
            host: smtp.host, port: smtp.port, security: security, authorityFile: smtp.authoritiesFile,
            credentials: credentials, totalSeconds: max(1, smtp.timeoutMilliseconds / 1_000))
    }

    /// The password in a file that only its owner may read.
    private static func password(_ file: String?) throws -> String {
        func problem(_ message: String) -> ConfigurationError {
            ConfigurationError(
                place: file ?? "the configuration", key: "mail.smtp.passwordFile", message: message)
        }
        guard let file else { throw problem("is missing: mail.smtp.user is set, so name the file of its password") }
        let mode = try? FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        guard let mode, let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw problem("cannot be read: check that it exists and that you may read it")
        }
        guard mode & 0o077 == 0 else { throw problem("others may read it: run `chmod 600 \(file)`") }
        return text.trimmingCharacters(in: .newlines)
    }
}
