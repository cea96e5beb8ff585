import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("What one source may occupy", .onEveryEngine)
struct SourceShareTests {
    let worker = Peer("worker")
    let clerk = Peer("clerk")
    static let size = QueueHarness.document(1).count

    /// Room for two documents of a source that wait, and for two that are kept.
    private func queue(retention: Int? = nil) throws -> QueueHarness {
        var settings = QueueHarness.quick
        (settings.sourceBytes, settings.sourceKeptBytes) = (2 * Self.size, 2 * Self.size)
        settings.queuedBytes = 5 * Self.size
        settings.retention = retention
        return try QueueHarness(settings: settings)
    }

    /// Pushes a document; what its pusher was told.
    private func push(_ number: Int, _ source: String, _ queue: QueueHarness, again: Bool? = nil) throws -> String {
        queue.submit(number, source: source, again: again, from: clerk)
        try queue.settle()
        switch queue.take(clerk).last?.message {
        case .accepted?: return "accepted"
        case .known(let known)?: return known.state.rawValue
        case .busy(let busy)?: return busy.reason.text
        case let other: return "\(String(describing: other))"
        }
    }

    /// Ends what waits for ingest.
    private func fail(_ queue: QueueHarness, retry: Bool = false, consequence: FailureConsequence? = nil) throws {
        queue.ready(worker, .ingest, credit: 9)
        try queue.settle()
        for job in queue.jobs(worker) { queue.failed(job, from: worker, retry: retry, consequence: consequence) }
        try queue.settle()
    }

    private func tallied(_ queue: QueueHarness) throws -> [ExactName: SourceBytes] {
        try queue.store.store.database.read { try SourceBytes.tallied($0) }
    }

    private func expectTrueTallies(_ queue: QueueHarness) throws {
        try queue.store.store.database.read { try SourceBytes.expectTrueTallies($0) }
    }

    @Test("A source with too many waiting bytes is told which limit it is, others are served, and it has room later")
    func unfinished() throws {
        let queue = try queue()
        for number in 1...2 { #expect(try push(number, "a", queue) == "accepted") }
        let told = try push(3, "a", queue)
        let most = 2 * Self.size
        #expect(told == "source: \(most) bytes of its documents wait, at most \(most) may (limits.sourceBytes)")
        #expect(try push(1, "a", queue) == "waiting")
        #expect(try push(3, "b", queue) == "accepted")
        try queue.crash()
        #expect(try push(4, "a", queue).hasPrefix("source: "))
        queue.ready(worker, .ingest, credit: 1)
        try queue.settle()
        try passThrough(queue)
        #expect(try push(4, "a", queue) == "accepted")
        try expectTrueTallies(queue)
    }

    private func passThrough(_ queue: QueueHarness) throws {
        for (process, stage) in [Stage.ingest, .validate, .notify].enumerated() {
            let peer = Peer(stage.rawValue)
            queue.ready(peer, stage, credit: 9, process: 10 + process)
            try queue.settle()
            for job in queue.jobs(peer) { queue.done(job, from: peer) }
            try queue.settle()
        }
    }

    @Test(
        "Held and refused documents count as kept of their source, not as waiting of all, until an operator acts or time",
        arguments: [FailureConsequence.hold, nil])
    func kept(consequence: FailureConsequence?) throws {
        let queue = try queue(retention: 1_000)
        for number in 1...2 { #expect(try push(number, "a", queue) == "accepted") }
        try fail(queue, consequence: consequence)
        let told = try push(3, "a", queue)
        #expect(told.hasPrefix("source: \(2 * Self.size) bytes") && told.contains("limits.sourceKept"), "\(told)")
        for number in 4...5 { #expect(try push(number, "b", queue) == "accepted") }
        #expect(try push(6, "c", queue) == "accepted")
        #expect(try push(1, "a", queue, again: true) == "accepted")
        #expect(try push(3, "a", queue) == "accepted")
        try expectTrueTallies(queue)
    }

    @Test("What retention gives up or an operator erases is no longer kept of its source")
    func givenUp() throws {
        let queue = try queue(retention: 20)
        for number in 1...2 { #expect(try push(number, "a", queue) == "accepted") }
        try fail(queue)
        queue.feed(.message(clerk, .erase(DocumentAct(id: QueueHarness.id(1), by: "greffe")), payload: []))
        try queue.settle()
        #expect(try tallied(queue) == ["a": SourceBytes(kept: Self.size)])
        for _ in 1...90 {
            queue.advance(1_000)
            try queue.settle()
        }
        #expect(try tallied(queue) == [:])
        #expect(try push(2, "a", queue, again: true) == "accepted")
        try expectTrueTallies(queue)
    }

    @Test("A refused document that another source pushes again counts for that one")
    func passedOn() throws {
        let queue = try queue()
        #expect(try push(1, "a", queue) == "accepted")
        try fail(queue)
        #expect(try push(1, "b", queue, again: true) == "accepted")
        #expect(try tallied(queue) == ["b": SourceBytes(unfinished: Self.size)])
        try expectTrueTallies(queue)
    }
}

extension SourceBytes {
    /// What sources occupy, counted from the documents' rows.
    static func counted(_ sql: SQLTransaction) throws -> [ExactName: SourceBytes] {
        try read(
            """
            SELECT source,
                CAST(SUM(CASE WHEN state IN ('waiting', 'leased', 'delayed') THEN size ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN state IN ('held', 'refused') AND body IS NOT NULL THEN size ELSE 0 END) AS BIGINT)
            FROM documents GROUP BY source
            """, sql)
    }

    /// The same, as it is tallied.
    static func tallied(_ sql: SQLTransaction) throws -> [ExactName: SourceBytes] {
        try read(
            """
            SELECT source, CAST(SUM(unfinished) AS BIGINT), CAST(SUM(kept) AS BIGINT) FROM source_bytes GROUP BY source
            """, sql)
    }

    /// Expects the tallies to say what the rows do.
    static func expectTrueTallies(_ sql: SQLTransaction) throws {
        let (counted, tallied) = (try counted(sql), try tallied(sql))
        #expect(counted == tallied)
    }

    private static func read(_ query: String, _ sql: SQLTransaction) throws -> [ExactName: SourceBytes] {
        let rows = try sql.query(query) { row in
            (
                ExactName(try row.text(0)),
                SourceBytes(unfinished: Int(try row.integer(1)), kept: Int(try row.integer(2)))
            )
        }
        return Dictionary(uniqueKeysWithValues: rows.filter { $0.1 != SourceBytes() })
    }
}
