import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Queue

@Suite("Jobs that outlive the longest lease", .onEveryEngine)
struct OvertimeTests {
    let worker = Peer("worker")

    @Test("Heartbeats keep a lease, but not beyond the longest one")
    func heartbeats() throws {
        var settings = QueueHarness.quick
        settings.longestLease = 60_000
        let queue = try QueueHarness(settings: settings)
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        let token = try #require(queue.jobs(worker).first).token
        for _ in 0..<11 {
            queue.advance(5_000, alive: [worker])
            try queue.settle()
        }
        #expect(queue.machine.leases[token] != nil)
        queue.advance(5_000, alive: [worker])
        try queue.settle()
        #expect(queue.machine.leases[token] == nil)
    }

    @Test(
        "A job that hangs its worker for ever is a suspect first, and held after as many longest leases as deaths count"
    )
    func hangs() throws {
        var settings = QueueHarness.quick
        settings.longestLease = 20_000
        let queue = try QueueHarness(settings: settings)
        queue.submit(1)
        queue.submit(2)
        queue.ready(worker, .ingest, credit: 2, process: 1)
        try queue.settle()
        let jobs = queue.jobs(worker)
        let innocent = try #require(jobs.first { $0.id == QueueHarness.id(2) })
        queue.done(innocent, from: worker)
        try queue.settle()
        for round in 1...3 {
            queue.advance(settings.longestLease, alive: [round == 1 ? worker : Peer("worker \(round)")])
            try queue.settle()
            #expect(try queue.state(1) == (round == 3 ? .held : .waiting))
            queue.ready(Peer("worker \(round + 1)"), .ingest, credit: 2, process: 1 + round, holding: [])
            try queue.settle()
        }
        let held = try queue.store.store.database.read { try DocumentRow.find(QueueHarness.id(1), $0)?.outcome }
        #expect(held?.code == "never-ends")
    }

    @Test("A worker whose job outlived the longest lease gets no other until that job is answered, and kills none")
    func stuckWorker() throws {
        var settings = QueueHarness.quick
        settings.longestLease = 20_000
        let queue = try QueueHarness(settings: settings)
        queue.submit(1)
        queue.ready(worker, .ingest, credit: 2, process: 1)
        try queue.settle()
        let stuck = try #require(queue.jobs(worker).first)
        queue.advance(15_000, alive: [worker])
        queue.submit(2)
        try queue.settle()
        let beside = try #require(queue.jobs(worker).first)
        queue.advance(5_000, alive: [worker])
        queue.submit(3)
        try queue.settle()
        #expect(queue.jobs(worker).isEmpty)
        queue.done(beside, from: worker)
        try queue.settle()
        #expect(queue.jobs(worker).isEmpty)
        queue.done(stuck, from: worker)
        try queue.settle()
        #expect(!queue.jobs(worker).isEmpty)
    }

    @Test("What a worker holds beside a job that outlived its lease is not blamed when that worker ends")
    func besideTheStuck() throws {
        var settings = QueueHarness.quick
        settings.longestLease = 20_000
        let queue = try QueueHarness(settings: settings)
        queue.submit(1)
        queue.ready(worker, .ingest, credit: 2, process: 1)
        try queue.settle()
        queue.advance(15_000, alive: [worker])
        queue.submit(2)
        try queue.settle()
        queue.advance(5_000, alive: [worker])
        queue.advance(queue.settings.lease)
        try queue.settle()
        let row = try queue.store.store.database.read { try DocumentRow.find(QueueHarness.id(2), $0) }
        #expect(row?.outcome.state == .waiting && row?.suspect == false)
    }
}
