import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("What one peer may ask for and wait for", .onEveryEngine)
struct AllowanceTests {
    private let id = QueueHarness.id(1)

    /// A connection of a key that only pushes, or of one that operates.
    private func peer(_ connection: String, key: String, operates: Bool = false) -> Peer {
        Peer(
            routing: Array(connection.utf8),
            identity: Identity(key: key, name: key, seesAll: operates, stages: []))
    }

    private func queue(questions: Int = 400, watchers: Int = 16) throws -> QueueHarness {
        var settings = QueueHarness.quick
        (settings.questions, settings.watchers) = (questions, watchers)
        return try QueueHarness(settings: settings)
    }

    private func wait(for number: Int, _ peer: Peer, _ queue: QueueHarness, request: Int? = nil) throws {
        let request = OutcomeRequest(ids: [QueueHarness.id(number)], waitMilliseconds: 60_000, request: request)
        queue.feed(.message(peer, .outcome(request), payload: []))
        try queue.settle()
    }

    /// How many of a peer's requests were answered at once.
    private func answers(_ peer: Peer, _ queue: QueueHarness) -> Int {
        queue.take(peer).count { if case .outcome = $0.message { true } else { false } }
    }

    private func isBusy(_ peer: Peer, _ queue: QueueHarness) -> Bool {
        queue.take(peer).contains { if case .busy = $0.message { true } else { false } }
    }

    @Test("A key waits for a quarter at most over all its connections; others, operators and this host wait beside it")
    func watchers() throws {
        let queue = try queue(watchers: 16)
        let crowd = (1...3).map { peer("crowd \($0)", key: "a") }
        for number in 1...12 { queue.submit(number, source: "a", from: crowd[0]) }
        for number in 13...14 { queue.submit(number, source: "b", from: peer("b", key: "b")) }
        try queue.settle()
        for number in 1...12 { try wait(for: number, crowd[number % 3], queue) }
        #expect(crowd.map { answers($0, queue) }.reduce(0, +) == 8 && queue.machine.watchers.count == 4)
        let others = [peer("b", key: "b"), peer("o", key: "o", operates: true), Peer("here")]
        _ = queue.take(others[0])
        for other in others {
            try wait(for: 13, other, queue)
            #expect(answers(other, queue) == 0)
        }
        #expect(queue.machine.watchers.count == 7)
    }

    @Test("Keys that only push leave a quarter of all to operators and this host")
    func reserve() throws {
        let queue = try queue(watchers: 16)
        for key in 1...6 {
            for number in 1...3 { queue.submit(10 * key + number, from: peer("p\(key)", key: "k\(key)")) }
        }
        try queue.settle()
        for key in 1...6 {
            for number in 1...3 { try wait(for: 10 * key + number, peer("p\(key)", key: "k\(key)"), queue) }
        }
        #expect(queue.machine.watchers.count == 12)
        let operators = peer("o", key: "o", operates: true)
        for number in 1...2 { try wait(for: 10 + number, operators, queue) }
        for number in 1...2 { try wait(for: 10 + number, Peer("here"), queue) }
        #expect(queue.machine.watchers.count == 16)
        #expect(answers(operators, queue) == 0)
    }

    @Test("A peer waits once for a document: the former request is answered, the same one is not")
    func duplicates() throws {
        let queue = try queue()
        let pusher = peer("p", key: "a")
        queue.submit(1, from: pusher)
        try queue.settle()
        _ = queue.take(pusher)
        for request in [1, 1, 2] { try wait(for: 1, pusher, queue, request: request) }
        let told = queue.take(pusher).compactMap { if case .outcome(let outcome) = $0.message { outcome } else { nil } }
        #expect(told.map(\.request) == [1] && told.map(\.state) == [.waiting])
        #expect(queue.machine.watchers.count == 1)
    }

    @Test("Who is gone waits no more, whether its connection ended or what was sent to it came back")
    func gone() throws {
        let queue = try queue()
        let pusher = peer("p", key: "a")
        for number in 1...2 { queue.submit(number, from: pusher) }
        try queue.settle()
        for number in 1...2 { try wait(for: number, pusher, queue) }
        #expect(queue.machine.watchers.count == 2)
        queue.feed(.closed(pusher))
        #expect(queue.machine.watchers.count == 0)
        for number in 1...2 { try wait(for: number, pusher, queue) }
        queue.gone = [pusher]
        queue.feed(.message(Peer("here"), .drop(DocumentAct(id: id, by: "greffe")), payload: []))
        try queue.settle()
        #expect(queue.machine.watchers.count == 0)
    }

    @Test(
        "A key asks the store for a quarter at most at a time, pauses and resumptions included, and operators are heard"
    )
    func questions() throws {
        let queue = try queue(questions: 400)
        let pusher = peer("p", key: "a")
        for number in 1...200 {
            queue.feed(.message(pusher, .outcome(OutcomeRequest(ids: [id], request: number)), payload: []))
        }
        #expect(queue.machine.questions.used == 100 && isBusy(pusher, queue))
        let operators = peer("o", key: "o", operates: true)
        for stage in Stage.allCases {
            queue.feed(.message(operators, .pause(StageAct(stage: stage, by: "o")), payload: []))
        }
        #expect(queue.machine.questions.used == 295 && !isBusy(operators, queue))
        queue.feed(.message(operators, .status(StatusRequest()), payload: []))
        #expect(isBusy(operators, queue))
        queue.feed(.message(Peer("here"), .status(StatusRequest()), payload: []))
        #expect(!isBusy(Peer("here"), queue))
        try queue.settle()
        #expect(queue.machine.questions.isEmpty && queue.machine.paused == Set(Stage.allCases))
    }

    @Test("While others push, one key has only so many documents on their way; alone it has as many as it likes")
    func submissions() throws {
        var settings = QueueHarness.quick
        settings.submissions = 4
        let queue = try QueueHarness(settings: settings)
        let (many, few) = (peer("m", key: "a"), peer("f", key: "b"))
        for number in 1...8 { queue.submit(number, from: many) }
        #expect(!isBusy(many, queue))
        queue.submit(9, from: few)
        queue.submit(10, from: many)
        #expect(isBusy(many, queue) && !isBusy(few, queue))
        try queue.settle()
        #expect(queue.machine.submitting.isEmpty)
        queue.submit(10, from: many)
        try queue.settle()
        #expect(try queue.state(10) == .waiting && queue.state(9) == .waiting)
    }

    @Test("A pause that is answered by BUSY pauses nothing")
    func busyPause() throws {
        let queue = try queue(questions: 10)
        let operators = peer("o", key: "o", operates: true)
        queue.feed(.message(operators, .status(StatusRequest()), payload: []))
        queue.feed(.message(operators, .pause(StageAct(stage: .ingest, by: "o")), payload: []))
        #expect(isBusy(operators, queue) && queue.machine.paused.isEmpty)
    }
}
