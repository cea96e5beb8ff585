import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("Copies of a queue", .enabled(if: PostgreSQLServer.programs != nil))
struct CopyTests {
    let worker = Peer("worker")

    private func onServer<Result>(_ body: () throws -> Result) throws -> Result {
        let server = try #require(PostgreSQLServer.shared)
        return try TestEngine.$current.withValue(.postgreSQL(server)) { try body() }
    }

    /// A queue with documents in several states.
    private func filled() throws -> QueueHarness {
        let queue = try QueueHarness()
        for number in 1...120 { queue.submit(number, source: "source-\(number % 3)") }
        queue.ready(worker, .ingest, credit: 3)
        try queue.settle()
        let jobs = queue.jobs(worker)
        queue.done(jobs[0], from: worker, results: [[1, 2, 3], QueueHarness.document(1)])
        queue.failed(jobs[1], from: worker, retry: false)
        try queue.settle()
        return queue
    }

    @Test("To PostgreSQL and back: every row and every record, and the broker goes on")
    func thereAndBack() throws {
        let source = try filled()
        let server = try onServer { try QueueHarness(isOpen: false) }
        let rows = try QueueCopy(from: source.store, to: server.store).run()
        #expect(rows > 120)
        let back = try QueueHarness(isOpen: false)
        #expect(try QueueCopy(from: server.store, to: back.store).run() == rows)
        for copy in [server, back] {
            try copy.crash()
            copy.ready(worker, .validate, credit: 1)
            try copy.settle()
            #expect(copy.take(worker).compactMap { if case .job = $0.message { $0.payload } else { nil } }.count == 1)
            copy.submit(121)
            try copy.settle()
            #expect(try copy.state(121) == .waiting)
        }
    }

    @Test(
        "What is done after a copy from PostgreSQL stands behind what was done there, in the history and in the trail")
    func order() throws {
        let server = try onServer { try QueueHarness() }
        let act = DocumentAct(id: QueueHarness.id(1), by: "Paule", why: "à voir")
        server.submit(1)
        try server.settle()
        server.feed(.message(worker, .hold(act), payload: []))
        try server.settle()
        try server.store.store.database.write { try $0.execute("DELETE FROM brokers") }
        let back = try QueueHarness(isOpen: false)
        _ = try QueueCopy(from: server.store, to: back.store).run()
        try back.crash()
        back.feed(.message(worker, .release(act), payload: []))
        try back.settle()
        try back.crash()
        back.feed(.message(worker, .hold(act), payload: []))
        try back.settle()
        let lines = try back.store.store.database.read { sql in
            try sql.query("SELECT document, what FROM history ORDER BY document, position") {
                (try $0.integer(0), try $0.text(1))
            }
        }
        for document in Set(lines.map(\.0)) {
            let acts = lines.filter { $0.0 == document && ["held", "released"].contains($0.1) }.map(\.1)
            #expect(acts == ["held", "released", "held"])
        }
    }

    @Test("A copy that was interrupted goes on; a store that holds something else is refused")
    func resumed() throws {
        let source = try filled()
        let server = try onServer { try QueueHarness(isOpen: false) }
        struct Interruption: Error {}
        var tables = 0
        #expect(throws: Interruption.self) {
            try QueueCopy(from: source.store, to: server.store).run { _ in
                tables += 1
                if tables == 2 { throw Interruption() }
            }
        }
        let other = try filled()
        #expect(throws: CopyError.self) { try QueueCopy(from: other.store, to: server.store).run() }
        let path = server.store.store.database.path
        #expect(throws: CopyError.underWay(store: path)) { _ = try server.store.open() }
        #expect(try QueueCopy(from: source.store, to: server.store).run() > 120)
        #expect(throws: CopyError.notEmpty(target: path)) {
            try QueueCopy(from: source.store, to: server.store).run()
        }
        #expect(try server.store.open().incarnation > 0)
    }
}
