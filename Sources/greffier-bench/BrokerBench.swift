import ArgumentParser
import Client
import Foundation
import GreffierProtocol
import Locks
import Logging
import WorkerRuntime
import ZeroMQ

struct BrokerBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker",
        abstract: "The broker alone, one hop: documents pushed, leased and ended, each on disk before its receipt.")

    @Option(help: "Documents a round.")
    var documents = 20_000

    @Option(help: "Bytes of a document.")
    var bytes = 28_287

    @Option(help: "Rounds; the median counts.")
    var rounds = 3

    @Option(help: "Documents waiting when the broker's memory is read.")
    var backlog = 100_000

    func run() async throws {
        let folder = try RunFolder()
        defer { folder.remove() }
        let log = try folder.log()
        let broker = try ProgramUnderTest(
            "greffier-broker", ["--data", folder.path + "/data", "--log-level", "warning"], log: log)
        defer { broker.stop() }
        let endpoint = try Endpoint("ipc://\(folder.path)/data/broker.ipc")
        var speeds: [Double] = []
        for round in 0..<rounds { speeds.append(try await hop(endpoint, round: round, broker: broker)) }
        print("one hop: \(rounded(speeds.sorted()[speeds.count / 2], 0)) documents/s (median of \(rounds))")
        try await fill(endpoint, broker: broker)
    }

    private func hop(_ endpoint: Endpoint, round: Int, broker: ProgramUnderTest) async throws -> Double {
        // A failure that is not to be tried again ends an ingest job: one hop and no further stage.
        let identity = Ready(
            stage: .ingest, credit: 256, program: "bench", version: "0", host: "bench", process: Int(getpid()))
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let ended = Lock(0)
        let worker = try Worker(
            WorkerSettings(endpoint: endpoint, identity: identity, threads: 1, batch: 64),
            processor: Sink(ended: ended), logger: logger)
        let before = broker.figures.processorMilliseconds
        let clock = ContinuousClock()
        let start = clock.now
        let bytes = bytes
        let documents = documents
        // The pusher has a thread of its own, as it would in another process.
        try await Task.detached {
            try BenchPusher(endpoint: endpoint, bytes: bytes).push(documents, seed: "r\(round)-")
        }.value
        while ended.withLock({ $0 }) < documents { try await Task.sleep(for: .milliseconds(5)) }
        let seconds = (clock.now - start) / .seconds(1)
        let processor = Double(broker.figures.processorMilliseconds - before) / Double(documents)
        worker.drain()
        try await worker.waitUntilEnd()
        let memory = broker.figures.residentMebibytes
        print(
            "  round \(round + 1): \(rounded(Double(documents) / seconds, 0))/s, broker \(rounded(processor, 3)) ms"
                + " a document, resident \(rounded(memory.now, 1)) MiB (highest \(rounded(memory.highest, 1)))")
        return Double(documents) / seconds
    }

    private func fill(_ endpoint: Endpoint, broker: ProgramUnderTest) async throws {
        guard backlog > 0 else { return }
        let clock = ContinuousClock()
        let start = clock.now
        let (count, bytes) = (backlog, bytes)
        try await Task.detached { try BenchPusher(endpoint: endpoint, bytes: bytes).push(count, seed: "backlog-") }
            .value
        let seconds = (clock.now - start) / .seconds(1)
        let memory = broker.figures.residentMebibytes
        print(
            "\(backlog) waiting: accepted at \(rounded(Double(backlog) / seconds, 0))/s, broker resident"
                + " \(rounded(memory.now, 1)) MiB (highest \(rounded(memory.highest, 1)))")
    }
}

/// Ends every job at once.
private struct Sink: JobProcessor {
    let ended: Lock<Int>

    func process(_ jobs: [LeasedJob]) -> [JobResult] {
        ended.withLock { $0 += jobs.count }
        return jobs.map { _ in .failed(code: "bench", message: "one hop", retry: false) }
    }
}

/// Why a measurement is worth nothing.
enum BenchError: Error, CustomStringConvertible {
    case notAccepted(String)
    case noNumber(String)
    case databaseInUse(String)

    var description: String {
        switch self {
        case .notAccepted(let outcome): "a document was not accepted: \(outcome)"
        case .databaseInUse(let name): "\(name) holds a queue or a register already: name an empty database"
        case .noNumber(let file): "\(file) has no act number to change, so that copies of it would be one act"
        }
    }
}
