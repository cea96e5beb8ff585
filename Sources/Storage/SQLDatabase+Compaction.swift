import Foundation

extension SQLDatabase {
    /// Writes the whole SQLite file anew, so that nothing is left in it or in its log of what was deleted, and gives its space
    /// back. Nobody writes meanwhile; who writes or reads just now is waited for. PostgreSQL does so by itself in time
    /// (autovacuum).
    /// - Parameter patience: for how long it is tried again while others are in the way; once at least.
    /// - Throws: `StorageError.noRoom` before anything is done, `.busy` when others were in the way for too long.
    public func compact(patience: Duration = .zero) throws {
        try compact(patience: patience) { Thread.sleep(forTimeInterval: 0.1) }
    }

    /// - Parameter pause: what is done between two tries.
    func compact(patience: Duration, pause: () throws -> Void) throws {
        guard case .sqlite(let queue) = engine else { return }
        try requireRoomToCompact()
        let end = ContinuousClock.now + patience
        func patiently(_ body: () throws -> Void) throws {
            while true {
                do {
                    return try body()
                } catch StorageError.busy where ContinuousClock.now < end {
                    try pause()
                }
            }
        }
        try patiently {
            // In memory, the whole file would be written anew there.
            try run(queue) { database in
                try database.execute(sql: "PRAGMA temp_store = FILE")
                defer { try? database.execute(sql: "PRAGMA temp_store = MEMORY") }
                try database.execute(sql: "VACUUM")
            }
        }
        try patiently { try checkpoint() }
    }

    /// Looks whether the SQLite file can be written anew: a copy in the folder for temporary files, and one in its log.
    /// - Throws: `StorageError.noRoom`.
    public func requireRoomToCompact() throws {
        try requireRoomToCompact(freeBytes: Self.freeBytes)
    }

    /// - Parameter freeBytes: how much there is under a folder, if that is known.
    func requireRoomToCompact(freeBytes: (String) -> Int64?) throws {
        guard case .sqlite = engine else { return }
        let bytes = try read { sql in
            func number(_ pragma: String) throws -> Int64 {
                try sql.first("PRAGMA \(pragma)") { try $0.integer(0) } ?? 0
            }
            return try (number("page_count") - number("freelist_count")) * number("page_size")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let temporary = Self.temporaryFolder
        let isShared = Self.device(folder) == Self.device(temporary)
        for (place, needed) in isShared ? [(folder, 2 * bytes)] : [(folder, bytes), (temporary, bytes)] {
            guard let free = freeBytes(place), free < needed else { continue }
            throw StorageError.noRoom(path: path, folder: place, needed: needed, free: free)
        }
    }

    /// Where SQLite writes its temporary files (sqlite.org/tempfiles.html).
    private static var temporaryFolder: String {
        let environment = ProcessInfo.processInfo.environment
        let candidates = [environment["SQLITE_TMPDIR"], environment["TMPDIR"], "/var/tmp", "/usr/tmp", "/tmp"]
        return candidates.compactMap { $0 }.first { access($0, W_OK | X_OK) == 0 } ?? "."
    }

    private static func device(_ path: String) -> UInt? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt(status.st_dev) : nil
    }

    private static func freeBytes(_ path: String) -> Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int64(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
    }
}
