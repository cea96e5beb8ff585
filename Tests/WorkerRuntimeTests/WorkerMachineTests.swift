import GreffierProtocol
import Testing

@testable import WorkerRuntime

@Suite("A worker's side of the conversation")
struct WorkerMachineTests {
    private let identity = Ready(
        stage: .ingest, credit: 4, program: "greffier-ingest", version: "1", host: "h", process: 7)

    /// What it says of itself while it holds these leases.
    private func ready(_ holding: Int...) -> MessageToBroker {
        var ready = identity
        ready.holding = holding.map(LeaseToken.init)
        return .ready(ready)
    }

    private var job: Job { job(1) }

    private func job(_ token: Int) -> Job {
        let document = DocumentDescription(name: "n", source: "s", acceptedAt: 0)
        return Job(
            id: DocumentID(of: [1]), stage: .ingest, generation: 1, attempt: 1, token: LeaseToken(token),
            document: document
        )
    }

    private func connected() -> WorkerMachine {
        var machine = WorkerMachine(identity: identity, drainMilliseconds: 1_000, now: 0)
        _ = machine.handle(.connected, now: 0)
        return machine
    }

    @Test("It says READY at every connection")
    func ready() {
        var machine = WorkerMachine(identity: identity, drainMilliseconds: 1_000, now: 0)
        #expect(machine.handle(.connected, now: 0) == [.send(ready())])
        #expect(machine.handle(.connected, now: 9) == [.send(ready())])
    }

    @Test("Of several brokers the next has its turn when one is away for a second; with one it only waits")
    func severalBrokers() {
        var machine = WorkerMachine(identity: identity, drainMilliseconds: 1_000, hasOtherBrokers: true, now: 0)
        #expect(machine.handle(.tick, now: 999) == [])
        #expect(machine.handle(.tick, now: 1_000) == [.reconnect])
        _ = machine.handle(.connected, now: 1_100)
        _ = machine.handle(.message(.job(job(3))), now: 1_200)
        _ = machine.handle(.disconnected, now: 1_300)
        #expect(machine.handle(.tick, now: 2_200) == [])
        #expect(machine.handle(.tick, now: 2_300) == [.reconnect])
        #expect(machine.handle(.connected, now: 2_400) == [.send(ready(3))])
        #expect(machine.handle(.tick, now: 3_500) == [])

        var alone = connected()
        _ = alone.handle(.disconnected, now: 10)
        #expect(alone.handle(.tick, now: 1_500) == [])
    }

    @Test("It says READY again when the broker does not know it")
    func notReady() {
        var machine = connected()
        let refused = Refused(code: .notReady, message: "say READY")
        #expect(machine.handle(.message(.refused(refused)), now: 5) == [.send(ready())])
    }

    @Test("READY names the leases in hand, until their results have left")
    func holding() {
        var machine = connected()
        _ = machine.handle(.message(.job(job(7))), now: 1)
        _ = machine.handle(.message(.job(job(3))), now: 1)
        #expect(machine.handle(.connected, now: 2) == [.send(ready(3, 7))])
        _ = machine.handle(.finished(LeaseToken(7)), now: 3)
        let refused = MessageFromBroker.refused(Refused(code: .notReady, message: "say READY"))
        #expect(machine.handle(.message(refused), now: 4) == [.send(ready(3))])
    }

    @Test("A result that no broker would read is sent as a failure for good")
    func oversizedResult() {
        let bytes = [UInt8](repeating: 32, count: ProtocolLimits.resultBytes + 1)
        guard case .failed("result-too-large", _, retry: false) = JobResult.done([bytes]).bounded,
            case .done = JobResult.done([Array(bytes.dropLast())]).bounded
        else {
            Issue.record("the limit is elsewhere")
            return
        }
    }

    @Test(
        "It ends when the broker does not want it",
        arguments: [RefusalCode.wrongRegister, .version, .notAllowed])
    func unwanted(code: RefusalCode) {
        var machine = connected()
        let refused = Refused(code: code, message: "not you")
        let actions = machine.handle(.message(.refused(refused)), now: 5)
        #expect(actions == [.end(.refused(code, "not you"))])
    }

    @Test("A stale token is told and changes nothing else")
    func staleToken() {
        var machine = connected()
        let refused = Refused(code: .staleToken, message: "", token: LeaseToken(3))
        #expect(machine.handle(.message(.refused(refused)), now: 5) == [.note(.resultRefused(refused))])
    }

    @Test("It beats when it has said nothing for an interval, as the broker wants it")
    func heartbeat() {
        var machine = connected()
        let wish = Heartbeat(intervalMilliseconds: 500, leaseMilliseconds: 3_000, incarnation: 1)
        _ = machine.handle(.message(.heartbeat(wish)), now: 10)
        #expect(machine.handle(.tick, now: 499).isEmpty)
        #expect(machine.handle(.tick, now: 500) == [.send(.heartbeat(Heartbeat()))])
        #expect(machine.handle(.tick, now: 600).isEmpty)
    }

    @Test("It connects anew when the broker is silent for longer than a lease")
    func silentBroker() {
        var machine = connected()
        let wish = Heartbeat(intervalMilliseconds: 500, leaseMilliseconds: 3_000)
        _ = machine.handle(.message(.heartbeat(wish)), now: 0)
        #expect(machine.handle(.tick, now: 3_000) == [.note(.silent(milliseconds: 3_000)), .reconnect])
        #expect(machine.handle(.tick, now: 6_500).isEmpty)
    }

    @Test("Told to end it says BYE, finishes what it has in hand, and ends")
    func drain() {
        var machine = connected()
        #expect(machine.handle(.message(.job(job)), now: 1) == [.start])
        let actions = machine.handle(.drain, now: 2)
        #expect(actions.count == 1)
        guard case .send(.bye) = actions.first else {
            Issue.record("no BYE")
            return
        }
        #expect(machine.handle(.finished(LeaseToken(1)), now: 3) == [.end(nil)])
    }

    @Test("Told to end with nothing in hand it ends at once, and says READY no more")
    func idleDrain() {
        var machine = connected()
        #expect(machine.handle(.drain, now: 2).last == .end(nil))
        #expect(machine.handle(.connected, now: 3).isEmpty)
    }

    @Test("A job that does not end in time is left to another worker")
    func drainTimesOut() {
        var machine = connected()
        _ = machine.handle(.message(.job(job)), now: 1)
        _ = machine.handle(.drain, now: 2)
        #expect(machine.handle(.tick, now: 1_002) == [.end(.drainTimedOut(jobs: 1))])
    }

    @Test("A connection that cannot be made is tried again, for ever, at growing intervals")
    func reconnectFails() {
        var machine = connected()
        var now = 10_000
        #expect(machine.handle(.tick, now: now).last == .reconnect)
        var waits: [Int] = []
        for _ in 0..<12 {
            _ = machine.handle(.reconnectFailed, now: now)
            let failed = now
            while machine.handle(.tick, now: now) != [.reconnect] {
                now += min(50, machine.untilNextTick(now: now))
                guard now - failed <= 31_000 else { break }
            }
            waits.append(now - failed)
        }
        #expect(waits == [100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000, 30_000])
        _ = machine.handle(.connected, now: now)
        #expect(machine.handle(.tick, now: now + 10_000).last == .reconnect)
        _ = machine.handle(.reconnectFailed, now: now + 10_000)
        #expect(machine.handle(.tick, now: now + 10_100) == [.reconnect])
    }

    @Test("A job that outlives the longest lease ends the process; one whose result waits to leave does not")
    func jobNeverEnds() {
        var machine = connected()
        let wish = Heartbeat(
            intervalMilliseconds: 2_000, leaseMilliseconds: 604_800_000, longestLeaseMilliseconds: 5_000)
        _ = machine.handle(.message(.heartbeat(wish)), now: 0)
        for token in 1...3 { _ = machine.handle(.message(.job(job(token))), now: 100) }
        _ = machine.handle(.working([LeaseToken(1)]), now: 100)
        _ = machine.handle(.working([LeaseToken(1), LeaseToken(2)]), now: 1_000)
        _ = machine.handle(.ended(LeaseToken(1)), now: 2_000)
        _ = machine.handle(.working([LeaseToken(2)]), now: 3_000)
        let ends = { (actions: [WorkerMachine.Action]) in actions.contains { if case .end = $0 { true } else { false } }
        }
        #expect(!ends(machine.handle(.tick, now: 5_999)))
        #expect(machine.handle(.tick, now: 6_000) == [.end(.jobNeverEnds(LeaseToken(2), milliseconds: 5_000))])
    }

    @Test("A job that lasts is told as begun once, and again over a new connection; short ones are not")
    func begun() {
        var machine = connected()
        for token in 1...3 { _ = machine.handle(.message(.job(job(token))), now: 100) }
        _ = machine.handle(.working([LeaseToken(1), LeaseToken(2)]), now: 100)
        #expect(machine.handle(.tick, now: 2_050) == [.send(.heartbeat(Heartbeat()))])
        _ = machine.handle(.ended(LeaseToken(2)), now: 2_060)
        let told = WorkerMachine.Action.send(.heartbeat(Heartbeat(begun: [LeaseToken(1)])))
        #expect(machine.handle(.tick, now: 2_100) == [told])
        #expect(machine.handle(.tick, now: 2_200) == [])
        #expect(machine.handle(.tick, now: 4_100) == [.send(.heartbeat(Heartbeat()))])
        _ = machine.handle(.connected, now: 4_200)
        #expect(machine.handle(.tick, now: 4_300) == [told])
    }

    @Test("A restart of the broker is noticed by its incarnation")
    func restart() {
        var machine = connected()
        #expect(machine.handle(.message(.heartbeat(Heartbeat(incarnation: 1))), now: 1).isEmpty)
        let actions = machine.handle(.message(.heartbeat(Heartbeat(incarnation: 2))), now: 2)
        #expect(actions == [.note(.brokerRestarted(incarnation: 2))])
    }
}
