import Foundation
import GreffierProtocol
import Locks
import Testing

@testable import Pushing

/// A folder of a test, and a clock that only the test moves: waiting moves it too.
private final class TestFiles {
    let path: String
    let time = Lock(1_700_000_000_000)
    let onWait = Lock<[@Sendable () -> Void]>([])

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var clock: FileClock {
        FileClock { [time] in
            time.withLock { $0 }
        } wait: { [time, onWait] milliseconds in
            time.withLock { $0 += milliseconds }
            for action in onWait.withLock({ $0 }) { action() }
        }
    }

    func write(_ name: String, _ text: String, age: Int) throws {
        let file = path + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try touch(name, age: age)
    }

    func touch(_ name: String, age: Int) throws {
        let modified = Date(timeIntervalSince1970: Double(time.withLock { $0 } - age) / 1_000)
        try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: path + "/" + name)
    }

    func names(_ folder: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? [])
            .filter { !$0.hasPrefix(".") && $0 != "done" && $0 != "refused" }.sorted()
    }
}

@Suite("Folders that are pushed")
struct FolderTests {
    private let files: TestFiles

    init() throws { files = try TestFiles() }

    @Test("A file that is still written to is waited for from its first refusal on, however long the run has lasted")
    func patience() throws {
        try files.write("a.txt", "un", age: 10_000)
        try files.write("b.txt", "deux", age: 10_000)
        var queue = try PushQueue(paths: [files.path], journal: nil, clock: files.clock)
        let first = try queue.next()
        #expect(first?.name == "a.txt")
        // Much later somebody writes to the other, and stops soon.
        files.time.withLock { $0 += 3_600_000 }
        try files.write("b.txt", "deux mots", age: 0)
        let document = try queue.next()
        #expect(document?.bytes == Array("deux mots".utf8))
        #expect(queue.unreadable.isEmpty)
    }

    @Test("A file that is written to for ever is given up after a minute, one that goes away at once")
    func givenUp() throws {
        try files.write("a.txt", "un", age: 0)
        try files.write("b.txt", "deux", age: 0)
        var queue = try PushQueue(paths: [files.path], journal: nil, clock: files.clock)
        let begun = files.time.withLock { $0 }
        let (path, time) = (files.path, files.time)
        files.onWait.withLock { actions in
            actions = [
                {
                    try? FileManager.default.removeItem(atPath: path + "/b.txt")
                    let now = Date(timeIntervalSince1970: Double(time.withLock { $0 }) / 1_000)
                    try? FileManager.default.setAttributes([.modificationDate: now], ofItemAtPath: path + "/a.txt")
                }
            ]
        }
        let last = try queue.next()
        #expect(last == nil)
        #expect(queue.unreadable.map(\.path).map { URL(fileURLWithPath: $0).lastPathComponent } == ["b.txt", "a.txt"])
        #expect((60_000...62_000).contains(files.time.withLock { $0 } - begun))
    }

    @Test("A watched file that vanishes before its receipt is nobody's loss; the others are moved")
    func vanishes() throws {
        try files.write("a.txt", "un", age: 10_000)
        try files.write("b.txt", "deux", age: 10_000)
        var watched = try WatchedFolder(path: files.path, settleMilliseconds: 100, clock: files.clock)
        let isReady = watched.hasSettledFiles()
        #expect(isReady)
        let documents = [try watched.next(), try watched.next()].compactMap(\.self)
        try #require(documents.count == 2)
        try FileManager.default.removeItem(atPath: files.path + "/a.txt")
        try watched.finished(documents[0], .accepted)
        try watched.finished(documents[1], .refused(Refused(code: .wrongSize, message: "")))
        #expect(files.names("done") == [] && files.names("refused") == ["b.txt", "b.txt.reason.txt"])
        #expect(watched.hasNothingLeft)
    }

    @Test("A watched file that cannot be read is named and waited for by nobody, until it can be read")
    func unreadable() throws {
        struct Denied: Error {}
        try files.write("a.txt", "un", age: 10_000)
        let isDenied = Lock(true)
        var watched = try WatchedFolder(path: files.path, settleMilliseconds: 100, clock: files.clock) { file in
            if isDenied.withLock({ $0 }) { throw Denied() }
            return try file.readUnchanged()
        }
        let isReady = watched.hasSettledFiles()
        #expect(isReady && !watched.hasNothingLeft)
        let nothing = try watched.next()
        #expect(nothing == nil && watched.hasNothingLeft)
        #expect(watched.unreadable.keys.map { URL(fileURLWithPath: $0).lastPathComponent } == ["a.txt"])
        isDenied.withLock { $0 = false }
        let isSettled = watched.hasSettledFiles()
        let document = try watched.next()
        #expect(isSettled && document?.name == "a.txt" && watched.unreadable.isEmpty)
    }
}
