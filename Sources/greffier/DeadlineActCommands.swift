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
    /// Of a start, also the deadlines that were started with it.
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
        var deadlines = [deadline]
        if case .start(_, let isSession) = act {
            deadlines = try register.startedTogether(with: deadline.id, session: isSession)
        }
        let listings = deadlines.map { DeadlineListing($0, today: clock.today()) }
        if output.json {
            for listing in listings { Output.json(listing) }
        } else {
            Output.line(DeadlinesView(listings).text)
        }
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
        commandName: "set-date",
        abstract: "Say when the event happened that a deadline waits for: its date is computed.",
        discussion: """
            `deadlines list --state open` shows what waits, and for what. All deadlines of the act that \
            wait for the same event get their dates, which are printed. Another day given later computes them anew. With \
            --due, DATE is the date of this one deadline, whatever documents say.
            """)

    @Argument(help: "The deadline's number.")
    var id: Int64

    @Argument(help: "The day of the event, 2025-12-31.")
    var date: String

    @Flag(help: "The event was that day for all acts of the session, as when they are published together.")
    var session = false

    @Flag(help: "DATE is the day on which the deadline is due.")
    var due = false

    @Option(help: "With --due, how the date was computed, in French: mails say it.")
    var how: String?

    @OptionGroup var options: DeadlineActOptions

    func validate() throws {
        guard !(session && due) else { throw ValidationError("--session and --due exclude each other") }
        guard how == nil || due else {
            throw ValidationError("--how goes with --due; otherwise the date is computed, and mails say how")
        }
    }

    func run() async throws {
        try await reportingErrors {
            let day = try DeadlineActOptions.day(date)
            if due {
                try options.perform(.setDate(day, how: how ?? "date saisie par le service"), on: id)
            } else {
                try options.perform(.start(on: day, session: session), on: id)
            }
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
