import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("Several brokers on one database", .enabled(if: PostgreSQLServer.programs != nil))
struct SharingTests {
    let pusher = Peer("pusher")
    let worker = Peer("worker")

    /// Two brokers with a store of their own each, in one schema.
    private func brokers(_ body: (QueueHarness, QueueHarness) throws -> Void) throws {
        let server = try #require(PostgreSQLServer.shared)
        try TestEngine.$current.withValue(.postgreSQL(server)) {
            let schema = TestEngine.schema()
            let one = try QueueHarness(name: "one", schema: schema)
            let two = try QueueHarness(name: "two", schema: schema)
            try body(one, two)
        }
    }

    /// Lets a broker ask what the others did.
    private func beat(_ queue: QueueHarness, alive: [Peer] = []) throws {
        queue.advance(1_000, alive: alive)
        try queue.settle()
    }

    /// The other broker is dead by the database's clock.
    private func bury(_ queue: QueueHarness) throws {
        try queue.store.store.database.write {
            try $0.execute("UPDATE brokers SET seen = 0 WHERE name = ?", [.text(queue.name)])
        }
    }

    @Test("A document that one broker accepted is leased by the other")
    func leasedElsewhere() throws {
        try brokers { one, two in
            one.submit(1)
            try one.settle()
            two.ready(worker, .ingest)
            try beat(two, alive: [worker])
            try two.settle()
            #expect(two.jobs(worker).map(\.id) == [QueueHarness.id(1)])
            #expect(try one.state(1) == .leased)
        }
    }

    @Test("Two brokers lease each job once")
    func once() throws {
        try brokers { one, two in
            for number in 1...20 { one.submit(number) }
            try one.settle()
            for queue in [one, two] { queue.ready(worker, .ingest, credit: 10) }
            try beat(two, alive: [worker])
            try beat(one, alive: [worker])
            try beat(two, alive: [worker])
            let jobs = one.jobs(worker) + two.jobs(worker)
            #expect(Set(jobs.map(\.id)).count == 20 && jobs.count == 20)
            #expect(Set(jobs.map(\.token)).count == 20)
        }
    }

    @Test("The same document pushed to both is kept once")
    func pushedTwice() throws {
        try brokers { one, two in
            one.submit(1)
            two.submit(1)
            try one.settle()
            try two.settle()
            guard case .accepted = one.take(pusher).last?.message, case .known = two.take(pusher).last?.message else {
                Issue.record("one accepts, the other knows")
                return
            }
        }
    }

    @Test("Who waits at one broker hears of what the other one brought to its end")
    func watched() throws {
        try brokers { one, two in
            one.submit(1)
            try one.settle()
            _ = one.take(pusher)
            one.feed(
                .message(
                    pusher, .outcome(OutcomeRequest(ids: [QueueHarness.id(1)], waitMilliseconds: 60_000, request: 9)),
                    payload: []))
            try one.settle()
            two.ready(worker, .ingest)
            try beat(two, alive: [worker])
            let job = try #require(two.jobs(worker).first)
            two.failed(job, from: worker, retry: false)
            try two.settle()
            try beat(one)
            guard case .outcome(let outcome) = one.take(pusher).last?.message else {
                Issue.record("no outcome")
                return
            }
            #expect(outcome.state == .refused && outcome.request == 9)
        }
    }

    @Test("A worker that moves takes its lease along: its result counts at once, and the former broker's lease is void")
    func moved() throws {
        try brokers { one, two in
            one.submit(1)
            one.ready(worker, .ingest)
            try one.settle()
            let job = try #require(one.jobs(worker).first)
            two.ready(worker, .ingest, holding: [job.token])
            try two.settle()
            two.done(job, from: worker)
            try two.settle()
            #expect(try two.stage(1) == .validate && two.state(1) == .waiting)
            // The former broker gives up a lease that is not its any more.
            one.advance(2 * one.settings.lease)
            try one.settle()
            #expect(try one.stage(1) == .validate && one.state(1) == .waiting)
            #expect(try DocumentRow.find(QueueHarness.id(1), in: one)?.suspect == false)
        }
    }

    @Test("A worker that moves keeps its result however many questions the other broker has to answer")
    func movedAmongQuestions() throws {
        try brokers { one, two in
            one.submit(1)
            one.ready(worker, .ingest)
            try one.settle()
            let job = try #require(one.jobs(worker).first)
            var asked = 0
            while two.machine.questions.hasRoom(for: 1_024, of: pusher, limit: two.settings.questions), asked < 100 {
                asked += 1
                let replay = ReplayRequest(stage: .notify, from: 0, dryRun: true, by: "clerk")
                two.feed(.message(Peer("clerk \(asked)"), .replay(replay), payload: []))
            }
            two.ready(worker, .ingest, holding: [job.token])
            two.done(job, from: worker)
            try two.settle()
            #expect(try two.stage(1) == .validate && two.state(1) == .waiting)
            #expect(two.machine.adopting.isEmpty)
        }
    }

    @Test("The leases of a dead broker go to a living one; when it wakes it leases nothing more and ends")
    func death() throws {
        try brokers { one, two in
            for number in 1...2 { one.submit(number) }
            one.ready(worker, .ingest, credit: 1)
            try one.settle()
            let job = try #require(one.jobs(worker).first)
            for _ in 0...(two.settings.lease / 1_000) { try beat(two) }
            try bury(one)
            try beat(two)
            two.advance(2 * two.settings.lease)
            try two.settle()
            #expect(try two.state(1) == .waiting)
            // The dead one was only slow: its claims fail, and it stops.
            one.done(job, from: worker)
            try one.settle()
            #expect(one.stopped)
            #expect(try two.state(2) == .waiting)
        }
    }

    @Test("A broker that was cut off from the store judges nobody before it has seen the others again")
    func cutOff() throws {
        try brokers { one, two in
            for _ in 0...(two.settings.lease / 1_000) { try beat(two) }
            // The store is away from both, and back.
            two.advance(two.settings.lease)
            for queue in [one, two] { try bury(queue) }
            try two.settle()
            for _ in 0..<3 { try beat(two) }
            one.submit(1)
            one.ready(worker, .ingest)
            try one.settle()
            #expect(!one.stopped && one.jobs(worker).count == 1)
        }
    }

    @Test("A status says which brokers share the store, each by its last start, and how long they are silent")
    func whoShares() throws {
        try brokers { one, two in
            try one.crash()
            try beat(two)
            two.feed(.message(pusher, .status(StatusRequest(request: 1)), payload: []))
            try two.settle()
            guard case .status(let status) = two.take(pusher).last?.message else {
                Issue.record("no status")
                return
            }
            let brokers = try #require(status.brokers)
            #expect(brokers.map(\.name) == ["one", "two"] && brokers.map(\.version) == ["9.1", "9.1"])
            #expect(brokers.map(\.incarnation) == [3, 2] && status.incarnation == 2)
            try bury(one)
            two.feed(.message(pusher, .status(StatusRequest(request: 2)), payload: []))
            try two.settle()
            guard case .status(let later) = two.take(pusher).last?.message else { return }
            #expect(later.brokers?.first?.silentMilliseconds ?? 0 > 1_000_000_000)
        }
    }

    @Test("A broker ends when a newer program has changed the schema, with the sentence that names both versions")
    func newerSchema() throws {
        try brokers { one, two in
            one.submit(1)
            try one.settle()
            try two.store.store.database.write { try $0.execute("UPDATE schema_version SET version = version + 1") }
            try beat(one)
            #expect(one.stopped)
            #expect(one.failure?.description.contains("has schema version") == true)
            #expect(try two.state(1) == .waiting)
        }
    }

    @Test("A pause and its end reach the other broker")
    func paused() throws {
        try brokers { one, two in
            one.submit(1)
            one.feed(.message(pusher, .pause(StageAct(stage: .ingest, by: "clerk")), payload: []))
            try one.settle()
            two.ready(worker, .ingest)
            try beat(two, alive: [worker])
            #expect(two.jobs(worker).isEmpty && two.machine.paused == [.ingest])
            one.feed(.message(pusher, .resume(StageAct(stage: .ingest, by: "clerk")), payload: []))
            try one.settle()
            for _ in 0..<3 { try beat(two, alive: [worker]) }
            #expect(two.jobs(worker).count == 1)
        }
    }
}

extension DocumentRow {
    fileprivate static func find(_ id: DocumentID, in queue: QueueHarness) throws -> DocumentRow? {
        try queue.store.store.database.read { try find(id, $0) }
    }
}
