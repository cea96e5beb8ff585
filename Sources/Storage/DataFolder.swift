import Foundation

/// The private folder of one process's state. While this value lives, no other process can open the same folder.
public final class DataFolder: Sendable {
    /// The folder's path as given.
    public let path: String
    private let lockDescriptor: Int32

    /// Opens the folder, creating it with mode 0700. Refuses a folder that others may enter, that cannot be written,
    /// or that another process holds.
    public init(path: String) throws(StorageError) {
        self.path = path
        try DataFolder.prepare(path)
        lockDescriptor = try DataFolder.lock(path)
    }

    deinit {
        close(lockDescriptor)
    }

    /// The path of a file in the folder.
    public func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Bytes that this process may still write under `path`.
    public func freeBytes() throws(StorageError) -> Int64 {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw SegmentFile.failure("statvfs", path) }
        return Int64(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
    }

    /// Makes the folder's list of files durable, as a new file needs.
    public static func synchronize(_ path: String) throws(StorageError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SegmentFile.failure("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SegmentFile.failure("fsync", path) }
    }

    private static func prepare(_ path: String) throws(StorageError) {
        guard !path.isEmpty else {
            throw .unsuitableFolder(path: path, reason: "its name is empty: give --data FOLDER")
        }
        if mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw .unsuitableFolder(
                path: path, reason: "it cannot be created (\(systemMessage(errno))): create it with mode 0700")
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw SegmentFile.failure("stat", path) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw .unsuitableFolder(path: path, reason: "it is no folder: move the file away")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .unsuitableFolder(path: path, reason: "others may enter it: run chmod 700 \(path)")
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw .unsuitableFolder(
                path: path, reason: "it cannot be written (\(systemMessage(errno))): give it to the user who runs this")
        }
    }

    private static func lock(_ path: String) throws(StorageError) -> Int32 {
        let lockPath = "\(path)/lock"
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unsuitableFolder(
                path: path, reason: "it cannot be written (\(systemMessage(errno))): give it to the user who runs this")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let holder = holder(descriptor)
            close(descriptor)
            guard code == EWOULDBLOCK else { throw SegmentFile.failure("flock", lockPath, code) }
            throw .folderInUse(path: path, holder: holder)
        }
        let text = "\(getpid())\n"
        ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
        return descriptor
    }

    private static func holder(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return digits.isEmpty ? "another process" : "process \(String(decoding: digits, as: UTF8.self))"
    }
}
