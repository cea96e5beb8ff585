import Foundation

/// One open segment file. Writes go to chosen offsets; space is reserved ahead, because a commit into reserved space
/// takes two thirds of the time of one that extends the file.
final class SegmentFile: Sendable {
    let number: Int64
    let path: String
    private let descriptor: Int32

    /// Opens the file, creating it when asked to.
    init(number: Int64, path: String, create: Bool) throws(StorageError) {
        self.number = number
        self.path = path
        let flags = create ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDWR | O_CLOEXEC
        descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { throw SegmentFile.failure("open", path) }
    }

    deinit {
        close(descriptor)
    }

    /// Makes the file at least `end` bytes long with its blocks reserved.
    func reserve(from start: Int64, to end: Int64) throws(StorageError) {
        guard end > start else { return }
        var code = posix_fallocate(descriptor, off_t(start), off_t(end - start))
        while code == EINTR {
            code = posix_fallocate(descriptor, off_t(start), off_t(end - start))
        }
        guard code == 0 else { throw SegmentFile.failure("reserving space", path, code) }
    }

    /// Writes a header and a payload at `offset`, without joining them first.
    func write(_ header: RecordHeader, _ payload: UnsafeRawBufferPointer, at offset: Int64) throws(StorageError) {
        do {
            try withUnsafeTemporaryAllocation(byteCount: RecordHeader.size, alignment: 8) { headerBytes in
                header.write(to: headerBytes)
                let done = writeTogether(UnsafeRawBufferPointer(headerBytes), payload, at: offset)
                try writeAll(
                    UnsafeRawBufferPointer(rebasing: headerBytes[min(done, headerBytes.count)...]),
                    at: offset + Int64(done))
                let rest = max(0, done - headerBytes.count)
                try writeAll(
                    UnsafeRawBufferPointer(rebasing: payload[rest...]),
                    at: offset + Int64(RecordHeader.size) + Int64(rest))
            }
        } catch let error as StorageError {
            throw error
        } catch {
            throw SegmentFile.failure("write", path)
        }
    }

    /// Reads the record at `reference` and checks it.
    func read(_ reference: SegmentReference) throws(StorageError) -> [UInt8] {
        var damage: String?
        var failure: StorageError?
        let bytes = [UInt8](unsafeUninitializedCapacity: reference.length) { payload, count in
            let buffer = UnsafeMutableRawBufferPointer(
                start: payload.baseAddress, count: min(payload.count, reference.length))
            do throws(StorageError) {
                damage = try check(reference, into: buffer)
                count = damage == nil ? reference.length : 0
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        if let damage {
            throw .damagedRecord(segment: reference.segment, offset: reference.offset, reason: damage)
        }
        return bytes
    }

    /// The first bytes of the record at `reference`, unchecked; fewer where the file ends.
    func beginning(of reference: SegmentReference, count: Int) throws(StorageError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: min(count, reference.length))
        var done: Int
        repeat {
            done = pread(descriptor, &bytes, bytes.count, off_t(reference.offset) + off_t(RecordHeader.size))
        } while done < 0 && errno == EINTR
        guard done >= 0 else { throw SegmentFile.failure("read", path) }
        return Array(bytes[..<done])
    }

    /// Ends the file at `end`, if it is longer.
    func cut(at end: Int64) throws(StorageError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SegmentFile.failure("stat", path) }
        guard Int64(status.st_size) > end else { return }
        guard ftruncate(descriptor, off_t(end)) == 0 else { throw SegmentFile.failure("truncate", path) }
    }

    /// How long a file is; nil when there is none.
    static func bytes(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Makes a hole of a record.
    func erase(_ reference: SegmentReference) throws(StorageError) {
        let length = RecordHeader.size + reference.length
        try FileHole.erase(descriptor, path, from: reference.offset, count: Int64(length))
    }

    /// Makes everything written so far durable.
    func synchronize() throws(StorageError) {
        guard fdatasync(descriptor) == 0 else { throw SegmentFile.failure("fdatasync", path) }
    }

    private func check(
        _ reference: SegmentReference, into payload: UnsafeMutableRawBufferPointer
    ) throws(StorageError) -> String? {
        do {
            return try withUnsafeTemporaryAllocation(byteCount: RecordHeader.size, alignment: 8) { header in
                let done = readTogether(header, payload, at: reference.offset)
                let rest = max(0, done - header.count)
                guard
                    try readAll(
                        .init(rebasing: header[min(done, header.count)...]), at: reference.offset + Int64(done)),
                    try readAll(
                        .init(rebasing: payload[rest...]),
                        at: reference.offset + Int64(RecordHeader.size) + Int64(rest))
                else { return "the file ends before the record does" }
                return RecordHeader.damage(
                    header: UnsafeRawBufferPointer(header), payload: UnsafeRawBufferPointer(payload), at: reference)
            }
        } catch let error as StorageError {
            throw error
        } catch {
            throw SegmentFile.failure("read", path)
        }
    }

    /// Writes both with one call of the system; answers how many bytes it took, 0 if it took none.
    private func writeTogether(
        _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, at offset: Int64
    ) -> Int {
        withParts(UnsafeMutableRawBufferPointer(mutating: first), UnsafeMutableRawBufferPointer(mutating: second)) {
            pwritev(descriptor, $0, 2, off_t(offset))
        }
    }

    /// Reads both with one call of the system; answers how many bytes came, 0 if none.
    private func readTogether(
        _ first: UnsafeMutableRawBufferPointer, _ second: UnsafeMutableRawBufferPointer, at offset: Int64
    ) -> Int {
        withParts(first, second) { preadv(descriptor, $0, 2, off_t(offset)) }
    }

    private func withParts(
        _ first: UnsafeMutableRawBufferPointer, _ second: UnsafeMutableRawBufferPointer,
        _ body: (UnsafePointer<iovec>) -> Int
    ) -> Int {
        withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { parts in
            parts.initializeElement(at: 0, to: iovec(iov_base: first.baseAddress, iov_len: first.count))
            parts.initializeElement(at: 1, to: iovec(iov_base: second.baseAddress, iov_len: second.count))
            guard let address = parts.baseAddress else { return 0 }
            return max(0, body(address))
        }
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws {
        var done = 0
        while done < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset) + off_t(done))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw SegmentFile.failure("write", path) }
            done += count
        }
    }

    private func readAll(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Bool {
        var done = 0
        while done < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done, off_t(offset) + off_t(done))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SegmentFile.failure("read", path) }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    static func failure(_ operation: String, _ path: String, _ code: Int32 = errno) -> StorageError {
        code == ENOSPC || code == EDQUOT
            ? .diskFull(path: path) : .inputOutput(operation: operation, path: path, errno: code)
    }
}
