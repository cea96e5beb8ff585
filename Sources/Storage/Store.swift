/// Rows and what is too large for them, which commit together: the state of a broker.
///
/// A batch is one transaction. On SQLite records lie in segment files, synchronized before the rows that refer to them are
/// committed. On PostgreSQL they are rows of a table, since the brokers that share a database share no folder.
public final class Store: Sendable {
    /// The rows, for reading beside the batches.
    public let database: SQLDatabase
    private let folder: DataFolder?
    private let records: Records

    /// Opens `name`.sqlite and the folder `name`.segments in a data folder and brings the schema up to date. The folder is
    /// held for as long as the store is.
    public init(
        folder: DataFolder, name: String, migrations: [Migration], options: SegmentOptions = SegmentOptions()
    ) throws {
        self.folder = folder
        var databaseOptions = SQLDatabase.Options()
        databaseOptions.pageCacheKibibytes = options.pageCacheKibibytes
        database = try SQLDatabase(path: folder.path("\(name).sqlite"), options: databaseOptions)
        let segments = try SegmentStore(folder: folder.path("\(name).segments"), options: options)
        records = .segments(segments)
        try database.migrate(migrations)
        let rows = try database.write { transaction in
            try transaction.execute(transaction.dialect.definition(SegmentRows.table))
            try transaction.execute(transaction.dialect.definition(Erasures.table))
            let rows = try SegmentRows.all(transaction)
            try SegmentRows.mend(rows, in: segments.folder, transaction)
            return rows
        }
        try segments.resume(newest: rows.last, known: Set(rows.map(\.number)))
        try Erasures.resume(segments, database)
        try DataFolder.synchronize(folder.path)
    }

    /// Opens a schema of a PostgreSQL database, which several programs may have open, and brings it up to date.
    public init(
        database address: ServerAddress, name: String, migrations: [Migration],
        options: SegmentOptions = SegmentOptions(), databaseOptions: SQLDatabase.Options = SQLDatabase.Options()
    ) throws {
        folder = nil
        database = try SQLDatabase(address, schema: name, options: databaseOptions)
        records = .rows(RecordRows(recentBytes: options.recentBytes))
        try database.migrate(migrations)
        try database.write { try RecordRows.prepare($0) }
    }

    /// Bytes that may still be written, as far as this program can tell: nil where a server keeps the store.
    public func freeBytes() throws(StorageError) -> Int64? {
        try folder?.freeBytes()
    }

    /// Reads what was kept, in a transaction of this store's.
    public func bytes(of reference: SegmentReference, in sql: SQLTransaction) throws(StorageError) -> [UInt8] {
        try records.read(reference, sql)
    }

    /// Runs one unit of work as a batch of its own.
    @discardableResult
    public func write<Result>(_ body: (StoreTransaction) throws -> Result) throws -> Result {
        try batch(isSaving: true) { unit in try unit(body) }
    }

    /// Runs units of work as one batch. A unit that throws is undone alone, except by a failure of the disk, which
    /// undoes the batch and is thrown.
    ///
    /// Units seldom throw, and a savepoint for each costs copies of the pages that it changes. So the batch runs without
    /// them, and once more with them after a unit has thrown: `body` must not mind.
    func batch<Result>(_ body: (BatchRunner) throws -> Result) throws -> Result {
        do {
            return try batch(isSaving: false, body)
        } catch is UnitFailure {
            return try batch(isSaving: true, body)
        }
    }

    private func batch<Result>(isSaving: Bool, _ body: (BatchRunner) throws -> Result) throws -> Result {
        let mark = records.mark
        var runs = 0
        do {
            let (result, waste) = try database.write { sql in
                if runs > 0 { records.rewind(to: mark) }
                runs += 1
                let runner = BatchRunner(sql: sql, records: records, isSaving: isSaving)
                let result = try body(runner)
                if runner.hasFailed { throw UnitFailure() }
                return (result, try records.settle(runner.references, sql))
            }
            records.remove(waste, database)
            return result
        } catch {
            let isDoubtful = (error as? StorageError)?.needsReopening ?? false
            records.rewind(to: mark, mayBeCommitted: isDoubtful)
            throw error
        }
    }
}

/// Runs the units of one batch.
struct BatchRunner {
    let sql: SQLTransaction
    let records: Records
    /// Whether each unit has a savepoint.
    let isSaving: Bool
    let references = ReferenceChanges()
    private let failures = UnitFailures()

    init(sql: SQLTransaction, records: Records, isSaving: Bool) {
        self.sql = sql
        self.records = records
        self.isSaving = isSaving
    }

    /// Whether a unit without a savepoint has thrown: then what it changed stands beside what others did.
    var hasFailed: Bool { failures.any }

    func callAsFunction<Result>(_ body: (StoreTransaction) throws -> Result) throws -> Result {
        guard isSaving else {
            do {
                return try body(StoreTransaction(sql: sql, records: records, references: references))
            } catch {
                failures.any = true
                throw error
            }
        }
        let changes = ReferenceChanges()
        let mark = records.mark
        do {
            let result = try sql.nested { sql in
                try body(StoreTransaction(sql: sql, records: records, references: changes))
            }
            references.merge(changes)
            return result
        } catch {
            records.rewind(to: mark)
            throw error
        }
    }
}

/// A unit has thrown that had no savepoint: the batch begins anew.
struct UnitFailure: Error {}

private final class UnitFailures {
    var any = false
}
