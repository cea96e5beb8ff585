import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("Replaying documents, their ages, and the audit trail", .onEveryEngine)
struct ReplayTests {
    let paule = Peer("operator")

    private func ask(_ message: MessageToBroker, _ queue: QueueHarness) throws -> MessageFromBroker? {
        queue.feed(.message(paule, message, payload: []))
        try queue.settle()
        return queue.take(paule).last?.message
    }

    /// Does every job of a stage and says which passages it did.
    @discardableResult
    private func work(_ stage: Stage, _ queue: QueueHarness) throws -> [Job] {
        let peer = Peer("worker of \(stage.rawValue)")
        queue.ready(peer, stage, credit: 4, process: stage.jobFrames)
        try queue.settle()
        var done: [Job] = []
        while case let jobs = queue.jobs(peer), !jobs.isEmpty {
            for job in jobs { queue.done(job, from: peer) }
            done += jobs
            try queue.settle()
        }
        return done
    }

    private func registered(_ count: Int) throws -> QueueHarness {
        let queue = try QueueHarness()
        for number in 1...count {
            queue.submit(number)
            try queue.settle()
            queue.milliseconds += 10_000
        }
        for stage in Stage.allCases { try work(stage, queue) }
        return queue
    }

    private func replay(
        _ stage: Stage, from: Int = 0, dryRun: Bool? = nil, after: Int? = nil, _ queue: QueueHarness
    ) throws -> Replayed? {
        let request = ReplayRequest(
            stage: stage, from: from, after: after, dryRun: dryRun, by: "Paule", why: "règle corrigée", request: 5)
        guard case .replayed(let answer)? = try ask(.replay(request), queue) else { return nil }
        #expect(answer.request == 5)
        return answer
    }

    @Test(
        "A replay begins the next generation at its stage with the results of the stages before",
        arguments: Stage.allCases)
    func stages(_ stage: Stage) throws {
        let queue = try registered(2)
        let answer = try #require(try replay(stage, queue))
        #expect(answer.documents == 2 && answer.next == nil)
        for number in 1...2 {
            // A worker of the stage is connected still and has the job at once.
            #expect(try queue.state(number) == .leased && queue.stage(number) == stage)
        }
        for each in Stage.allCases {
            let jobs = try work(each, queue)
            #expect(jobs.count == (each < stage ? 0 : 2) && jobs.allSatisfy { $0.generation == 2 })
        }
        #expect(try queue.state(1) == .registered)
    }

    @Test("A dry run counts the same documents and changes nothing")
    func dryRun() throws {
        let queue = try registered(3)
        #expect(try replay(.validate, dryRun: true, queue)?.documents == 3)
        #expect(try queue.state(1) == .registered)
        #expect(try ask(.acts(ActsRequest()), queue) == .acts(ActList(acts: [])))
    }

    @Test("Only documents of the time asked for are replayed")
    func time() throws {
        let queue = try registered(4)
        let start = QueueHarness.moment(1_000).wallSeconds
        #expect(try replay(.validate, from: start + 20, dryRun: true, queue)?.documents == 2)
        #expect(try replay(.validate, from: start + 31, dryRun: true, queue)?.documents == 0)
        let request = ReplayRequest(stage: .validate, from: start, until: start + 20, dryRun: true, by: "Paule")
        guard case .replayed(let answer)? = try ask(.replay(request), queue) else {
            Issue.record("no answer")
            return
        }
        #expect(answer.documents == 2)
    }

    @Test("What waits, is held or was dropped is not replayed; what was refused only from the beginning")
    func states() throws {
        let queue = try QueueHarness()
        for number in 1...3 { queue.submit(number) }
        try queue.settle()
        let worker = Peer("worker")
        queue.ready(worker, .ingest, credit: 1)
        try queue.settle()
        let job = try #require(queue.jobs(worker).first)
        queue.failed(job, from: worker, retry: false)
        _ = try ask(.drop(DocumentAct(id: QueueHarness.id(2), by: "Paule")), queue)
        #expect(try replay(.validate, dryRun: true, queue)?.documents == 0)
        #expect(try replay(.ingest, dryRun: true, queue)?.documents == 1)
    }

    @Test("More documents than a page are replayed page by page, each once")
    func pages() throws {
        let queue = try registered(205)
        let first = try #require(try replay(.notify, queue))
        #expect(first.documents == 200)
        let second = try #require(try replay(.notify, after: try #require(first.next), queue))
        #expect(second.documents == 5 && second.next == nil)
        #expect(try work(.notify, queue).count == 205)
    }

    @Test("The audit trail has every act with who, what, where and why, newest first and page by page")
    func audit() throws {
        let queue = try registered(1)
        queue.submit(2)
        try queue.settle()
        let act = DocumentAct(id: QueueHarness.id(2), by: "Paule", why: "essai")
        for message in [MessageToBroker.hold(act), .release(act), .hold(act), .retry(act), .drop(act), .drop(act)] {
            _ = try ask(message, queue)
        }
        _ = try ask(.pause(StageAct(stage: .notify, by: "Odile", why: "panne")), queue)
        _ = try replay(.validate, queue)
        guard case .acts(let list)? = try ask(.acts(ActsRequest(limit: 3)), queue) else {
            Issue.record("no acts")
            return
        }
        #expect(list.acts.map(\.what) == ["replayed", "paused", "dropped"])
        #expect(list.acts.map(\.by) == ["Paule", "Odile", "Paule"])
        #expect(list.acts.map(\.id) == [nil, nil, QueueHarness.id(2)])
        #expect(list.acts.map(\.why?.text) == ["1 documents: règle corrigée", "panne", "essai"])
        try queue.crash()
        guard case .acts(let rest)? = try ask(.acts(ActsRequest(before: list.next)), queue) else {
            Issue.record("no further acts")
            return
        }
        #expect(rest.acts.map(\.what) == ["retried", "held", "released", "held"] && rest.next == nil)
    }

    @Test("The ages count each waiting document once, by the time since its acceptance")
    func ages() throws {
        let queue = try QueueHarness()
        for (number, minutes) in [2_000, 30, 30, 6, 1].enumerated() {
            queue.milliseconds = (2_000 - minutes) * 60_000 + 1_000
            queue.submit(number)
            try queue.settle()
        }
        queue.milliseconds = 2_000 * 60_000 + 1_000
        guard case .status(let status)? = try ask(.status(StatusRequest(ages: true)), queue) else {
            Issue.record("no status")
            return
        }
        #expect(status.ages == [StageAges(stage: .ingest, documents: [1, 1, 0, 2, 0, 0, 0, 0, 0, 1])])
        guard case .status(let without)? = try ask(.status(StatusRequest()), queue) else { return }
        #expect(without.ages == nil && without.accepted == 5)
    }

    @Test("The activity counts what was done, failed and came back, and the worker's oldest job is shown")
    func activity() throws {
        let queue = try QueueHarness()
        for number in 1...3 { queue.submit(number) }
        let worker = Peer("worker")
        queue.ready(worker, .ingest, credit: 3)
        try queue.settle()
        let jobs = queue.jobs(worker)
        try #require(jobs.count == 3)
        queue.milliseconds += 700
        queue.done(jobs[0], from: worker)
        queue.failed(jobs[1], from: worker, retry: true)
        try queue.settle()
        queue.milliseconds += 300
        guard case .status(let status)? = try ask(.status(StatusRequest()), queue) else {
            Issue.record("no status")
            return
        }
        let ingest = try #require(status.activity?.first { $0.stage == .ingest })
        #expect(ingest.done == 1 && ingest.failed == 1 && ingest.returned == 0 && ingest.lastHour == 1)
        #expect(ingest.idleMilliseconds == 300 && ingest.totalMilliseconds == 700)
        #expect(ingest.durations == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0])
        #expect(status.workers.first?.busyOn == jobs[2].id && status.workers.first?.busyMilliseconds == 1_000)
        #expect(status.workerCount == 1)
    }
}
