import GreffierProtocol
import Storage

/// What a source occupies.
struct SourceBytes: Hashable {
    /// Bytes of its documents that wait, are leased or delayed.
    var unfinished = 0
    /// Bytes of its documents that are held, or were refused and are not given up yet.
    var kept = 0

    /// What documents of so many bytes occupy in a state.
    init(_ bytes: Int, _ state: DocumentState) {
        switch state {
        case .waiting, .leased, .delayed: unfinished = bytes
        case .held, .refused: kept = bytes
        case .registered, .dropped: break
        }
    }

    init(unfinished: Int = 0, kept: Int = 0) {
        (self.unfinished, self.kept) = (unfinished, kept)
    }

    static func + (left: Self, right: Self) -> Self {
        Self(unfinished: left.unfinished + right.unfinished, kept: left.kept + right.kept)
    }
}

/// What one source may occupy, so that it never takes from the others what they need to be accepted.
public struct SourceLimits: Sendable, Hashable {
    /// Bytes of its documents that have not ended and are not held.
    public var unfinishedBytes: Int
    /// Bytes of its documents that are held, or were refused and are kept still.
    public var keptBytes: Int

    /// No limits.
    public static let none = SourceLimits(unfinishedBytes: .max, keptBytes: .max)
}

/// Which of a source's limits a document would pass.
public enum SourceExcess: Sendable, Hashable {
    /// So many bytes have not ended.
    case unfinished(bytes: Int, limit: Int)
    /// So many bytes are held or refused.
    case kept(bytes: Int, limit: Int)
}

/// What a batch of operations changes of what sources occupy.
struct SourceTallies {
    private var changes: [ExactName: SourceBytes] = [:]
    /// What sources had before the batch, as far as it was read.
    private var before: [ExactName: SourceBytes] = [:]

    mutating func add(_ bytes: SourceBytes, to source: ExactName) {
        guard bytes != SourceBytes() else { return }
        changes[source] = changes[source, default: SourceBytes()] + bytes
    }

    mutating func bytes(of source: ExactName, _ sql: SQLTransaction) throws -> SourceBytes {
        let known = try before[source] ?? Self.read(source, sql)
        before[source] = known
        return known + changes[source, default: SourceBytes()]
    }

    private static func read(_ source: ExactName, _ sql: SQLTransaction) throws -> SourceBytes {
        let query = """
            SELECT CAST(COALESCE(SUM(unfinished), 0) AS BIGINT), CAST(COALESCE(SUM(kept), 0) AS BIGINT)
            FROM source_bytes WHERE source = ?
            """
        return try sql.first(query, [.text(source.text)]) {
            SourceBytes(unfinished: Int(try $0.integer(0)), kept: Int(try $0.integer(1)))
        } ?? SourceBytes()
    }

    func write(_ sql: SQLTransaction, slot: Int64) throws {
        // In the same order everywhere: else two transactions could wait for each other.
        let ordered = changes.sorted { $0.key.text.utf8.lexicographicallyPrecedes($1.key.text.utf8) }
        for (source, change) in ordered where change != SourceBytes() {
            try sql.enqueue(
                """
                INSERT INTO source_bytes (source, slot, unfinished, kept) VALUES (?, ?, ?, ?)
                ON CONFLICT (source, slot) DO UPDATE SET unfinished = source_bytes.unfinished + excluded.unfinished,
                    kept = source_bytes.kept + excluded.kept
                """,
                [.text(source.text), .integer(slot), .integer(change.unfinished), .integer(change.kept)])
        }
    }
}
