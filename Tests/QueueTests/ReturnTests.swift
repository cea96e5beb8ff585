import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Queue

@Suite("Workers that come back and say what they hold", .onEveryEngine)
struct ReturnTests {
    let worker = Peer("worker")
    let other = Peer("other")

    /// A queue whose worker has been given `count` jobs.
    private func leased(_ count: Int, startedAt: Int? = 5) throws -> (QueueHarness, [Job]) {
        let queue = try QueueHarness()
        for number in 0..<count { queue.submit(number) }
        queue.ready(worker, .ingest, credit: count, startedAt: startedAt, holding: [])
        try queue.settle()
        return (queue, queue.jobs(worker))
    }

    @Test(
        "Held leases go on after a new connection or a restart, however long the job takes", arguments: [true, false])
    func goOn(restart: Bool) throws {
        let (queue, jobs) = try leased(2)
        if restart { try queue.crash() }
        queue.ready(other, .ingest, credit: 2, startedAt: 5, holding: jobs.map(\.token))
        for _ in 0..<8 {
            queue.advance(queue.settings.lease / 2, alive: [other])
            try queue.settle()
        }
        #expect(queue.jobs(other).isEmpty)
        for job in jobs { queue.done(job, from: other) }
        try queue.settle()
        #expect(try [queue.stage(0), queue.stage(1)] == [.validate, .validate])
    }

    @Test("Leases that it no longer holds return at once and cost nothing", arguments: [true, false])
    func lost(restart: Bool) throws {
        let (queue, jobs) = try leased(2)
        if restart { try queue.crash() }
        queue.ready(other, .ingest, credit: 2, startedAt: 5, holding: [jobs[0].token])
        try queue.settle()
        let again = queue.jobs(other)
        #expect(again.map(\.id) == [jobs[1].id] && again.map(\.attempt) == [1])
    }

    @Test("A result that arrives after its lease was given up is stale")
    func late() throws {
        let (queue, jobs) = try leased(1)
        queue.ready(other, .ingest, startedAt: 5, holding: [])
        queue.done(jobs[0], from: worker)
        try queue.settle()
        let refused = queue.take(worker).contains { sent in
            if case .refused(let refused) = sent.message { refused.code == .staleToken } else { false }
        }
        #expect(refused)
    }

    @Test("Another process with the same number has none of its leases, whatever it says")
    func reusedNumber() throws {
        let (queue, jobs) = try leased(1)
        queue.ready(other, .ingest, credit: 2, startedAt: 6, holding: jobs.map(\.token))
        queue.done(jobs[0], from: other)
        try queue.settle()
        #expect(queue.machine.leases[jobs[0].token]?.worker == worker)
        #expect(try queue.state(0) == .leased)
    }

    @Test("A worker that says nothing of what it holds delivers after a restart, once it said READY")
    func silent() throws {
        let (queue, jobs) = try leased(1, startedAt: nil)
        try queue.crash()
        queue.ready(other, .ingest)
        queue.done(jobs[0], from: other)
        try queue.settle()
        #expect(try queue.stage(0) == .validate)
    }

    @Test("A READY on the same connection ends no lease")
    func sameConnection() throws {
        let (queue, jobs) = try leased(1)
        queue.ready(worker, .ingest, credit: 3, startedAt: 5, holding: [])
        queue.done(jobs[0], from: worker)
        try queue.settle()
        #expect(try queue.stage(0) == .validate)
    }

    @Test("A process has a connection for each stage, and one says nothing of the other's leases")
    func stages() throws {
        let (queue, jobs) = try leased(1)
        queue.ready(other, .validate, startedAt: 5, holding: [])
        queue.done(jobs[0], from: worker)
        try queue.settle()
        #expect(queue.jobs(other).map(\.id) == [jobs[0].id])
    }

    @Test("A suspect that is held on stays alone", arguments: [true, false])
    func suspect(restart: Bool) throws {
        let (queue, jobs) = try leased(2)
        queue.advance(queue.settings.lease)
        try queue.settle()
        queue.ready(worker, .ingest, credit: 2, process: 2, holding: [])
        try queue.settle()
        let alone = queue.jobs(worker)
        #expect(alone.count == 1 && jobs.count == 2)
        if restart { try queue.crash() }
        queue.ready(other, .ingest, credit: 2, process: 2, holding: alone.map(\.token))
        queue.submit(5)
        try queue.settle()
        #expect(queue.jobs(other).isEmpty)
        queue.done(alone[0], from: other)
        try queue.settle()
        #expect(queue.jobs(other).count == 1)
    }
}
