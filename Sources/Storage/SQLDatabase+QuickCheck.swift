import Foundation

extension SQLDatabase {
    /// What a look at the pages of an SQLite file finds damaged, without a look at its indexes; nothing if the time is up
    /// before. It reads beside the programs that write.
    ///
    /// - Parameter seconds: how long it may take.
    public static func quickDamages(path: String, seconds: Double = 5) throws -> [String] {
        let database = try SQLDatabase(path: path, options: .reading)
        guard case .sqlite(let queue) = database.engine else { return [] }
        let end = DispatchWorkItem { queue.interrupt() }
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: end)
        defer { end.cancel() }
        let start = ContinuousClock.now
        do {
            return try database.read { sql in
                try sql.query("PRAGMA quick_check(3)") { try $0.text(0) }
            }.filter { $0 != "ok" }.map { "\(path) is damaged (\($0))" }
        } catch StorageError.damagedDatabase(_, let message) {
            return ["\(path) is damaged (\(message))"]
        } catch  where ContinuousClock.now - start >= .seconds(seconds) {
            return []
        }
    }
}
