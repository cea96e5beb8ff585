import Foundation

/// A lock on a file of this host that only says something: the file stays empty. The system gives it back when its process ends,
/// however that ends.
final class FileLock: Sendable {
    /// Beside whom it is held.
    enum Kind {
        /// Beside others that hold it so.
        case shared
        /// Beside nobody.
        case alone

        fileprivate var operation: Int32 { self == .shared ? LOCK_SH : LOCK_EX }
    }

    private let descriptor: Int32

    /// Locks the file at `path`, which is made when it is missing; nil while others hold it, unless they are waited for.
    ///
    /// A lock asks for no right to write, and anybody may take one: so root's commands and a service's work meet. The folder is
    /// private.
    init?(_ path: String, _ kind: Kind, waits: Bool = false) throws(StorageError) {
        descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SegmentFile.failure("open", path) }
        // Whatever the mask of who made it; of another's file this fails, and is not needed.
        fchmod(descriptor, 0o644)
        var result: Int32
        repeat {
            result = flock(descriptor, kind.operation | (waits ? 0 : LOCK_NB))
        } while result != 0 && errno == EINTR
        guard result != 0 else { return }
        guard errno == EWOULDBLOCK else { throw SegmentFile.failure("flock", path) }
        return nil
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
