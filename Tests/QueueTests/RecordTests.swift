import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("Records that cannot be handed on", .onEveryEngine)
struct RecordTests {
    let worker = Peer("worker")

    @Test("A record that is damaged holds its document; the others are served")
    func damage() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.submit(2)
        try queue.settle()
        try queue.store.store.database.write {
            try $0.execute("UPDATE documents SET body = '1/4000/10' WHERE name = 'n1.txt'")
        }
        queue.ready(worker, .ingest, credit: 2)
        try queue.settle()
        #expect(try queue.state(1) == .held)
        #expect(queue.jobs(worker).map(\.id) == [QueueHarness.id(2)])
    }

    @Test("A record that cannot be read now delays its document, without a failure; later it is served")
    func unreadable() throws {
        let queue = try QueueHarness()
        // A table's records are read with the rows that name them, or not at all.
        guard queue.engine.isSQLite else { return }
        queue.submit(1)
        try queue.settle()
        let body = try #require(
            try queue.store.store.database.read {
                try $0.first("SELECT body FROM documents") { try $0.text(0) }
            })
        let blocked = queue.temporary + "/queue.segments/000000000007.segment"
        try FileManager.default.createDirectory(atPath: blocked, withIntermediateDirectories: false)
        func setBody(_ text: String) throws {
            try queue.store.store.database.write { try $0.execute("UPDATE documents SET body = ?", [.text(text)]) }
        }
        try setBody("7/0/10")
        queue.ready(worker, .ingest)
        try queue.settle()
        #expect(try queue.state(1) == .delayed && queue.jobs(worker).isEmpty)
        let code = try queue.store.store.database.read { try DocumentRow.find(QueueHarness.id(1), $0)?.outcome.code }
        #expect(code == "unreadable-record")
        try setBody(body)
        queue.advance(queue.settings.unreadableDelay + 1_000, alive: [worker])
        try queue.settle()
        #expect(queue.jobs(worker).map(\.attempt) == [1])
    }
}
