/// Where a store keeps what is too large for its rows: in segment files beside SQLite, in a table of PostgreSQL.
enum Records: Sendable {
    case segments(SegmentStore)
    case rows(RecordRows)

    /// Keeps bytes until the batch commits, or for good if it does.
    func append(_ bytes: some StoredBytes, _ sql: SQLTransaction) throws(StorageError) -> SegmentReference {
        switch self {
        case .segments(let segments):
            let reference = try bytes.withUnsafeBytes { (buffer) throws(StorageError) in try segments.append(buffer) }
            segments.remember(bytes, at: reference)
            return reference
        case .rows(let rows): return try rows.append(bytes, sql)
        }
    }

    func recent(_ reference: SegmentReference) -> (any StoredBytes)? {
        switch self {
        case .segments(let segments): segments.recent(reference)
        case .rows(let rows): rows.recent(reference)
        }
    }

    func read(_ reference: SegmentReference, _ sql: SQLTransaction) throws(StorageError) -> [UInt8] {
        switch self {
        case .segments(let segments): try segments.read(reference)
        case .rows: try RecordRows.read(reference, sql)
        }
    }

    /// The first bytes of a record, unchecked.
    func beginning(
        of reference: SegmentReference, count: Int, _ sql: SQLTransaction
    ) throws(StorageError) -> [UInt8] {
        switch self {
        case .segments(let segments): try segments.beginning(of: reference, count: count)
        case .rows: try RecordRows.beginning(of: reference, count: count, sql)
        }
    }

    /// Where the next record goes in its file, to come back to by ``rewind(to:)``.
    var mark: SegmentStore.Mark? {
        guard case .segments(let segments) = self else { return nil }
        return segments.mark
    }

    /// Forgets what a failed unit or batch appended.
    func rewind(to mark: SegmentStore.Mark?, mayBeCommitted: Bool = false) {
        switch self {
        case .segments(let segments): if let mark { segments.rewind(to: mark, mayBeCommitted: mayBeCommitted) }
        case .rows(let rows): rows.forgetRecent()
        }
    }

    /// What is of no use once a batch has committed.
    struct Waste {
        /// Whole files.
        var segments: [Int64] = []
        /// Records in files that stay.
        var records: [SegmentReference] = []

        var isEmpty: Bool { segments.isEmpty && records.isEmpty }

        static func + (one: Waste, other: Waste) -> Waste {
            Waste(segments: one.segments + other.segments, records: one.records + other.records)
        }
    }

    /// Makes the records of a batch durable with it; answers what is of no use once it has committed.
    func settle(_ references: ReferenceChanges, _ sql: SQLTransaction) throws -> Waste {
        guard !references.uses.isEmpty else { return Waste() }
        switch self {
        case .segments(let segments):
            let dead = try SegmentRows.settle(references, segments, sql)
            let erased = references.erased.filter { !dead.contains($0.segment) }
            try Erasures.note(erased, dead: dead, sql)
            return Waste(segments: dead, records: Array(erased))
        case .rows:
            try RecordRows.settle(references, sql)
            return Waste()
        }
    }

    /// Removes files and records that no row refers to any more: after the next batch while a backup copies them. What cannot
    /// be removed now is when the store is opened.
    func remove(_ new: Waste, _ database: SQLDatabase) {
        guard case .segments(let segments) = self else { return }
        let waste = segments.takeWaste() + new
        guard !waste.isEmpty else { return }
        guard let lock = BackupLock(erasingIn: segments.folder) else { return segments.keep(waste) }
        withExtendedLifetime(lock) {
            for segment in waste.segments { segments.remove(segment) }
            _ = try? Erasures.perform(waste.records, segments, database)
        }
    }
}
