import Digest
import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Storage

@testable import Queue

/// The machine on a real store, with a clock and a socket that the test turns by hand.
final class QueueHarness {
    struct Sent {
        let peer: Peer
        let message: MessageFromBroker
        let payload: [[UInt8]]
    }

    let temporary: String
    let engine = TestEngine.current
    let schema: String
    let name: String
    private(set) var store: QueueStore
    private(set) var machine: QueueMachine
    let settings: QueueSettings
    var milliseconds = 1_000
    var sent: [Sent] = []
    var stopped = false
    private(set) var failure: StorageError?
    var notices: [String] = []
    var failNextBatch: StorageError?
    /// Peers that are gone: what is sent to them comes back.
    var gone: Set<Peer> = []
    private var operations: [(Ticket, StoreOperation)] = []
    private var random: SeededRandom

    /// - Parameters:
    ///   - isOpen: whether a broker begins to work with the store at once.
    ///   - patience: how long a transaction waits for a server that is away, in seconds.
    init(
        settings: QueueSettings = QueueHarness.quick, seed: UInt64 = 1, name: String = "only",
        schema: String = TestEngine.schema(), isOpen: Bool = true, patience: Double = 30
    ) throws {
        self.name = name
        self.schema = schema
        temporary = FileManager.default.temporaryDirectory.appendingPathComponent("queue-\(UUID().uuidString)").path
        self.settings = settings
        random = SeededRandom(seed: seed)
        if let address = try engine.address {
            var options = SQLDatabase.Options()
            options.patience = patience
            store = try QueueStore(database: address, name: name, version: "9.1", schema: schema, options: options)
        } else {
            store = try QueueStore(folder: DataFolder(path: temporary))
        }
        let opening = isOpen ? try store.open() : .nothing
        machine = QueueMachine(
            settings: settings, version: "test", opening: opening, now: Self.moment(1_000), random: random)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: temporary)
        engine.drop(schema)
    }

    static var quick: QueueSettings {
        var settings = QueueSettings()
        settings.attempts = 3
        settings.lowWaterBytes = 0
        // Time passes here without the store being asked.
        settings.storePatience = 3_600_000
        return settings
    }

    static func moment(_ milliseconds: Int) -> Moment {
        Moment(monotonic: MonotonicTime(milliseconds: milliseconds), wallSeconds: 1_700_000_000 + milliseconds / 1_000)
    }

    /// How far the wall clock was set ahead, in seconds.
    var wallStep = 0

    var now: Moment {
        var now = Self.moment(milliseconds)
        now.wallSeconds += wallStep
        return now
    }

    /// The broker dies: what was not committed is lost, and another one starts on the same store.
    func crash() throws {
        operations = []
        milliseconds += 500
        machine = QueueMachine(
            settings: settings, version: "test", opening: try store.open(), now: now, random: random)
        gone = []
    }

    /// Hands events to the machine and does everything that it asks for, except what the store is to do.
    func feed(_ events: QueueEvent...) {
        var waiting = events
        while !waiting.isEmpty {
            let actions = machine.handle(waiting, now: now)
            waiting = actions.compactMap { perform($0) }
        }
    }

    /// Commits what the store was asked for, until nothing more is asked.
    func settle() throws {
        while !operations.isEmpty {
            let batch = operations
            operations = []
            let events = try commit(batch)
            var waiting = events
            while !waiting.isEmpty {
                waiting = machine.handle(waiting, now: now).compactMap { perform($0) }
            }
        }
    }

    private func commit(_ batch: [(Ticket, StoreOperation)]) throws -> [QueueEvent] {
        if let failure = failNextBatch {
            failNextBatch = nil
            return batch.map { .stored($0.0, .failure(failure)) }
        }
        let time = machine.operationTime(at: now)
        let report: QueueStore.Report
        do {
            report = try store.store.write { try store.execute(batch.map(\.1), at: time, in: $0) }
        } catch let error as StorageError where error.isOfServer {
            return batch.map { .stored($0.0, .failure(error)) }
        }
        return zip(batch, report.answers).map { QueueEvent.stored($0.0, .success($1)) }
            + [.measured(freeBytes: nil, queuedBytes: report.queuedBytes)]
    }

    private func perform(_ action: QueueAction) -> QueueEvent? {
        switch action {
        case .send(let peer, let message, let payload):
            guard !gone.contains(peer) else {
                if case .job(let job) = message { return .undelivered(peer, token: job.token, gone: true) }
                return .undelivered(peer, token: nil, gone: true)
            }
            sent.append(Sent(peer: peer, message: message, payload: payload.map { $0.withUnsafeBytes { Array($0) } }))
        case .store(let ticket, let operation): operations.append((ticket, operation))
        case .verify(let ticket, let id, let bytes):
            return .verified(ticket, matches: DocumentID(bytes.withUnsafeBytes { SHA256Digest(of: $0) }) == id)
        case .log(let notice): notices.append(notice.message)
        case .stop(let error): (stopped, failure) = (true, error)
        }
        return nil
    }

    /// What was sent to a peer since the last look.
    func take(_ peer: Peer) -> [Sent] {
        let taken = sent.filter { $0.peer == peer }
        sent.removeAll { $0.peer == peer }
        return taken
    }
}

/// A small reproducible generator (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension QueueStore.Opening {
    /// What a broker finds that did not look.
    fileprivate static var nothing: QueueStore.Opening {
        QueueStore.Opening(
            incarnation: 0, queueMilliseconds: 0, paused: [], leases: [], waiting: [], delayed: false, queuedBytes: 0)
    }
}

extension StorageError {
    /// What a server or the brokers that share it may do to one of them, and is no defect.
    fileprivate var isOfServer: Bool {
        switch self {
        case .superseded, .unreachable, .newerSchema: true
        default: false
        }
    }
}

extension SQLTransaction {
    /// Where the uses of records are counted.
    var recordTable: String { dialect == .sqlite ? "segments" : "records" }
}

extension Peer {
    init(_ name: String) { self.init(routing: Array(name.utf8)) }
}

extension QueueHarness {
    static func document(_ number: Int) -> [UInt8] { Array("délibération fictive n° \(number)".utf8) }
    static func id(_ number: Int) -> DocumentID { DocumentID(of: document(number)) }

    func submit(_ number: Int, source: String = "mairie", again: Bool? = nil, from peer: Peer = Peer("pusher")) {
        let bytes = Self.document(number)
        let header = Submit(
            id: DocumentID(of: bytes), name: "n\(number).txt", source: source, size: bytes.count, again: again,
            request: number)
        feed(.message(peer, .submit(header), payload: [ByteArray(bytes)]))
    }

    func ready(
        _ peer: Peer, _ stage: Stage, credit: Int = 1, process: Int = 1, startedAt: Int? = nil,
        register: String? = "r1", holding: [LeaseToken]? = nil
    ) {
        let header = Ready(
            stage: stage, credit: credit, program: "test", version: "1", host: "host", process: process,
            startedAt: startedAt, register: stage == .notify ? register : nil, holding: holding)
        feed(.message(peer, .ready(header), payload: []))
    }

    func done(_ job: Job, from peer: Peer, results: [[UInt8]]? = nil) {
        let results = results ?? Self.results(job.stage, job.id)
        feed(.message(peer, .done(Done(token: job.token)), payload: results.map(ByteArray.init)))
    }

    func failed(
        _ job: Job, from peer: Peer, retry: Bool, consequence: FailureConsequence? = nil, waitMilliseconds: Int? = nil
    ) {
        let header = Failed(
            token: job.token, code: "test", message: "it failed", retry: retry, consequence: consequence,
            waitMilliseconds: waitMilliseconds)
        feed(.message(peer, .failed(header), payload: []))
    }

    static func results(_ stage: Stage, _ id: DocumentID) -> [[UInt8]] {
        (0..<stage.resultFrames).map { Array("\(stage.rawValue) \($0) \(id)".utf8) }
    }

    /// The jobs that a peer was sent since the last look.
    func jobs(_ peer: Peer) -> [Job] {
        take(peer).compactMap { if case .job(let job) = $0.message { job } else { nil } }
    }

    func state(_ number: Int) throws -> DocumentState? {
        try store.store.database.read { try DocumentRow.find(Self.id(number), $0)?.outcome.state }
    }

    func stage(_ number: Int) throws -> Stage? {
        try store.store.database.read { try DocumentRow.find(Self.id(number), $0)?.outcome.stage }
    }

    /// Lets time pass in ticks of half a heartbeat at most, with heartbeats from those who live.
    func advance(_ duration: Int, alive: [Peer] = [], listening: Bool = true) {
        var left = duration
        while left > 0 {
            let step = min(left, settings.heartbeat / 2)
            left -= step
            milliseconds += step
            for peer in alive { feed(.message(peer, .heartbeat(Heartbeat()), payload: [])) }
            feed(.tick(listening: listening))
        }
    }
}
