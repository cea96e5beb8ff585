import ArgumentParser
import Broker
import Logging
import Operations
import Storage

/// The durable queue between pushers and workers.
@main
struct BrokerProgram: GreffierProgram {
    static let configuration = CommandConfiguration(
        commandName: "greffier-broker",
        abstract: "Keeps the documents of a cluster and hands them to its workers.",
        version: ProgramVersion.current)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await runReportingErrors("greffier-broker") {
            let configuration = try common.configuration()
            let logger = StructuredLogHandler.logger(program: "greffier-broker", configuration.log)
            let clock = try common.clock()
            try configuration.prepareDataFolder()
            var settings = BrokerSettings(
                folder: configuration.queueFolder, endpoint: configuration.endpoint, version: ProgramVersion.current,
                wallClock: { clock.now() })
            settings.queue.heartbeat = configuration.lease.heartbeatMilliseconds
            settings.queue.lease = configuration.lease.expiryMilliseconds
            settings.queue.attempts = configuration.retry.attempts
            settings.queue.firstDelay = configuration.retry.firstMilliseconds
            settings.queue.longestDelay = configuration.retry.longestMilliseconds
            settings.queue.documentBytes = configuration.limits.documentBytes
            settings.queue.queuedBytes = configuration.limits.queueBytes
            settings.queue.lowWaterBytes = configuration.limits.freeDiskBytes
            let broker = try open(settings, logger: logger)
            let service = StoppableService {
                broker.drain()
            } wait: {
                try await broker.waitUntilEnd()
            }
            try await runProgram([service], logger: logger)
        }
    }

    /// A folder that another broker has is a mistake of whoever starts this one: no supervisor need try again.
    private func open(_ settings: BrokerSettings, logger: Logger) throws -> Broker {
        do {
            return try Broker(settings, logger: logger)
        } catch let error as StorageError {
            guard case .folderInUse = error else { throw error }
            throw ConfigurationError(place: settings.folder, key: "data", message: "\(error)")
        }
    }
}
