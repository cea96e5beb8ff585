import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("Documents that may take minutes", .onEveryEngine)
struct PaceTests {
    let worker = Peer("worker")

    private static func scan(_ number: Int) -> [UInt8] { Array("%PDF-1.7 image n° \(number)".utf8) }
    private static func id(ofScan number: Int) -> DocumentID { DocumentID(of: scan(number)) }

    private func submitScan(_ number: Int, source: String, _ queue: QueueHarness) {
        let bytes = Self.scan(number)
        let header = Submit(id: DocumentID(of: bytes), name: "\(number).pdf", source: source, size: bytes.count)
        queue.feed(.message(Peer("pusher"), .submit(header), payload: [ByteArray(bytes)]))
    }

    private func ready(_ queue: QueueHarness, credit: Int = 8, threads: Int? = 1, process: Int = 1) {
        let ready = Ready(
            stage: .ingest, credit: credit, program: "test", version: "1", host: "host", process: process,
            threads: threads)
        queue.feed(.message(worker, .ready(ready), payload: []))
    }

    @Test(
        "What the first bytes show",
        arguments: [
            ("délibération", false), ("<html>", false), ("%PDF-1.4", true), ("\u{FEFF}\n%PDF-1.4", true),
            ("PK\u{3}\u{4}\u{14}\u{0}", true), ("%PD", false), ("", false),
        ])
    func pace(text: String, isSlow: Bool) {
        #expect(Pace.isSlow(ByteArray(Array(text.utf8))) == isSlow)
    }

    @Test("UTF-16 is text, and very many bytes of anything are slow")
    func paceOfOthers() {
        #expect(
            !Pace.isSlow(ByteArray([0xFF, 0xFE, 0x44, 0x00])) && !Pace.isSlow(ByteArray([0xFE, 0xFF, 0x00, 0x44])))
        #expect(Pace.isSlow(ByteArray([0x44, 0x00])))
        #expect(Pace.isSlow(ByteArray(Array(repeating: 0x20, count: 300_000))))
    }

    @Test(
        "A text waits behind no scan: a worker holds one for each thread, behind the texts, and nothing more meanwhile")
    func textsFirst() throws {
        let queue = try QueueHarness()
        for number in 1...8 { submitScan(number, source: "archive", queue) }
        queue.submit(1, source: "mairie")
        try queue.settle()
        ready(queue)
        try queue.settle()
        let first = queue.jobs(worker)
        #expect(first.map(\.id) == [QueueHarness.id(1), Self.id(ofScan: 1)])
        queue.done(first[0], from: worker)
        queue.submit(2, source: "mairie")
        try queue.settle()
        #expect(queue.jobs(worker).isEmpty)
        queue.done(first[1], from: worker)
        try queue.settle()
        #expect(queue.jobs(worker).map(\.id) == [QueueHarness.id(2), Self.id(ofScan: 2)])
        #expect(queue.machine.workers[worker]?.slow == 1 && queue.machine.workers[worker]?.claimingSlow == 0)
    }

    @Test("A scan that has no room in a claim is not read whole: its damage is found when its turn comes")
    func unreadScans() throws {
        let queue = try QueueHarness()
        for number in 1...3 { submitScan(number, source: "archive", queue) }
        try queue.settle()
        let isWhole = "name = '1.pdf'"
        try queue.store.store.database.write { sql in
            let bodies = try sql.query("SELECT number, body FROM documents WHERE NOT \(isWhole)") {
                (number: try $0.integer(0), body: try #require(SegmentReference(try $0.text(1))))
            }
            for (number, body) in bodies {
                let cut = "\(body.segment)/\(body.offset)/\(body.length - 1)"
                try sql.execute("UPDATE documents SET body = ? WHERE number = ?", [.text(cut), .integer(number)])
            }
        }
        func held() throws -> Int {
            try queue.store.store.database.read {
                try $0.first("SELECT COUNT(*) FROM documents WHERE state = 'held'") { Int(try $0.integer(0)) } ?? 0
            }
        }
        ready(queue)
        try queue.settle()
        let jobs = queue.jobs(worker)
        #expect(try jobs.map(\.id) == [Self.id(ofScan: 1)] && held() == 0)
        queue.done(try #require(jobs.first), from: worker)
        try queue.settle()
        #expect(try held() == 2)
    }

    @Test("As many scans as threads, one of a worker that does not say how many it has", arguments: [(3, 3), (nil, 1)])
    func threads(threads: Int?, held: Int) throws {
        let queue = try QueueHarness()
        for number in 1...8 { submitScan(number, source: "archive", queue) }
        try queue.settle()
        ready(queue, credit: 24, threads: threads)
        try queue.settle()
        #expect(queue.jobs(worker).count == held)
    }

    @Test("Small texts fill a worker's whole credit, and those of one source the rest of another's")
    func texts() throws {
        let queue = try QueueHarness()
        for number in 1...9 { queue.submit(number, source: number < 3 ? "a" : "b") }
        try queue.settle()
        ready(queue)
        try queue.settle()
        #expect(queue.jobs(worker).map(\.id) == [1, 3, 2, 4, 5, 6, 7, 8].map(QueueHarness.id))
    }

    @Test("Scans of several sources are leased in turn")
    func turns() throws {
        let queue = try QueueHarness()
        for number in 1...9 { submitScan(number, source: ["a", "b", "c"][(number - 1) / 3], queue) }
        try queue.settle()
        ready(queue)
        var order: [DocumentID] = []
        for _ in 1...9 {
            try queue.settle()
            let jobs = queue.jobs(worker)
            #expect(jobs.count == 1)
            order += jobs.map(\.id)
            for job in jobs { queue.done(job, from: worker) }
        }
        #expect(order == [1, 4, 7, 2, 5, 8, 3, 6, 9].map(Self.id(ofScan:)))
    }

    @Test("The longest lease counts from when a job was begun, and what is never begun ends after two")
    func begun() throws {
        var settings = QueueHarness.quick
        settings.longestLease = 60_000
        let queue = try QueueHarness(settings: settings)
        for number in 1...3 { queue.submit(number) }
        try queue.settle()
        ready(queue, credit: 3)
        try queue.settle()
        let tokens = queue.jobs(worker).map(\.token)
        func pass(_ milliseconds: Int, begun: [LeaseToken]? = nil) throws {
            queue.feed(.message(worker, .heartbeat(Heartbeat(begun: begun)), payload: []))
            for _ in 0..<(milliseconds / 5_000) {
                queue.advance(5_000, alive: [worker])
                try queue.settle()
            }
        }
        try pass(50_000, begun: [tokens[0]])
        try pass(5_000, begun: [tokens[0], tokens[1]])
        #expect(tokens.allSatisfy { queue.machine.leases[$0] != nil })
        try pass(5_000)
        #expect(tokens.map { queue.machine.leases[$0] != nil } == [false, true, true])
        try pass(50_000)
        #expect(tokens.map { queue.machine.leases[$0] != nil } == [false, false, true])
        try pass(10_000)
        #expect(queue.machine.leases.isEmpty)
    }
}
