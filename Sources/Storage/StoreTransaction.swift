/// What a unit of work may do inside its batch's transaction: statements, and bodies kept beside the rows. It is handed
/// to a closure and must not leave it.
public struct StoreTransaction {
    /// The statements.
    public let sql: SQLTransaction
    let segments: SegmentStore
    let references: ReferenceChanges

    /// Keeps bytes; the reference counts as one use of its segment until ``release(_:)``.
    public func append(_ bytes: some StoredBytes) throws(StorageError) -> SegmentReference {
        let reference = try bytes.withUnsafeBytes { (buffer) throws(StorageError) in try segments.append(buffer) }
        references.add(1, to: reference.segment)
        segments.remember(bytes, at: reference)
        return reference
    }

    /// What was kept: the very bytes if they were appended a short while ago, else read as by ``read(_:)``.
    /// - Throws: ``StorageError/damagedRecord(segment:offset:reason:)`` for a damaged record.
    public func recall(_ reference: SegmentReference) throws(StorageError) -> any StoredBytes {
        if let recent = segments.recent(reference) { return recent }
        return ByteArray(try read(reference))
    }

    /// Reads what was kept, checked against its checksum.
    /// - Throws: ``StorageError/damagedRecord(segment:offset:reason:)`` for a damaged record.
    public func read(_ reference: SegmentReference) throws(StorageError) -> [UInt8] {
        try segments.read(reference)
    }

    /// Counts one more use of what is kept already, for a second row or column that refers to it.
    public func share(_ reference: SegmentReference) {
        references.add(1, to: reference.segment)
    }

    /// Gives up one use; a segment without uses is deleted after the commit.
    public func release(_ reference: SegmentReference) {
        references.add(-1, to: reference.segment)
    }
}

/// How the uses of segments change during one batch.
final class ReferenceChanges {
    private(set) var uses: [Int64: Int] = [:]

    func add(_ change: Int, to segment: Int64) {
        uses[segment, default: 0] += change
    }

    func merge(_ other: ReferenceChanges) {
        for (segment, change) in other.uses {
            add(change, to: segment)
        }
    }
}
