/// Says on a host that a program works with a store in a folder, so that nobody copies it meanwhile, or that somebody copies it.
public final class StoreUse: Sendable {
    private let lock: FileLock

    /// Works with the store in a folder for as long as this value lives, beside others that do.
    /// - Throws: `CopyError.underWay` while it is copied, `StorageError`.
    public convenience init(workingIn folder: String) throws {
        try self.init(folder, .shared, otherwise: .underWay(store: folder))
    }

    /// Has the store in a folder alone for as long as this value lives.
    /// - Throws: `CopyError.inUse` while a program works with it, `StorageError`.
    public convenience init(copyingIn folder: String) throws {
        try self.init(folder, .alone, otherwise: .inUse(store: folder))
    }

    private init(_ folder: String, _ kind: FileLock.Kind, otherwise refusal: CopyError) throws {
        guard let lock = try FileLock("\(folder)/workers.lock", kind) else { throw refusal }
        self.lock = lock
    }
}

extension SQLDatabase {
    /// Refuses a store that is the beginning of a copy: what is missing in it would seem never to have been.
    /// - Throws: `CopyError.underWay`, `StorageError`.
    public func requireNoCopyUnderWay() throws {
        guard try !holdsCopyUnderWay() else { throw CopyError.underWay(store: path) }
    }

    /// Whether it is the beginning of a copy.
    public func holdsCopyUnderWay() throws -> Bool {
        try read { sql in try sql.first(sql.dialect.tableExists, ["store_copy"]) { _ in true } ?? false }
    }

    /// Refuses a PostgreSQL database with which a program of that name works.
    /// - Throws: `CopyError.inUse`, `StorageError`.
    public func requireAbsence(of program: String) throws {
        guard dialect == .postgreSQL else { return }
        let isThere = try read { sql in
            try sql.first(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = ? LIMIT 1",
                [.text(program)]
            ) { _ in true }
        }
        guard isThere == nil else { throw CopyError.inUse(store: path) }
    }
}
