import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("Erasing what a document says", .onEveryEngine)
struct ErasureTests {
    let paule = Peer("operator")

    private func erase(_ number: Int, _ queue: QueueHarness) throws -> MessageFromBroker? {
        let act = DocumentAct(id: QueueHarness.id(number), by: "Paule", why: "demande du 3 mars", request: 4)
        queue.feed(.message(paule, .erase(act), payload: []))
        try queue.settle()
        return queue.take(paule).last?.message
    }

    /// Everything in the queue's files, the log of the database included.
    private func stored(_ queue: QueueHarness) throws -> String {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: queue.temporary)
        return paths.map { path in
            String(
                decoding: FileManager.default.contents(atPath: "\(queue.temporary)/\(path)") ?? Data(), as: UTF8.self)
        }.joined(separator: "\n")
    }

    @Test("A document in any state is erased; what is running is dropped, and others stay as they are")
    func states() throws {
        let queue = try QueueHarness()
        let worker = Peer("worker")
        for number in 1...3 { queue.submit(number) }
        try queue.settle()
        queue.ready(worker, .ingest)
        try queue.settle()
        let job = try #require(queue.jobs(worker).first)
        #expect(job.id == QueueHarness.id(1))
        for number in 1...2 {
            let known = Known(id: QueueHarness.id(number), state: .dropped, request: 4)
            #expect(try erase(number, queue) == .known(known))
        }
        // The worker's result comes too late.
        queue.done(job, from: worker)
        try queue.settle()
        #expect(try queue.state(1) == .dropped && queue.state(2) == .dropped)
        #expect(try queue.state(3) == .leased)
        let rows = try queue.store.store.database.read { sql in
            try sql.query("SELECT name, body, extract FROM documents ORDER BY number") { row in
                [try row.text(0), try row.optionalText(1) == nil ? "-" : "body", try row.optionalText(2) ?? "-"]
            }
        }
        #expect(rows == [["", "-", "-"], ["", "-", "-"], ["n3.txt", "body", "-"]])
    }

    @Test("An erased document is KNOWN, is refused with `again` and by RETRY, and the audit says who erased it and why")
    func again() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        try queue.settle()
        _ = try erase(1, queue)
        _ = queue.take(Peer("pusher"))
        queue.submit(1)
        queue.submit(1, again: true)
        queue.feed(.message(paule, .retry(DocumentAct(id: QueueHarness.id(1), by: "Paule")), payload: []))
        try queue.settle()
        let answers = queue.take(Peer("pusher")).map(\.message)
        #expect(answers.first == .known(Known(id: QueueHarness.id(1), state: .dropped, request: 1)))
        for answer in [answers.last, queue.take(paule).last?.message] {
            guard case .refused(let refused)? = answer else {
                Issue.record("an erased document was begun again")
                continue
            }
            #expect(refused.code == .wrongState && "\(refused.message)".contains("erased"))
        }
        queue.feed(.message(paule, .acts(ActsRequest()), payload: []))
        try queue.settle()
        guard case .acts(let acts)? = queue.take(paule).last?.message else {
            Issue.record("no audit trail")
            return
        }
        #expect(acts.acts.map(\.what) == ["erased"] && acts.acts.map(\.why) == ["demande du 3 mars"])
    }

    @Test(
        "While a reader is in the way the files keep what was erased, which is said, and done a minute later or at a start",
        arguments: [true, false])
    func reader(isOpenedAgain: Bool) throws {
        let queue = try QueueHarness()
        guard queue.engine.isSQLite else { return }
        queue.submit(77)
        try queue.settle()
        let act = DocumentAct(id: QueueHarness.id(77), by: "Paule", why: "demande du 3 mars")
        let report = try queue.store.store.write {
            try queue.store.execute([.act(.erase, act)], at: queue.machine.operationTime(at: queue.now), in: $0)
        }
        var options = SQLDatabase.Options.reading
        options.busyTimeout = 0.1
        let other = try SQLDatabase(path: queue.temporary + "/queue.sqlite", options: options)
        try other.read { sql in
            _ = try sql.first("SELECT COUNT(*) FROM documents") { try $0.integer(0) }
            #expect(queue.store.committed(report) != nil)
        }
        #expect(try stored(queue).contains("n77.txt"))
        try other.close()
        if isOpenedAgain {
            #expect(try queue.store.open().erasureFailure == nil)
        } else {
            for milliseconds in [59_000, 60_000] {
                let time = queue.machine.operationTime(at: QueueHarness.moment(queue.milliseconds + milliseconds))
                let report = try queue.store.store.write {
                    try queue.store.execute([.count(ages: false)], at: time, in: $0)
                }
                #expect(try stored(queue).contains("n77.txt"))
                #expect(queue.store.committed(report) == nil)
            }
        }
        #expect(try !stored(queue).contains("n77.txt"))
    }

    @Test("Neither text nor names are left in the data folder, the database's log included; the neighbours' are")
    func files() throws {
        let queue = try QueueHarness()
        guard queue.engine.isSQLite else { return }
        for number in 1...200 { queue.submit(number) }
        try queue.settle()
        let held = DocumentAct(id: QueueHarness.id(77), by: "Paule", why: "Mme Mirabelle Quenotte s’y oppose")
        queue.feed(.message(paule, .hold(held), payload: []))
        try queue.settle()
        #expect(try stored(queue).contains("Quenotte") && stored(queue).contains("fictive n° 77"))
        let act = DocumentAct(id: QueueHarness.id(77), by: "Paule", why: "demande du 3 mars")
        let report = try queue.store.store.write {
            try queue.store.execute([.act(.erase, act)], at: queue.machine.operationTime(at: queue.now), in: $0)
        }
        #expect(queue.store.committed(report) == nil)
        let left = try stored(queue)
        #expect(!left.contains("Quenotte") && !left.contains("fictive n° 77") && !left.contains("n77.txt"))
        #expect(left.contains("fictive n° 78") && left.contains("n78.txt") && left.contains("demande du 3 mars"))
    }
}
