import AlertingSetup
import ArgumentParser
import Console
import Foundation
import Operations
import ServiceLifecycle

struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Run a whole cluster on this host: the broker and its workers, until SIGTERM or Ctrl-C.",
        discussion: "A program that ends by itself is started again, after a wait that grows.")

    @OptionGroup var common: CommonOptions

    @Option(help: "Ingest processes (default: the key workers.ingest).")
    var ingest: Int?

    @Option(help: "Validate processes (default: the key workers.validate).")
    var validate: Int?

    @Option(help: "Notify processes (default: the key workers.notify).")
    var notify: Int?

    func run() async throws {
        try await reportingErrors {
            var settings = common.settings()
            settings.set("workers.ingest", ingest.map(String.init), flag: "--ingest")
            settings.set("workers.validate", validate.map(String.init), flag: "--validate")
            settings.set("workers.notify", notify.map(String.init), flag: "--notify")
            let configuration = try Configuration(settings)
            if configuration.workers.notify > 0 { _ = try MailSetup(configuration.mail) }
            let logger = StructuredLogHandler.logger(program: "greffier", configuration.log)
            let arguments = common.forwarded(configuration, clock: try common.clock())
            let counts = [
                ("greffier-broker", 1), ("greffier-ingest", configuration.workers.ingest),
                ("greffier-validate", configuration.workers.validate),
                ("greffier-notify", configuration.workers.notify),
            ]
            let lifeline = try Lifeline()
            let hangUps = await HangUps()
            let programs = counts.flatMap { name, count in
                (0..<count).map { _ in
                    SupervisedProgram(
                        name: name, arguments: arguments, logger: logger, lifeline: lifeline,
                        hangUps: name == "greffier-broker" ? hangUps : nil)
                }
            }
            try await runProgram([hangUps] + programs, state: ServiceState(), logger: logger)
        }
    }
}
