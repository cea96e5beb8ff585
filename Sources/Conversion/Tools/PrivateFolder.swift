import Foundation
import Glibc

/// A folder of this process alone (mode 0700) for the copy of a document that a tool reads. It goes with its owner; what
/// a killed process left is removed by the next one (``removeAbandoned()``).
struct PrivateFolder: ~Copyable {
    /// Its path.
    let path: String
    private let lock: Int32

    private static let namePrefix = "greffier-conversion-"

    /// Makes the folder, in `TMPDIR` or `/tmp`.
    /// - Throws: ``ConversionError/noRoom(reason:)`` when it cannot be made.
    init() throws(ConversionError) {
        path = FileManager.default.temporaryDirectory.appendingPathComponent(Self.namePrefix + UUID().uuidString).path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .noRoom(reason: error.localizedDescription)
        }
        lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        flock(lock, LOCK_EX | LOCK_NB)
    }

    /// Writes a file that its owner alone may read.
    /// - Throws: ``ConversionError/noRoom(reason:)`` when there is no room, for instance.
    func write(_ bytes: [UInt8], to name: String) throws(ConversionError) {
        let isWritten = FileManager.default.createFile(
            atPath: "\(path)/\(name)", contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        guard isWritten else { throw .noRoom(reason: "\(path)/\(name) cannot be written") }
    }

    deinit {
        close(lock)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Removes the folders whose processes were killed: nobody holds their locks any more.
    static func removeAbandoned() {
        let parent = FileManager.default.temporaryDirectory.path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(namePrefix) {
            let lock = open("\(parent)/\(name)", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
            guard lock >= 0 else { continue }
            if flock(lock, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: "\(parent)/\(name)") }
            close(lock)
        }
    }
}
