import GreffierProtocol
import Locks
import Storage

/// Executes the machine's operations on the rows. It decides nothing: every condition is in the statement or the value.
public final class QueueStore: Sendable {
    /// What a broker finds when it starts.
    public struct Opening: Sendable {
        /// Which start of a broker on this store it is, from 1.
        public var incarnation: Int
        /// The queue's own time when the last broker ended.
        public var queueMilliseconds: Int
        /// The register that notify writes to, once known.
        public var register: String?
        /// The paused stages.
        public var paused: Set<Stage>
        /// The leases of former brokers.
        public var leases: [LeasedJob]
        /// The waiting jobs.
        public var waiting: [WaitingJobs]
        /// Whether documents are delayed.
        public var delayed: Bool
        /// The bytes of the documents that have not ended.
        public var queuedBytes: Int
        /// What is known of the wall clock, by which is told what is old.
        public var clock = ClockTrust.Memory()
        /// What the store found wrong with its own files, each as a sentence: the documents in them are held when their
        /// turn comes.
        public var problems: [String] = []
        /// Whether other brokers may have the store open too.
        public var isShared = false
        /// Why what was erased is still in the database's files, if it is.
        public var erasureFailure: String?
        /// Whether what was erased may still be in the database's files.
        var isUncompacted = false
    }

    /// What a batch of operations answers.
    public struct Report: Sendable {
        /// One answer an operation, in their order.
        public var answers: [StoreAnswer]
        /// The bytes of the documents that have not ended.
        public var queuedBytes: Int
        /// The queue's own time that the batch wrote down, if it did.
        var savedClock: Int?
        /// Whether it took something out that is to leave the files too.
        var hasErased = false
        /// The queue's own time of the batch.
        var queueMilliseconds = 0
    }

    struct Counters {
        var incarnation: Int64 = 0
        var number: Int64 = 0
        var position: Int64 = 0
        var savedClock = Int.min
        /// The queue's own time from which on the files are to be written anew, as somebody was in the way.
        var compactFrom: Int?
    }

    /// The rows and segments.
    public let store: Store
    private let segmentFolder: String?
    let counters = Lock(Counters())
    /// What this broker is called among those that share the store, and its version.
    private let name: String
    private let version: String

    /// Opens the queue in a data folder.
    public init(folder: DataFolder, segments: SegmentOptions = SegmentOptions()) throws {
        (name, version) = ("", "")
        store = try Store(folder: folder, name: "queue", migrations: QueueSchema.migrations, options: segments)
        segmentFolder = folder.path("queue.segments")
    }

    /// Whether other brokers may have the store open too.
    var isShared: Bool { store.database.dialect == .postgreSQL }

    /// Counts a new start and reads what the machine keeps in memory.
    /// - Throws: `CopyError.underWay` for the beginning of a copy; `StorageError`.
    public func open() throws -> Opening {
        try store.database.requireNoCopyUnderWay()
        var opening = try read()
        if let segmentFolder { opening.problems = try store.database.shortSegments(in: segmentFolder) }
        if opening.isUncompacted { opening.erasureFailure = compact(at: opening.queueMilliseconds).map { "\($0)" } }
        return opening
    }

    private func read() throws -> Opening {
        try store.write { transaction in
            let sql = transaction.sql
            let incarnation = try Settings.nextIncarnation(sql)
            let number = try sql.first("SELECT MAX(number) FROM documents") { try $0.optionalInteger(0) ?? 0 } ?? 0
            var settings: [String: String] = [:]
            try sql.forEach("SELECT name, value FROM settings") { settings[try $0.text(0)] = try $0.text(1) }
            let clock = try SharedClock.read(sql, saved: settings["clock"].flatMap { Int($0) } ?? 0)
            counters.withLock {
                $0 = Counters(
                    incarnation: Int64(incarnation), number: number,
                    position: firstPosition(incarnation: Int64(incarnation), clock: Int64(clock)))
            }
            let leases = isShared ? try enter(incarnation, sql) : try LeaseRows.all(sql)
            return Opening(
                incarnation: incarnation,
                queueMilliseconds: clock,
                register: settings["register"],
                paused: Settings.paused(settings),
                leases: leases, waiting: try LeaseRows.waiting(sql),
                delayed: try sql.first("SELECT 1 FROM documents WHERE state = 'delayed' LIMIT 1") { _ in true }
                    ?? false,
                queuedBytes: try Tallies.queuedBytes(sql),
                clock: try KeptClock.read(sql, settings), isShared: isShared,
                isUncompacted: settings[Settings.uncompacted] != nil)
        }
    }

    private func enter(_ incarnation: Int, _ sql: SQLTransaction) throws -> [LeasedJob] {
        try BrokerRows.enter(Int64(incarnation), name: name, version: version, sql)
    }

    /// Behind which position a broker's first line of history stands: behind those of all former brokers. Lines that came from
    /// PostgreSQL stand where its clock said, up to a second after what the settings have of it.
    private func firstPosition(incarnation: Int64, clock: Int64) -> Int64 {
        let counted = incarnation << 32
        return isShared ? counted : max(counted, (clock + 2_000 + incarnation) << 20)
    }

    /// The schema that holds the queue's tables in a PostgreSQL database.
    public static let standardSchema = "greffier_queue"

    /// Opens the queue in a PostgreSQL database, which several brokers may share.
    /// - Parameters:
    ///   - name: what this broker is called among them; of one name only one may live at a time.
    ///   - version: the version of its program.
    ///   - schema: the schema that holds its tables.
    public init(
        database address: ServerAddress, name: String, version: String = "", schema: String = QueueStore.standardSchema,
        records: SegmentOptions = SegmentOptions(),
        options: SQLDatabase.Options = SQLDatabase.Options()
    ) throws {
        (self.name, self.version) = (name, version)
        segmentFolder = nil
        store = try Store(
            database: address, name: schema, migrations: QueueSchema.migrations, options: records,
            databaseOptions: options)
    }

    /// Executes operations in their order, in a transaction of the store.
    public func execute(
        _ operations: [StoreOperation], at time: OperationTime, in transaction: StoreTransaction
    ) throws -> Report {
        var work = QueueTransaction(store: transaction, time: time, counters: counters)
        if isShared, operations.contains(where: { $0.isClaim }) {
            try BrokerRows.require(work.incarnation, transaction.sql)
        }
        let answers = try operations.map { try work.execute($0) }
        let savedClock = try work.finish()
        return Report(
            answers: answers, queuedBytes: try Tallies.queuedBytes(transaction.sql), savedClock: savedClock,
            hasErased: work.hasErased, queueMilliseconds: time.queueMilliseconds)
    }

    /// To be told of each batch that is durable: what it wrote down need not be written again, and what it erased leaves the
    /// database's files. Answers why it has not: then it is tried again each minute, and when the queue is opened.
    public func committed(_ report: Report) -> (any Error)? {
        let isDue = counters.withLock { counters in
            if let clock = report.savedClock { counters.savedClock = max(counters.savedClock, clock) }
            return counters.compactFrom.map { $0 <= report.queueMilliseconds } ?? false
        }
        return report.hasErased || isDue ? compact(at: report.queueMilliseconds) : nil
    }

    /// How long after a failure the files are written anew again, in milliseconds.
    private static let compactionPause = 60_000

    private func compact(at queueMilliseconds: Int) -> (any Error)? {
        do {
            try store.database.compact()
            try store.write { try Settings.remove(Settings.uncompacted, $0.sql) }
            counters.withLock { $0.compactFrom = nil }
            return nil
        } catch {
            counters.withLock { $0.compactFrom = queueMilliseconds + Self.compactionPause }
            return error
        }
    }
}

/// One batch of operations: its transaction, its time, and the tallies that it changes.
struct QueueTransaction {
    let store: StoreTransaction
    let time: OperationTime
    let counters: Lock<QueueStore.Counters>
    var tallies = Tallies()
    var hasErased = false

    var sql: SQLTransaction { store.sql }

    mutating func execute(_ operation: StoreOperation) throws -> StoreAnswer {
        switch operation {
        case .accept(let submit, let body, let isProved, let only, let limits):
            try accept(submit, body, isProved: isProved, only: only, limits)
        case .claim(let claim): try self.claim(claim)
        case .complete(let job, let results, let milliseconds): try complete(job, results, milliseconds)
        case .fail(let job, let failure): try fail(job, failure)
        case .giveBack(let job, let reason): try giveBack(job, reason)
        case .wake: try wake()
        case .purge(let purge): try self.purge(purge)
        case .doubt(let clock): try doubt(clock)
        case .act(let act, let request): try perform(act, request)
        case .pause(let act, let paused): try pause(act, paused)
        case .setRegister(let register): try setRegister(register)
        case .forgetRegister(let act): try forgetRegister(act)
        case .outcome(let ids, let source): try outcomes(ids, for: source)
        case .count(let ages): try count(ages: ages)
        case .list(let request): try list(request)
        case .show(let id, let source): try show(id, for: source)
        case .replay(let request): try replay(request)
        case .acts(let request): try acts(request)
        case .beat(let question): try beat(question)
        case .adopt(let tokens): try adopt(tokens)
        }
    }

    /// Writes what the whole batch changed: tallies, and the queue's own time about once a second. Answers that time if it
    /// was written: whether it is kept only the commit shows.
    func finish() throws -> Int? {
        try tallies.write(sql, slot: slot)
        let clock = time.queueMilliseconds
        let saved = counters.withLock { $0.savedClock }
        guard saved == Int.min || clock - 1_000 >= saved else { return nil }
        try Settings.set("clock", "\(clock)", sql)
        return clock
    }

    /// The number of a new document; nil where brokers that share the store take it from the sequence `document_numbers`.
    func nextNumber() -> Int64? {
        guard sql.dialect == .sqlite else { return nil }
        return counters.withLock { counters in
            counters.number += 1
            return counters.number
        }
    }

    /// Which broker this is.
    var incarnation: Int64 { counters.withLock { $0.incarnation } }

    /// Where this broker counts.
    var slot: Int64 { sql.dialect == .sqlite ? 0 : incarnation % 16 }

    /// Adds a line to a document's history.
    func note(_ document: Int64, _ entry: HistoryEntry) throws {
        let position = nextPosition()
        try sql.enqueue(
            """
            INSERT INTO history (document, position, at, clock, what, stage, generation, attempt, who, milliseconds,
                code, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(document), .integer(position), .integer(entry.at), .integer(time.queueMilliseconds),
                .text(entry.what), SQLValue(entry.stage?.rawValue), .integer(entry.generation), SQLValue(entry.attempt),
                SQLValue(entry.who), SQLValue(entry.milliseconds), SQLValue(entry.code), SQLValue(entry.message?.text),
            ])
    }
}

extension QueueTransaction {
    /// Where a line stands in a document's history. Of several brokers' lines the database's clock, which is their queue's own
    /// time, tells the order; the last ten bits keep two brokers' apart.
    private func nextPosition() -> Int64 {
        let earliest = sql.dialect == .sqlite ? 0 : Int64(time.queueMilliseconds) << 20
        return counters.withLock { counters in
            let step: Int64 = sql.dialect == .sqlite ? 1 : 1 << 10
            counters.position = max(counters.position + step, earliest)
            return sql.dialect == .sqlite
                ? counters.position : counters.position & ~1_023 | counters.incarnation & 1_023
        }
    }
}

/// Named values of the broker that are no documents.
enum Settings {
    /// Set while what was erased has not left the database's files.
    static let uncompacted = "uncompacted"

    /// Counts one more start of a broker; no two get the same number.
    static func nextIncarnation(_ sql: SQLTransaction) throws -> Int {
        let text = try sql.first(
            """
            INSERT INTO settings (name, value) VALUES ('incarnation', '1') ON CONFLICT (name)
            DO UPDATE SET value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT) RETURNING value
            """
        ) { try $0.text(0) }
        return text.flatMap { Int($0) } ?? 1
    }

    /// The stages that the settings say are paused.
    static func paused(_ settings: [String: String]) -> Set<Stage> {
        Set(Stage.allCases.filter { settings["paused.\($0.rawValue)"] != nil })
    }

    static func set(_ name: String, _ value: String, _ sql: SQLTransaction) throws {
        try sql.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [.text(name), .text(value)])
    }

    static func number(_ name: String, _ sql: SQLTransaction) throws -> Int64? {
        try sql.first("SELECT value FROM settings WHERE name = ?", [.text(name)]) { Int64(try $0.text(0)) } ?? nil
    }

    static func remove(_ name: String, _ sql: SQLTransaction) throws {
        try sql.execute("DELETE FROM settings WHERE name = ?", [.text(name)])
    }
}
