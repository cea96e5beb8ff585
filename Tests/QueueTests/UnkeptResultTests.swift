import GreffierProtocol
import Testing

@testable import Queue

@Suite("Results that cannot be kept")
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
}
