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
    }

    /// What a batch of operations answers.
    public struct Report: Sendable {
        /// One answer an operation, in their order.
        public var answers: [StoreAnswer]
        /// The bytes of the documents that have not ended.
        public var queuedBytes: Int
        /// The queue's own time that the batch wrote down, if it did.
        var savedClock: Int?
    }

    struct Counters {
        var number: Int64 = 0
        var position: Int64 = 0
        var savedClock = Int.min
    }

    /// The rows and segments.
    public let store: Store
    let counters = Lock(Counters())

    /// Opens the queue in a data folder.
    public init(folder: DataFolder, segments: SegmentOptions = SegmentOptions()) throws {
        store = try Store(folder: folder, name: "queue", migrations: QueueSchema.migrations, options: segments)
    }

    /// Counts a new start and reads what the machine keeps in memory.
    public func open() throws -> Opening {
        try store.write { transaction in
            let sql = transaction.sql
            let number = try sql.first("SELECT MAX(number) FROM documents") { try $0.optionalInteger(0) ?? 0 } ?? 0
            var settings: [String: String] = [:]
            try sql.forEach("SELECT name, value FROM settings") { settings[try $0.text(0)] = try $0.text(1) }
            let incarnation = (settings["incarnation"].flatMap { Int($0) } ?? 0) + 1
            try Settings.set("incarnation", "\(incarnation)", sql)
            counters.withLock { $0 = Counters(number: number, position: Int64(incarnation) << 32) }
            return Opening(
                incarnation: incarnation,
                queueMilliseconds: settings["clock"].flatMap { Int($0) } ?? 0,
                register: settings["register"],
                paused: Set([Stage.ingest, .validate, .notify].filter { settings["paused.\($0.rawValue)"] != nil }),
                leases: try LeaseRows.all(sql), waiting: try LeaseRows.waiting(sql),
                delayed: try sql.first("SELECT 1 FROM documents WHERE state = 'delayed' LIMIT 1") { _ in true }
                    ?? false,
                queuedBytes: try Tallies.queuedBytes(sql))
        }
    }

    /// Opens the queue in a PostgreSQL database, which several brokers may share.
    /// - Parameter schema: the schema that holds its tables.
    public init(
        database address: ServerAddress, schema: String = "greffier_queue", records: SegmentOptions = SegmentOptions(),
        options: SQLDatabase.Options = SQLDatabase.Options()
    ) throws {
        store = try Store(
            database: address, name: schema, migrations: QueueSchema.migrations, options: records,
            databaseOptions: options)
    }

    /// Executes operations in their order, in a transaction of the store.
    public func execute(
        _ operations: [StoreOperation], at time: OperationTime, in transaction: StoreTransaction
    ) throws -> Report {
        var work = QueueTransaction(store: transaction, time: time, counters: counters)
        let answers = try operations.map { try work.execute($0) }
        let savedClock = try work.finish()
        return Report(
            answers: answers, queuedBytes: try Tallies.queuedBytes(transaction.sql), savedClock: savedClock)
    }

    /// To be told of each batch that is durable: what it wrote down need not be written again.
    public func committed(_ report: Report) {
        guard let clock = report.savedClock else { return }
        counters.withLock { $0.savedClock = max($0.savedClock, clock) }
    }
}

/// One batch of operations: its transaction, its time, and the tallies that it changes.
struct QueueTransaction {
    let store: StoreTransaction
    let time: OperationTime
    let counters: Lock<QueueStore.Counters>
    var tallies = Tallies()

    var sql: SQLTransaction { store.sql }

    mutating func execute(_ operation: StoreOperation) throws -> StoreAnswer {
        switch operation {
        case .accept(let submit, let body, let isProved): try accept(submit, body, isProved: isProved)
        case .claim(let claim): try self.claim(claim)
        case .complete(let job, let results, let milliseconds): try complete(job, results, milliseconds)
        case .fail(let job, let failure): try fail(job, failure)
        case .giveBack(let job, let reason): try giveBack(job, reason)
        case .wake: try wake()
        case .act(let act, let request): try perform(act, request)
        case .pause(let act, let paused): try pause(act, paused)
        case .setRegister(let register): try setRegister(register)
        case .forgetRegister(let act): try forgetRegister(act)
        case .outcome(let ids, let source): try outcomes(ids, for: source)
        case .count: try count()
        case .list(let request): try list(request)
        case .show(let id, let source): try show(id, for: source)
        }
    }

    /// Writes what the whole batch changed: tallies, and the queue's own time about once a second. Answers that time if it
    /// was written: whether it is kept only the commit shows.
    func finish() throws -> Int? {
        try tallies.write(sql)
        let clock = time.queueMilliseconds
        let saved = counters.withLock { $0.savedClock }
        guard saved == Int.min || clock - 1_000 >= saved else { return nil }
        try Settings.set("clock", "\(clock)", sql)
        return clock
    }

    mutating func nextNumber() -> Int64 {
        counters.withLock { counters in
            counters.number += 1
            return counters.number
        }
    }

    /// Adds a line to a document's history.
    func note(_ document: Int64, _ entry: HistoryEntry) throws {
        let position = counters.withLock { counters in
            counters.position += 1
            return counters.position
        }
        try sql.execute(
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

/// Named values of the broker that are no documents.
enum Settings {
    static func set(_ name: String, _ value: String, _ sql: SQLTransaction) throws {
        try sql.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [.text(name), .text(value)])
    }

    static func remove(_ name: String, _ sql: SQLTransaction) throws {
        try sql.execute("DELETE FROM settings WHERE name = ?", [.text(name)])
    }
}

/// How many documents are at each stage in each state, and how many bytes they have.
struct Tallies {
    private struct Place: Hashable {
        let stage: Stage
        let state: DocumentState
    }

    private var changes: [Place: (amount: Int, bytes: Int)] = [:]

    /// Counts documents of `size` bytes each into a place, or out of it with a negative amount.
    mutating func add(_ amount: Int, _ stage: Stage, _ state: DocumentState, bytes: Int) {
        let place = Place(stage: stage, state: state)
        let old = changes[place] ?? (0, 0)
        changes[place] = (old.amount + amount, old.bytes + bytes)
    }

    /// Counts one document from one place to another.
    mutating func move(
        from: (Stage, DocumentState), to: (Stage, DocumentState), size: Int
    ) {
        add(-1, from.0, from.1, bytes: -size)
        add(1, to.0, to.1, bytes: size)
    }

    func write(_ sql: SQLTransaction) throws {
        for (place, change) in changes where change.amount != 0 || change.bytes != 0 {
            try sql.execute(
                """
                INSERT INTO tallies (stage, state, amount, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (stage, state)
                DO UPDATE SET amount = tallies.amount + excluded.amount, bytes = tallies.bytes + excluded.bytes
                """,
                [
                    .text(place.stage.rawValue), .text(place.state.rawValue), .integer(change.amount),
                    .integer(change.bytes),
                ])
        }
    }

    static func queuedBytes(_ sql: SQLTransaction) throws -> Int {
        let query = """
            SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM tallies WHERE state IN ('waiting', 'leased', 'delayed', 'held')
            """
        return try sql.first(query) { Int(try $0.integer(0)) } ?? 0
    }
}
