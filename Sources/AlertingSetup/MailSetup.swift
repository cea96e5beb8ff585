import Alerting
import Deadlines
import Deliberations
import Foundation
import Mail
import Operations

/// What the configuration says of mail, as the modules want it: addresses, hours, templates and the way out, all checked,
/// without anything being made or sent.
public struct MailSetup: Sendable {
    /// To whom, from whom and when.
    public let settings: AlertSettings
    /// The texts.
    public let templates: Templates
    private let delivery: Delivery

    private enum Delivery: Sendable {
        case smtp(SMTPConfiguration)
        case outbox(folder: String)
    }

    /// Checks everything that can be checked without sending.
    /// - Throws: `ConfigurationError` with everything that is wrong, each with its key and its cure.
    public init(_ mail: Configuration.Mail) throws(ConfigurationError) {
        var problems = SetupProblems()
        let delivery = problems.collect { () throws(ConfigurationError) in try Self.delivery(mail) }
        let templates = problems.collect { () throws(ConfigurationError) in try Self.templates(mail.templatesFolder) }
        let settings = Self.settings(mail, &problems)
        if let found = problems.found { throw found }
        guard let delivery, let templates, var settings else { throw SetupProblems.unknown }
        settings.claimSeconds = Self.claimSeconds(delivery)
        self.settings = settings
        self.templates = templates
        self.delivery = delivery
    }

    /// The way out. The folder for files is made.
    public func transport() throws(ConfigurationError) -> any MailTransport {
        switch delivery {
        case .smtp(let configuration): return SMTPTransport(configuration)
        case .outbox(let folder):
            try Self.makeOutbox(folder)
            return OutboxTransport(folder: folder)
        }
    }

    /// Whether mails leave by a mail server, not as files.
    public var isSentBySMTP: Bool {
        if case .smtp = delivery { true } else { false }
    }

    /// Why no mail can leave now, as a sentence; nil when one can. Nothing is sent.
    public func trouble() async -> String? {
        switch delivery {
        case .smtp(let configuration): return await SMTPTransport(configuration).trouble()
        case .outbox(let folder):
            let isThere = access(folder, F_OK) == 0
            let place = isThere ? folder : URL(fileURLWithPath: folder).deletingLastPathComponent().path
            return access(place, W_OK) == 0 ? nil : "no file can be written to \(folder)"
        }
    }

    /// A claim outlasts the slowest delivery of its batch. A file is written at once: what a killed process had claimed
    /// need not wait as for a slow mail server.
    private static func claimSeconds(_ delivery: Delivery) -> Int {
        switch delivery {
        case .smtp(let configuration): max(600, 4 * configuration.totalSeconds + 60)
        case .outbox: 30
        }
    }

    private static func settings(_ mail: Configuration.Mail, _ problems: inout SetupProblems) -> AlertSettings? {
        let from = problems.address(mail.from, key: "mail.from")
        let replyTo = mail.replyTo.flatMap { problems.address($0, key: "mail.replyTo") }
        let bounces = mail.bounces.flatMap { problems.address($0, key: "mail.bounces") }
        let recipients = mail.recipients.compactMap { problems.address($0, key: "mail.recipients") }
        let answers = Self.answers(mail, &problems)
        var routing = RouteSetup(standard: recipients, digest: DigestFrequency(rawValue: mail.digest) ?? .daily)
        let routes = routing.tree(mail.routes)
        if let found = routing.problems.found { problems.add(found) }
        let operators = mail.operators.compactMap { problems.address($0, key: "mail.operators") }
        guard let from, let routes, recipients.count == mail.recipients.count else { return nil }
        return problems.collect { () throws(ConfigurationError) in
            do throws(AlertingError) {
                var settings = try AlertSettings(routes: routes, from: from)
                settings.calendarsFolder = mail.calendarsFolder
                settings.isWatchTold = mail.isWatchTold
                if mail.isSilenceTold { settings.operators = operators.isEmpty ? routes.root.recipients : operators }
                settings.replyTo = replyTo ?? answers?.address
                settings.answers = answers
                settings.bounces = bounces ?? from
                settings.hours.reminders = mail.reminderHours ?? settings.hours.reminders
                settings.hours.calendar = mail.calendar
                if !mail.isNewsToldDaily { settings.hours.news = nil }
                settings.mailsPerMinute = mail.mailsPerMinute
                return settings
            } catch {
                throw SetupProblems.problem("mail.recipients", error.description)
            }
        }
    }

    /// Where staff answer; nowhere before there is a key, which `AnswerKeyFile.readOrMake` makes.
    private static func answers(_ mail: Configuration.Mail, _ problems: inout SetupProblems) -> AnswerDesk? {
        guard let text = mail.answers else { return nil }
        let address = problems.address(text, key: "answers.address")
        let key = problems.collect { () throws(ConfigurationError) in
            try AnswerKeyFile(path: mail.answerKeyFile).read()
        }
        guard let address, let key, let key else { return nil }
        return AnswerDesk(address: address, key: key)
    }

    private static func templates(_ folder: String?) throws(ConfigurationError) -> Templates {
        do throws(MailError) {
            return try Templates(overrideFolder: folder)
        } catch {
            throw SetupProblems.problem("mail.templates", error.description)
        }
    }

    private static func delivery(_ mail: Configuration.Mail) throws(ConfigurationError) -> Delivery {
        guard let smtp = mail.smtp else { return .outbox(folder: mail.outboxFolder) }
        return .smtp(try SMTPConfiguration(smtp))
    }

    private static func makeOutbox(_ folder: String) throws(ConfigurationError) {
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
}
