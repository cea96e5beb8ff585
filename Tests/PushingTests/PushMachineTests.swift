import GreffierProtocol
import Testing

@testable import Pushing

@Suite("A pusher's side of the conversation")
struct PushMachineTests {
    private let id = DocumentID(of: [1, 2, 3])

    private func machine(_ change: (inout PushMachine.Settings) -> Void = { _ in }) -> PushMachine {
        var settings = PushMachine.Settings()
        change(&settings)
        return PushMachine(settings, random: Fixed(), now: 0)
    }

    /// A generator of the same small number, so that there is no jitter. (Zero makes the standard library draw for ever.)
    private struct Fixed: RandomNumberGenerator, Sendable {
        mutating func next() -> UInt64 { 1 << 40 }
    }

    @Test("A document is submitted once and ends with the receipt")
    func receipt() {
        var machine = machine()
        #expect(machine.begin(1, now: 0) == [.submit(1)])
        let answer = MessageFromBroker.accepted(Accepted(id: id, generation: 1))
        #expect(machine.answered(1, answer, now: 5) == [.finish(1, .accepted)])
        #expect(machine.isIdle)
    }

    @Test("No more than the window is under way")
    func window() {
        var machine = machine { $0.window = 2 }
        _ = machine.begin(1, now: 0)
        #expect(machine.hasRoom)
        _ = machine.begin(2, now: 0)
        #expect(!machine.hasRoom)
    }

    @Test("No more bytes than the window's are under way, except of a single document; what is accepted counts no more")
    func windowBytes() {
        var machine = machine {
            $0.windowBytes = 100
            $0.waitsForOutcome = true
        }
        _ = machine.begin(1, bytes: 99, now: 0)
        #expect(machine.hasRoom)
        _ = machine.begin(2, bytes: 5_000, now: 0)
        #expect(!machine.hasRoom)
        let accepted = MessageFromBroker.accepted(Accepted(id: id, generation: 1))
        _ = machine.answered(2, accepted, now: 1)
        #expect(machine.hasRoom)
        _ = machine.begin(3, bytes: 1, now: 1)
        #expect(!machine.hasRoom)
        _ = machine.answered(1, .refused(Refused(code: .empty, message: "")), now: 2)
        #expect(machine.hasRoom)
    }

    @Test("A broker that hangs up on a large document again and again refuses it, once, and the others go on")
    func hangsUp() {
        var machine = machine()
        _ = machine.begin(1, bytes: 20, now: 0)
        _ = machine.begin(2, bytes: 300 << 20, now: 0)
        #expect(machine.reconnected(now: 10) == [.submit(1), .submit(2)])
        #expect(machine.reconnected(now: 20) == [.submit(1), .submit(2)])
        let third = machine.reconnected(now: 30)
        guard case .finish(2, .refused(let refused)) = third.first else {
            Issue.record("\(third)")
            return
        }
        #expect(refused.code == .tooLarge && Array(third.dropFirst()) == [.submit(1)])
        #expect(machine.answered(1, .accepted(Accepted(id: id, generation: 1)), now: 40) == [.finish(1, .accepted)])
    }

    @Test("A broker that ends again and again is unreachable, and no small document is blamed")
    func endsAgainAndAgain() {
        var machine = machine { $0.unreachableMilliseconds = 300 }
        _ = machine.begin(1, bytes: 20, now: 0)
        for now in stride(from: 100, through: 500, by: 100) {
            #expect(machine.reconnected(now: now) == [.submit(1)])
        }
        #expect(machine.tick(now: 600) == [.finish(1, .unreachable)])
    }

    @Test("A missing answer is asked for again")
    func missingAnswer() {
        var machine = machine {
            $0.answerMilliseconds = 100
            $0.unreachableMilliseconds = 1_000
        }
        _ = machine.begin(1, now: 0)
        #expect(machine.tick(now: 99).isEmpty)
        #expect(machine.tick(now: 100) == [.submit(1)])
        #expect(machine.tick(now: 150).isEmpty)
        #expect(machine.tick(now: 200) == [.submit(1)])
    }

    @Test("After a new connection all that is under way is submitted again")
    func reconnected() {
        var machine = machine()
        _ = machine.begin(1, now: 0)
        _ = machine.begin(2, now: 0)
        #expect(machine.reconnected(now: 50) == [.submit(1), .submit(2)])
    }

    @Test("Busy is obeyed: nothing new begins and the document comes again after the wait")
    func busy() {
        var machine = machine()
        _ = machine.begin(1, now: 0)
        let busy = MessageFromBroker.busy(Busy(reason: "the queue is full", retryAfterMilliseconds: 500))
        #expect(machine.answered(1, busy, now: 10).isEmpty)
        #expect(!machine.hasRoom)
        #expect(machine.tick(now: 509).isEmpty)
        #expect(machine.tick(now: 510) == [.submit(1)])
    }

    @Test("What is due is sent again at its time, whatever ended or was answered in between")
    func dueTimes() {
        var machine = machine {
            $0.answerMilliseconds = 100
            $0.unreachableMilliseconds = 10_000
        }
        _ = machine.begin(1, now: 0)
        _ = machine.begin(2, now: 30)
        _ = machine.begin(3, now: 60)
        let accepted = MessageFromBroker.accepted(Accepted(id: id, generation: 1))
        _ = machine.answered(1, accepted, now: 70)
        #expect(machine.tick(now: 129).isEmpty)
        #expect(machine.tick(now: 130) == [.submit(2)])
        #expect(machine.tick(now: 160) == [.submit(3)])
        #expect(machine.tick(now: 229).isEmpty)
        #expect(machine.tick(now: 300) == [.submit(2), .submit(3)])
    }

    @Test("There is room again once the last busy document was answered or given up")
    func roomAfterBusy() {
        var machine = machine { $0.busyDeadlineMilliseconds = 2_000 }
        _ = machine.begin(1, now: 0)
        _ = machine.begin(2, now: 0)
        let busy = MessageFromBroker.busy(Busy(reason: "the queue is full", retryAfterMilliseconds: 500))
        for number in [1, 2, 2] { _ = machine.answered(number, busy, now: 1) }
        _ = machine.tick(now: 1_001)
        _ = machine.answered(1, .accepted(Accepted(id: id, generation: 1)), now: 1_010)
        #expect(!machine.hasRoom)
        _ = machine.answered(2, busy, now: 1_900)
        #expect(machine.isIdle && machine.hasRoom)
    }

    @Test("Busy past the deadline ends the document as busy")
    func busyDeadline() {
        var machine = machine { $0.busyDeadlineMilliseconds = 700 }
        _ = machine.begin(1, now: 0)
        let busy = Busy(reason: "the queue is full", retryAfterMilliseconds: 500)
        #expect(machine.answered(1, .busy(busy), now: 0).isEmpty)
        _ = machine.tick(now: 500)
        #expect(machine.answered(1, .busy(busy), now: 501) == [.finish(1, .busy(busy))])
    }

    @Test("A failing store is like a busy broker: the document comes again, until the deadline")
    func storeFailing() {
        var machine = machine { $0.busyDeadlineMilliseconds = 1_500 }
        _ = machine.begin(1, now: 0)
        let refused = Refused(code: .storeFailing, message: "the disk does not answer")
        #expect(machine.answered(1, .refused(refused), now: 0).isEmpty)
        #expect(!machine.hasRoom)
        #expect(machine.tick(now: 999).isEmpty)
        #expect(machine.tick(now: 1_000) == [.submit(1)])
        let ended = machine.answered(1, .refused(refused), now: 1_001)
        guard case .finish(1, .busy(let busy)) = ended.first, ended.count == 1 else {
            Issue.record("\(ended)")
            return
        }
        #expect(busy.reason == refused.message)
    }

    @Test("When nobody answers all is unreachable")
    func unreachable() {
        var machine = machine { $0.unreachableMilliseconds = 300 }
        _ = machine.begin(1, now: 0)
        _ = machine.begin(2, now: 0)
        #expect(machine.tick(now: 300) == [.finish(1, .unreachable), .finish(2, .unreachable)])
    }

    @Test("An answer that was not waited with is asked for again after a pause that grows, and ends with a waited one")
    func hastyAnswers() {
        var machine = machine { $0.waitsForOutcome = true }
        _ = machine.begin(1, now: 0)
        #expect(machine.answered(1, .accepted(Accepted(id: id, generation: 1)), now: 1) == [.askOutcome(1)])
        let waiting = MessageFromBroker.outcome(
            Outcome(id: id, state: .waiting, stage: .ingest, generation: 1, since: 0))
        var now = 1
        for pause in [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000] {
            now += 1
            #expect(machine.answered(1, waiting, now: now).isEmpty)
            #expect(machine.hasRoom)
            machine.heard(now: now + pause - 1)
            #expect(machine.tick(now: now + pause - 1).isEmpty)
            now += 2 * pause
            machine.heard(now: now)
            #expect(machine.tick(now: now) == [.askOutcome(1)])
        }
        #expect(machine.answered(1, waiting, now: now + 10_000) == [.askOutcome(1)])
        #expect(machine.answered(1, waiting, now: now + 10_001).isEmpty)
        machine.heard(now: now + 12_001)
        #expect(machine.tick(now: now + 12_001) == [.askOutcome(1)])
    }

    @Test("A broker that is there may be silent for longer than one may be away: it waits for its database")
    func silentBroker() {
        var machine = machine {
            ($0.unreachableMilliseconds, $0.silentMilliseconds, $0.answerMilliseconds) = (300, 40_000, 100_000)
        }
        machine.connected(true, now: 0)
        _ = machine.begin(1, now: 0)
        #expect(machine.tick(now: 39_000).isEmpty)
        // Once it is gone, its absence counts from then.
        machine.connected(false, now: 39_000)
        #expect(machine.tick(now: 39_299).isEmpty)
        #expect(machine.tick(now: 39_300) == [.finish(1, .unreachable)])
    }

    @Test("What is waited for is said while it lasts")
    func delay() {
        var machine = machine()
        #expect(machine.delay(now: 60_000) == nil)
        _ = machine.begin(1, now: 60_000)
        #expect(machine.delay(now: 61_000) == nil)
        #expect(machine.delay(now: 63_000) == "no broker is there")
        machine.connected(true, now: 63_000)
        #expect(machine.delay(now: 63_001) == "the broker is there and does not answer")
        _ = machine.answered(1, .busy(Busy(reason: "queue: it is full", retryAfterMilliseconds: 500)), now: 64_000)
        #expect(machine.delay(now: 64_001) == "queue: it is full")
        _ = machine.tick(now: 66_000)
        _ = machine.answered(1, .accepted(Accepted(id: id, generation: 1)), now: 66_001)
        #expect(machine.delay(now: 99_000) == nil)
    }

    @Test("Waiting asks for the outcome until the document has ended")
    func waiting() {
        var machine = machine { $0.waitsForOutcome = true }
        _ = machine.begin(1, now: 0)
        let accepted = MessageFromBroker.accepted(Accepted(id: id, generation: 1))
        #expect(machine.answered(1, accepted, now: 1) == [.askOutcome(1)])
        let leased = Outcome(id: id, state: .leased, stage: .validate, generation: 1, since: 0)
        #expect(machine.answered(1, .outcome(leased), now: 10_001) == [.askOutcome(1)])
        let ended = Outcome(id: id, state: .registered, stage: .notify, generation: 1, since: 0)
        #expect(machine.answered(1, .outcome(ended), now: 10_002) == [.finish(1, .ended(ended))])
    }

    @Test("A held document ends the wait, as a person must act")
    func held() {
        var machine = machine { $0.waitsForOutcome = true }
        _ = machine.begin(1, now: 0)
        let held = Outcome(id: id, state: .held, stage: .ingest, generation: 1, since: 0, code: "poison")
        #expect(machine.answered(1, .outcome(held), now: 3) == [.finish(1, .ended(held))])
    }

    @Test("An answer that comes twice changes nothing")
    func doubleAnswer() {
        var machine = machine()
        _ = machine.begin(1, now: 0)
        let answer = MessageFromBroker.accepted(Accepted(id: id, generation: 1))
        _ = machine.answered(1, answer, now: 5)
        #expect(machine.answered(1, answer, now: 6).isEmpty)
    }
}
