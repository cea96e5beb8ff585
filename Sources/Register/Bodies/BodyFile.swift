import Foundation

/// One append-only file of bodies, written by one process.
final class BodyFile {
    let number: Int
    let path: String
    private let descriptor: Int32
    private(set) var end: Int = 0
    private var reserved: Int = 0

    /// How much room is reserved ahead: an append within it changes no file size, which makes it durable sooner. It is as much
    /// as was written, within these bounds: what a killed process has reserved is nobody's, and each start has a new file.
    private static let reservation = (least: 128 << 10, most: 8 << 20)

    /// Creates the file; nil when another process has just taken its number.
    init?(creating number: Int, in folder: String) throws(RegisterError) {
        self.number = number
        path = Self.path(number, in: folder)
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0 {
            guard errno == EEXIST else { throw failure("open") }
            return nil
        }
    }

    /// Opens a file to read from it.
    init(reading number: Int, in folder: String) throws(RegisterError) {
        self.number = number
        path = Self.path(number, in: folder)
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open") }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    static func path(_ number: Int, in folder: String) -> String {
        let digits = String(number)
        return "\(folder)/\(String(repeating: "0", count: max(0, 12 - digits.count)))\(digits).bodies"
    }

    /// The number in a file's name, or nil for another file.
    static func number(of name: String) -> Int? {
        name.hasSuffix(".bodies") ? Int(name.dropLast(".bodies".count)) : nil
    }

    /// Writes two bodies behind the last record; durable after ``synchronize()``.
    func append(_ first: [UInt8], _ second: [UInt8]) throws(RegisterError) -> (BodyReference, BodyReference) {
        let start = end
        let middle = start + BodyRecord.headerBytes + first.count
        let size = middle - start + BodyRecord.headerBytes + second.count
        if start + size > reserved {
            let target = start + max(size, min(max(start, Self.reservation.least), Self.reservation.most))
            let code = posix_fallocate(descriptor, start, target - start)
            guard code == 0 else { throw .inputOutput(operation: "reserving space", path: path, errno: code) }
            reserved = target
        }
        try write(
            [BodyRecord.header(of: first, at: start), first, BodyRecord.header(of: second, at: middle), second],
            at: start)
        end += size
        return (
            BodyReference(file: number, offset: start, length: first.count),
            BodyReference(file: number, offset: middle, length: second.count)
        )
    }

    /// Gives back what was appended since `mark`: no row refers to it.
    func rewind(to mark: Int) { end = min(end, mark) }

    func synchronize() throws(RegisterError) {
        guard fdatasync(descriptor) == 0 else { throw failure("fdatasync") }
    }

    func read(_ reference: BodyReference) throws(RegisterError) -> [UInt8] {
        let start = try read(BodyRecord.headerBytes, at: reference.offset)
        let size = BodyRecord.size(startingWith: start, reference: reference)
        return try BodyRecord.body(of: try read(size, at: reference.offset), reference: reference)
    }

    /// So many bytes, fewer where the file ends.
    private func read(_ size: Int, at start: Int) throws(RegisterError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        var position = 0
        while position < size {
            let count = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + position }, buffer.count - position, start + position)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read") }
            if count == 0 { break }
            position += count
        }
        return Array(bytes[..<position])
    }

    /// Writes the parts one behind the other with one call of the system, or what that leaves part by part.
    private func write(_ parts: [[UInt8]], at start: Int) throws(RegisterError) {
        var done = writeTogether(parts, at: start)
        var position = start
        for part in parts {
            let skipped = min(done, part.count)
            done -= skipped
            if skipped < part.count { try write(part[skipped...], at: position + skipped) }
            position += part.count
        }
    }

    /// Answers how many bytes the system took, 0 if it took none.
    private func writeTogether(_ parts: [[UInt8]], at start: Int) -> Int {
        withBuffers(of: parts[...], []) { buffers in
            max(0, pwritev(descriptor, buffers, Int32(buffers.count), off_t(start)))
        }
    }

    private func withBuffers(of parts: ArraySlice<[UInt8]>, _ buffers: [iovec], _ body: ([iovec]) -> Int) -> Int {
        guard let part = parts.first else { return body(buffers) }
        return part.withUnsafeBytes { bytes in
            let buffer = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
            return withBuffers(of: parts.dropFirst(), buffers + [buffer], body)
        }
    }

    private func write(_ bytes: ArraySlice<UInt8>, at start: Int) throws(RegisterError) {
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(descriptor, buffer.baseAddress.map { $0 + position }, buffer.count - position, start + position)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write") }
            position += count
        }
    }

    private func failure(_ operation: String) -> RegisterError {
        .inputOutput(operation: operation, path: path, errno: errno)
    }
}
