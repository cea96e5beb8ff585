import AlertingSetup
import ArgumentParser
import Console
import Deadlines
import Deliberations
import Foundation
import Operations
import Register

/// What every act on a deadline asks for.
struct DeadlineActOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Option(help: "Why, or with what proof; kept in the audit trail.")
    var note: String?

    @Option(help: "Who does it (default: the user).")
    var by: String?

    /// Does the act in the register of this host and prints the deadline as it is then.
    func perform(_ act: DeadlineAct, on id: Int64) throws {
        let configuration = try common.configuration()
        let clock = try common.clock()
        var settings = Register.Settings()
        if let hours = configuration.mail.reminderHours { settings.reminderHours = hours }
        settings.calendar = configuration.calendar
        let register = try Register(mending: configuration.registerPlace, settings: settings)
        let deadline = try register.perform(
            act, on: DeadlineID(id), by: by ?? NSUserName(), note: note,
            now: UTCInstant(secondsSince1970: clock.now()))
        let listing = DeadlineListing(deadline, today: clock.today())
        if output.json { Output.json(listing) } else { Output.line(DeadlinesView([listing]).text) }
    }

    /// A day such as 2025-12-31.
    static func day(_ text: String) throws -> CivilDate {
        guard let day = CivilDate(jsonString: text) else {
            throw ValidationError("\(text): write a day such as 2025-12-31")
        }
        return day
    }
}

struct DeadlinesDoneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Say that a deadline is done: nothing more is sent about it.")

    @Argument(help: "The deadline's number, as `deadlines list` shows it.")
    var id: Int64

    @OptionGroup var options: DeadlineActOptions

    func run() async throws {
        try await reportingErrors { try options.perform(.done, on: id) }
    }
}

struct DeadlinesReopenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: "Say that a deadline is not done after all: its reminders go on.")

    @Argument(help: "The deadline's number.")
    var id: Int64

    @OptionGroup var options: DeadlineActOptions

    func run() async throws {
        try await reportingErrors { try options.perform(.reopen, on: id) }
    }
}

struct DeadlinesSnoozeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snooze", abstract: "Send nothing about a deadline before a day.")

    @Argument(help: "The deadline's number.")
    var id: Int64

    @Argument(help: "The day from which reminders leave again, 2025-12-31.")
    var until: String

    @OptionGroup var options: DeadlineActOptions

    func run() async throws {
        try await reportingErrors {
            try options.perform(.snooze(until: try DeadlineActOptions.day(until)), on: id)
        }
    }
}

struct DeadlinesSetDateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-date", abstract: "Give a deadline whose start was unknown its date.")

    @Argument(help: "The deadline's number.")
    var id: Int64

    @Argument(help: "The day on which it is due, 2025-12-31.")
    var date: String

    @Option(help: "How the date was computed, in French: mails say it.")
    var how = "date saisie par le service"

    @OptionGroup var options: DeadlineActOptions

    func run() async throws {
        try await reportingErrors {
            try options.perform(.setDate(try DeadlineActOptions.day(date), how: how), on: id)
        }
    }
}

struct DeadlinesAssignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign", abstract: "Say who takes care of a deadline.")

    @Argument(help: "The deadline's number.")
    var id: Int64

    @Argument(help: "The person or service.")
    var person: String

    @OptionGroup var options: DeadlineActOptions

    func run() async throws {
        try await reportingErrors { try options.perform(.assign(to: person), on: id) }
    }
}
