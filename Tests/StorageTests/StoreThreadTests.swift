import Foundation
import Locks
import Testing

@testable import Storage

@Suite("Group commit")
struct StoreThreadTests {
    let temporary = TemporaryFolder()

    private func open() throws -> Store {
        try Store(
            folder: DataFolder(path: temporary.path), name: "queue",
            migrations: [Migration(version: 1, statements: ["CREATE TABLE notes (key BIGINT PRIMARY KEY)"])])
    }

    private func keys(_ store: Store) throws -> [Int64] {
        try store.database.read { try $0.query("SELECT key FROM notes ORDER BY key") { try $0.integer(0) } }
    }

    @Test("Completions come in order, after the commit, and a unit that throws is undone alone")
    func order() throws {
        let store = try open()
        let thread = StoreThread(store: store)
        let seen = Lock<[String]>([])
        for key in [1, 2, 2, 3] {
            thread.submit { transaction in
                try transaction.sql.execute("INSERT INTO notes VALUES (?)", [.integer(key)])
            } completion: { result in
                let text = (try? result.get()) == nil ? "failed" : "kept \(key)"
                seen.withLock { $0.append(text) }
            }
        }
        thread.stop()
        #expect(seen.withLock { $0 } == ["kept 1", "kept 2", "failed", "kept 3"])
        #expect(try keys(store) == [1, 2, 3])
    }

    @Test("After a busy batch the next one gathers what comes soon")
    func gathering() throws {
        let store = try open()
        let batches = Lock(0)
        var limits = StoreThread.Limits()
        limits.busyOperations = 2
        limits.gatherMicroseconds = 1_000_000
        let thread = StoreThread(store: store, limits: limits) { batches.withLock { $0 += 1 } }
        func submit(_ key: Int, operations: Int) -> DispatchSemaphore {
            let ended = DispatchSemaphore(value: 0)
            thread.submit(operations: operations) { transaction in
                try transaction.sql.execute("INSERT INTO notes VALUES (?)", [.integer(key)])
            } completion: { _ in
                ended.signal()
            }
            return ended
        }
        // A batch is counted after its completions, so only the end of the thread settles the count.
        submit(1, operations: 2).wait()
        for ended in (2...20).map({ submit($0, operations: 1) }) { ended.wait() }
        submit(21, operations: 1).wait()
        submit(22, operations: 1).wait()
        thread.stop()
        #expect(batches.withLock { $0 } == 4)
        #expect(try keys(store).count == 22)
    }

    @Test("What waits while the thread is busy goes into one batch")
    func grouping() throws {
        let store = try open()
        let batches = Lock(0)
        let thread = StoreThread(store: store) { batches.withLock { $0 += 1 } }
        let gate = DispatchSemaphore(value: 0)
        let entered = DispatchSemaphore(value: 0)
        thread.submit { _ in
            entered.signal()
            gate.wait()
        } completion: { _ in
        }
        entered.wait()
        for key in 0..<100 {
            thread.submit { transaction in
                try transaction.sql.execute("INSERT INTO notes VALUES (?)", [.integer(key)])
            } completion: { _ in
            }
        }
        gate.signal()
        thread.stop()
        #expect(batches.withLock { $0 } == 2)
        #expect(try keys(store).count == 100)
    }

    @Test("After a failure of the disk the batch is undone and nothing more is taken")
    func diskFailure() throws {
        let store = try open()
        let thread = StoreThread(store: store)
        let seen = Lock<[Bool]>([])
        thread.submit { transaction in
            try transaction.sql.execute("INSERT INTO notes VALUES (1)")
            throw StorageError.inputOutput(operation: "fdatasync", path: "x", errno: EIO)
        } completion: { result in
            seen.withLock { $0.append((try? result.get()) != nil) }
        }
        let done = DispatchSemaphore(value: 0)
        thread.submit { _ in
        } completion: { _ in
            done.signal()
        }
        done.wait()
        thread.submit { transaction in
            try transaction.sql.execute("INSERT INTO notes VALUES (2)")
        } completion: { result in
            seen.withLock { $0.append((try? result.get()) != nil) }
        }
        thread.stop()
        #expect(seen.withLock { $0 } == [false, false])
        #expect(try keys(store).isEmpty)
    }

    @Test("A full disk undoes the batch; once there is space again, work goes on")
    func diskFull() throws {
        let store = try open()
        let thread = StoreThread(store: store)
        let seen = Lock<[Bool]>([])
        for full in [true, false] {
            let done = DispatchSemaphore(value: 0)
            thread.submit { transaction in
                try transaction.sql.execute("INSERT INTO notes VALUES (1)")
                if full { throw StorageError.diskFull(path: "x") }
            } completion: { result in
                seen.withLock { $0.append((try? result.get()) != nil) }
                done.signal()
            }
            done.wait()
        }
        thread.stop()
        #expect(seen.withLock { $0 } == [false, true])
        #expect(try keys(store) == [1])
    }

    @Test("After stop a unit is refused at once")
    func stopped() throws {
        let thread = StoreThread(store: try open())
        thread.stop()
        let refused = Lock(false)
        thread.submit { _ in
        } completion: { result in
            if case .failure = result { refused.withLock { $0 = true } }
        }
        #expect(refused.withLock { $0 })
    }
}
