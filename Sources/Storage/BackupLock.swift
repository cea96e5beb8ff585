import Foundation

/// Keeps the files of records whole while a backup copies them: whoever takes bytes out of them asks first, and does it later.
/// The system gives it back when its process ends, however that ends.
public final class BackupLock: Sendable {
    private let descriptor: Int32

    /// Holds the files in a folder for as long as this value lives; waits for whoever is erasing in them.
    public init(copying folder: String) throws(StorageError) {
        let path = Self.path(folder)
        descriptor = Self.open(path)
        guard descriptor >= 0 else { throw SegmentFile.failure("open", path) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw SegmentFile.failure("flock", path) }
        }
    }

    /// Holds off backups for as long as this value lives; nil while one is being made, and where that cannot be known. Where
    /// no such file can be made, no backup has been begun.
    public init?(erasingIn folder: String) {
        descriptor = Self.open(Self.path(folder))
        guard descriptor >= 0 || errno != EACCES else { return nil }
        guard descriptor >= 0 else { return }
        var result = flock(descriptor, LOCK_SH | LOCK_NB)
        while result != 0, errno == EINTR { result = flock(descriptor, LOCK_SH | LOCK_NB) }
        guard result == 0 || errno != EWOULDBLOCK else { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private static func path(_ folder: String) -> String { "\(folder).lock" }

    /// A lock asks for no right to write, so that root's backups and a service's work meet; the folder is private.
    private static func open(_ path: String) -> Int32 {
        let descriptor = Foundation.open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o644)
        let code = errno
        // Whatever the mask of who made it; of another's file this fails, and is not needed.
        if descriptor >= 0 { fchmod(descriptor, 0o644) }
        errno = code
        return descriptor
    }
}
