import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("Leases", .onEveryEngine)
struct LeaseTests {
    let pusher = Peer("pusher")
    let worker = Peer("worker")
    let other = Peer("other")

    private func refusals(_ sent: [QueueHarness.Sent]) -> [RefusalCode] {
        sent.compactMap { if case .refused(let refused) = $0.message { refused.code } else { nil } }
    }

    @Test("A worker gets as many jobs as its credit, and one more for each result")
    func credit() throws {
        let queue = try QueueHarness()
        for number in 0..<5 { queue.submit(number) }
        queue.ready(worker, .ingest, credit: 2)
        try queue.settle()
        let jobs = queue.jobs(worker)
        #expect(jobs.count == 2)
        queue.done(jobs[0], from: worker)
        try queue.settle()
        #expect(queue.jobs(worker).count == 1)
    }

    @Test("Sources are served in turn")
    func fairness() throws {
        let queue = try QueueHarness()
        for number in 0..<50 { queue.submit(number, source: "many") }
        queue.submit(100, source: "one")
        try queue.settle()
        queue.ready(worker, .ingest, credit: 4)
        try queue.settle()
        #expect(Set(queue.jobs(worker).map(\.document.source)) == ["many", "one"])
    }

    @Test("A silent worker's only job goes to another; its late result is refused; three such deaths hold it")
    func deaths() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        var tokens: [LeaseToken] = []
        for death in 1...3 {
            let peer = Peer("worker \(death)")
            queue.ready(peer, .ingest, process: death)
            try queue.settle()
            let job = try #require(queue.jobs(peer).first)
            tokens.append(job.token)
            queue.advance(queue.settings.lease)
            try queue.settle()
            #expect(try queue.state(1) == (death == 3 ? .held : .waiting))
            queue.done(job, from: peer)
            try queue.settle()
            #expect(refusals(queue.take(peer)) == [.staleToken])
        }
        #expect(tokens == tokens.sorted() && Set(tokens).count == 3)
    }

    @Test("The jobs of a worker that died with several are leased alone, and that death does not count")
    func suspects() throws {
        let queue = try QueueHarness()
        for number in 0..<3 { queue.submit(number) }
        queue.ready(worker, .ingest, credit: 3, process: 1)
        try queue.settle()
        #expect(queue.jobs(worker).count == 3)
        queue.advance(queue.settings.lease)
        queue.ready(other, .ingest, credit: 3, process: 2)
        try queue.settle()
        for _ in 0..<3 {
            let jobs = queue.jobs(other)
            #expect(jobs.map(\.attempt) == [1])
            queue.done(try #require(jobs.first), from: other)
            try queue.settle()
        }
        #expect(try [0, 1, 2].map { try queue.stage($0) } == [.validate, .validate, .validate])
    }

    @Test("A suspect waits until a busy worker is idle, and nothing is put beside it")
    func suspectWaits() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.submit(2)
        queue.ready(worker, .ingest, credit: 2, process: 1)
        try queue.settle()
        _ = queue.jobs(worker)
        queue.advance(queue.settings.lease - 1)
        queue.ready(other, .ingest, credit: 2, process: 2)
        queue.submit(3)
        try queue.settle()
        let ordinary = try #require(queue.jobs(other).first)
        queue.advance(1)
        try queue.settle()
        queue.submit(4)
        try queue.settle()
        #expect(queue.jobs(other).isEmpty)
        queue.done(ordinary, from: other)
        try queue.settle()
        let alone = queue.jobs(other)
        #expect(alone.count == 1 && [QueueHarness.id(1), QueueHarness.id(2)].contains(alone[0].id))
    }

    @Test("A suspect does not bind an idle worker whose connection was full")
    func suspectAndFullConnection() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.submit(2)
        queue.ready(worker, .ingest, credit: 2, process: 1)
        try queue.settle()
        _ = queue.jobs(worker)
        queue.ready(other, .ingest, credit: 2, process: 2)
        queue.advance(queue.settings.lease - 1, alive: [other])
        queue.feed(.undelivered(other, token: nil, gone: false))
        queue.advance(1)
        try queue.settle()
        #expect(queue.jobs(other).isEmpty)
        queue.advance(queue.settings.heartbeat, alive: [other])
        try queue.settle()
        #expect(queue.jobs(other).count == 1)
    }

    @Test(
        "A broker that could not listen, or was stopped itself, takes no lease from anybody", arguments: [true, false])
    func deafness(stopped: Bool) throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        let token = try #require(queue.jobs(worker).first).token
        if stopped {
            queue.milliseconds += 10 * queue.settings.lease
        } else {
            queue.advance(10 * queue.settings.lease, listening: false)
        }
        queue.feed(.tick(listening: true))
        queue.advance(queue.settings.lease - 1)
        #expect(queue.machine.leases[token] != nil)
        queue.advance(1)
        #expect(queue.machine.leases[token] == nil)
    }

    @Test("After BYE there are no more jobs; the result in hand is taken; silence then is no death")
    func bye() throws {
        let queue = try QueueHarness()
        for number in 0..<3 { queue.submit(number) }
        queue.ready(worker, .ingest, credit: 2)
        try queue.settle()
        let jobs = queue.jobs(worker)
        queue.feed(.message(worker, .bye(Bye()), payload: []))
        queue.done(jobs[0], from: worker)
        try queue.settle()
        #expect(queue.jobs(worker).isEmpty)
        queue.advance(queue.settings.lease)
        queue.ready(other, .ingest, credit: 3, process: 2)
        try queue.settle()
        #expect(queue.jobs(other).map(\.attempt) == [1, 1])
    }

    @Test("A job that cannot be sent waits again and no attempt is spent")
    func undelivered() throws {
        let queue = try QueueHarness()
        queue.ready(worker, .ingest, credit: 2)
        queue.submit(1)
        queue.gone = [worker]
        try queue.settle()
        #expect(try queue.state(1) == .waiting)
        queue.ready(other, .ingest, process: 2)
        try queue.settle()
        #expect(queue.jobs(other).map(\.attempt) == [1])
    }

    @Test("A worker that comes back on a new connection delivers the result of its old lease")
    func reconnect() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        let job = try #require(queue.jobs(worker).first)
        queue.advance(queue.settings.lease / 2)
        queue.ready(other, .ingest)
        queue.advance(queue.settings.lease - 1)
        queue.done(job, from: other)
        try queue.settle()
        #expect(try queue.stage(1) == .validate)
        #expect(queue.machine.workers.count == 1)
    }

    @Test("A lease of a worker that came back without its job ends and costs nothing")
    func lostJob() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        _ = queue.jobs(worker)
        queue.ready(other, .ingest)
        for _ in 0..<3 {
            queue.advance(queue.settings.lease / 2, alive: [other])
            try queue.settle()
        }
        #expect(queue.jobs(other).map(\.attempt) == [1])
    }

    @Test("After a restart a result with the old token is taken; without one the job waits again")
    func restart() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.submit(2)
        queue.ready(worker, .ingest, credit: 2)
        try queue.settle()
        let jobs = queue.jobs(worker)
        try queue.crash()
        queue.done(jobs[0], from: other)
        try queue.settle()
        #expect(refusals(queue.take(other)) == [])
        queue.advance(queue.settings.lease)
        try queue.settle()
        #expect(try queue.state(2) == .waiting)
        queue.done(jobs[1], from: other)
        try queue.settle()
        #expect(refusals(queue.take(other)) == [.staleToken])
        queue.ready(worker, .ingest)
        try queue.settle()
        #expect(queue.jobs(worker).allSatisfy { $0.token > jobs[1].token })
    }

    @Test("Results for others' jobs, of other stages or with other frames are refused")
    func lies() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest, process: 1)
        queue.ready(other, .ingest, process: 2)
        let validator = Peer("validator")
        queue.ready(validator, .validate, process: 3)
        try queue.settle()
        let holder = queue.sent.contains { $0.peer == worker && $0.payload.count == 1 } ? worker : other
        let thief = holder == worker ? other : worker
        let job = try #require(queue.jobs(holder).first)
        _ = queue.take(thief)
        _ = queue.take(validator)
        queue.done(job, from: thief)
        queue.done(job, from: validator)
        #expect(refusals(queue.take(thief)) == [.staleToken])
        #expect(refusals(queue.take(validator)) == [.wrongStage])
        queue.done(job, from: holder, results: [[1]])
        try queue.settle()
        #expect(refusals(queue.take(holder)) == [.wrongPayload])
        #expect(try queue.state(1) == .delayed)
    }

    @Test("A second register is refused, also after a restart")
    func registers() throws {
        let queue = try QueueHarness()
        queue.ready(worker, .notify, process: 1, register: "r1")
        try queue.settle()
        try queue.crash()
        queue.ready(worker, .notify, process: 1, register: "r2")
        queue.ready(other, .notify, process: 2, register: nil)
        #expect(refusals(queue.take(worker)) == [.wrongRegister] && refusals(queue.take(other)) == [.wrongRegister])
        queue.ready(worker, .notify, process: 1, register: "r1")
        #expect(refusals(queue.take(worker)) == [])
    }

    @Test("A register is forgotten when an operator wants that and nobody writes to it, across restarts")
    func forgetRegister() throws {
        let queue = try QueueHarness()
        let clerk = Peer("clerk")
        func forget() throws {
            queue.feed(.message(clerk, .forget(RegisterAct(by: "claire", why: "restauré")), payload: []))
            try queue.settle()
        }
        queue.ready(worker, .notify, process: 1, register: "r1")
        try queue.settle()
        try forget()
        #expect(refusals(queue.take(clerk)) == [.wrongState])
        queue.feed(.message(worker, .bye(Bye()), payload: []))
        try forget()
        #expect(refusals(queue.take(clerk)) == [])
        try queue.crash()
        queue.ready(other, .notify, process: 2, register: "r2")
        try queue.settle()
        #expect(refusals(queue.take(other)) == [])
        queue.ready(worker, .notify, process: 1, register: "r1")
        #expect(refusals(queue.take(worker)) == [.wrongRegister])
    }

    @Test("A register that could not be forgotten stays the queue's")
    func failedForgetting() throws {
        let queue = try QueueHarness()
        let clerk = Peer("clerk")
        queue.ready(worker, .notify, process: 1, register: "r1")
        try queue.settle()
        queue.feed(.message(worker, .bye(Bye()), payload: []))
        queue.failNextBatch = .diskFull(path: "/full")
        queue.feed(.message(clerk, .forget(RegisterAct(by: "claire", why: "restauré")), payload: []))
        queue.ready(other, .notify, process: 2, register: "r2")
        try queue.settle()
        #expect(refusals(queue.take(clerk)) == [.storeFailing])
        #expect(refusals(queue.take(other)) == [.wrongRegister])
        queue.ready(other, .notify, process: 2, register: "r2")
        #expect(refusals(queue.take(other)) == [.wrongRegister])
    }

    @Test("A worker that comes back while its register is being forgotten keeps it the queue's")
    func forgottenTooLate() throws {
        let queue = try QueueHarness()
        queue.ready(worker, .notify, process: 1, register: "r1")
        try queue.settle()
        queue.feed(.message(worker, .bye(Bye()), payload: []))
        queue.feed(.message(Peer("clerk"), .forget(RegisterAct(by: "claire", why: "restauré")), payload: []))
        queue.ready(worker, .notify, process: 1, register: "r1")
        try queue.settle()
        queue.ready(other, .notify, process: 2, register: "r2")
        #expect(refusals(queue.take(other)) == [.wrongRegister])
        try queue.crash()
        queue.ready(other, .notify, process: 2, register: "r2")
        #expect(refusals(queue.take(other)) == [.wrongRegister])
    }

    @Test("Draining leases nothing more, tells workers, and ends when results are in")
    func drain() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.submit(2)
        queue.ready(worker, .ingest)
        try queue.settle()
        let job = try #require(queue.jobs(worker).first)
        queue.feed(.drain)
        #expect(!queue.stopped)
        #expect(queue.take(worker).contains { if case .bye = $0.message { true } else { false } })
        queue.done(job, from: worker)
        try queue.settle()
        #expect(queue.stopped && queue.jobs(worker).isEmpty)
        #expect(try queue.stage(1) == .validate)
    }

    @Test("Draining does not wait for ever")
    func drainLimit() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        queue.feed(.drain)
        queue.advance(queue.settings.drain)
        #expect(queue.stopped)
    }
}
