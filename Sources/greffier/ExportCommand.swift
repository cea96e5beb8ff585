import Alerting
import AlertingSetup
import ArgumentParser
import Console
import Deadlines
import Deliberations
import Exporting
import Operations
import Register

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write what the register holds for other programs: open data, JSON, a calendar.",
        subcommands: [
            ExportDeliberationsCommand.self, ExportGrantsCommand.self, ExportActsCommand.self,
            ExportCalendarCommand.self,
        ])
}

/// What every export asks for.
struct ExportOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions

    @Option(help: "Only authorities whose name has these words, or of this SIREN.")
    var authority: String?

    @Option(name: [.short, .long], help: "Write to this file, which is replaced when the export is whole.")
    var output: String?

    /// Opens the register and hands it over with the way out.
    func run(_ body: (Configuration, Register, inout ExportFile) throws -> Void) throws {
        let configuration = try common.configuration()
        let register = try Register(reading: configuration.registerPlace)
        var file = try ExportFile(output)
        try body(configuration, register, &file)
        try file.finish()
    }
}

/// Which sessions to export.
struct SessionOptions: ParsableArguments {
    @Option(help: "Only sessions from this day on, 2025-01-01.")
    var from: String?

    @Option(help: "Only sessions up to this day, 2025-12-31.")
    var until: String?

    func filter(authority: String?) throws -> ActFilter {
        var filter = ActFilter()
        filter.authority = authority
        filter.limit = .max
        filter.from = try from.map(DeadlineActOptions.day)
        filter.until = try until.map(DeadlineActOptions.day)
        return filter
    }
}

struct ExportDeliberationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliberations", abstract: "Acts as CSV by the SCDL schema « délibérations » 2.1.5.")

    @OptionGroup var options: ExportOptions
    @OptionGroup var sessions: SessionOptions
    @OptionGroup var rows: IncompleteRowsOption

    func run() async throws {
        try await reportingErrors {
            try rows.export(.deliberations, options, try sessions.filter(authority: options.authority))
        }
    }
}

struct ExportGrantsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "subventions", abstract: "Grants as CSV by the SCDL schema « subventions » 2.1.1.")

    @OptionGroup var options: ExportOptions
    @OptionGroup var sessions: SessionOptions
    @OptionGroup var rows: IncompleteRowsOption

    func run() async throws {
        try await reportingErrors {
            try rows.export(.grants, options, try sessions.filter(authority: options.authority))
        }
    }
}

/// `--incomplete`, which the tables of open data have.
struct IncompleteRowsOption: ParsableArguments {
    @Flag(help: "Write also rows that miss something the schema requires, for a person to fill in.")
    var incomplete = false

    func export(_ table: SCDLExport.Table, _ options: ExportOptions, _ filter: ActFilter) throws {
        try options.run { configuration, register, file in
            let export = SCDLExport(
                table, settings: try configuration.exportSettings(), includesIncomplete: incomplete)
            let outcome = try export.run(register, filter) { try file.write($0) }
            Self.report(outcome)
        }
    }

    /// On standard error: standard output may be the file.
    private static func report(_ outcome: SCDLExport.Outcome) {
        Output.error("\(outcome.written) rows written, \(outcome.leftOut) left out")
        for (column, rows) in outcome.missing.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            Output.error("  \(column) is missing in \(rows)\(cures[column].map { ": \($0)" } ?? "")")
        }
        for act in outcome.unreadable.prefix(10) {
            Output.error("  act \(act): its extract cannot be read any more; push its document again")
        }
    }

    private static let cures = [
        "COLL_SIRET": "set export.authorities", "idAttribuant": "set export.authorities",
        "notificationUE": "set export.authorities",
        "DELIB_MATIERE_CODE": "the documents do not print it; --incomplete writes the rows for a person",
        "dateConvention": "the documents do not say when the convention was signed",
    ]
}

struct ExportActsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acts", abstract: "Acts with all that is known of them, one JSON object a line.")

    @OptionGroup var options: ExportOptions
    @OptionGroup var sessions: SessionOptions

    func run() async throws {
        try await reportingErrors {
            let filter = try sessions.filter(authority: options.authority)
            let today = try options.common.clock().today()
            try options.run { _, register, file in
                try ActExport.run(register, filter, today: today) { try file.write($0) }
            }
        }
    }
}

struct ExportCalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Deadlines as a calendar (.ics) to which staff subscribe; what is done is cancelled in it.")

    @OptionGroup var options: ExportOptions

    @Option(help: "The calendar's name.")
    var name = "Échéances des délibérations"

    func run() async throws {
        try await reportingErrors {
            let now = UTCInstant(secondsSince1970: try options.common.clock().now())
            try options.run { configuration, register, file in
                let subscription = CalendarSubscription(settings: try MailSetup(configuration.mail).settings, now: now)
                try file.write(try subscription.file(of: register, name: name, authority: options.authority))
            }
        }
    }
}

extension Configuration {
    /// What open data asks of authorities.
    /// - Throws: `ConfigurationError`.
    func exportSettings() throws -> ExportSettings {
        do throws(ExportSettings.Problem) {
            return try ExportSettings(authorities: exportAuthorities)
        } catch {
            throw ConfigurationError(place: "the configuration", key: "export.authorities", message: "\(error)")
        }
    }
}
