import GreffierProtocol
import Storage

/// What a broker asks of a store that it shares with others, about twice a second.
public struct BeatQuestion: Sendable {
    /// Stages with workers that have room, of which the broker knows no waiting job.
    public var idle: [Stage]
    /// Documents whose end somebody waits for: another broker may have seen it.
    public var watched: [DocumentID]
    /// After how many milliseconds of silence a broker is dead; nil for one that does not judge.
    public var deathAfter: Int?
    /// Whether to read all leases that this broker has: it may not know of some.
    public var leases = false
}

/// What others did meanwhile.
public struct Beat: Sendable {
    /// Leases of brokers that died.
    public var leases: [LeasedJob]
    /// All leases that this broker has, its own and those that it took over, if it asked for them.
    public var held: [LeasedJob]
    /// Waiting jobs at the idle stages.
    public var waiting: [WaitingJobs]
    /// The paused stages.
    public var paused: Set<Stage>
    /// The register that notify writes to, once known.
    public var register: String?
    /// Whether documents are delayed.
    public var delayed: Bool
    /// Watched documents that came to rest.
    public var settled: [Outcome]
}

/// The queue's own time of brokers that share a store is the database's clock; of a broker alone, how long it ran.
enum SharedClock {
    static func read(_ sql: SQLTransaction, saved: Int) throws -> Int {
        guard sql.dialect == .postgreSQL else { return saved }
        return max(saved, try sql.first("SELECT \(sql.dialect.clockMilliseconds)") { Int(try $0.integer(0)) } ?? 0)
    }
}

/// Which brokers share the store, which of them live, and who has the leases of those that do not.
///
/// A token begins with the incarnation of the broker that granted it. A dead broker's leases belong to the one that found it
/// dead; it learns so with its next transaction and starts anew.
enum BrokerRows {
    /// Enters a broker that starts, and hands it the leases of its former lives and those that no broker has.
    static func enter(
        _ incarnation: Int64, name: String, version: String, _ sql: SQLTransaction
    ) throws -> [LeasedJob] {
        try sql.execute(
            """
            INSERT INTO brokers (incarnation, owner, seen, name, version)
            VALUES (?, ?, \(sql.dialect.clockMilliseconds), ?, ?)
            """, [.integer(incarnation), .integer(incarnation), .text(name), .text(version)])
        try sql.execute(
            "UPDATE brokers SET owner = ? WHERE owner IN (SELECT incarnation FROM brokers WHERE name = ?)",
            [.integer(incarnation), .text(name)])
        try sql.execute(
            "DELETE FROM brokers WHERE owner <> incarnation AND seen < \(sql.dialect.clockMilliseconds) - ?",
            [.integer(remembered)])
        // Leases of incarnations without a row are of a store that was not shared.
        let others = try sql.query("SELECT incarnation FROM brokers WHERE owner <> ?", [.integer(incarnation)]) {
            try $0.integer(0)
        }
        return try LeaseRows.all(sql).filter { !others.contains(Int64($0.token.value) >> 32) }
    }

    /// A week: no lease of a broker lasts so long after its death.
    private static let remembered = 604_800_000

    /// Says that a broker lives.
    /// - Throws: `StorageError.superseded` when others have taken it for dead.
    static func confirm(_ incarnation: Int64, _ sql: SQLTransaction) throws {
        let changed = try sql.execute(
            """
            UPDATE brokers SET seen = \(sql.dialect.clockMilliseconds) WHERE incarnation = ? AND owner = ?
            """, [.integer(incarnation), .integer(incarnation)])
        guard changed == 1 else { throw superseded }
    }

    /// Whether a broker said that it lives within the last milliseconds.
    static func isHeard(_ incarnation: Int64, within milliseconds: Int, _ sql: SQLTransaction) throws -> Bool {
        try sql.first(
            "SELECT 1 FROM brokers WHERE incarnation = ? AND seen > \(sql.dialect.clockMilliseconds) - ?",
            [.integer(incarnation), .integer(milliseconds)]
        ) { _ in true } ?? false
    }

    /// Sees to it that a broker is not taken for dead before the transaction ends.
    /// - Throws: `StorageError.superseded` when it is already.
    static func require(_ incarnation: Int64, _ sql: SQLTransaction) throws {
        let lives = try sql.first(
            "SELECT 1 FROM brokers WHERE incarnation = ? AND owner = ? FOR SHARE",
            [.integer(incarnation), .integer(incarnation)]
        ) { _ in true }
        guard lives == true else { throw superseded }
    }

    private static let superseded = StorageError.superseded(
        reason: "this broker was silent for too long, and another one has its leases")

    /// Takes the leases of brokers that are silent for longer than `limit` milliseconds, and what these had taken.
    static func takeOver(for incarnation: Int64, silence limit: Int, _ sql: SQLTransaction) throws -> [LeasedJob] {
        let dead = try sql.query(
            """
            SELECT incarnation FROM brokers WHERE owner = incarnation AND seen < \(sql.dialect.clockMilliseconds) - ?
            ORDER BY incarnation\(sql.dialect.claiming)
            """, [.integer(limit)]
        ) { try $0.integer(0) }
        var taken: Set<Int64> = []
        for owner in dead where owner != incarnation {
            taken.formUnion(
                try sql.query(
                    "UPDATE brokers SET owner = ? WHERE owner = ? RETURNING incarnation",
                    [.integer(incarnation), .integer(owner)]
                ) { try $0.integer(0) })
        }
        guard !taken.isEmpty else { return [] }
        return try LeaseRows.all(sql).filter { taken.contains(Int64($0.token.value) >> 32) }
    }

    /// The brokers that share the store, each by its last start; those too that died within the last week.
    static func all(_ sql: SQLTransaction) throws -> [BrokerStatus] {
        try sql.query(
            """
            SELECT name, version, incarnation, \(sql.dialect.clockMilliseconds) - seen FROM brokers AS broker
            WHERE incarnation = (SELECT MAX(incarnation) FROM brokers WHERE name = broker.name)
            ORDER BY name LIMIT \(mostShown)
            """
        ) {
            BrokerStatus(
                name: try $0.text(0), version: try $0.optionalText(1), incarnation: Int(try $0.integer(2)),
                silentMilliseconds: max(0, Int(try $0.integer(3))))
        }
    }

    private static let mostShown = 64

    /// The leases of a broker, and of those whose leases it has.
    static func leases(of incarnation: Int64, _ sql: SQLTransaction) throws -> [LeasedJob] {
        let owned = try sql.query("SELECT incarnation FROM brokers WHERE owner = ?", [.integer(incarnation)]) {
            try $0.integer(0)
        }
        return try LeaseRows.all(sql).filter { owned.contains(Int64($0.token.value) >> 32) }
    }
}

extension QueueTransaction {
    /// Says that this broker lives, takes over from those that do not, and reads what others did.
    func beat(_ question: BeatQuestion) throws -> StoreAnswer {
        // A question that was out for long was cut off from the store, and the others perhaps with it.
        let limit = try question.deathAfter.flatMap { limit in
            try BrokerRows.isHeard(incarnation, within: limit / 2, sql) ? limit : nil
        }
        try BrokerRows.confirm(incarnation, sql)
        let leases = try limit.map { try BrokerRows.takeOver(for: incarnation, silence: $0, sql) }
        var settings: [String: String] = [:]
        try sql.query("SELECT name, value FROM settings") { (try $0.text(0), try $0.text(1)) }
            .forEach { settings[$0.0] = $0.1 }
        let outcomes = try question.watched.compactMap { try DocumentRow.find($0, sql)?.outcome }
        return .beat(
            Beat(
                leases: leases ?? [],
                held: question.leases ? try BrokerRows.leases(of: incarnation, sql) : [],
                waiting: try question.idle.flatMap { try LeaseRows.waiting(at: $0, sql) },
                paused: Settings.paused(settings), register: settings["register"],
                delayed: try sql.first("SELECT 1 FROM documents WHERE state = 'delayed' LIMIT 1") { _ in true }
                    ?? false,
                settled: outcomes.filter { $0.state.isFinal || $0.state == .held }))
    }

    /// Takes leases that another broker granted to a worker which has come here: under a token of this broker's, so that
    /// the other one's stands no more. The answers are in the tokens' order, nil where a lease has ended.
    func adopt(_ tokens: [Adoption]) throws -> StoreAnswer {
        .adopted(
            try tokens.map { adoption in
                try sql.first(
                    """
                    UPDATE documents SET token = ? WHERE state = 'leased' AND token = ?
                    RETURNING \(LeaseRows.columns)
                    """, [.integer(adoption.new.value), .integer(adoption.old.value)]
                ) { try LeaseRows.lease($0) }
            })
    }
}
