/// Rows and segments that commit together: the state of one broker on SQLite.
///
/// A batch is one transaction: records are synchronized first, then the rows that refer to them are committed.
public final class Store: Sendable {
    /// The rows, for reading beside the batches.
    public let database: SQLDatabase
    /// The folder, held for as long as the store is.
    public let folder: DataFolder
    private let segments: SegmentStore

    static let migrations = [
        "CREATE TABLE IF NOT EXISTS segments (number BIGINT PRIMARY KEY, uses BIGINT NOT NULL, written BIGINT NOT NULL)"
    ]

    /// Opens `name`.sqlite and the folder `name`.segments in a data folder and brings the schema up to date.
    public init(
        folder: DataFolder, name: String, migrations: [Migration], options: SegmentOptions = SegmentOptions()
    ) throws {
        self.folder = folder
        var databaseOptions = SQLDatabase.Options()
        databaseOptions.pageCacheKibibytes = options.pageCacheKibibytes
        database = try SQLDatabase(path: folder.path("\(name).sqlite"), options: databaseOptions)
        segments = try SegmentStore(folder: folder.path("\(name).segments"), options: options)
        try database.migrate(migrations)
        let rows = try database.write { transaction in
            for statement in Store.migrations {
                try transaction.execute(SQLiteDialect.translate(migration: statement))
            }
            return try transaction.query("SELECT number, written FROM segments ORDER BY number") { row in
                (number: try row.integer(0), end: try row.integer(1))
            }
        }
        try segments.resume(newest: rows.last, known: Set(rows.map(\.number)))
        try DataFolder.synchronize(folder.path)
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
        let mark = segments.mark
        do {
            let (result, dead) = try database.write { sql in
                let runner = BatchRunner(sql: sql, segments: segments, isSaving: isSaving)
                let result = try body(runner)
                if runner.hasFailed { throw UnitFailure() }
                return (result, try settle(runner.references, sql))
            }
            for segment in dead {
                segments.remove(segment)
            }
            return result
        } catch {
            segments.rewind(to: mark)
            throw error
        }
    }

    /// Synchronizes the records, then brings the segments' rows up to date; answers which segments are of no use now.
    private func settle(_ references: ReferenceChanges, _ sql: SQLTransaction) throws -> [Int64] {
        guard !references.uses.isEmpty else { return [] }
        try segments.synchronize()
        let newest = segments.newest
        var dead: [Int64] = []
        for (segment, change) in references.uses {
            let written = segment == newest?.number ? newest?.end ?? 0 : 0
            try sql.execute(
                """
                INSERT INTO segments (number, uses, written) VALUES (?, ?, ?)
                ON CONFLICT (number) DO UPDATE SET uses = segments.uses + excluded.uses,
                    written = CASE WHEN excluded.written > 0 THEN excluded.written ELSE segments.written END
                """, [.integer(segment), .integer(change), .integer(written)])
        }
        for segment in references.uses.keys where segment != newest?.number {
            if try sql.execute("DELETE FROM segments WHERE number = ? AND uses <= 0", [.integer(segment)]) > 0 {
                dead.append(segment)
            }
        }
        return dead
    }
}

/// Runs the units of one batch.
struct BatchRunner {
    let sql: SQLTransaction
    let segments: SegmentStore
    /// Whether each unit has a savepoint.
    let isSaving: Bool
    let references = ReferenceChanges()
    private let failures = UnitFailures()

    init(sql: SQLTransaction, segments: SegmentStore, isSaving: Bool) {
        self.sql = sql
        self.segments = segments
        self.isSaving = isSaving
    }

    /// Whether a unit without a savepoint has thrown: then what it changed stands beside what others did.
    var hasFailed: Bool { failures.any }

    func callAsFunction<Result>(_ body: (StoreTransaction) throws -> Result) throws -> Result {
        guard isSaving else {
            do {
                return try body(StoreTransaction(sql: sql, segments: segments, references: references))
            } catch {
                failures.any = true
                throw error
            }
        }
        let changes = ReferenceChanges()
        let mark = segments.mark
        do {
            let result = try sql.nested { sql in
                try body(StoreTransaction(sql: sql, segments: segments, references: changes))
            }
            references.merge(changes)
            return result
        } catch {
            segments.rewind(to: mark)
            throw error
        }
    }
}

/// A unit has thrown that had no savepoint: the batch begins anew.
struct UnitFailure: Error {}

private final class UnitFailures {
    var any = false
}
