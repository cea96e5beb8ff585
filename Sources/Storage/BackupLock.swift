import Foundation

/// Keeps the files of records whole while a backup copies them: whoever takes bytes out of them asks first, and does it later.
public final class BackupLock: Sendable {
    private let lock: FileLock?

    /// Holds the files in a folder for as long as this value lives; waits for whoever is erasing in them.
    public init(copying folder: String) throws(StorageError) {
        lock = try FileLock(Self.path(folder), .alone, waits: true)
    }

    /// Holds off backups for as long as this value lives; nil while one is being made, and where that cannot be known. Where
    /// no such file can be made, no backup has been begun.
    public init?(erasingIn folder: String) {
        do throws(StorageError) {
            guard let lock = try FileLock(Self.path(folder), .shared) else { return nil }
            self.lock = lock
        } catch {
            if case .inputOutput(_, _, EACCES) = error { return nil }
            lock = nil
        }
    }

    private static func path(_ folder: String) -> String { "\(folder).lock" }
}
