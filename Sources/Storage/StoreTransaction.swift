/// What a unit of work may do inside its batch's transaction: statements, and bodies kept beside the rows. It is handed
/// to a closure and must not leave it.
public struct StoreTransaction {
    /// The statements.
    public let sql: SQLTransaction
    let records: Records
    let references: ReferenceChanges

    /// Keeps bytes; the reference counts as one use of its record until ``release(_:)``.
    public func append(_ bytes: some StoredBytes) throws(StorageError) -> SegmentReference {
        let reference = try records.append(bytes, sql)
        references.begin(reference)
        return reference
    }

    /// What was kept: the very bytes if they were appended a short while ago, else read as by ``read(_:)``.
    /// - Throws: ``StorageError/damagedRecord(segment:offset:reason:)`` for a damaged record.
    public func recall(_ reference: SegmentReference) throws(StorageError) -> any StoredBytes {
        if let recent = records.recent(reference) { return recent }
        return ByteArray(try read(reference))
    }

    /// Reads what was kept, checked against its checksum.
    /// - Throws: ``StorageError/damagedRecord(segment:offset:reason:)`` for a damaged record.
    public func read(_ reference: SegmentReference) throws(StorageError) -> [UInt8] {
        try records.read(reference, sql)
    }

    /// The first `count` bytes of what was kept, which nothing checks, or more: for a look at what is not needed whole.
    public func beginning(of reference: SegmentReference, count: Int) throws(StorageError) -> any StoredBytes {
        if let recent = records.recent(reference) { return recent }
        return ByteArray(try records.beginning(of: reference, count: count, sql))
    }

    /// Counts one more use of what is kept already, for a second row or column that refers to it.
    public func share(_ reference: SegmentReference) {
        references.add(1, to: reference.segment)
    }

    /// Gives up one use; a segment or record without uses is deleted with the commit.
    public func release(_ reference: SegmentReference) {
        references.add(-1, to: reference.segment)
    }

    /// Gives up one use that was the last of this very record: its bytes leave the file with the commit, or, after a crash,
    /// when the store is opened again. On PostgreSQL the record's row is deleted.
    public func erase(_ reference: SegmentReference) {
        release(reference)
        references.erase(reference)
    }
}

/// How the uses of segments, or of single records in a table, change during one batch.
final class ReferenceChanges {
    private(set) var uses: [Int64: Int] = [:]
    private(set) var erased: Set<SegmentReference> = []
    /// Where the records end that were appended, by their segment.
    private(set) var ends: [Int64: Int64] = [:]

    func add(_ change: Int, to segment: Int64) {
        uses[segment, default: 0] += change
    }

    /// Counts the first use of what is kept from now on.
    func begin(_ reference: SegmentReference) {
        add(1, to: reference.segment)
        ends[reference.segment] = max(ends[reference.segment] ?? 0, reference.end)
    }

    /// Notes that nothing refers to a record any more.
    func erase(_ reference: SegmentReference) {
        erased.insert(reference)
    }

    /// Whether something was appended under this number.
    func isNew(_ segment: Int64) -> Bool { ends[segment] != nil }

    func merge(_ other: ReferenceChanges) {
        for (segment, change) in other.uses {
            add(change, to: segment)
        }
        ends.merge(other.ends, uniquingKeysWith: max)
        erased.formUnion(other.erased)
    }
}
