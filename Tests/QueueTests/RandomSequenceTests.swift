import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

/// Random sequences of everything that can happen, restarts at any point included, against what clients were told.
@Suite("Random sequences", .onEveryEngine)
struct RandomSequenceTests {
    @Test(
        "No sequence of events and restarts breaks an invariant, and afterwards everything comes to an end",
        arguments: Array(1...10) + [82])
    func sequences(seed: Int) throws {
        var run = try RandomRun(seed: UInt64(seed))
        for step in 0..<250 {
            try run.step()
            if step % 10 == 0 { try run.check() }
        }
        try run.finish()
    }
}

/// One random run: the queue, the workers as they see themselves, and what pushers were promised.
struct RandomRun {
    private static let ends = "'registered', 'refused', 'dropped'"
    private static let stages: [Stage] = [.ingest, .validate, .notify]

    private let queue: QueueHarness
    private var random: SeededRandom
    private let pusher = Peer("pusher")
    private let person = Peer("operator")
    /// Workers by connection: stage, process, and the jobs that they hold in their own view.
    private var workers: [Peer: (stage: Stage, process: Int, jobs: [Job])] = [:]
    private var stale: [Job] = []
    private var accepted: [DocumentID: Int] = [:]
    private var ended: [DocumentID: (generation: Int, state: DocumentState)] = [:]
    private var connections = 0
    private var granted: Set<LeaseToken> = []

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        queue = try QueueHarness(seed: seed)
    }

    mutating func step() throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<22: submit()
        case 22..<32: connect()
        case 32..<58: finishJob()
        case 58..<64: failJob()
        case 64..<68: replay()
        case 68..<72: disappear()
        case 72..<76: reconnect()
        case 76..<84: pass(Int.random(in: 1...3_000, using: &random))
        case 84..<90: act()
        case 90..<92: pause()
        case 92..<94: queue.failNextBatch = .diskFull(path: "/full")
        case 94..<96: try restart()
        default: try settle()
        }
        if Bool.random(using: &random) { try settle() }
    }

    private mutating func submit() {
        let number = Int.random(in: 0..<60, using: &random)
        queue.feed(.measured(freeBytes: 1 << 40, queuedBytes: nil))
        queue.submit(number, source: "source \(number % 4)", again: Bool.random(using: &random), from: pusher)
    }

    private mutating func connect() {
        guard workers.count < 6, let stage = Self.stages.randomElement(using: &random) else { return }
        connect(stage)
    }

    private mutating func connect(_ stage: Stage) {
        connections += 1
        let peer = Peer("connection \(connections)")
        workers[peer] = (stage, connections, [])
        queue.ready(peer, stage, credit: Int.random(in: 1...3, using: &random), process: connections)
    }

    private mutating func anyJob() -> (Peer, Job)? {
        let held = workers.sorted { $0.value.process < $1.value.process }
            .flatMap { worker in worker.value.jobs.map { (worker.key, $0) } }
        return held.randomElement(using: &random)
    }

    private mutating func finishJob() {
        guard let (peer, job) = anyJob() else { return }
        workers[peer]?.jobs.removeAll { $0.token == job.token }
        queue.done(job, from: peer)
        stale.append(job)
    }

    private mutating func failJob() {
        guard let (peer, job) = anyJob() else { return }
        workers[peer]?.jobs.removeAll { $0.token == job.token }
        let consequence: FailureConsequence? = [.wait, .hold, nil, nil, nil, nil].randomElement(using: &random) ?? nil
        queue.failed(job, from: peer, retry: Int.random(in: 0..<4, using: &random) > 0, consequence: consequence)
        stale.append(job)
    }

    /// A result comes again, or from a worker that was thought dead.
    private mutating func replay() {
        guard let job = stale.randomElement(using: &random) else { return }
        let stands = queue.machine.leases[job.token] != nil
        let results = QueueHarness.results(job.stage, stands ? job.id : QueueHarness.id(-1))
        queue.done(job, from: Peer("ghost"), results: results)
    }

    private mutating func disappear() {
        guard let (peer, worker) = anyWorker() else { return }
        workers[peer] = nil
        stale += worker.jobs
        if Bool.random(using: &random) { queue.gone.insert(peer) }
    }

    private mutating func reconnect() {
        guard let (peer, worker) = anyWorker() else { return }
        workers[peer] = nil
        queue.gone.insert(peer)
        connections += 1
        let new = Peer("connection \(connections)")
        let kept = worker.jobs.filter { _ in Bool.random(using: &random) }
        stale += worker.jobs.filter { job in !kept.contains { $0.token == job.token } }
        workers[new] = (worker.stage, worker.process, kept)
        introduce(new)
    }

    private mutating func anyWorker() -> (Peer, (stage: Stage, process: Int, jobs: [Job]))? {
        workers.sorted { $0.value.process < $1.value.process }.randomElement(using: &random).map { ($0.key, $0.value) }
    }

    private mutating func pass(_ milliseconds: Int) {
        let alive = workers.keys.sorted { $0.routing.lexicographicallyPrecedes($1.routing) }
        queue.advance(milliseconds, alive: alive)
    }

    private mutating func act() {
        let id = QueueHarness.id(Int.random(in: 0..<60, using: &random))
        let request = DocumentAct(id: id, by: "Paule")
        let acts: [MessageToBroker] = [.hold(request), .release(request), .retry(request), .drop(request)]
        let message = acts[Int.random(in: 0..<10, using: &random) % 4]
        queue.feed(.message(person, message, payload: []))
    }

    private mutating func pause() {
        guard let stage = Self.stages.randomElement(using: &random) else { return }
        let act = StageAct(stage: stage, by: "Paule")
        queue.feed(.message(person, Bool.random(using: &random) ? .pause(act) : .resume(act), payload: []))
    }

    /// The broker dies with whatever it had not committed; workers notice and introduce themselves again.
    private mutating func restart() throws {
        try queue.crash()
        for (peer, _) in workers.sorted(by: { $0.value.process < $1.value.process }) { introduce(peer) }
    }

    /// A worker says READY, and sometimes what it holds.
    private mutating func introduce(_ peer: Peer) {
        guard let worker = workers[peer] else { return }
        let holding = Bool.random(using: &random) ? worker.jobs.map(\.token) : nil
        queue.ready(peer, worker.stage, credit: 3, process: worker.process, holding: holding)
    }

    private mutating func settle() throws {
        try queue.settle()
        for sent in queue.sent { note(sent) }
        queue.sent = []
    }

    private mutating func note(_ sent: QueueHarness.Sent) {
        switch sent.message {
        case .accepted(let answer): accepted[answer.id] = max(accepted[answer.id] ?? 0, answer.generation)
        case .job(let job):
            #expect(granted.insert(job.token).inserted, "a token was granted twice")
            #expect(sent.payload == expectedPayload(job), "a job came with another document's payload")
            if workers[sent.peer] != nil {
                workers[sent.peer]?.jobs.append(job)
            } else {
                stale.append(job)
            }
        case .refused(let refused) where refused.code == .notReady:
            introduce(sent.peer)
        default: break
        }
    }

    private func expectedPayload(_ job: Job) -> [[UInt8]] {
        let ingest = QueueHarness.results(.ingest, job.id)
        switch job.stage {
        case .ingest: return (0..<60).filter { QueueHarness.id($0) == job.id }.map(QueueHarness.document)
        case .validate: return ingest
        case .notify: return QueueHarness.results(.validate, job.id) + ingest
        }
    }

    /// Gives everything time and willing workers, and expects every promise to be kept.
    mutating func finish() throws {
        queue.failNextBatch = nil
        for stage in Self.stages {
            queue.feed(.message(person, .resume(StageAct(stage: stage, by: "Paule")), payload: []))
        }
        var rounds = 0
        while try !isAtRest(), rounds < 3_000 {
            rounds += 1
            try settle()
            for id in try held() {
                queue.feed(.message(person, .retry(DocumentAct(id: id, by: "Paule")), payload: []))
            }
            for stage in Self.stages where !workers.values.contains(where: { $0.stage == stage }) { connect(stage) }
            while anyJob() != nil { finishJob() }
            pass(700)
        }
        try settle()
        try check()
        let left = try queue.store.store.database.read { sql in
            try sql.query("SELECT stage, state, suspect, attempts FROM documents WHERE state NOT IN (\(Self.ends))") {
                "\(try $0.text(0)) \(try $0.text(1)) suspect \(try $0.integer(2)) attempts \(try $0.integer(3))"
            }
        }
        #expect(left.isEmpty, "documents were left over")
    }

    private func held() throws -> [DocumentID] {
        try queue.store.store.database.read { sql in
            try sql.query("SELECT id FROM documents WHERE state = 'held'") { try $0.documentID(0) }
        }
    }

    private func isAtRest() throws -> Bool {
        try queue.store.store.database.read { sql in
            try sql.first("SELECT 1 FROM documents WHERE state NOT IN (\(Self.ends))") { _ in true }
        } == nil
    }
}

extension RandomRun {
    /// What must hold whenever the store has committed everything.
    mutating func check() throws {
        try settle()
        try queue.store.store.database.read { sql in
            for (id, generation) in accepted {
                let row = try DocumentRow.find(id, sql)
                #expect(row.map { $0.outcome.generation >= generation } == true, "an accepted document is lost")
            }
            try checkEnds(sql)
            try checkTallies(sql)
            try checkLeases(sql)
            try checkWaiting(sql)
            try checkHistory(sql)
            try checkSegments(sql)
            #expect(try QueueConsistency.problems(sql) == [])
        }
    }

    /// An end is final for its generation.
    private mutating func checkEnds(_ sql: SQLTransaction) throws {
        for number in 0..<60 {
            guard let row = try DocumentRow.find(QueueHarness.id(number), sql) else { continue }
            let outcome = row.outcome
            if let end = ended[outcome.id], end.generation == outcome.generation {
                #expect(outcome.state == end.state, "an end state was left")
            }
            if outcome.state.isFinal { ended[outcome.id] = (outcome.generation, outcome.state) }
        }
    }

    private func checkTallies(_ sql: SQLTransaction) throws {
        let counted = try sql.query(
            "SELECT stage, state, COUNT(*), SUM(size) FROM documents GROUP BY stage, state ORDER BY stage, state"
        ) { "\(try $0.text(0)) \(try $0.text(1)) \(try $0.integer(2)) \(try $0.integer(3))" }
        let tallied = try sql.query(
            """
            SELECT stage, state, SUM(amount), SUM(bytes) FROM tallies GROUP BY stage, state
            HAVING SUM(amount) <> 0 OR SUM(bytes) <> 0 ORDER BY stage, state
            """
        ) { "\(try $0.text(0)) \(try $0.text(1)) \(try $0.integer(2)) \(try $0.integer(3))" }
        #expect(counted == tallied)
        try SourceBytes.expectTrueTallies(sql)
    }

    /// A leased row and a lease in memory are one to one; a suspect is alone; nobody has more than its credit.
    private func checkLeases(_ sql: SQLTransaction) throws {
        let rows = try sql.query("SELECT token, suspect FROM documents WHERE state = 'leased'") {
            (token: LeaseToken(Int(try $0.integer(0))), suspect: try $0.boolean(1))
        }
        #expect(Set(rows.map(\.token)).isSubset(of: Set(queue.machine.leases.keys)), "a leased row nobody will end")
        for worker in queue.machine.workers.values {
            let valid = rows.filter { worker.leases.contains($0.token) }
            let afresh = worker.leases.filter { queue.machine.leases[$0]?.end == nil }
            #expect(afresh.count <= worker.credit, "more jobs than credit")
            if valid.contains(where: { $0.suspect && afresh.contains($0.token) }) {
                #expect(afresh.count == 1, "a suspect is not alone")
            }
        }
    }

    /// No waiting row is unknown to the machine, so that none is forgotten.
    private func checkWaiting(_ sql: SQLTransaction) throws {
        var machine = queue.machine
        for jobs in try LeaseRows.waiting(sql) {
            if jobs.suspect {
                #expect(machine.suspects[jobs.stage, default: 0] >= jobs.count, "a waiting suspect is forgotten")
            } else {
                var known: [ExactName: Int] = [:]
                while let source = machine.waiting[jobs.stage]?.next() { known[source, default: 0] += 1 }
                machine.waiting = queue.machine.waiting
                #expect(known[jobs.source, default: 0] >= jobs.count, "a waiting job is forgotten")
            }
        }
    }

    private func checkHistory(_ sql: SQLTransaction) throws {
        let doubled = try sql.query(
            """
            SELECT document FROM history WHERE what = 'done' GROUP BY document, generation, stage HAVING COUNT(*) > 1
            """
        ) { try $0.integer(0) }
        #expect(doubled.isEmpty, "a stage was done twice in one generation")
    }

    private func checkSegments(_ sql: SQLTransaction) throws {
        let references = try ["body", "extract", "converted", "report"].reduce(0) { sum, column in
            sum + (try sql.first("SELECT COUNT(\(column)) FROM documents") { Int(try $0.integer(0)) } ?? 0)
        }
        let uses =
            try sql.first("SELECT SUM(uses) FROM \(sql.recordTable)") { Int(try $0.optionalInteger(0) ?? 0) } ?? 0
        #expect(uses == references, "uses of segments and references in rows differ")
    }
}
