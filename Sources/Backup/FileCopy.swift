import Digest
import Foundation

/// Copies files of a backup: private, durable, holes as holes.
enum FileCopy {
    private static let piece = 64 << 10

    /// Makes a private folder.
    static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 else { throw failure("mkdir", path) }
    }

    /// Copies the first `count` bytes of a file, or all of it, into a new one. A file that is gone is not copied: answers
    /// whether it was there.
    @discardableResult
    static func copy(_ source: String, to target: String, count: Int? = nil) throws -> Bool {
        let from = open(source, O_RDONLY | O_CLOEXEC)
        guard from >= 0 else {
            guard errno == ENOENT else { throw failure("open", source) }
            return false
        }
        defer { close(from) }
        let to = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard to >= 0 else { throw failure("open", target) }
        defer { close(to) }
        var position = 0
        var bytes = [UInt8](repeating: 0, count: piece)
        while position < count ?? Int.max {
            let wanted = min(piece, (count ?? Int.max) - position)
            let done = pread(from, &bytes, wanted, off_t(position))
            if done < 0, errno == EINTR { continue }
            guard done >= 0 else { throw failure("read", source) }
            if done == 0 { break }
            if bytes[..<done].contains(where: { $0 != 0 }) { try write(bytes[..<done], to, at: position, target) }
            position += done
        }
        guard ftruncate(to, off_t(position)) == 0 else { throw failure("truncate", target) }
        guard fsync(to) == 0 else { throw failure("fsync", target) }
        return true
    }

    private static func write(_ bytes: ArraySlice<UInt8>, _ descriptor: Int32, at start: Int, _ path: String) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes.dropFirst(done).withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(start + done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            done += count
        }
    }

    /// A file's length and digest, with its mode made private and what it holds made durable.
    static func seal(_ path: String, in folder: String) throws -> BackupManifest.File {
        let full = "\(folder)/\(path)"
        guard chmod(full, 0o600) == 0 else { throw failure("chmod", full) }
        let file = try describe(path, in: folder)
        try synchronize(full)
        return file
    }

    /// A file's length and digest. The file is mapped, not read into memory.
    static func describe(_ path: String, in folder: String) throws -> BackupManifest.File {
        let full = "\(folder)/\(path)"
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: full), options: .alwaysMapped)
        } catch {
            throw BackupError.inputOutput(operation: "read", path: full, reason: error.localizedDescription)
        }
        let digest = data.withUnsafeBytes { SHA256Digest(of: $0) }
        return BackupManifest.File(path: path, bytes: data.count, sha256: digest)
    }

    /// Makes a file or a folder's list of files durable.
    static func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("fsync", path) }
    }

    /// Gives a file or folder another name, if nothing has that yet.
    static func rename(_ path: String, to target: String) throws {
        guard access(target, F_OK) != 0 else { throw BackupError.exists(path: target) }
        guard Foundation.rename(path, target) == 0 else { throw failure("rename", path) }
        try synchronize(URL(fileURLWithPath: target).deletingLastPathComponent().path)
    }

    static func failure(_ operation: String, _ path: String) -> BackupError {
        .inputOutput(operation: operation, path: path, reason: String(cString: strerror(errno)))
    }
}
