import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Queue

@Suite("Results that cannot be kept", .onEveryEngine)
struct UnkeptResultTests {
    let worker = Peer("worker")

    private func refused(_ sent: [QueueHarness.Sent]) -> [Refused] {
        sent.compactMap { if case .refused(let refused) = $0.message { refused } else { nil } }
    }

    @Test("A result beyond the limits of a message holds its document, and its worker gets the next job")
    func oversized() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.submit(2)
        queue.ready(worker, .ingest)
        try queue.settle()
        let job = try #require(queue.jobs(worker).first)
        let done = MessageToBroker.done(Done(token: job.token))
        queue.feed(.oversized(worker, done, problem: "a message has at most 10 bytes"))
        try queue.settle()
        let sent = queue.take(worker)
        #expect(refused(sent).map(\.code) == [.tooLarge] && refused(sent).map(\.token) == [job.token])
        #expect(sent.contains { if case .job = $0.message { true } else { false } })
        let held = try queue.store.store.database.read { try DocumentRow.find(job.id, $0)?.outcome }
        #expect(held?.state == .held && held?.code == "result-too-large")
    }

    @Test("A dropped result of a lease that has ended is too large all the same, and holds nothing")
    func stale() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        let job = try #require(queue.jobs(worker).first)
        queue.done(job, from: worker)
        queue.feed(.oversized(worker, .done(Done(token: job.token)), problem: "too large"))
        try queue.settle()
        #expect(refused(queue.take(worker)).map(\.code) == [.tooLarge])
        #expect(try queue.state(1) == .waiting && queue.stage(1) == .validate)
    }

    @Test("A dropped document is refused by its name and request")
    func document() throws {
        let queue = try QueueHarness()
        let submit = Submit(id: QueueHarness.id(1), name: "n", source: "s", size: 9, request: 4)
        queue.feed(.oversized(worker, .submit(submit), problem: "too large"))
        let answers = refused(queue.take(worker))
        #expect(answers == [Refused(code: .tooLarge, message: "too large", id: submit.id, request: 4)])
    }

    @Test("A text that is the document byte by byte is kept once, and both its uses count")
    func textIsDocument() throws {
        let queue = try QueueHarness()
        func uses() throws -> Int64 {
            try queue.store.store.database.read {
                try $0.first("SELECT SUM(uses) FROM \($0.recordTable)") { try $0.integer(0) } ?? 0
            }
        }
        queue.submit(1)
        queue.ready(worker, .ingest, process: 1)
        let validator = Peer("validator")
        queue.ready(validator, .validate, process: 2)
        try queue.settle()
        #expect(try uses() == 1)
        let text = QueueHarness.document(1)
        queue.done(try #require(queue.jobs(worker).first), from: worker, results: [[1, 2], text])
        try queue.settle()
        #expect(try uses() == 3)
        let row = try queue.store.store.database.read {
            try $0.first("SELECT body, converted FROM documents") { [try $0.text(0), try $0.text(1)] }
        }
        #expect(row.map { $0[0] == $0[1] } == true)
        let job = try #require(queue.take(validator).last { if case .job = $0.message { true } else { false } })
        #expect(job.payload == [[1, 2], text])
        queue.feed(.message(worker, .drop(DocumentAct(id: QueueHarness.id(1), by: "c")), payload: []))
        queue.feed(.message(worker, .retry(DocumentAct(id: QueueHarness.id(1), by: "c")), payload: []))
        try queue.settle()
        #expect(try uses() == 1 && queue.jobs(worker).count == 1)
    }

    @Test("A text of the document's length that is another is kept beside it")
    func otherText() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        var text = QueueHarness.document(1)
        text[3] ^= 1
        queue.done(try #require(queue.jobs(worker).first), from: worker, results: [[1, 2], text])
        try queue.settle()
        let row = try queue.store.store.database.read {
            try $0.first("SELECT body, converted FROM documents") { [try $0.text(0), try $0.text(1)] }
        }
        #expect(row.map { $0[0] != $0[1] } == true)
    }
}
