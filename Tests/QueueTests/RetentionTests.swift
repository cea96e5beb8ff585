import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("How long bytes are kept", .onEveryEngine)
struct RetentionTests {
    let worker = Peer("worker")
    private let day = 86_400_000

    private func queue(days: Int = 2) throws -> QueueHarness {
        var settings = QueueHarness.quick
        settings.retention = days * 86_400
        return try QueueHarness(settings: settings)
    }

    /// Lets a document end: registered, or refused at its first stage.
    private func end(_ number: Int, refused: Bool = false, _ queue: QueueHarness) throws {
        queue.submit(number)
        for stage in Stage.allCases {
            let peer = Peer("worker of \(stage.rawValue)")
            queue.ready(peer, stage, process: stage.jobFrames)
            try queue.settle()
            for job in queue.jobs(peer) {
                if refused { queue.failed(job, from: peer, retry: false) } else { queue.done(job, from: peer) }
            }
            try queue.settle()
            queue.feed(.message(peer, .bye(Bye(reason: "done")), payload: []))
        }
        _ = queue.take(Peer("pusher"))
    }

    /// Lets days pass at once, on both clocks, and the broker look what is to go.
    private func pass(days: Int, _ queue: QueueHarness) throws {
        queue.milliseconds += days * day
        queue.feed(.tick(listening: true))
        try queue.settle()
    }

    private func records(_ number: Int, _ queue: QueueHarness) throws -> Int {
        try queue.store.store.database.read { sql in
            try sql.first(
                "SELECT body, extract, converted, report FROM documents WHERE id = ?",
                [.blob(QueueHarness.id(number).digest.bytes)]
            ) { row in try (0..<4).count { try row.optionalText($0) != nil } } ?? 0
        }
    }

    private func uses(_ queue: QueueHarness) throws -> Int {
        try queue.store.store.database.read { sql in
            try sql.first("SELECT CAST(COALESCE(SUM(uses), 0) AS BIGINT) FROM \(sql.recordTable)") {
                Int(try $0.integer(0))
            } ?? 0
        }
    }

    @Test("What has ended loses its bytes after its time, and only then; its id stays known")
    func purge() throws {
        let queue = try queue()
        try end(1, queue)
        try pass(days: 1, queue)
        #expect(try records(1, queue) == 4)
        try end(2, queue)
        try pass(days: 1, queue)
        #expect(try records(1, queue) == 4)
        queue.milliseconds += 120_000
        try pass(days: 0, queue)
        #expect(try records(1, queue) == 0 && records(2, queue) == 4)
        #expect(try uses(queue) == 4)
        queue.submit(1)
        try queue.settle()
        let answers = queue.take(Peer("pusher")).map(\.message)
        #expect(answers == [.known(Known(id: QueueHarness.id(1), state: .registered, request: 1))])
    }

    @Test("What is held or has not ended is never purged")
    func unended() throws {
        let queue = try queue()
        queue.submit(1)
        queue.submit(2)
        try queue.settle()
        let act = DocumentAct(id: QueueHarness.id(1), by: "Paule", why: "à voir")
        queue.feed(.message(worker, .hold(act), payload: []))
        try queue.settle()
        try pass(days: 400, queue)
        #expect(try records(1, queue) == 1 && records(2, queue) == 1)
        #expect(try queue.state(1) == .held && queue.state(2) == .waiting)
    }

    @Test("A purged document that was refused is begun again only with its bytes")
    func again() throws {
        let queue = try queue()
        try end(1, refused: true, queue)
        try pass(days: 3, queue)
        #expect(try records(1, queue) == 0)
        queue.feed(.message(worker, .retry(DocumentAct(id: QueueHarness.id(1), by: "Paule", request: 9)), payload: []))
        try queue.settle()
        guard case .refused(let refused)? = queue.take(worker).last?.message else {
            Issue.record("a retry without bytes was not refused")
            return
        }
        #expect(refused.code == .wrongState && refused.request == 9 && "\(refused.message)".contains("push it again"))
        queue.submit(1)
        try queue.settle()
        #expect(try records(1, queue) == 0)
        queue.submit(1, again: true)
        try queue.settle()
        #expect(try queue.state(1) == .waiting && records(1, queue) == 1)
        queue.ready(worker, .ingest)
        try queue.settle()
        let payload = queue.take(worker).last { if case .job = $0.message { true } else { false } }?.payload
        #expect(payload == [QueueHarness.document(1)])
    }

    @Test("However much is to go, it goes in small batches")
    func batches() throws {
        let queue = try queue()
        for number in 1...230 { queue.submit(number) }
        try queue.settle()
        try queue.store.store.database.write { try $0.execute("UPDATE documents SET state = 'dropped'") }
        func left() throws -> Int {
            try queue.store.store.database.read {
                try $0.first("SELECT COUNT(*) FROM documents WHERE body IS NOT NULL") { Int(try $0.integer(0)) } ?? 0
            }
        }
        try pass(days: 3, queue)
        #expect(try left() == 130)
        queue.feed(.tick(listening: true))
        try queue.settle()
        #expect(try left() == 130)
        for expected in [30, 0, 0] {
            queue.milliseconds += 600
            queue.feed(.tick(listening: true))
            try queue.settle()
            #expect(try left() == expected)
        }
        #expect(try uses(queue) == 0)
    }

    @Test("A clock that was set forward purges nothing for a day")
    func clockStep() throws {
        let queue = try queue()
        try end(1, queue)
        var machine = queue.machine
        func asksToPurge(monotonic: Int, wall: Int) -> Bool {
            let now = Moment(
                monotonic: MonotonicTime(milliseconds: queue.milliseconds + monotonic),
                wallSeconds: queue.now.wallSeconds + wall)
            return machine.handle([.tick(listening: false)], now: now).contains {
                guard case .store(let ticket, let operation) = $0 else { return false }
                machine.pending[ticket] = nil
                machine.isPurging = false
                if case .purge = operation { return true } else { return false }
            }
        }
        #expect(!asksToPurge(monotonic: 120_000, wall: 30 * 86_400))
        #expect(!asksToPurge(monotonic: 3_600_000, wall: 30 * 86_400 + 3_480))
        #expect(asksToPurge(monotonic: 87_000_000, wall: 30 * 86_400 + 86_880))
    }

    /// A host that is switched on for so many hours, and off until the next day.
    private func switchOn(hours: Int, _ queue: QueueHarness) throws {
        try queue.crash()
        for _ in 1...hours {
            queue.milliseconds += 3_600_000
            try pass(days: 0, queue)
        }
        queue.wallStep += (24 - hours) * 3_600
    }

    @Test("A clock that is far ahead at the start purges nothing for a day of running, however often the host starts")
    func clockAheadAtStart() throws {
        let queue = try queue()
        try end(1, queue)
        queue.milliseconds += 120_000
        try pass(days: 0, queue)
        queue.wallStep = 400 * 86_400
        for _ in 1...3 {
            try switchOn(hours: 8, queue)
            #expect(try records(1, queue) == 4)
        }
        #expect(queue.notices.count { $0.contains("the clock was set") } == 1)
        try switchOn(hours: 8, queue)
        #expect(try records(1, queue) == 0)
    }

    @Test("A clock that shows another time at each start is never believed")
    func wanderingClock() throws {
        let queue = try queue()
        try end(1, queue)
        queue.milliseconds += 120_000
        try pass(days: 0, queue)
        for step in [400, 800, 300, 1_200, 500] {
            queue.wallStep = step * 86_400
            try switchOn(hours: 20, queue)
            #expect(try records(1, queue) == 4)
        }
    }

    @Test("A queue of a former version tells by the documents that ended whether the clock is far ahead")
    func clockAheadAtUpgrade() throws {
        let queue = try queue()
        try end(1, queue)
        queue.wallStep = 400 * 86_400
        try queue.crash()
        queue.milliseconds += 3_600_000
        try pass(days: 0, queue)
        #expect(try records(1, queue) == 4)
    }

    @Test("After a weekend at rest what is old is purged at once")
    func rest() throws {
        let queue = try queue()
        try end(1, queue)
        queue.milliseconds += 120_000
        try pass(days: 0, queue)
        queue.wallStep = 3 * 86_400
        try queue.crash()
        queue.milliseconds += 120_000
        try pass(days: 0, queue)
        #expect(try records(1, queue) == 0)
    }

    @Test("Purged and forgotten bytes leave the segment file, though another document's stay in it")
    func holes() throws {
        let queue = try queue()
        guard queue.engine.isSQLite else { return }
        try end(1, queue)
        queue.submit(2)
        try queue.settle()
        let folder = queue.temporary + "/queue.segments"
        func text() throws -> String {
            try FileManager.default.contentsOfDirectory(atPath: folder).map { name in
                String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")), as: UTF8.self)
            }.joined()
        }
        #expect(try text().contains("fictive n° 1"))
        try pass(days: 3, queue)
        #expect(try !text().contains("fictive n° 1") && text().contains("fictive n° 2"))
        #expect(try !text().contains("validate 0"))
        let left = try queue.store.store.database.read { try $0.first("SELECT 1 FROM erasures") { _ in true } }
        #expect(left == nil)
    }

    @Test("The trail of acts and the history of ended documents go when they are old, and only then")
    func history() throws {
        var settings = QueueHarness.quick
        (settings.retention, settings.auditRetention) = (2 * 86_400, 10 * 86_400)
        let queue = try QueueHarness(settings: settings)
        try end(1, queue)
        queue.submit(2)
        try queue.settle()
        queue.feed(
            .message(worker, .hold(DocumentAct(id: QueueHarness.id(2), by: "Paule", why: "à voir")), payload: []))
        try queue.settle()
        func lines(of number: Int?) throws -> Int {
            try queue.store.store.database.read { sql in
                let row = try number.map { try DocumentRow.find(QueueHarness.id($0), sql)?.number ?? -1 } ?? 0
                return try sql.first("SELECT COUNT(*) FROM history WHERE document = ?", [.integer(row)]) {
                    Int(try $0.integer(0))
                } ?? 0
            }
        }
        try pass(days: 8, queue)
        try pass(days: 1, queue)
        #expect(try lines(of: 1) > 3 && lines(of: 2) > 0 && lines(of: nil) == 1)
        try end(3, queue)
        for _ in 1...3 { try pass(days: 1, queue) }
        #expect(try lines(of: 1) == 0 && lines(of: 2) > 0 && lines(of: 3) > 3 && lines(of: nil) == 0)
        queue.submit(1)
        try queue.settle()
        let answers = queue.take(Peer("pusher")).map(\.message)
        #expect(answers == [.known(Known(id: QueueHarness.id(1), state: .registered, request: 1))])
    }

    @Test("A queue of the former version opens with its documents, and they are purged in time")
    func upgrade() throws {
        let queue = try queue()
        guard queue.engine.isSQLite else { return }
        let folder = queue.temporary + "/old"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let old = try Store(
            folder: DataFolder(path: folder), name: "queue",
            migrations: QueueSchema.migrations.filter { $0.version < 5 })
        try old.write { transaction in
            let body = try transaction.append(ByteArray([1, 2, 3]))
            try transaction.sql.execute(
                """
                INSERT INTO documents (number, id, name, source, size, accepted_at, generation, stage, state, since,
                    attempts, failures, suspect, body) VALUES (1, ?, 'a', 'mairie', 3, 5, 1, 'ingest', 'refused', 7, 0, 0, 0, ?)
                """, [.blob(QueueHarness.id(1).digest.bytes), .text(body.description)])
        }
        try old.database.close()
        let file = folder + "/queue.sqlite"
        let database = try SQLDatabase(path: file)
        try database.migrate(QueueSchema.migrations)
        #expect(try database.schemaVersion() == QueueSchema.migrations.map(\.version).max())
        let plan = try database.read { sql in
            try sql.query(
                """
                EXPLAIN QUERY PLAN SELECT number FROM documents
                WHERE body IS NOT NULL AND state IN ('registered', 'refused', 'dropped') AND since < 9 ORDER BY since LIMIT 5
                """
            ) { try $0.text(3) }
        }
        #expect(plan.contains { $0.contains("documents_kept") })
        #expect(try database.read { try $0.first("SELECT since FROM documents") { try $0.integer(0) } } == 7)
    }
}
