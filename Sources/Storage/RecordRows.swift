import Locks

/// Records as rows of a PostgreSQL table, for programs that share a database and no folder. A reference's segment is the
/// record's number.
///
/// Their bytes are stored outside the table's pages and not compressed: documents mostly are already. PostgreSQL checks its
/// pages itself (initdb --data-checksums).
final class RecordRows: Sendable {
    private struct State {
        /// Numbers that the sequence gave and no record has yet.
        var numbers: Range<Int64> = 0..<0
        var recent: RecentRecords
    }

    private let state: Lock<State>

    /// How many numbers are taken at a time: a question to the server each.
    private static let step: Int64 = 256

    init(recentBytes: Int) {
        state = Lock(State(recent: RecentRecords(limit: recentBytes)))
    }

    /// Makes the table, in a transaction.
    static func prepare(_ sql: SQLTransaction) throws(StorageError) {
        try sql.execute("SELECT pg_advisory_xact_lock(7230411)")
        let exists = try sql.first(sql.dialect.tableExists, ["records"]) { _ in true } ?? false
        guard !exists else { return }
        try sql.execute("CREATE SEQUENCE record_numbers INCREMENT BY \(step)")
        try sql.execute(
            "CREATE TABLE records (number BIGINT PRIMARY KEY, uses BIGINT NOT NULL, bytes BYTEA NOT NULL)")
        try sql.execute("ALTER TABLE records ALTER COLUMN bytes SET STORAGE EXTERNAL")
    }

    func append(_ bytes: some StoredBytes, _ sql: SQLTransaction) throws(StorageError) -> SegmentReference {
        let reference = SegmentReference(segment: try nextNumber(sql), offset: 0, length: bytes.count)
        try sql.enqueue(
            "INSERT INTO records (number, uses, bytes) VALUES (?, 1, ?)",
            [.integer(reference.segment), .blob(bytes.withUnsafeBytes { Array($0) })])
        state.withLock { $0.recent.add(bytes, at: reference) }
        return reference
    }

    private func nextNumber(_ sql: SQLTransaction) throws(StorageError) -> Int64 {
        if let number = state.withLock({ $0.numbers.popFirst() }) { return number }
        let first = try sql.first("SELECT nextval('record_numbers')") { try $0.integer(0) } ?? 0
        state.withLock { $0.numbers = (first + 1)..<(first + Self.step) }
        return first
    }

    func recent(_ reference: SegmentReference) -> (any StoredBytes)? {
        state.withLock { $0.recent[reference] }
    }

    func forgetRecent() {
        state.withLock { $0.recent.removeAll() }
    }

    /// Reads a record, whose length is checked.
    static func read(_ reference: SegmentReference, _ sql: SQLTransaction) throws(StorageError) -> [UInt8] {
        let bytes = try sql.first("SELECT bytes FROM records WHERE number = ?", [.integer(reference.segment)]) {
            try $0.blob(0)
        }
        guard let bytes else {
            throw .damagedRecord(segment: reference.segment, offset: 0, reason: "it is gone")
        }
        guard reference.offset == 0, bytes.count == reference.length else {
            throw .damagedRecord(segment: reference.segment, offset: 0, reason: "the record has another length")
        }
        return bytes
    }

    /// The first bytes of a record; fewer where it has no more, or is gone.
    static func beginning(
        of reference: SegmentReference, count: Int, _ sql: SQLTransaction
    ) throws(StorageError) -> [UInt8] {
        try sql.first(
            "SELECT substr(bytes, 1, \(count)) FROM records WHERE number = ?", [.integer(reference.segment)]
        ) { try $0.blob(0) } ?? []
    }

    /// Brings the numbers of uses up to date. A new record is there with its first one.
    static func settle(_ references: ReferenceChanges, _ sql: SQLTransaction) throws(StorageError) {
        let changes = references.uses.map { (number: $0.key, uses: $0.value - (references.isNew($0.key) ? 1 : 0)) }
        // In the same order everywhere: else two transactions could wait for each other.
        for change in changes.sorted(by: { $0.number < $1.number }) where change.uses != 0 {
            try sql.enqueue(
                "UPDATE records SET uses = uses + ? WHERE number = ?", [.integer(change.uses), .integer(change.number)])
            if change.uses < 0 {
                try sql.enqueue("DELETE FROM records WHERE number = ? AND uses <= 0", [.integer(change.number)])
            }
        }
    }
}
