import ArgumentParser
import Client
import Foundation
import GreffierProtocol
import Logging
import Operations
import ServiceLifecycle

/// The options that every worker has.
public struct WorkerOptions: ParsableArguments {
    @Option(help: "How many jobs this process does at the same time.")
    var jobs = 1

    /// What was asked for nowhere.
    public init() {}

    /// Checks the numbers.
    public func validate() throws {
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs \(jobs): write 1 to 256") }
    }

    /// The settings of a worker of `stage`.
    ///
    /// A thread has a few jobs waiting beside the one it does, so that it need not wait for the broker.
    /// - Parameters:
    ///   - batch: how many jobs a thread takes at once.
    ///   - register: the id of the register that it writes to.
    /// - Throws: `ConfigurationError` when a key is missing or open to others.
    public func settings(
        _ stage: Stage, program: String, _ configuration: Configuration, batch: Int = 1, register: String? = nil
    ) throws -> WorkerSettings {
        let identity = Ready(
            stage: stage, credit: min(256, jobs * max(8, 3 * batch)), program: program, version: ProgramVersion.current,
            host: ProcessInfo.processInfo.hostName, process: Int(ProcessInfo.processInfo.processIdentifier),
            startedAt: Int(Date().timeIntervalSince1970), register: register, threads: jobs)
        var settings = WorkerSettings(
            endpoint: configuration.endpoint, identity: identity, threads: jobs, batch: batch)
        settings.endpoints = BrokerEndpoints(configuration.brokers) ?? settings.endpoints
        settings.security = try configuration.clientSecurity()
        return settings
    }
}

/// Runs a worker, and other services beside it, until the program is told to end.
public func runWorker(
    _ settings: WorkerSettings, processor: any JobProcessor, _ configuration: Configuration,
    beside services: [any Service] = []
) async throws {
    Signals.catchHangUps()
    let logger = StructuredLogHandler.logger(program: settings.identity.program, configuration.log)
    let state = ServiceState()
    var settings = settings
    settings.turned = { state.alive() }
    let worker = try Worker(settings, processor: processor, logger: logger)
    let service = StoppableService {
        worker.drain()
    } wait: {
        try await worker.waitUntilEnd()
    }
    logger.notice("working", metadata: ["stage": "\(settings.identity.stage.rawValue)", "jobs": "\(settings.threads)"])
    try await runProgram(services + [service], state: state, logger: logger)
}

extension JobResult {
    /// The answer to a job that this worker does not do; the broker would have to be of another version.
    public static func wrongJob(_ job: Job) -> JobResult {
        .failed(
            code: "wrong-job", message: "this worker was given a job of \(job.stage.rawValue) that it does not do",
            retry: true)
    }
}
