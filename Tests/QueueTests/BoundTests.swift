import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("What peers may ask for at a time", .onEveryEngine)
struct BoundTests {
    let worker = Peer("worker")
    let clerk = Peer("clerk")

    private func busy(_ peer: Peer, _ queue: QueueHarness) -> [Int?] {
        queue.take(peer).compactMap { if case .busy(let busy) = $0.message { .some(busy.request) } else { nil } }
    }

    @Test("Questions and acts past the bound are answered by BUSY with their numbers, and taken again afterwards")
    func questions() throws {
        var settings = QueueHarness.quick
        settings.questions = 260
        let queue = try QueueHarness(settings: settings)
        queue.submit(1)
        try queue.settle()
        let id = QueueHarness.id(1)
        let asked: [MessageToBroker] = [
            .status(StatusRequest(request: 1)), .status(StatusRequest(request: 2)), .status(StatusRequest(request: 3)),
            .list(ListRequest(request: 4)), .show(ShowRequest(id: id, request: 5)),
            .outcome(OutcomeRequest(ids: [id, id], request: 6)), .hold(DocumentAct(id: id, by: "c", request: 7)),
        ]
        for message in asked { queue.feed(.message(clerk, message, payload: [])) }
        #expect(busy(clerk, queue) == [3, 4, 5, 7])
        try queue.settle()
        #expect(queue.take(clerk).count == 4)
        queue.feed(.message(clerk, .hold(DocumentAct(id: id, by: "c", request: 8)), payload: []))
        try queue.settle()
        #expect(try busy(clerk, queue) == [] && queue.state(1) == .held)
        #expect(queue.machine.questions.isEmpty && queue.machine.questionCosts.isEmpty)
    }

    @Test("Past the documents of one source that may wait it is told to come later, and others are not")
    func waitingOfSource() throws {
        var settings = QueueHarness.quick
        settings.sourceDocuments = 2
        let queue = try QueueHarness(settings: settings)
        for number in 1...2 { queue.submit(number, source: "a") }
        try queue.settle()
        _ = queue.take(clerk)
        queue.submit(3, source: "a", from: clerk)
        queue.submit(4, source: "b", from: clerk)
        try queue.settle()
        #expect(busy(clerk, queue).count == 1)
        #expect(try queue.state(3) == nil && queue.state(4) == .waiting)
        queue.ready(worker, .ingest, credit: 1)
        try queue.settle()
        queue.submit(3, source: "a", from: clerk)
        try queue.settle()
        #expect(try queue.state(3) == .waiting)
    }

    @Test("However many documents pass, no statement holds their values: the prepared ones do not grow")
    func statements() throws {
        let queue = try QueueHarness()
        let workers = [Stage.ingest, .validate, .notify].map { ($0, Peer($0.rawValue)) }
        for (number, worker) in workers.enumerated() { queue.ready(worker.1, worker.0, process: number) }
        func pass(_ documents: ClosedRange<Int>) throws -> Int {
            for number in documents {
                queue.submit(number)
                try queue.settle()
                for (_, peer) in workers {
                    for job in queue.jobs(peer) { queue.done(job, from: peer) }
                    try queue.settle()
                }
                #expect(try queue.state(number) == .registered)
            }
            return try queue.store.store.database.write { $0.preparedStatements }
        }
        let few = try pass(1...5)
        #expect(try pass(6...60) <= few + 2)
    }

    @Test("One document of a source is done next but one, however many thousands another has waiting")
    func fairness() throws {
        let queue = try QueueHarness(settings: QueueHarness.quick)
        for number in 1...3_000 { queue.submit(number, source: "archive") }
        try queue.settle()
        queue.submit(9_999, source: "mairie")
        try queue.settle()
        queue.ready(worker, .ingest, credit: 1)
        try queue.settle()
        var turns = 0
        while try queue.stage(9_999) == .ingest, turns < 10 {
            turns += 1
            for job in queue.jobs(worker) { queue.done(job, from: worker) }
            try queue.settle()
        }
        #expect(turns <= 2)
    }

    @Test("A single question is answered however much it costs")
    func costlyQuestion() throws {
        var settings = QueueHarness.quick
        settings.questions = 1
        let queue = try QueueHarness(settings: settings)
        queue.feed(.message(clerk, .status(StatusRequest()), payload: []))
        try queue.settle()
        #expect(busy(clerk, queue) == [])
    }

    @Test("A worker holds no more bytes of payload than it may, one job at least")
    func payloadBytes() throws {
        var settings = QueueHarness.quick
        let size = QueueHarness.document(1).count
        settings.workerBytes = 2 * size
        let queue = try QueueHarness(settings: settings)
        for number in 1...5 { queue.submit(number) }
        queue.ready(worker, .ingest, credit: 5)
        try queue.settle()
        let jobs = queue.jobs(worker)
        #expect(jobs.count == 2)
        queue.done(jobs[0], from: worker)
        try queue.settle()
        #expect(queue.jobs(worker).count == 1)
        #expect(queue.machine.claimingBytes == 0)
        let tiny = QueueHarness.document(1).count - 1
        settings.workerBytes = tiny
        let other = try QueueHarness(settings: settings)
        for number in 1...3 { other.submit(number) }
        other.ready(worker, .ingest, credit: 3)
        try other.settle()
        #expect(other.jobs(worker).count == 1)
    }

    @Test("What a worker holds is counted over a new connection, a second READY and its end")
    func countedOver() throws {
        let queue = try QueueHarness()
        for number in 1...3 { queue.submit(number) }
        queue.ready(worker, .ingest, credit: 3, process: 1)
        try queue.settle()
        let jobs = queue.jobs(worker)
        #expect(queue.machine.payloadBytesLeased > 0)
        #expect(queue.machine.workers[worker]?.payloadBytes == queue.machine.payloadBytesLeased)
        queue.ready(worker, .ingest, credit: 2, process: 1)
        #expect(queue.machine.workers[worker]?.payloadBytes == queue.machine.payloadBytesLeased)
        let again = Peer("again")
        queue.ready(again, .ingest, credit: 3, process: 1, holding: jobs.map(\.token))
        #expect(queue.machine.workers[again]?.payloadBytes == queue.machine.payloadBytesLeased)
        for job in jobs { queue.done(job, from: again) }
        try queue.settle()
        #expect(queue.machine.workers[again]?.payloadBytes == 0)
    }
}

extension QueueMachine {
    fileprivate var payloadBytesLeased: Int { leases.values.reduce(0) { $0 + $1.payloadBytes } }
}
