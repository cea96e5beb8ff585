import ArgumentParser
import Conversion
import Deliberations
import Examination
import GreffierProtocol
import Logging
import Operations
import WorkerRuntime

/// Reads documents: bytes become an Extract.
@main
struct IngestProgram: GreffierProgram {
    static let configuration = CommandConfiguration(
        commandName: "greffier-ingest", abstract: "Reads the documents that the broker hands out.",
        version: ProgramVersion.current)

    @OptionGroup var common: CommonOptions
    @OptionGroup var worker: WorkerOptions

    func run() async throws {
        try await runReportingErrors("greffier-ingest") {
            let configuration = try common.configuration()
            let producer = Producer(program: "greffier-ingest", version: ProgramVersion.current)
            let converter = Converter(configuration.conversion)
            let logger = StructuredLogHandler.logger(program: "greffier-ingest", configuration.log)
            Self.tell(of: .standard, to: logger)
            StartCheck(configuration, try common.clock()).begin(logger)
            let reader = DocumentReader(producedBy: producer, converter: converter)
            try await runWorker(
                worker.settings(.ingest, program: "greffier-ingest", configuration),
                processor: IngestProcessor(reader: reader),
                configuration)
        }
    }

    /// Says which documents this host cannot read, before one comes.
    private static func tell(of tools: ToolRunner, to logger: Logger) {
        if let warning = tools.isolationWarning { logger.warning("\(warning)") }
        let missing = Dictionary(grouping: tools.missingTools.filter { $0 != .bubblewrap }, by: \.debianPackage)
        for (package, tools) in missing.sorted(by: { $0.key < $1.key }) {
            logger.warning(
                "a tool is missing: documents that need it wait, and go on by themselves once it is installed",
                metadata: ["package": "\(package)", "reads": "\(tools[0].purpose)"])
        }
    }
}
