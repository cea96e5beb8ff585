import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Queue

@Suite("What operators and scripts ask for", .onEveryEngine)
struct OperatorTests {
    let pusher = Peer("pusher")
    let worker = Peer("worker")
    let operator1 = Peer("operator")

    private func act(_ number: Int) -> DocumentAct {
        DocumentAct(id: QueueHarness.id(number), by: "Paule", why: "essai", request: 7)
    }

    private func send(_ message: MessageToBroker, _ queue: QueueHarness) throws -> [MessageFromBroker] {
        queue.feed(.message(operator1, message, payload: []))
        try queue.settle()
        return queue.take(operator1).map(\.message)
    }

    @Test("Hold takes a document aside and fences its lease; release brings it back")
    func hold() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        let job = try #require(queue.jobs(worker).first)
        let held = try send(.hold(act(1)), queue)
        #expect(held == [.known(Known(id: QueueHarness.id(1), state: .held, request: 7))])
        queue.done(job, from: worker)
        try queue.settle()
        #expect(try queue.state(1) == .held)
        _ = try send(.release(act(1)), queue)
        try queue.settle()
        #expect(queue.jobs(worker).map(\.stage) == [.ingest])
    }

    @Test("Drop is final; retry begins the next generation; every act is in the history with who and why")
    func dropAndRetry() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        try queue.settle()
        _ = try send(.drop(act(1)), queue)
        #expect(try queue.state(1) == .dropped)
        let refused = try send(.release(act(1)), queue)
        guard case .refused(let reason) = refused.first else {
            Issue.record("not refused")
            return
        }
        #expect(reason.code == .wrongState && reason.request == 7)
        _ = try send(.retry(act(1)), queue)
        guard case .show(let shown) = try send(.show(ShowRequest(id: QueueHarness.id(1))), queue).first else {
            Issue.record("nothing shown")
            return
        }
        #expect(shown.document.generation == 2 && shown.document.state == .waiting)
        #expect(shown.history.map(\.what) == ["accepted", "dropped", "accepted"])
        #expect(shown.history.dropFirst().allSatisfy { $0.who == "Paule" && $0.message?.text == "essai" })
    }

    @Test("Retry of a delayed document does not wait for its time")
    func retryDelayed() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        queue.failed(try #require(queue.jobs(worker).first), from: worker, retry: true)
        try queue.settle()
        _ = try send(.retry(act(1)), queue)
        #expect(queue.jobs(worker).map(\.attempt) == [1])
    }

    @Test("A paused stage leases nothing, also after a restart, until it is resumed")
    func pause() throws {
        let queue = try QueueHarness()
        let pause = StageAct(stage: .ingest, by: "Paule", request: 3)
        guard case .status(let status) = try send(.pause(pause), queue).first else {
            Issue.record("no status")
            return
        }
        #expect(status.paused == [.ingest] && status.request == 3)
        try queue.crash()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        #expect(queue.jobs(worker).isEmpty)
        _ = try send(.resume(pause), queue)
        #expect(queue.jobs(worker).count == 1)
    }

    @Test("A pause that could not be stored leaves an earlier pause as it is")
    func failedPause() throws {
        let queue = try QueueHarness()
        let pause = StageAct(stage: .ingest, by: "Paule")
        _ = try send(.pause(pause), queue)
        queue.failNextBatch = .diskFull(path: "/full")
        _ = try send(.pause(pause), queue)
        queue.failNextBatch = .diskFull(path: "/full")
        _ = try send(.resume(pause), queue)
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        #expect(queue.jobs(worker).isEmpty)
    }

    @Test("Status counts documents by stage and state, names workers and bytes")
    func status() throws {
        let queue = try QueueHarness()
        for number in 0..<3 { queue.submit(number) }
        queue.ready(worker, .ingest, credit: 1)
        try queue.settle()
        guard case .status(let status) = try send(.status(StatusRequest()), queue).first else {
            Issue.record("no status")
            return
        }
        let counts = Dictionary(uniqueKeysWithValues: status.counts.map { ($0.state, $0.count) })
        #expect(counts == [.waiting: 2, .leased: 1])
        #expect(status.workers.map(\.leased) == [1] && status.queuedBytes > 0 && status.mode == "running")
    }

    @Test("A history that has no room for all says so, and keeps the acceptance and the newest")
    func cutHistory() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        try queue.settle()
        func history() throws -> DocumentHistory? {
            guard case .show(let history)? = try send(.show(ShowRequest(id: QueueHarness.id(1))), queue).first else {
                return nil
            }
            return history
        }
        #expect(try history()?.isCut == nil)
        for _ in 0..<101 {
            for message in [MessageToBroker.hold, MessageToBroker.release] {
                _ = try send(message(DocumentAct(id: QueueHarness.id(1), by: "clerk", why: "test")), queue)
            }
        }
        let cut = try #require(try history())
        #expect(cut.isCut == true && cut.history.count == 201)
        #expect(cut.history.first?.what == "accepted" && cut.history.last?.what == "released")
    }

    @Test("A list comes in pages, by state, stage and source")
    func list() throws {
        let queue = try QueueHarness()
        for number in 0..<5 { queue.submit(number, source: number % 2 == 0 ? "a" : "b") }
        try queue.settle()
        var seen: [DocumentID] = []
        var after: Int?
        repeat {
            let request = ListRequest(state: .waiting, stage: .ingest, source: "a", after: after, limit: 2)
            guard case .list(let page) = try send(.list(request), queue).first else {
                Issue.record("no list")
                return
            }
            seen += page.documents.map(\.id)
            after = page.next
        } while after != nil
        #expect(seen == [0, 2, 4].map(QueueHarness.id))
    }

    @Test("An outcome is told at once, or when the document comes to rest, or when the wait is over")
    func outcome() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.submit(2)
        try queue.settle()
        let ids = [1, 2, 3].map(QueueHarness.id)
        let first = try send(.outcome(OutcomeRequest(ids: ids, waitMilliseconds: 5_000, request: 4)), queue)
        #expect(first.count == 1)
        guard case .refused(let refused) = first.first else {
            Issue.record("the unknown document is not refused")
            return
        }
        #expect(refused.code == .unknownDocument)
        _ = try send(.drop(act(1)), queue).count
        queue.advance(5_000)
        try queue.settle()
        let late = queue.take(operator1).map(\.message)
        guard case .outcome(let waiting) = late.last else {
            Issue.record("no outcome: \(late)")
            return
        }
        #expect(waiting.id == ids[1] && waiting.state == .waiting && waiting.request == 4)
        #expect(queue.machine.watchers.count == 0)
    }

    @Test("Who waits hears of the end")
    func watched() throws {
        let queue = try QueueHarness()
        queue.submit(1)
        queue.ready(worker, .ingest)
        try queue.settle()
        _ = try send(.outcome(OutcomeRequest(ids: [QueueHarness.id(1)], waitMilliseconds: 60_000)), queue)
        queue.failed(try #require(queue.jobs(worker).first), from: worker, retry: false)
        try queue.settle()
        guard case .outcome(let outcome) = queue.take(operator1).first?.message else {
            Issue.record("not told")
            return
        }
        #expect(outcome.state == .refused && outcome.code == "test" && outcome.message?.text == "it failed")
    }

    @Test("Acts on an unknown document are refused")
    func unknown() throws {
        let queue = try QueueHarness()
        for message in [MessageToBroker.hold(act(1)), .drop(act(1)), .show(ShowRequest(id: QueueHarness.id(1)))] {
            guard case .refused(let refused) = try send(message, queue).first else {
                Issue.record("not refused")
                continue
            }
            #expect(refused.code == .unknownDocument)
        }
    }

    @Test("A document that another source pushes again is served with that source, and nobody else's waits for it")
    func againFromAnotherSource() throws {
        let queue = try QueueHarness()
        queue.submit(1, source: "dépôt")
        try queue.settle()
        _ = try send(.drop(act(1)), queue)
        queue.submit(1, source: "paule@mairie", again: true)
        queue.submit(2, source: "dépôt")
        queue.ready(worker, .ingest, credit: 4)
        try queue.settle()
        #expect(Set(queue.jobs(worker).map(\.id)) == [QueueHarness.id(1), QueueHarness.id(2)])
    }

    @Test("A page of documents with the longest texts keeps the protocol's limit, and the next page goes on from there")
    func longPages() throws {
        let queue = try QueueHarness()
        let source = String(repeating: "é", count: 400)
        for number in 1...120 { queue.submit(number, source: source) }
        try queue.settle()
        var seen: [DocumentID] = []
        var request = ListRequest(limit: ProtocolLimits.listedDocuments)
        repeat {
            let answer = try #require(try send(.list(request), queue).first)
            #expect(answer.frames[2].count <= ProtocolLimits.headerBytes)
            guard case .list(let list) = answer else {
                Issue.record("no list")
                return
            }
            seen += list.documents.map(\.id)
            request.after = list.next
        } while request.after != nil && seen.count < 1_000
        #expect(seen == (1...120).map(QueueHarness.id))
    }
}
