import Foundation
import Locks
import Storage

/// The Extracts and Reports, verbatim, beside the rows that refer to them: append-only files that are never shared by two
/// writers, as several notify processes have one register. Every process writes files of its own and reads all. In a
/// PostgreSQL database, whose writers share no folder, they are rows.
///
/// What was appended counts once a committed row refers to it; the rest is space that nobody reads.
final class BodyStore: Sendable {
    private struct State {
        var current: BodyFile?
        var isFolderChanged = false
        var isUnsynchronized = false
        var readers: [BodyFile] = []
    }

    /// Where the files are, if they are in files.
    let folder: String
    private let fileBytes: Int
    /// Where they are when they are in no folder.
    private let rows: BodyRows?
    private let state = Lock(State())

    /// How many files may be open for reading.
    private static let openFiles = 16

    /// The bodies in `folder`, which is created unless this is for reading only. A file takes no further body past
    /// `fileBytes`.
    init(folder: String, fileBytes: Int = 256 << 20, isReadOnly: Bool = false) throws(RegisterError) {
        self.folder = folder
        self.fileBytes = fileBytes
        rows = nil
        guard !isReadOnly, mkdir(folder, 0o700) != 0, errno != EEXIST else { return }
        throw .inputOutput(operation: "mkdir", path: folder, errno: errno)
    }

    /// The bodies in a table.
    init(rows: BodyRows) {
        folder = ""
        fileBytes = 0
        self.rows = rows
    }

    /// Keeps two bodies beside each other; durable after ``synchronize()``.
    func append(_ first: [UInt8], _ second: [UInt8]) throws(RegisterError) -> (BodyReference, BodyReference) {
        let longest = max(first.count, second.count)
        guard longest <= BodyRecord.maximumBytes else {
            throw .inputOutput(operation: "append of \(longest) bytes", path: folder, errno: EFBIG)
        }
        if let rows { return (try rows.append(first), try rows.append(second)) }
        return try state.withLock { (state) throws(RegisterError) in
            let file = try self.file(&state)
            state.isUnsynchronized = true
            return try file.append(first, second)
        }
    }

    /// Makes durable what was appended, or part of the transaction that refers to it. After a failure the file is left alone for good, as nobody knows what of it the
    /// disk holds.
    func synchronize(_ sql: SQLTransaction? = nil) throws {
        if let rows, let sql { return try rows.write(to: sql) }
        try state.withLock { (state) throws(RegisterError) in
            guard state.isUnsynchronized, let file = state.current else { return }
            do throws(RegisterError) {
                try file.synchronize()
                if state.isFolderChanged { try Self.synchronize(self.folder) }
            } catch {
                state.current = nil
                throw error
            }
            state.isFolderChanged = false
            state.isUnsynchronized = false
        }
    }

    /// Where the next body goes, to be given to ``rewind(to:)`` when a batch fails.
    var mark: (file: Int, end: Int)? {
        rows?.forgetUnwritten()
        return state.withLock { state in state.current.map { ($0.number, $0.end) } }
    }

    /// Gives back the space of bodies that no row will refer to.
    func rewind(to mark: (file: Int, end: Int)?) {
        state.withLock { state in
            guard let current = state.current else { return }
            current.rewind(to: mark?.file == current.number ? mark?.end ?? 0 : 0)
        }
    }

    /// To be told when the transaction is durable that refers to what was appended.
    func committed() { rows?.forgetUnwritten() }

    /// Reads a body, checked against its checksum.
    func read(_ reference: BodyReference) throws(RegisterError) -> [UInt8] {
        if let rows { return try rows.read(reference) }
        return try state.withLock { (state) throws(RegisterError) in
            try self.reader(reference.file, &state).read(reference)
        }
    }

    /// Takes bodies out of their files, and makes that durable. Rows of a table are deleted by whoever deletes what refers to
    /// them.
    func erase(_ references: [BodyReference]) throws {
        guard rows == nil else { return }
        for (file, references) in Dictionary(grouping: references, by: \.file) {
            try BodyFile.erase(references, number: file, in: folder)
        }
    }

    private func file(_ state: inout State) throws(RegisterError) -> BodyFile {
        if let current = state.current, current.end < fileBytes { return current }
        if state.isUnsynchronized, let current = state.current {
            // The system reports a failure once: what it lost must not be written on.
            state.current = nil
            try current.synchronize()
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var number = (names.compactMap(BodyFile.number).max() ?? 0) + 1
        while true {
            if let file = try BodyFile(creating: number, in: folder) {
                state.current = file
                state.isFolderChanged = true
                return file
            }
            number += 1
        }
    }

    private func reader(_ number: Int, _ state: inout State) throws(RegisterError) -> BodyFile {
        if let current = state.current, current.number == number { return current }
        if let open = state.readers.first(where: { $0.number == number }) { return open }
        let file = try BodyFile(reading: number, in: folder)
        state.readers.append(file)
        if state.readers.count > Self.openFiles { state.readers.removeFirst() }
        return file
    }

    private static func synchronize(_ folder: String) throws(RegisterError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .inputOutput(operation: "open", path: folder, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .inputOutput(operation: "fsync", path: folder, errno: errno) }
    }
}
