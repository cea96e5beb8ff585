import Foundation
import Glibc

/// A folder of this process alone (mode 0700) for the copy of a document that a tool reads. It goes with its owner; what
/// a killed process left is removed by the next one (``removeAbandoned()``).
///
/// Its owner holds a lock on it. Whoever finds it unlocked may remove it, also in the moment between its making and its
/// locking: then another one is made.
struct PrivateFolder: ~Copyable {
    /// Its path.
    let path: String
    private let lock: Int32

    private static let namePrefix = "greffier-conversion-"
    private static let attempts = 10

    /// Makes the folder, in `TMPDIR` or `/tmp`.
    /// - Throws: ``ConversionError/noRoom(reason:)`` when it cannot be made.
    init() throws(ConversionError) {
        for _ in 0..<Self.attempts {
            let parent = FileManager.default.temporaryDirectory
            let path = parent.appendingPathComponent(Self.namePrefix + UUID().uuidString).path
            guard mkdir(path, 0o700) == 0 else {
                throw .noRoom(reason: "\(parent.path): \(String(cString: strerror(errno)))")
            }
            if let lock = Self.lock(path) {
                (self.path, self.lock) = (path, lock)
                return
            }
        }
        throw .noRoom(reason: "another process removes the folders made for it")
    }

    /// Writes a file that its owner alone may read.
    /// - Throws: ``ConversionError/noRoom(reason:)`` when there is no room, for instance.
    func write(_ bytes: [UInt8], to name: String) throws(ConversionError) {
        let isWritten = FileManager.default.createFile(
            atPath: "\(path)/\(name)", contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        guard isWritten else {
            throw .noRoom(reason: "\(FileManager.default.temporaryDirectory.path): a file cannot be written")
        }
    }

    deinit {
        close(lock)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Removes this user's folders whose processes were killed: nobody holds their locks any more. What another user
    /// called so, or what others may write to, is left alone: its content may lead anywhere.
    static func removeAbandoned() {
        let parent = FileManager.default.temporaryDirectory.path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(namePrefix) {
            guard let lock = lock("\(parent)/\(name)") else { continue }
            try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
            close(lock)
        }
    }

    /// The descriptor that holds the lock of the folder at `path`, or nil if another process holds it, it is gone, or it is
    /// not this user's alone.
    private static func lock(_ path: String) -> Int32? {
        let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard lock >= 0 else { return nil }
        var locked = stat()
        var named = stat()
        guard flock(lock, LOCK_EX | LOCK_NB) == 0, fstat(lock, &locked) == 0, lstat(path, &named) == 0,
            locked.st_ino == named.st_ino, locked.st_dev == named.st_dev, locked.st_uid == geteuid(),
            locked.st_mode & 0o777 == 0o700
        else {
            close(lock)
            return nil
        }
        return lock
    }
}
