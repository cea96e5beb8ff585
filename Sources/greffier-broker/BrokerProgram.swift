import ArgumentParser
import Broker
import Logging
import Operations
import Queue
import ServiceLifecycle
import Storage
import UnixSignals

/// The durable queue between pushers and workers.
@main
struct BrokerProgram: GreffierProgram {
    static let configuration = CommandConfiguration(
        commandName: "greffier-broker",
        abstract: "Keeps the documents of a cluster and hands them to its workers.",
        version: ProgramVersion.current)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        try await runReportingErrors("greffier-broker") {
            let configuration = try common.configuration()
            let logger = StructuredLogHandler.logger(program: "greffier-broker", configuration.log)
            let clock = try common.clock()
            try configuration.prepareDataFolder()
            let state = ServiceState()
            var settings = try settings(configuration, clock)
            settings.turned = { state.alive() }
            settings.connections.total = try Self.allowedConnections(
                configuration.limits.connections, isGuarded: settings.keys != nil)
            let broker = try open(settings, logger: logger)
            Self.check(configuration, clock, logger)
            let service = StoppableService {
                broker.drain()
            } wait: {
                try await broker.waitUntilEnd()
            }
            let reloading = KeyListReloading(
                hangUps: hangUps, broker: broker, configuration: configuration, logger: logger)
            try await runProgram([reloading, service], state: state, logger: logger)
        }
    }

    /// Looks at this host beside the work, and at the queue if it is in a file.
    private static func check(_ configuration: Configuration, _ clock: WallClock, _ logger: Logger) {
        let folder = configuration.store == nil ? configuration.queueFolder : nil
        StartCheck(configuration, clock).begin(logger) {
            guard let folder else { return StartCheck.Stored() }
            return StartCheck.Stored(
                latest: try QueueInspection.latest(folder: folder),
                damages: try SQLDatabase.quickDamages(path: "\(folder)/queue.sqlite"))
        }
    }

    private func settings(_ configuration: Configuration, _ clock: WallClock) throws -> BrokerSettings {
        var settings = BrokerSettings(
            folder: configuration.queueFolder, endpoint: configuration.endpoint, version: ProgramVersion.current,
            wallClock: { clock.now() })
        settings.store = configuration.store
        settings.furtherEndpoints = configuration.listen
        settings.keys = try configuration.brokerKeys().map { BrokerKeys(secretKey: $0.pair.secretKey, list: $0.list) }
        settings.queue.heartbeat = configuration.lease.heartbeatMilliseconds
        settings.queue.lease = configuration.lease.expiryMilliseconds
        settings.queue.longestLease = configuration.lease.longestMilliseconds
        settings.queue.deaths = configuration.retry.deaths
        settings.queue.attempts = configuration.retry.attempts
        settings.queue.firstDelay = configuration.retry.firstMilliseconds
        settings.queue.longestDelay = configuration.retry.longestMilliseconds
        // A clock that was started ahead shows another year; it purges nothing that the right one would keep.
        let lead = max(0, clock.offsetSeconds)
        settings.queue.retention = configuration.retention.documentSeconds + lead
        settings.queue.auditRetention = configuration.retention.auditSeconds.map { $0 + lead }
        let limits = configuration.limits
        settings.queue.documentBytes = limits.documentBytes
        settings.queue.queuedBytes = limits.queueBytes
        settings.queue.sourceBytes = limits.sourceBytes
        settings.queue.sourceKeptBytes = limits.sourceKeptBytes
        settings.queue.lowWaterBytes = limits.freeDiskBytes
        settings.queue.resultBytes = limits.resultBytes
        settings.queue.questions = limits.questions
        settings.queue.watchers = limits.watchers
        settings.queue.sourceDocuments = limits.sourceDocuments
        settings.queue.sources = limits.sources
        settings.queue.submissions = limits.submissions
        settings.queue.inFlightBytes = limits.storingBytes
        settings.queue.workers = limits.workers
        settings.queue.workersOfOneName = limits.workersPerKey
        settings.queue.credit = limits.jobsPerWorker
        settings.connections = ConnectionLimits(
            total: limits.connections, perAddress: limits.connectionsPerAddress)
        settings.memoryMark = limits.memoryBytes
        return settings
    }

    /// How many connections there may be: every one is an open file, beside those of the store.
    private static func allowedConnections(_ count: Int, isGuarded: Bool) throws -> Int {
        let needed = count + 256
        let allowed = OpenFiles.allow(isGuarded ? needed + count : needed)
        guard allowed < needed else { return count }
        guard isGuarded else { return max(1, allowed - 256) }
        throw ConfigurationError(
            place: "the configuration", key: "limits.connections",
            message:
                "\(count) connections need \(needed) open files, and this service may have \(allowed): lower it, or"
                + " raise the service's limit (LimitNOFILE)")
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
