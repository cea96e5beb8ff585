import Foundation

/// One append-only file of bodies, written by one process.
final class BodyFile {
    let number: Int
    let path: String
    private let descriptor: Int32
    private(set) var end: Int = 0
    private var reserved: Int = 0

    /// How much room is reserved ahead: an append within it changes no file size, which makes it durable sooner.
    private static let reservation: Int = 8 << 20

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

    /// Writes behind the last record; durable after ``synchronize()``.
    func append(_ body: [UInt8]) throws(RegisterError) -> BodyReference {
        let header = BodyRecord.header(of: body)
        let size = header.count + body.count
        if end + size > reserved {
            let target = end + max(size, Self.reservation)
            let code = posix_fallocate(descriptor, end, target - end)
            guard code == 0 else { throw .inputOutput(operation: "reserving space", path: path, errno: code) }
            reserved = target
        }
        try write(header, at: end)
        try write(body, at: end + header.count)
        defer { end += size }
        return BodyReference(file: number, offset: end, length: body.count)
    }

    /// Gives back what was appended since `mark`: no row refers to it.
    func rewind(to mark: Int) { end = min(end, mark) }

    func synchronize() throws(RegisterError) {
        guard fdatasync(descriptor) == 0 else { throw failure("fdatasync") }
    }

    func read(_ reference: BodyReference) throws(RegisterError) -> [UInt8] {
        var record = [UInt8](repeating: 0, count: BodyRecord.headerBytes + reference.length)
        var position = 0
        while position < record.count {
            let count = record.withUnsafeMutableBytes { buffer in
                pread(
                    descriptor, buffer.baseAddress.map { $0 + position }, buffer.count - position,
                    reference.offset + position)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read") }
            if count == 0 { break }
            position += count
        }
        return try BodyRecord.body(of: Array(record[..<position]), reference: reference)
    }

    private func write(_ bytes: [UInt8], at start: Int) throws(RegisterError) {
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(
                    descriptor, buffer.baseAddress.map { $0 + position }, buffer.count - position,
                    start + position)
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
