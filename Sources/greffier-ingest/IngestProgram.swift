import ArgumentParser
import Deliberations
import Examination
import GreffierProtocol
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
            let reader = DocumentReader(producedBy: producer, limit: configuration.limits.documentBytes)
            try await runWorker(
                worker.settings(.ingest, program: "greffier-ingest", configuration),
                processor: IngestProcessor(reader: reader),
                configuration)
        }
    }
}
