import Alerting
import AlertingSetup
import Answering
import ArgumentParser
import Console
import Conversion
import Deadlines
import Foundation
import Mail
import Operations
import Register

struct AnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer",
        abstract: "Follow a mail by which staff answer a reminder, and confirm it.",
        discussion: """
            For a mail alias: `echeances: "|greffier answer -"`. What is asked is done once, however often the mail comes. \
            Exit codes for mail servers (sysexits.h): 0 followed, refused with an explanation to its author, or sent by a \
            program; 65 no answer at all, with the reason in French; 75 try again later.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The mail, or - for standard input.")
    var mail: String

    func run() async throws {
        try await reportingErrors {
            let configuration = try common.configuration()
            if configuration.mail.answers != nil {
                _ = try AnswerKeyFile(path: configuration.mail.answerKeyFile).readOrMake()
            }
            let setup = try MailSetup(configuration.mail)
            guard let desk = setup.settings.answers else {
                throw ConfigurationError(
                    place: "the configuration", key: "answers.address", message: "is missing: staff cannot answer yet")
            }
            var planning = Register.Settings()
            planning.reminderHours = setup.settings.hours.reminders
            planning.calendar = configuration.calendar
            let register = try Register(mending: configuration.registerPlace, settings: planning)
            let clerk = AnswerClerk(
                register: register, settings: setup.settings, desk: desk, templates: setup.templates)
            let now = UTCInstant(secondsSince1970: try common.clock().now())
            let outcome = try Self.follow(try read(), clerk, now)
            try await Self.send(outcome.mail, setup)
            Output.line(Self.summary(outcome))
        }
    }

    /// The longest mail, in bytes.
    private static let longest = 4 << 20

    private func read() throws -> [UInt8] {
        let handle = mail == "-" ? .standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: mail))
        return Array(try handle.read(upToCount: Self.longest) ?? Data())
    }

    private static func follow(_ bytes: [UInt8], _ clerk: AnswerClerk, _ now: UTCInstant) throws -> AnswerClerk.Outcome
    {
        do {
            return try clerk.follow(try ReceivedMail(bytes), now: now)
        } catch let error as AnswerError {
            Output.error("\(error)")
            throw ExitStatus.noAnswer
        } catch let error as ConversionError {
            Output.error("\(error)")
            throw ExitStatus.noAnswer
        }
    }

    /// What was done stays done when the confirmation cannot leave now: the mail server brings the answer again, which
    /// then only confirms.
    private static func send(_ message: MailMessage?, _ setup: MailSetup) async throws {
        guard let message else { return }
        let envelope = Envelope(sender: nil, recipient: message.to)
        switch try await setup.transport().deliver(message, envelope: envelope) {
        case .accepted, .uncertain: return
        case .permanentFailure(let code, let text): Output.error("the confirmation was refused: \(code) \(text)")
        case .serverTrouble(_, let text), .temporaryFailure(_, let text):
            Output.error("the confirmation cannot be sent now: \(text)")
            throw ExitStatus.later
        }
    }

    private static func summary(_ outcome: AnswerClerk.Outcome) -> String {
        switch outcome {
        case .automatic: "sent by a program: nothing done"
        case .followed(let row, _): "deadline \(row.id): \(row.handling?.act ?? "") by \(row.handling?.person ?? "")"
        case .refused(let reason, _): "nothing done: \(reason)"
        }
    }
}

extension ExitStatus {
    /// The mail is no answer (EX_DATAERR of sysexits.h): a mail server returns it to its author.
    static let noAnswer = ExitCode(65)
    /// Try again later (EX_TEMPFAIL).
    static let later = ExitCode(75)
}
