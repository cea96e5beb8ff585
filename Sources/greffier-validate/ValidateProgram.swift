import ArgumentParser
import Deliberations
import Examination
import GreffierProtocol
import Operations
import WorkerRuntime

/// Checks Extracts against the rules and computes their deadlines.
@main
struct ValidateProgram: GreffierProgram {
    static let configuration = CommandConfiguration(
        commandName: "greffier-validate", abstract: "Checks the Extracts that the broker hands out.",
        version: ProgramVersion.current)

    @OptionGroup var common: CommonOptions
    @OptionGroup var worker: WorkerOptions

    func run() async throws {
        try await runReportingErrors("greffier-validate") {
            let configuration = try common.configuration()
            let clock = try common.clock()
            let examiner = Examiner(
                producedBy: Producer(program: "greffier-validate", version: ProgramVersion.current),
                rules: configuration.rules, calendar: configuration.calendar)
            StartCheck(configuration, clock).begin(
                StructuredLogHandler.logger(program: "greffier-validate", configuration.log))
            let processor = ValidateProcessor(examiner: examiner) { clock.today() }
            try await runWorker(
                worker.settings(.validate, program: "greffier-validate", configuration), processor: processor,
                configuration)
        }
    }
}
