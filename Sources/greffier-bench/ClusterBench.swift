import ArgumentParser
import Deliberations
import Examination
import Foundation
import GreffierProtocol
import Pushing
import ZeroMQ

struct ClusterBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "A whole cluster with real work: throughput, processor time of each process, and latency when idle.")

    @Argument(help: "A text document with an act number; each copy gets a number of its own.")
    var file: String

    @Option(help: "Documents a round.")
    var documents = 4_000

    @Option(help: "Rounds; the median counts.")
    var rounds = 3

    @Option(help: "Single documents for the latency.")
    var singles = 200

    @Option(help: "Ingest processes.")
    var ingest = 1

    @Option(help: "Validate processes.")
    var validate = 1

    @Option(help: "Measure PostgreSQL after SQLite: postgres://…, an empty database, which is emptied again.")
    var store: String?

    @Flag(help: "Write the mails too; otherwise documents are pushed as archives.")
    var mails = false

    func run() async throws {
        for store in try BenchStore.both(store) {
            defer { try? store.clear() }
            print("\(store.name):")
            try measure(store)
        }
    }

    private func measure(_ store: BenchStore) throws {
        let folder = try RunFolder()
        defer { folder.remove() }
        let log = try folder.log()
        let arguments = ["--data", folder.path + "/data", "--log-level", "warning"]
        let names =
            ["greffier-broker"] + Array(repeating: "greffier-ingest", count: ingest)
            + Array(repeating: "greffier-validate", count: validate) + ["greffier-notify"]
        let programs = try names.map {
            (name: $0, program: try ProgramUnderTest($0, arguments, environment: store.environment, log: log))
        }
        defer { programs.reversed().forEach { $0.program.stop() } }
        let endpoint = try Endpoint("ipc://\(folder.path)/data/broker.ipc")
        var copies = try DocumentCopies(file: file)
        try pushOne(endpoint, &copies)
        try latency(endpoint, &copies)
        var speeds: [Double] = []
        for round in 0..<rounds {
            speeds.append(try throughput(endpoint, &copies, programs, in: store, round: round))
        }
        print("throughput: \(rounded(speeds.sorted()[speeds.count / 2], 0)) documents/s (median of \(rounds))")
        for (name, program) in programs {
            let memory = program.figures.residentMebibytes
            print("  \(name): resident \(rounded(memory.now, 1)) MiB (highest \(rounded(memory.highest, 1)))")
        }
    }

    private func settings(_ endpoint: Endpoint) -> PushSettings {
        var settings = PushSettings(endpoint: endpoint, source: "bench")
        settings.isArchive = !mails
        settings.waitsForOutcome = true
        settings.window = 256
        return settings
    }

    private func pushOne(_ endpoint: Endpoint, _ copies: inout DocumentCopies) throws {
        try push(settings(endpoint), [copies.next()])
    }

    private func push(_ settings: PushSettings, _ documents: [PushedDocument]) throws {
        var pusher = try Pusher(settings)
        var left = documents.makeIterator()
        try pusher.push {
            left.next()
        } finished: { _, outcome in
            guard case .ended(let ended) = outcome, ended.state == .registered else {
                throw BenchError.notAccepted("\(outcome)")
            }
        }
    }

    private func latency(_ endpoint: Endpoint, _ copies: inout DocumentCopies) throws {
        var samples = Samples()
        let clock = ContinuousClock()
        var start = clock.now
        var left = singles
        var oneByOne = settings(endpoint)
        oneByOne.window = 1
        var pusher = try Pusher(oneByOne)
        try pusher.push {
            guard left > 0 else { return nil }
            left -= 1
            let document = copies.next()
            start = clock.now
            return document
        } finished: { _, _ in
            samples.add(clock.now - start)
        }
        print(
            "latency of one document, idle cluster: p50 \(rounded(samples.median)) ms,"
                + " p99 \(rounded(samples.milliseconds(percentile: 99))) ms (\(singles) documents)")
    }

    private func throughput(
        _ endpoint: Endpoint, _ copies: inout DocumentCopies, _ programs: [(name: String, program: ProgramUnderTest)],
        in store: BenchStore, round: Int
    ) throws -> Double {
        let batch = (0..<documents).map { _ in copies.next() }
        let before = programs.map { $0.program.figures.processorMilliseconds }
        let clock = ContinuousClock()
        let own = ProcessFigures(process: getpid()).processorMilliseconds
        let server = ProcessFigures.processorMilliseconds(ofAll: "postgres")
        let seconds = try clock.measure { try push(settings(endpoint), batch) } / .seconds(1)
        let pusher = ProcessFigures(process: getpid()).processorMilliseconds - own
        print("  round \(round + 1): \(rounded(Double(documents) / seconds, 0))/s; processor time a document:")
        for (index, entry) in programs.enumerated() {
            let used = Double(entry.program.figures.processorMilliseconds - before[index]) / Double(documents)
            print("    \(entry.name): \(rounded(used, 3)) ms")
        }
        if case .postgreSQL = store {
            let used = ProcessFigures.processorMilliseconds(ofAll: "postgres") - server
            print("    PostgreSQL: \(rounded(Double(used) / Double(documents), 3)) ms")
        }
        print("    pusher: \(rounded(Double(pusher) / Double(documents), 3)) ms")
        return Double(documents) / seconds
    }
}

/// Copies of a document, each an act of its own, thirty to a session as in life: the number and the day of the session
/// are written anew.
struct DocumentCopies {
    private static let actsPerSession = 30

    private let parts: [[UInt8]]
    private let session: CivilDate
    private let hasWeekday: Bool
    private let isDateFirst: Bool
    private var count = 0

    init(file: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        let reader = DocumentReader(producedBy: Producer(program: "bench", version: "0"), limit: 1 << 30)
        let extract = try reader.read(bytes, name: file).extract
        guard let number = extract.provenance["/deliberations/0/number"],
            let date = extract.provenance["/session/date"]
        else { throw BenchError.noNumber(file) }
        let places = [number, date].sorted { $0.start < $1.start }
        parts = [
            Array(bytes[..<places[0].start]), Array(bytes[places[0].end..<places[1].start]),
            Array(bytes[places[1].end...]),
        ]
        session = extract.session.date
        hasWeekday = bytes[date.start] > UInt8(ascii: "9")
        isDateFirst = places[0] == date
    }

    /// The next copy.
    mutating func next() -> PushedDocument {
        count += 1
        let day = session - 7 * (count / Self.actsPerSession)
        let date = Array((hasWeekday ? day.frenchWordsWithWeekday : day.frenchWords).utf8)
        let number = Array("\(day.year)/\(count)".utf8)
        let (first, second) = isDateFirst ? (date, number) : (number, date)
        return PushedDocument(name: "copy-\(count).txt", bytes: parts[0] + first + parts[1] + second + parts[2])
    }
}
