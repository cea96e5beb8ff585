import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("A document's way through the queue", .onEveryEngine)
struct TransitionTests {
    let pusher = Peer("pusher")
    let worker = Peer("worker")

    @Test("It is accepted after the commit, passes all stages with the right payloads, and is registered")
    func wholeWay() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        #expect(queue.take(pusher).isEmpty)
        try queue.settle()
        let answer = MessageFromBroker.accepted(Accepted(id: QueueHarness.id(1), generation: 1, request: 1))
        #expect(queue.take(pusher).map(\.message) == [answer])
        for (number, stage) in [Stage.ingest, .validate, .notify].enumerated() {
            let peer = Peer(stage.rawValue)
            queue.ready(peer, stage, process: number)
            try queue.settle()
            let sent = queue.take(peer)
            guard case .job(let job) = sent.last?.message else {
                Issue.record("no job at \(stage)")
                return
            }
            #expect(job.attempt == 1 && job.stage == stage && job.document.source == "mairie")
            #expect(sent.last?.payload == Self.payload(stage))
            queue.done(job, from: peer)
            try queue.settle()
        }
        #expect(try queue.state(1) == .registered)
    }

    private static func payload(_ stage: Stage) -> [[UInt8]] {
        let (ingest, validate) = (
            QueueHarness.results(.ingest, QueueHarness.id(1)), QueueHarness.results(.validate, QueueHarness.id(1))
        )
        return switch stage {
        case .ingest: [QueueHarness.document(1)]
        case .validate: ingest
        case .notify: validate + ingest
        }
    }

    @Test("A second push is known with its state, and starts again only with `again` and only after a bad end")
    func known() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.submit(1)
        try queue.settle()
        queue.submit(1, again: true)
        try queue.settle()
        let answers = queue.take(pusher).map(\.message)
        let known = MessageFromBroker.known(Known(id: QueueHarness.id(1), state: .waiting, request: 1))
        #expect(answers.dropFirst() == [known, known])
        queue.ready(worker, .ingest)
        try queue.settle()
        queue.failed(try #require(queue.jobs(worker).first), from: worker, retry: false)
        try queue.settle()
        #expect(try queue.state(1) == .refused)
        queue.submit(1)
        queue.submit(1, again: true)
        try queue.settle()
        #expect(
            queue.take(pusher).map(\.message) == [
                .known(Known(id: QueueHarness.id(1), state: .refused, request: 1)),
                .accepted(Accepted(id: QueueHarness.id(1), generation: 2, request: 1)),
            ])
        #expect(queue.jobs(worker).map(\.generation) == [2])
    }

    @Test("Wrong length, wrong digest, no bytes and too many bytes are refused and change nothing")
    func badSubmissions() throws {
        var settings = QueueHarness.quick
        settings.documentBytes = 50
        let queue = try QueueHarness(settings: settings)
        let cases: [(size: Int, bytes: [UInt8], code: RefusalCode)] = [
            (3, [1, 2], .wrongSize), (2, [1, 2], .wrongDigest), (0, [], .empty),
            (51, [UInt8](repeating: 1, count: 51), .tooLarge),
        ]
        for (size, bytes, code) in cases {
            let header = Submit(id: QueueHarness.id(9), name: "x", source: "s", size: size)
            queue.feed(.message(pusher, .submit(header), payload: [ByteArray(bytes)]))
            try queue.settle()
            guard case .refused(let refused) = queue.take(pusher).first?.message else {
                Issue.record("not refused: \(code)")
                continue
            }
            #expect(refused.code == code)
        }
        #expect(try queue.state(9) == nil)
        #expect(queue.machine.inFlightBytes == 0)
    }

    @Test("Failures delay with back-off until the attempts are spent, then the document is held")
    func attempts() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        for attempt in 1...3 {
            let job = try #require(queue.jobs(worker).first)
            #expect(job.attempt == attempt)
            queue.failed(job, from: worker, retry: true)
            try queue.settle()
            #expect(try queue.state(1) == (attempt == 3 ? .held : .delayed))
            queue.advance(400, alive: [worker])
            try queue.settle()
            #expect(queue.jobs(worker).isEmpty)
            for _ in 0..<4 {
                queue.advance(500, alive: [worker])
                try queue.settle()
            }
        }
    }

    @Test("What a host lacks makes a document wait without end, tells the operator once, and counts nothing")
    func hostLacks() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.submit(2)
        queue.ready(worker, .ingest, credit: 2)
        try queue.settle()
        for _ in 1...12 {
            let jobs = queue.jobs(worker)
            #expect(jobs.map(\.attempt) == [1, 1])
            for job in jobs { queue.failed(job, from: worker, retry: true, consequence: .wait) }
            try queue.settle()
            #expect(try [1, 2].map { try queue.state($0) } == [.delayed, .delayed])
            queue.advance(queue.settings.hostDelay / 2 - 1_000, alive: [worker])
            try queue.settle()
            #expect(queue.jobs(worker).isEmpty)
            for _ in 0..<4 {
                queue.advance(queue.settings.hostDelay / 4, alive: [worker])
                try queue.settle()
            }
        }
        #expect(queue.notices.count { $0.contains("worker's host lacks") } == 1)
        let history = try queue.store.store.database.read { sql in
            try sql.query("SELECT what FROM history WHERE document = 1") { try $0.text(0) }
        }
        #expect(history == ["delayed"])
    }

    @Test(
        "A worker may say that what it lacks comes back soon: the document waits no longer, and no longer than the broker's own wait",
        arguments: [(20_000, 20_000), (1, 1_000), (Int.max, 600_000)])
    func shortWait(said: Int, longest: Int) throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        let job = try #require(queue.jobs(worker).first)
        queue.failed(job, from: worker, retry: true, consequence: .wait, waitMilliseconds: said)
        try queue.settle()
        #expect(try queue.state(1) == .delayed)
        queue.advance(longest / 2 - 1, alive: [worker])
        try queue.settle()
        #expect(queue.jobs(worker).isEmpty)
        for _ in 0..<2 {
            queue.advance(longest / 2 + 1, alive: [worker])
            try queue.settle()
        }
        #expect(queue.jobs(worker).count == 1)
    }

    @Test("A host's failure that costs too much to repeat holds the document at once")
    func hostHolds() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        queue.failed(try #require(queue.jobs(worker).first), from: worker, retry: true, consequence: .hold)
        try queue.settle()
        #expect(try queue.state(1) == .held)
    }

    @Test("A failure for good refuses at ingest and holds at a later stage")
    func failureForGood() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.submit(2)
        queue.ready(worker, .ingest, credit: 2)
        try queue.settle()
        let jobs = queue.jobs(worker)
        queue.failed(jobs[0], from: worker, retry: false)
        queue.done(jobs[1], from: worker)
        let second = Peer("validate")
        queue.ready(second, .validate, process: 2)
        try queue.settle()
        queue.failed(try #require(queue.jobs(second).first), from: second, retry: false)
        try queue.settle()
        #expect(try [queue.state(1), queue.state(2)] == [.refused, .held])
        #expect(try queue.stage(2) == .validate)
    }

    @Test("A full disk makes pushers busy, and what was accepted is finished")
    func lowWater() throws {
        var settings = QueueHarness.quick
        settings.lowWaterBytes = 1_000
        let queue = try QueueHarness(settings: settings)
        queue.submit(1)
        try queue.settle()
        queue.feed(.measured(freeBytes: 999, queuedBytes: nil))
        queue.submit(2)
        queue.ready(worker, .ingest)
        try queue.settle()
        guard case .busy(let busy) = queue.take(pusher).last?.message else {
            Issue.record("not busy")
            return
        }
        #expect(busy.reason.text.hasPrefix("disk"))
        queue.done(try #require(queue.jobs(worker).first), from: worker)
        try queue.settle()
        #expect(try queue.stage(1) == .validate)
        queue.feed(.measured(freeBytes: 1_000_000, queuedBytes: nil))
        queue.submit(2)
        try queue.settle()
        #expect(try queue.state(2) == .waiting || queue.state(2) == .leased)
    }

    @Test("A batch that finds the disk full acknowledges nothing; results come back for another attempt")
    func diskFull() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        let job = try #require(queue.jobs(worker).first)
        _ = queue.take(pusher)
        queue.done(job, from: worker)
        queue.submit(2)
        queue.failNextBatch = .diskFull(path: "/full")
        try queue.settle()
        guard case .busy = queue.take(pusher).first?.message else {
            Issue.record("not busy")
            return
        }
        #expect(try queue.state(1) == .leased && queue.state(2) == nil)
        for _ in 0..<4 {
            queue.advance(queue.settings.lease / 2, alive: [worker])
            try queue.settle()
        }
        #expect(queue.jobs(worker).map(\.attempt) == [1])
    }

    @Test("After a full disk nothing is accepted for a moment; then what is pushed tries it again, with nobody's help")
    func diskTriedAgain() throws {
        let queue = try QueueHarness()
        func push() throws -> MessageFromBroker? {
            queue.submit(1)
            try queue.settle()
            return queue.take(pusher).last?.message
        }
        func isBusy(_ answer: MessageFromBroker?) -> Bool { if case .busy = answer { true } else { false } }
        for _ in 0..<2 {
            queue.failNextBatch = .diskFull(path: "postgres://db.example/greffier")
            #expect(isBusy(try push()))
            #expect(queue.failNextBatch == nil)
            #expect(isBusy(try push()))
            queue.advance(queue.settings.fullDiskPause)
        }
        try queue.settle()
        guard case .accepted = try push() else {
            Issue.record("not accepted")
            return
        }
        #expect(queue.notices.count { $0.contains("disk is full") } == 1)
        #expect(queue.notices.contains("the disk has room again"))
    }

    @Test("A store that fails stops the broker and refuses with its own code")
    func storeFails() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.failNextBatch = .inputOutput(operation: "fdatasync", path: "/x", errno: 5)
        try queue.settle()
        guard case .refused(let refused) = queue.take(pusher).first?.message else {
            Issue.record("not refused")
            return
        }
        #expect(refused.code == .storeFailing && queue.stopped)
    }

    @Test("The queue's bytes are bounded: past the bound pushers are busy")
    func queuedBytes() throws {
        var settings = QueueHarness.quick
        settings.queuedBytes = 60
        let queue = try QueueHarness(settings: settings)
        for number in 1...3 {
            queue.submit(number)
            try queue.settle()
        }
        let words = queue.take(pusher).map { if case .busy = $0.message { "busy" } else { "accepted" } }
        #expect(words == ["accepted", "accepted", "busy"])
    }
}
