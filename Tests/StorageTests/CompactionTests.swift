import Foundation
import Testing

@testable import Storage

@Suite("A database that is written anew")
struct CompactionTests {
    let folder = TemporaryFolder()

    private func open() throws -> SQLDatabase {
        var options = SQLDatabase.Options()
        options.busyTimeout = 0.05
        return try SQLDatabase(path: folder.path("test.sqlite"), options: options)
    }

    private func filled() throws -> SQLDatabase {
        let database = try open()
        try database.write { sql in
            try sql.execute("CREATE TABLE notes (text TEXT)")
            for number in 1...2_000 {
                try sql.execute("INSERT INTO notes VALUES (?)", [.text("Secours n° \(number) à Mirabelle Quenotte")])
            }
            try sql.execute("DELETE FROM notes")
        }
        return database
    }

    private func bytes() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).reduce(0) { sum, name in
            sum + (try Data(contentsOf: URL(fileURLWithPath: folder.path(name))).count)
        }
    }

    @Test("It waits until another program that writes has ended, and gives the space back")
    func busy() throws {
        let (database, other) = (try filled(), try open())
        let (begun, wanted) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let ended = DispatchSemaphore(value: 0)
        Thread {
            try? other.write { sql in
                try sql.execute("INSERT INTO notes VALUES ('x')")
                begun.signal()
                wanted.wait()
            }
            ended.signal()
        }.start()
        begun.wait()
        #expect(throws: StorageError.busy(path: database.path)) { try database.compact() }
        var pauses = 0
        try database.compact(patience: .seconds(3_600)) {
            pauses += 1
            wanted.signal()
            ended.wait()
        }
        #expect(try pauses == 1 && bytes() < 100_000)
    }

    @Test("Without room for the copies nothing is begun, and the place that lacks it is named")
    func room() throws {
        let database = try filled()
        do {
            try database.requireRoomToCompact { _ in 5 }
            Issue.record("5 bytes were enough")
        } catch StorageError.noRoom(let path, _, let needed, let free) {
            #expect(path == database.path && needed > 4_096 && free == 5)
        }
        try database.requireRoomToCompact { _ in nil }
        try database.requireRoomToCompact()
    }
}
