import CFileHoles
import Foundation

/// Takes bytes out of a file that keeps its length and the places of everything else.
public enum FileHole {
    /// Makes a hole: whole blocks go back to the file system, and everything in it reads as zeros. On a file system without
    /// holes, zeros are written. Durable once the caller has synchronized the file.
    ///
    /// - Parameters:
    ///   - descriptor: the file, open for writing.
    ///   - path: what it is called in errors.
    public static func erase(
        _ descriptor: Int32, _ path: String, from start: Int64, count: Int64
    ) throws(StorageError) {
        guard greffier_punch_hole(descriptor, off_t(start), off_t(count)) != 0 else { return }
        guard errno == EOPNOTSUPP || errno == ENOSYS else { throw SegmentFile.failure("erasing", path) }
        let zeros = [UInt8](repeating: 0, count: 64 << 10)
        var done: Int64 = 0
        while done < count {
            let written = pwrite(descriptor, zeros, Int(min(Int64(zeros.count), count - done)), off_t(start + done))
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw SegmentFile.failure("write", path) }
            done += Int64(written)
        }
    }
}
