import Foundation
import Storage

extension BodyFile {
    /// Makes holes of records that no row refers to, whichever process writes the file. Of a file that is gone nothing is
    /// left to erase.
    static func erase(_ references: [BodyReference], number: Int, in folder: String) throws {
        let path = path(number, in: folder)
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw RegisterError.inputOutput(operation: "open", path: path, errno: errno)
        }
        defer { close(descriptor) }
        for reference in references {
            var start = [UInt8](repeating: 0, count: BodyRecord.headerBytes)
            let count = pread(descriptor, &start, start.count, off_t(reference.offset))
            guard count >= 0 else {
                throw RegisterError.inputOutput(operation: "read", path: path, errno: errno)
            }
            let size = BodyRecord.size(startingWith: start, reference: reference)
            try FileHole.erase(descriptor, path, from: Int64(reference.offset), count: Int64(size))
        }
        guard fdatasync(descriptor) == 0 else {
            throw RegisterError.inputOutput(operation: "fdatasync", path: path, errno: errno)
        }
    }
}
