import Foundation
import GreffierProtocol
import Storage
import Testing

@testable import Queue

@Suite("What the queue finds wrong with itself")
struct InspectionTests {
    let worker = Peer("worker")

    /// Three documents, the first of which has results.
    func filled() throws -> QueueHarness {
        let queue = try QueueHarness()
        for number in 1...3 { queue.submit(number) }
        try queue.settle()
        queue.ready(worker, .ingest)
        try queue.settle()
        let job = try #require(queue.jobs(worker).first)
        queue.done(job, from: worker, results: [Array("extract".utf8), Array("text".utf8)])
        try queue.settle()
        return queue
    }

    private func segment(_ queue: QueueHarness) -> String {
        queue.temporary + "/queue.segments/000000000001.segment"
    }

    private func reference(_ column: String, _ number: Int, _ queue: QueueHarness) throws -> SegmentReference {
        try #require(
            try queue.store.store.database.read { sql in
                try sql.first(
                    "SELECT \(column) FROM documents WHERE id = ?", [.blob(QueueHarness.id(number).digest.bytes)]
                ) { SegmentReference(try $0.text(0)) }
            } ?? nil)
    }

    /// Changes one bit of a file.
    private func flip(_ path: String, at offset: Int64) throws {
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        try file.seek(toOffset: UInt64(offset))
        let byte = try #require(try file.read(upToCount: 1)?.first)
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: [byte ^ 1])
        try file.close()
    }

    @Test("A sound queue is said to be sound, with all its records")
    func sound() throws {
        let queue = try filled()
        let inspection = try QueueInspection(folder: queue.temporary)
        #expect(inspection.isSound)
        #expect(inspection.documents == 3 && inspection.records == 5)
        try queue.crash()
        #expect(try queue.store.open().problems.isEmpty)
    }

    @Test("A changed bit names the document and the record, of bodies and of results", arguments: ["body", "extract"])
    func flipped(column: String) throws {
        let queue = try filled()
        let place = try reference(column, 1, queue)
        try flip(segment(queue), at: place.offset + 16 + 2)
        let damaged = try QueueInspection(folder: queue.temporary).damagedRecords
        #expect(damaged.map(\.document) == [QueueHarness.id(1)])
        #expect(damaged.map(\.record) == [column])
        #expect(damaged[0].state == .waiting && damaged[0].reason.contains("checksum"))
    }

    @Test("A row that refers to another document's body is found by the digest")
    func swapped() throws {
        let queue = try filled()
        let other = try reference("body", 2, queue)
        try queue.store.store.database.write { sql in
            try sql.execute(
                "UPDATE documents SET body = ? WHERE id = ?",
                [.text(other.description), .blob(QueueHarness.id(3).digest.bytes)])
        }
        let damaged = try QueueInspection(folder: queue.temporary).damagedRecords
        #expect(damaged.map(\.document) == [QueueHarness.id(3)])
    }

    @Test(
        "Rows that do not agree with each other are named",
        arguments: [
            ("UPDATE tallies SET amount = amount + 1 WHERE stage = 'ingest'", "counted otherwise"),
            ("DELETE FROM documents WHERE number = 1", "lines of history belong to no document"),
            ("UPDATE segments SET uses = uses - 1", "count other uses"),
            ("UPDATE documents SET body = NULL WHERE number = 3", "have no bytes"),
            ("INSERT INTO pushers (document, source) VALUES (77, 'x')", "further pushers"),
        ])
    func inconsistent(statement: String, finding: String) throws {
        let queue = try filled()
        try queue.store.store.database.write { try $0.execute(statement) }
        let inspection = try QueueInspection(folder: queue.temporary)
        #expect(!inspection.isSound && inspection.inconsistencies.contains { $0.contains(finding) })
        #expect(inspection.damagedRecords.isEmpty)
    }

    @Test("A segment that is cut off or gone is noticed at the start")
    func short() throws {
        let queue = try filled()
        #expect(truncate(segment(queue), 10) == 0)
        #expect(try queue.store.open().problems.count == 1)
        try FileManager.default.removeItem(atPath: segment(queue))
        #expect(try queue.store.open().problems[0].contains("is missing"))
        #expect(try QueueInspection(folder: queue.temporary).damagedRecords.count == 5)
    }

    @Test("The oldest of a state is found without reading every document in it")
    func oldest() throws {
        let queue = try filled()
        let plans = try queue.store.store.database.read { sql in
            try ["waiting", "delayed", "held"].flatMap { state in
                try sql.query(
                    "EXPLAIN QUERY PLAN SELECT MIN(since) FROM documents WHERE state = '\(state)' AND stage = ?",
                    [.text("ingest")]
                ) { try $0.text(3) }
            }
        }
        #expect(plans.count == 3 && plans.allSatisfy { $0.contains("documents_resting") && $0.contains("stage=?") })
    }
}

@Suite("Corrections of others' documents")
struct ForeignCorrectionTests {
    private func pusher(_ name: String, seesAll: Bool = false) -> Peer {
        Peer(
            routing: Array(name.utf8), identity: Identity(key: name, name: name, seesAll: seesAll, stages: []))
    }

    private func correct(
        _ number: Int, replacing replaced: Int, from peer: Peer, _ queue: QueueHarness
    ) throws -> String {
        let bytes = QueueHarness.document(number)
        let header = Submit(
            id: DocumentID(of: bytes), name: "n\(number)", source: "mairie", size: bytes.count,
            replaces: QueueHarness.id(replaced), request: number)
        queue.feed(.message(peer, .submit(header), payload: [ByteArray(bytes)]))
        try queue.settle()
        switch queue.take(peer).last?.message {
        case .accepted: return "accepted"
        case .refused(let refused): return refused.code.rawValue
        default: return "something else"
        }
    }

    @Test("A key that only pushes corrects its own documents, and those that it does not know; an operator's any")
    func foreign() throws {
        let queue = try QueueHarness()
        let (own, other) = (pusher("own"), pusher("other"))
        queue.submit(1, from: own)
        queue.submit(2, from: other)
        try queue.settle()
        _ = queue.take(own)
        #expect(try correct(3, replacing: 1, from: own, queue) == "accepted")
        #expect(try correct(4, replacing: 2, from: own, queue) == "foreign-document")
        #expect(try queue.store.store.database.read { try DocumentRow.find(QueueHarness.id(4), $0) } == nil)
        #expect(try correct(5, replacing: 99, from: own, queue) == "accepted")
        #expect(try correct(6, replacing: 2, from: pusher("chief", seesAll: true), queue) == "accepted")
        #expect(try correct(7, replacing: 2, from: Peer("of this host"), queue) == "accepted")
        queue.submit(2, from: own)
        try queue.settle()
        #expect(try correct(4, replacing: 2, from: own, queue) == "accepted")
    }
}
