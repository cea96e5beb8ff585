import Foundation
import ZeroMQ

/// A pair of keys in a file that only its owner may read, in the format of CZMQ's and pyzmq's certificates.
public enum KeyFile {
    private static let maximumBytes = 4_096

    /// Reads a pair.
    /// - Throws: ``AccessError`` when others may read it or it is none, or `ZeroMQError.noCurve`.
    public static func read(_ path: String) throws -> CurveKeyPair {
        let text = try ProtectedFile.read(path, limit: maximumBytes) { mode throws(AccessError) in
            guard mode & 0o077 == 0 else { throw .exposed(path: path) }
        }
        guard let secretText = value("secret-key", in: text), let secretKey = CurveSecretKey(secretText),
            let publicText = value("public-key", in: text), let publicKey = CurvePublicKey(publicText)
        else { throw AccessError.noKeys(path: path) }
        let pair = try CurveKeyPair(secretKey: secretKey)
        guard pair.publicKey == publicKey else { throw AccessError.unequalKeys(path: path) }
        return pair
    }

    /// Writes a pair to a new file of mode 0600.
    /// - Throws: ``AccessError``.
    public static func write(_ pair: CurveKeyPair, to path: String, comment: String) throws(AccessError) {
        let text = """
            # \(comment)
            # The secret key lets whoever reads it in: keep this file at mode 0600, and copy it only over encrypted ways.
            curve
                public-key = "\(pair.publicKey)"
                secret-key = "\(pair.secretKey.revealed)"

            """
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? .exists(path: path) : .unwritable(path: path, reason: ProtectedFile.reason())
        }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard fchmod(descriptor, 0o600) == 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count,
            fsync(descriptor) == 0
        else {
            let reason = ProtectedFile.reason()
            unlink(path)
            throw .unwritable(path: path, reason: reason)
        }
    }

    private static func value(_ name: String, in text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name else { continue }
            return parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
        }
        return nil
    }
}

extension AccessList {
    /// Reads a list from its file.
    /// - Throws: ``AccessError`` when others may write to it, or something in it is wrong.
    public init(file path: String) throws(AccessError) {
        let text = try ProtectedFile.read(path, limit: Self.maximumBytes) { mode throws(AccessError) in
            guard mode & 0o022 == 0 else { throw .writable(path: path) }
        }
        try self.init(text)
    }
}

/// Files whose rights matter: what is checked is what is read, whatever is put in its place meanwhile.
enum ProtectedFile {
    static func read(
        _ path: String, limit: Int, checking check: (mode_t) throws(AccessError) -> Void
    ) throws(AccessError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: reason()) }
        defer { close(descriptor) }
        var found = stat()
        guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { throw .noFile(path: path) }
        guard found.st_uid == geteuid() || found.st_uid == 0 else { throw .foreign(path: path) }
        try check(found.st_mode)
        guard found.st_size <= limit else { throw .tooLarge(path: path, limit: limit) }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count <= limit {
            let more = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), limit + 1 - count)
            }
            if more < 0 && errno == EINTR { continue }
            guard more >= 0 else { throw .unreadable(path: path, reason: reason()) }
            if more == 0 { break }
            count += more
        }
        guard count <= limit else { throw .tooLarge(path: path, limit: limit) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    static func reason() -> String { String(cString: strerror(errno)) }
}
