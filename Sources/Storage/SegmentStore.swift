import Foundation
import Locks

/// Append-only files for what is too large for rows. What was appended counts only once a row refers to it: after a
/// crash, everything behind the last committed end is overwritten.
final class SegmentStore: Sendable {
    private struct State {
        var current: SegmentFile?
        var end: Int64 = 0
        var reserved: Int64 = 0
        var lastNumber: Int64 = 0
        var unsynchronized: [SegmentFile] = []
        var folderChanged = false
        var readers: [SegmentFile] = []
        var recent: RecentRecords
        /// What is to be removed once a backup has been made.
        var waste = Records.Waste()
    }

    let folder: String
    private let options: SegmentOptions
    private let state: Lock<State>

    init(folder: String, options: SegmentOptions) throws(StorageError) {
        self.folder = folder
        self.options = options
        state = Lock(State(recent: RecentRecords(limit: options.recentBytes)))
        if mkdir(folder, 0o700) != 0 && errno != EEXIST {
            throw SegmentFile.failure("mkdir", folder)
        }
    }

    /// Takes up the newest segment where its rows end, and removes files that no row knows.
    func resume(newest: (number: Int64, end: Int64)?, known: Set<Int64>) throws(StorageError) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names {
            guard let number = SegmentStore.number(of: name), !known.contains(number) else { continue }
            unlink("\(folder)/\(name)")
        }
        guard let newest else { return }
        let file = try? SegmentFile(number: newest.number, path: path(newest.number), create: false)
        // What a crash left behind the last record may be of a document that nobody accepted.
        try file?.cut(at: newest.end)
        state.withLock { state in
            state.lastNumber = newest.number
            state.current = file
            state.end = newest.end
            state.reserved = newest.end
        }
    }

    /// Writes a record behind the last one; durable after the next ``synchronize()``.
    func append(_ payload: UnsafeRawBufferPointer) throws(StorageError) -> SegmentReference {
        guard payload.count <= RecordHeader.maximumPayload else {
            throw .inputOutput(operation: "append of \(payload.count) bytes", path: folder, errno: EFBIG)
        }
        return try state.withLock { (state) throws(StorageError) in
            let size = Int64(RecordHeader.size + payload.count)
            let file = try self.file(for: size, &state)
            let reference = SegmentReference(segment: file.number, offset: state.end, length: payload.count)
            if state.end + size > state.reserved {
                let wanted = state.end + max(size, Int64(self.options.reservedBytes))
                let target = max(state.end + size, min(wanted, Int64(self.options.segmentBytes)))
                try file.reserve(from: state.reserved, to: target)
                state.reserved = target
            }
            let header = RecordHeader(payload: payload, segment: file.number, offset: state.end)
            try file.write(header, payload, at: state.end)
            if !state.unsynchronized.contains(where: { $0 === file }) {
                state.unsynchronized.append(file)
            }
            state.end += size
            return reference
        }
    }

    /// The segment being written; nil before the first.
    var newest: Int64? { state.withLock { $0.current?.number } }

    /// Where the next record goes, to come back to by ``rewind(to:)``.
    struct Mark {
        fileprivate let file: SegmentFile?
        fileprivate let end: Int64
        fileprivate let reserved: Int64
        fileprivate let lastNumber: Int64
    }

    var mark: Mark {
        state.withLock { state in
            Mark(file: state.current, end: state.end, reserved: state.reserved, lastNumber: state.lastNumber)
        }
    }

    /// Makes all appended records and new files durable.
    func synchronize() throws(StorageError) {
        try state.withLock { (state) throws(StorageError) in
            for file in state.unsynchronized {
                try file.synchronize()
            }
            state.unsynchronized = []
            if state.folderChanged {
                try DataFolder.synchronize(self.folder)
                state.folderChanged = false
            }
        }
    }

    /// Gives back the space of records that no row will refer to, after a failed unit or batch. Segments begun since
    /// are removed: their rows will not come, so that a restart would go on where the former one's row says.
    /// - Parameter mayBeCommitted: whether the rows may be there all the same, after a commit whose end nobody saw: then
    ///   segments begun since stay, and their numbers are not given again, until ``resume(newest:known:)`` knows.
    func rewind(to mark: Mark, mayBeCommitted: Bool = false) {
        let begun = state.withLock { state -> ClosedRange<Int64>? in
            state.recent.removeAll()
            if let file = state.current, file.number == mark.file?.number {
                state.end = mark.end
                return nil
            }
            guard state.lastNumber > mark.lastNumber else { return nil }
            let begun = (mark.lastNumber + 1)...state.lastNumber
            (state.current, state.end, state.reserved) = (mark.file, mark.end, mark.reserved)
            if !mayBeCommitted { state.lastNumber = mark.lastNumber }
            state.unsynchronized.removeAll { begun.contains($0.number) }
            state.readers.removeAll { begun.contains($0.number) }
            return mayBeCommitted ? nil : begun
        }
        if let begun { for number in begun { unlink(path(number)) } }
    }

    /// Keeps an appended record in memory, for a read that comes soon.
    func remember(_ bytes: any StoredBytes, at reference: SegmentReference) {
        state.withLock { $0.recent.add(bytes, at: reference) }
    }

    /// The record if it is still in memory.
    func recent(_ reference: SegmentReference) -> (any StoredBytes)? {
        state.withLock { $0.recent[reference] }
    }

    /// Reads and checks a record. One whose file is gone is damaged like one with wrong bytes; one that the system does
    /// not read now (no descriptor or memory is left, the disk fails) is not.
    func read(_ reference: SegmentReference) throws(StorageError) -> [UInt8] {
        do throws(StorageError) {
            let file = try state.withLock { (state) throws(StorageError) in
                try self.reader(reference.segment, &state)
            }
            return try file.read(reference)
        } catch {
            guard case .inputOutput(let operation, _, let errno) = error else { throw error }
            let reason = "\(operation): \(systemMessage(errno))"
            throw errno == ENOENT
                ? .damagedRecord(segment: reference.segment, offset: reference.offset, reason: reason)
                : .unreadableRecord(segment: reference.segment, offset: reference.offset, reason: reason)
        }
    }

    /// The first bytes of a record, unchecked; fewer where the file ends.
    func beginning(of reference: SegmentReference, count: Int) throws(StorageError) -> [UInt8] {
        let file = try state.withLock { (state) throws(StorageError) in try self.reader(reference.segment, &state) }
        return try file.beginning(of: reference, count: count)
    }

    /// Takes the bytes of records out of their files, and makes that durable.
    func erase(_ records: [SegmentReference]) throws(StorageError) {
        state.withLock { $0.recent.removeAll() }
        for (segment, records) in Dictionary(grouping: records, by: \.segment) {
            let file: SegmentFile
            do throws(StorageError) {
                file = try state.withLock { (state) throws(StorageError) in try self.reader(segment, &state) }
            } catch {
                guard case .inputOutput(_, _, ENOENT) = error else { throw error }
                continue
            }
            for record in records { try file.erase(record) }
            try file.synchronize()
        }
    }

    /// Keeps what cannot be removed now.
    func keep(_ waste: Records.Waste) {
        state.withLock { $0.waste = $0.waste + waste }
    }

    /// What could not be removed so far.
    func takeWaste() -> Records.Waste {
        state.withLock { state in
            defer { state.waste = Records.Waste() }
            return state.waste
        }
    }

    /// Removes a segment's file.
    func remove(_ number: Int64) {
        state.withLock { state in state.readers.removeAll { $0.number == number } }
        unlink(path(number))
    }

    private func file(for size: Int64, _ state: inout State) throws(StorageError) -> SegmentFile {
        if let current = state.current, state.end == 0 || state.end + size <= Int64(options.segmentBytes) {
            return current
        }
        let number = state.lastNumber + 1
        let file = try SegmentFile(number: number, path: path(number), create: true)
        state.lastNumber = number
        state.folderChanged = true
        state.current = file
        state.end = 0
        state.reserved = 0
        return file
    }

    private func reader(_ number: Int64, _ state: inout State) throws(StorageError) -> SegmentFile {
        if let current = state.current, current.number == number { return current }
        if let open = state.readers.first(where: { $0.number == number }) { return open }
        let file = try SegmentFile(number: number, path: path(number), create: false)
        state.readers.append(file)
        if state.readers.count > options.openFiles {
            state.readers.removeFirst()
        }
        return file
    }

    private func path(_ number: Int64) -> String { Self.path(number, in: folder) }

    static func path(_ number: Int64, in folder: String) -> String {
        let digits = String(number)
        return "\(folder)/\(String(repeating: "0", count: max(0, 12 - digits.count)))\(digits).segment"
    }

    private static func number(of name: String) -> Int64? {
        name.hasSuffix(".segment") ? Int64(name.dropLast(".segment".count)) : nil
    }
}

/// How large segment files are, and how much of a store is kept in memory.
public struct SegmentOptions: Sendable {
    /// A segment takes no further record past this size, in bytes.
    public var segmentBytes = 64 << 20
    /// How much space is reserved ahead at a time, in bytes.
    public var reservedBytes = 8 << 20
    /// How many files may be open for reading.
    public var openFiles = 32
    /// How many bytes of the records that were appended last stay in memory.
    public var recentBytes = 4 << 20
    /// The bound of the page cache of the rows beside them, in KiB.
    public var pageCacheKibibytes = 4_096

    /// The defaults.
    public init() {}
}
