import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("The queue's own time", .onEveryEngine)
struct ClockTests {
    private func saved(_ store: QueueStore) throws -> Int? {
        try store.store.database.read { sql in
            try sql.first("SELECT value FROM settings WHERE name = 'clock'") { Int(try $0.text(0)) } ?? nil
        }
    }

    private func time(_ milliseconds: Int) -> OperationTime {
        OperationTime(wallSeconds: 1_700_000_000, queueMilliseconds: milliseconds)
    }

    @Test("It is saved with the unit after one that was undone")
    func undone() throws {
        let queue = try QueueHarness()
        let store = queue.store
        struct Undone: Error {}
        #expect(throws: Undone.self) {
            try store.store.write { transaction in
                _ = try store.execute([.count(ages: false)], at: time(5_000), in: transaction)
                throw Undone()
            }
        }
        _ = store.committed(try store.store.write { try store.execute([.count(ages: false)], at: time(5_100), in: $0) })
        #expect(try saved(store) == 5_100)
    }

    @Test("It is saved about once a second and not with every unit")
    func seldom() throws {
        let queue = try QueueHarness()
        for milliseconds in [5_000, 5_400, 5_999, 6_000, 6_500] {
            _ = queue.store.committed(
                try queue.store.store.write {
                    try queue.store.execute([.count(ages: false)], at: time(milliseconds), in: $0)
                })
            #expect(try saved(queue.store) == (milliseconds < 6_000 ? 5_000 : 6_000))
        }
    }
}
