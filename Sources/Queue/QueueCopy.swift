import Digest
import Storage

/// Copies a queue into another store, with the documents' bytes and the stages' results.
public struct QueueCopy {
    private let source: QueueStore
    private let target: QueueStore

    private static let references = ["body", "extract", "converted", "report"]

    /// A copy from one store into another.
    public init(from source: QueueStore, to target: QueueStore) {
        self.source = source
        self.target = target
    }

    /// Copies and compares; answers how many rows there are. With `isWhole` false the copy may be run again, until
    /// ``finish()`` makes a queue of its own of it.
    /// - Throws: `CopyError`, `StorageError`.
    public func run(
        isWhole: Bool = true, progress: @escaping (String) throws -> Void = { _ in }
    ) throws -> Int {
        for queue in [source, target] { try Self.requireRest(queue) }
        let passage = StoreCopy.Passage { from, body in
            try target.store.write { transaction in
                try body(transaction.sql) { table, row in try adapt(table, row, from, transaction) }
            }
        } resolved: { table, side, sql, row in
            try resolved(table, row, sql, side == .source ? source.store : target.store)
        }
        let copy = StoreCopy(
            from: source.store.database, to: target.store.database, passage: passage, progress: progress)
        let rows = try copy.run()
        try target.continueNumbers()
        if isWhole { try copy.finish() }
        return rows
    }

    /// Makes a queue of its own of a copy that ran to its end.
    public func finish() throws {
        try target.store.database.write { try $0.execute("DROP TABLE store_copy") }
    }

    /// A broker that lives says so twice a second.
    private static func requireRest(_ queue: QueueStore) throws {
        guard queue.isShared else { return }
        let lives = try queue.store.database.read { sql in
            try sql.first("SELECT 1 FROM brokers WHERE seen > \(sql.dialect.clockMilliseconds) - 10000 LIMIT 1") { _ in
                true
            }
        }
        guard lives == nil else { throw CopyError.inUse(store: queue.store.database.path) }
    }

    /// Keeps what a document's row refers to in the target; what two columns share they share there.
    private func adapt(
        _ table: CopiedTable, _ row: [SQLValue], _ from: SQLTransaction, _ transaction: StoreTransaction
    ) throws -> [SQLValue] {
        guard table.name == "documents" else { return row }
        var adapted = row
        var kept: [SegmentReference: SegmentReference] = [:]
        for (index, column) in table.columns.enumerated() where Self.references.contains(column) {
            guard let reference = Self.reference(row[index]) else { continue }
            if let shared = kept[reference] {
                transaction.share(shared)
                adapted[index] = .text(shared.description)
                continue
            }
            let new = try transaction.append(ByteArray(try source.store.bytes(of: reference, in: from)))
            kept[reference] = new
            adapted[index] = .text(new.description)
        }
        return adapted
    }

    private func resolved(
        _ table: CopiedTable, _ row: [SQLValue], _ sql: SQLTransaction, _ store: Store
    ) throws -> [SQLValue] {
        guard table.name == "documents" else { return row }
        var resolved = row
        for (index, column) in table.columns.enumerated() where Self.references.contains(column) {
            guard let reference = Self.reference(row[index]) else { continue }
            resolved[index] = .blob(SHA256Digest(of: try store.bytes(of: reference, in: sql)).bytes)
        }
        return resolved
    }

    private static func reference(_ value: SQLValue) -> SegmentReference? {
        guard case .text(let text) = value else { return nil }
        return SegmentReference(text)
    }
}

extension QueueStore {
    /// New documents get numbers behind those that were copied.
    fileprivate func continueNumbers() throws {
        guard isShared else { return }
        try store.database.write { sql in
            try sql.execute(
                "SELECT setval('document_numbers', GREATEST((SELECT COALESCE(MAX(number), 1) FROM documents), 1))")
        }
    }
}
