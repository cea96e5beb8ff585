import Foundation
import Testing

@testable import Storage

@Suite("Rows and segments")
struct StoreTests {
    let temporary = TemporaryFolder()

    private static let migrations = [
        Migration(version: 1, statements: ["CREATE TABLE notes (key BIGINT PRIMARY KEY, reference TEXT)"])
    ]

    private func open(_ options: SegmentOptions = SegmentOptions()) throws -> Store {
        try Store(
            folder: DataFolder(path: temporary.path), name: "queue", migrations: Self.migrations, options: options)
    }

    private var small: SegmentOptions {
        var options = SegmentOptions()
        options.segmentBytes = 4096
        options.reservedBytes = 1024
        return options
    }

    private func keep(_ store: Store, _ key: Int, _ bytes: [UInt8]) throws -> SegmentReference {
        try store.write { transaction in
            let reference = try transaction.append(ByteArray(bytes))
            try transaction.sql.execute(
                "INSERT INTO notes VALUES (?, ?)", [.integer(key), .text(reference.description)])
            return reference
        }
    }

    private func segmentFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: temporary.path("queue.segments")).sorted()
    }

    @Test(
        "The checksum is xxHash64",
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B),
            ("abc", 0x44BC_2CF5_AD77_0999),
        ] as [(String, UInt64)])
    func checksum(text: String, expected: UInt64) {
        #expect(Array(text.utf8).withUnsafeBytes { XXH64.hash($0, seed: 0) } == expected)
    }

    @Test("A checksum changes with any byte, of any length")
    func checksumOfLengths() {
        for length in 1...100 {
            let bytes = (0..<length).map { UInt8($0) }
            var changed = bytes
            changed[length / 2] ^= 1
            #expect(
                bytes.withUnsafeBytes { XXH64.hash($0, seed: 9) } != changed.withUnsafeBytes { XXH64.hash($0, seed: 9) }
            )
        }
    }

    @Test("Records of any size come back, also after reopening")
    func records() throws {
        let contents = [[], [1], [UInt8](repeating: 7, count: 3000), [UInt8](repeating: 8, count: 20_000)]
        let references = try {
            let store = try open(small)
            return try contents.enumerated().map { try keep(store, $0.offset, $0.element) }
        }()
        let store = try open(small)
        let read = try store.write { transaction in try references.map { try transaction.read($0) } }
        #expect(read == contents)
        let more = try keep(store, 99, [5, 5])
        #expect(try store.write { try $0.read(more) } == [5, 5])
        #expect(try store.write { try $0.read(references[3]) } == contents[3])
    }

    @Test("A segment goes when nothing refers to it, and not before")
    func deletion() throws {
        let store = try open(small)
        let references = try (0..<6).map { try keep(store, $0, [UInt8](repeating: UInt8($0), count: 1500)) }
        let before = try segmentFiles()
        #expect(before.count == 3)
        try store.write { $0.release(references[0]) }
        #expect(try segmentFiles() == before)
        try store.write { $0.release(references[1]) }
        #expect(try segmentFiles() == Array(before.dropFirst()))
        #expect(try store.write { try $0.read(references[2]) } == [UInt8](repeating: 2, count: 1500))
    }

    @Test("What was written without a commit is overwritten, and nothing committed is touched")
    func tornTail() throws {
        let kept = try {
            let store = try open()
            let kept = try keep(store, 1, [1, 2, 3])
            #expect(throws: StorageError.self) {
                try store.write { transaction in
                    _ = try transaction.append(ByteArray([UInt8](repeating: 9, count: 500)))
                    throw StorageError.closed(reason: "crash")
                }
            }
            return kept
        }()
        let store = try open()
        let next = try keep(store, 2, [4, 5])
        #expect(next.offset == kept.offset + 16 + 3)
        #expect(try store.write { [try $0.read(kept), try $0.read(next)] } == [[1, 2, 3], [4, 5]])
    }

    @Test("A segment begun by a unit that is undone is gone with it, and a restart overwrites nothing that was kept")
    func rotationUndone() throws {
        struct Failure: Error {}
        let kept = try {
            let store = try open(small)
            _ = try keep(store, 1, [UInt8](repeating: 1, count: 1_000))
            let kept = try store.batch { runner in
                let kept = try runner { try $0.append(ByteArray([UInt8](repeating: 2, count: 1_000))) }
                #expect(throws: Failure.self) {
                    try runner { unit in
                        _ = try unit.append(ByteArray([UInt8](repeating: 3, count: 3_000)))
                        throw Failure()
                    }
                }
                return kept
            }
            #expect(try segmentFiles().count == 1)
            return kept
        }()
        let store = try open(small)
        _ = try keep(store, 2, [UInt8](repeating: 4, count: 1_500))
        #expect(try store.write { try $0.read(kept) } == [UInt8](repeating: 2, count: 1_000))
    }

    /// Every segment's file as a backup copies it: no further than its row says.
    private func cutCopies(_ store: Store) throws -> [Int64: Int] {
        Dictionary(
            uniqueKeysWithValues: try store.database.segmentFiles().map { file in
                (try #require(Int64(file.name.dropLast(".segment".count))), file.bytes)
            })
    }

    @Test("A batch that goes on in another segment leaves the row of each saying where its records end")
    func endsAtRollover() throws {
        let store = try open(small)
        _ = try keep(store, 0, [UInt8](repeating: 7, count: 500))
        let references = try store.write { transaction in
            try (0..<7).map { try transaction.append(ByteArray([UInt8](repeating: UInt8($0), count: 1_500))) }
        }
        #expect(Set(references.map(\.segment)).count == 4)
        let ends = try cutCopies(store)
        for (segment, records) in Dictionary(grouping: references, by: \.segment) {
            #expect(ends[segment] == records.map { Int($0.offset) + 16 + $0.length }.max())
        }
    }

    @Test("A row that a former version left short is set right when the store is opened")
    func shortRow() throws {
        let references = try {
            let store = try open(small)
            let references = try store.write { transaction in
                try (0..<5).map { try transaction.append(ByteArray([UInt8](repeating: UInt8($0), count: 1_500))) }
            }
            try store.database.write { try $0.execute("UPDATE segments SET written = 0 WHERE number < 3") }
            return references
        }()
        let store = try open(small)
        let ends = try cutCopies(store)
        for reference in references {
            #expect(try #require(ends[reference.segment]) >= Int(reference.offset) + 16 + reference.length)
        }
        #expect(try store.database.shortSegments(in: temporary.path("queue.segments")).isEmpty)
        let file = try #require(FileHandle(forWritingAtPath: temporary.path("queue.segments/000000000001.segment")))
        try file.truncate(atOffset: 1_600)
        try file.close()
        #expect(try store.database.shortSegments(in: temporary.path("queue.segments")).count == 1)
    }

    @Test("A segment begun by a batch whose commit fails stays until the store is opened: its rows may be there")
    func segmentOfDoubtfulCommit() throws {
        let before = try {
            let store = try open(small)
            _ = try keep(store, 1, [UInt8](repeating: 1, count: 3_000))
            #expect(throws: StorageError.self) {
                try store.batch { runner in
                    _ = try runner { try $0.append(ByteArray([UInt8](repeating: 2, count: 3_000))) }
                    throw StorageError.inputOutput(operation: "fsync", path: "queue.sqlite-wal", errno: EIO)
                }
            }
            let before = try segmentFiles()
            let next = try keep(store, 2, [UInt8](repeating: 3, count: 3_000))
            #expect(next.segment == 3)
            return before
        }()
        #expect(before.count == 2)
        _ = try open(small)
        #expect(try segmentFiles() == ["000000000001.segment", "000000000003.segment"])
    }

    @Test("What an undone unit appended is not recalled in the place of what follows it")
    func recallAfterUndoneUnit() throws {
        struct Failure: Error {}
        let store = try open()
        let (first, second) = try store.batch { runner in
            let first = try runner { try $0.append(ByteArray([1, 1, 1])) }
            #expect(throws: Failure.self) {
                try runner { unit in
                    _ = try unit.append(ByteArray([2, 2, 2]))
                    throw Failure()
                }
            }
            return (first, try runner { try $0.append(ByteArray([3, 3, 3])) })
        }
        #expect(second.offset == first.offset + 16 + 3)
        #expect(try store.write { try $0.recall(second).withUnsafeBytes { Array($0) } } == [3, 3, 3])
        #expect(try store.write { [try $0.read(first), try $0.read(second)] } == [[1, 1, 1], [3, 3, 3]])
    }

    @Test("A file that cannot be read is no damage; one that is gone is")
    func unreadable() throws {
        let references = try {
            let store = try open(small)
            return try (0..<3).map { try keep(store, $0, [UInt8](repeating: UInt8($0), count: 3_000)) }
        }()
        let path = temporary.path("queue.segments/" + (try segmentFiles()[0]))
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        let store = try open(small)
        #expect {
            try store.write { try $0.read(references[0]) }
        } throws: { error in
            if case .damagedRecord = error as? StorageError { true } else { false }
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect {
            try store.write { try $0.read(references[0]) }
        } throws: { error in
            if case .unreadableRecord(references[0].segment, _, _) = error as? StorageError { true } else { false }
        }
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
        #expect(try store.write { try $0.read(references[0]) } == [UInt8](repeating: 0, count: 3_000))
    }

    @Test("A flipped bit is a typed error that names segment and offset")
    func damage() throws {
        let store = try open()
        let reference = try keep(store, 1, [UInt8](repeating: 1, count: 100))
        let sound = try keep(store, 2, [2])
        let path = temporary.path("queue.segments/\(try segmentFiles()[0])")
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try handle.seek(toOffset: UInt64(reference.offset) + 40)
        try handle.write(contentsOf: Data([0x81]))
        try handle.close()
        #expect {
            try store.write { try $0.read(reference) }
        } throws: { error in
            guard case .damagedRecord(let segment, let offset, _) = error as? StorageError else { return false }
            return segment == reference.segment && offset == reference.offset
        }
        #expect(try store.write { try $0.read(sound) } == [2])
    }

    @Test("What was just appended is recalled from memory; what was long ago, from the checked file")
    func recall() throws {
        var options = SegmentOptions()
        options.recentBytes = 2 * 10_000
        let store = try open(options)
        let bodies = (1...3).map { [UInt8](repeating: UInt8($0), count: 9_000) }
        let references = try bodies.enumerated().map { try keep(store, $0.offset, $0.element) }
        try damageFile(at: references[0])
        try damageFile(at: references[2])
        func recalled(_ index: Int) throws -> [UInt8] {
            try store.write { try $0.recall(references[index]).withUnsafeBytes { Array($0) } }
        }
        #expect(try recalled(2) == bodies[2])
        #expect(try recalled(1) == bodies[1])
        #expect(throws: StorageError.self) { _ = try recalled(0) }
    }

    @Test("A failed batch leaves nothing in memory, as its places are written again")
    func recallAfterFailure() throws {
        struct Failure: Error {}
        let store = try open()
        var lost: SegmentReference?
        #expect(throws: Failure.self) {
            try store.write { transaction in
                lost = try transaction.append(ByteArray([1, 2, 3]))
                throw Failure()
            }
        }
        let kept = try keep(store, 1, [4, 5, 6])
        #expect(try store.write { try $0.recall(kept).withUnsafeBytes { Array($0) } } == [4, 5, 6])
        #expect(lost != nil)
    }

    @Test("Recent records stay within their bound, small ones counting for more than they have")
    func recentBound() {
        var recent = RecentRecords(limit: 100_000)
        for number in 1...5_000 {
            let length = [10, 9_000, 50_000, 200_000][number % 4]
            let reference = SegmentReference(segment: 1, offset: Int64(number), length: length)
            recent.add(ByteArray([]), at: reference)
            #expect(recent.cost <= 100_000 && (recent[reference] != nil) == (length <= 100_000))
        }
    }

    private func damageFile(at reference: SegmentReference) throws {
        let path = temporary.path("queue.segments/" + (try segmentFiles()[0]))
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: UInt64(reference.offset) + 100)
        try file.write(contentsOf: Data([0xFF]))
        try file.close()
    }

    @Test("While a backup copies the files nothing is taken out of them; the next batch after it does")
    func backup() throws {
        let store = try open(small)
        let bytes = [UInt8](repeating: 0x61, count: 600)
        let references = try (1...20).map { try keep(store, $0, bytes) }
        func stored() throws -> Int {
            try segmentFiles().reduce(0) { count, name in
                let path = temporary.path("queue.segments/\(name)")
                return count + (try Data(contentsOf: URL(fileURLWithPath: path)).count { $0 == 0x61 })
            }
        }
        let lock = try BackupLock(copying: temporary.path("queue.segments"))
        try withExtendedLifetime(lock) {
            try store.write { transaction in references.dropLast().forEach(transaction.erase) }
            try store.write { _ in }
            #expect(try stored() >= 20 * 600 && segmentFiles().count > 1)
        }
        _ = consume lock
        try store.write { _ in }
        #expect(try stored() < 2 * 600 && segmentFiles().count == 1)
    }

    @Test("A reference beyond the file, or into the middle of a record, is damage")
    func wrongReference() throws {
        let store = try open()
        let reference = try keep(store, 1, [UInt8](repeating: 1, count: 100))
        for (offset, length) in [(reference.offset + 8, 40), (1 << 40, 10), (reference.offset, 99)] {
            let wrong = SegmentReference(segment: reference.segment, offset: offset, length: length)
            #expect(throws: StorageError.self) { try store.write { try $0.read(wrong) } }
        }
    }

    @Test("References read back from their text, and nothing else does")
    func references() {
        let reference = SegmentReference(segment: 3, offset: 1_048_576, length: 28_287)
        #expect(SegmentReference(reference.description) == reference)
        for text in ["", "1/2", "1/2/3/4", "0/2/3", "1/-2/3", "a/2/3", "1//3"] {
            #expect(SegmentReference(text) == nil)
        }
    }
}
