import Foundation
import GreffierProtocol
import Locks
import PostgreSQLTestSupport
import Testing

@testable import Queue

/// A server that is lost after it has committed and before it says so: it waits for a standby that does not exist, and
/// is stopped meanwhile.
@Suite("Commits whose answer is lost", .enabled(if: PostgreSQLServer.programs != nil))
struct LostAnswerTests {
    let worker = Peer("worker")

    /// Lets a broker settle while its next commit goes unanswered, for longer than it waits for the server.
    private func loseAnswer(_ server: PostgreSQLServer, of queue: QueueHarness) throws {
        try server.sql("CREATE TABLE probes (number BIGINT)")
        try server.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        try server.sql("SELECT pg_reload_conf()")
        // The server's processes take the setting one after the other: once a commit waits, all do.
        let isWaiting = Lock(false)
        let probe = Beside {
            while !isWaiting.withLock({ $0 }), (try? server.sql("INSERT INTO probes VALUES (1)")) != nil {}
        }
        try awaitCommits(1, server)
        isWaiting.withLock { $0 = true }
        let kill = Beside {
            try awaitCommits(2, server)
            try server.sql("ALTER SYSTEM RESET synchronous_standby_names")
            try server.kill()
        }
        try queue.settle()
        try kill.wait()
        try probe.wait()
        try server.start()
    }

    /// Waits until so many commits wait for the standby.
    private func awaitCommits(_ count: Int, _ server: PostgreSQLServer) throws {
        let question = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        for _ in 0..<1_000 {
            if try Int(server.sql(question)) ?? 0 >= count { return }
            usleep(10_000)
        }
        throw PostgreSQLServer.Failure(description: "no commit waits for a standby")
    }

    private func broker(_ body: (PostgreSQLServer, QueueHarness, String) throws -> Void) throws {
        let server = try PostgreSQLServer()
        try TestEngine.$current.withValue(.postgreSQL(server)) {
            let schema = TestEngine.schema()
            try body(server, try QueueHarness(name: "one", schema: schema, patience: 0.3), schema)
        }
    }

    private func beat(_ queue: QueueHarness, times: Int = 3, alive: [Peer] = []) throws {
        for _ in 0..<times {
            queue.advance(1_000, alive: alive)
            try queue.settle()
        }
    }

    @Test("A claim that came through unanswered is given back, and its job is leased again")
    func claim() throws {
        try broker { server, queue, _ in
            queue.submit(1)
            try queue.settle()
            queue.ready(worker, .ingest)
            try loseAnswer(server, of: queue)
            #expect(try queue.state(1) == .leased)
            #expect(queue.jobs(worker).isEmpty)
            try beat(queue, times: 5, alive: [worker])
            let jobs = queue.jobs(worker)
            #expect(jobs.map(\.id) == [QueueHarness.id(1)] && jobs.map(\.attempt) == [1])
            #expect(queue.notices.contains("leases whose commit was not answered are given back"))
            queue.done(try #require(jobs.first), from: worker)
            try queue.settle()
            #expect(try queue.stage(1) == .validate)
        }
    }

    @Test("A lease that was adopted unanswered is given back, and its result under the former token is not used")
    func adoption() throws {
        try broker { server, queue, schema in
            let former = try QueueHarness(name: "two", schema: schema, patience: 0.3)
            former.submit(1)
            former.ready(worker, .ingest)
            try former.settle()
            let job = try #require(former.jobs(worker).first)
            queue.ready(worker, .ingest, holding: [job.token])
            try loseAnswer(server, of: queue)
            #expect(try queue.state(1) == .leased)
            try beat(queue, times: 5, alive: [worker])
            let again = try #require(queue.jobs(worker).first)
            #expect(again.id == job.id && again.attempt == job.attempt && again.token != job.token)
            queue.done(job, from: worker)
            try queue.settle()
            #expect(try queue.state(1) == .leased && queue.stage(1) == .ingest)
        }
    }

    @Test("A lease that is kept, or on its way to its end, is left alone after a failure")
    func known() throws {
        try broker { _, queue, _ in
            for number in 1...2 { queue.submit(number) }
            queue.ready(worker, .ingest, credit: 2)
            try queue.settle()
            let jobs = queue.jobs(worker)
            queue.failNextBatch = .unreachable(server: "test", message: "away")
            queue.advance(1_000, alive: [worker])
            try queue.settle()
            // The question is out, then the result comes in.
            queue.advance(1_000, alive: [worker])
            queue.done(try #require(jobs.first), from: worker)
            try queue.settle()
            try beat(queue, alive: [worker])
            #expect(try queue.stage(1) == .validate && queue.state(2) == .leased)
            #expect(!queue.notices.contains("leases whose commit was not answered are given back"))
        }
    }
}
