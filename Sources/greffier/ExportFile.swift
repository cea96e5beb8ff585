import Foundation
import SystemPackage

/// Where an export goes: standard output, or a file that is there only when it is whole.
struct ExportFile: ~Copyable {
    private let target: FilePath?
    private let temporary: FilePath
    private let descriptor: FileDescriptor
    private var pending: [UInt8] = []

    /// How much is written at a time, in bytes.
    private static let size = 1 << 16

    /// A file at `path`, or standard output.
    init(_ path: String?) throws {
        target = path.map { FilePath($0) }
        temporary = FilePath("\(path ?? "").part")
        descriptor =
            target == nil
            ? .standardOutput
            : try FileDescriptor.open(
                temporary, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite, .groupRead])
    }

    /// Adds bytes.
    mutating func write(_ bytes: [UInt8]) throws {
        pending += bytes
        if pending.count >= Self.size { try flush() }
    }

    /// Puts the file in its place.
    consuming func finish() throws {
        try flush()
        guard let target else { return }
        try descriptor.close()
        guard rename(temporary.string, target.string) == 0 else {
            let failure = Errno(rawValue: errno)
            _ = unlink(temporary.string)
            throw failure
        }
    }

    private mutating func flush() throws {
        try descriptor.writeAll(pending)
        pending.removeAll(keepingCapacity: true)
    }
}
