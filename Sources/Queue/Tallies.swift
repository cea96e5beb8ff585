import GreffierProtocol
import Storage

/// How many documents are at each stage in each state, and how many bytes they have.
struct Tallies {
    private struct Place: Hashable {
        let stage: Stage
        let state: DocumentState
    }

    private var changes: [Place: (amount: Int, bytes: Int)] = [:]
    private var sources = SourceTallies()

    /// Counts documents of a source into a place, or out of it with negative numbers.
    mutating func add(_ amount: Int, _ stage: Stage, _ state: DocumentState, bytes: Int, of source: ExactName) {
        sources.add(SourceBytes(bytes, state), to: source)
        let place = Place(stage: stage, state: state)
        let old = changes[place] ?? (0, 0)
        changes[place] = (old.amount + amount, old.bytes + bytes)
    }

    /// Counts one document from one place to another.
    mutating func move(
        from: (Stage, DocumentState), to: (Stage, DocumentState), size: Int, of source: ExactName
    ) {
        add(-1, from.0, from.1, bytes: -size, of: source)
        add(1, to.0, to.1, bytes: size, of: source)
    }

    /// Counts what a source has beside what its documents' moves say.
    mutating func add(_ bytes: SourceBytes, to source: ExactName) {
        sources.add(bytes, to: source)
    }

    /// What a source has, with what this batch changed.
    mutating func bytes(of source: ExactName, _ sql: SQLTransaction) throws -> SourceBytes {
        try sources.bytes(of: source, sql)
    }

    func write(_ sql: SQLTransaction, slot: Int64) throws {
        // In the same order everywhere: else two transactions could wait for each other.
        let ordered = changes.sorted { ($0.key.stage, $0.key.state.rawValue) < ($1.key.stage, $1.key.state.rawValue) }
        for (place, change) in ordered where change.amount != 0 || change.bytes != 0 {
            try sql.enqueue(
                """
                INSERT INTO tallies (slot, stage, state, amount, bytes) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (slot, stage, state)
                DO UPDATE SET amount = tallies.amount + excluded.amount, bytes = tallies.bytes + excluded.bytes
                """,
                [
                    .integer(slot), .text(place.stage.rawValue), .text(place.state.rawValue), .integer(change.amount),
                    .integer(change.bytes),
                ])
        }
        try sources.write(sql, slot: slot)
    }

    /// The bytes of the documents that wait, are leased or delayed.
    static func queuedBytes(_ sql: SQLTransaction) throws -> Int {
        let query = """
            SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM tallies WHERE state IN ('waiting', 'leased', 'delayed')
            """
        return try sql.first(query) { Int(try $0.integer(0)) } ?? 0
    }
}
