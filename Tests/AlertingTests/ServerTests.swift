import Deadlines
import Deliberations
import Foundation
import Locks
import Mail
import Register
import Testing

@testable import Alerting

@Suite("What the mail server answers")
struct ServerTests {
    @Test("A mail server that is down delays everything at one attempt, and nothing is lost")
    func serverDown() async throws {
        let office = try Office()
        let register = try office.register()
        let documents = try (1...20).map { try registration("\($0).pdf", acts: [act("Sujet \($0)", "\($0)")]) }
        _ = try register.register(documents, now: office.clock.now)
        let attempts = Lock(0)
        let broken = AnswerTransport { _ in
            attempts.withLock { $0 += 1 }
            return .serverTrouble(code: nil, text: "connection refused")
        }
        let round = try await office.delivery(register, transport: broken).round()
        #expect(attempts.withLock { $0 } == 1)
        #expect(round.serverTrouble == "connection refused")
        #expect((round.delayed, round.postponed) == (1, 7))
        #expect(try register.alerts().allSatisfy { $0.state == .pending })
        office.clock.now = office.clock.now + 120
        #expect(try await office.delivery(register).round().sent == 20)
        #expect(try office.mails().count == 20)
    }

    @Test("A refusal for good is recorded for operators; doubt is resent with the same Message-ID, then given up")
    func refusalAndDoubt() async throws {
        let office = try Office(recipients: ["refused@grand-val.example", "doubt@grand-val.example"])
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        let identities = Lock<[String]>([])
        let transport = AnswerTransport { message in
            if message.to.localPart == "refused" { return .permanentFailure(code: 550, text: "no such user") }
            identities.withLock { $0.append(message.messageID.text) }
            return .uncertain(text: "connection lost")
        }
        let delivery = office.delivery(register, transport: transport)
        for _ in 0..<8 {
            _ = try await delivery.round()
            office.clock.now = office.clock.now + 300
        }
        let rows = try register.alerts()
        #expect(rows.first { $0.recipient.hasPrefix("refused") }?.state == .failed)
        let doubt = try #require(rows.first { $0.recipient.hasPrefix("doubt") })
        #expect((doubt.state, doubt.doubts, doubt.wakeAt) == (.uncertain, 3, nil))
        #expect(identities.withLock { $0.count } == 3)
        #expect(Set(identities.withLock { $0 }).count == 1)
    }

    @Test("Temporary refusals are tried for days with growing waits, then given up")
    func patience() async throws {
        let office = try Office()
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        let busy = AnswerTransport { _ in .temporaryFailure(code: 451, text: "greylisted") }
        let delivery = office.delivery(register, transport: busy)
        let start = office.clock.now
        var waits: [Int] = []
        while let wake = try await delivery.round().nextWake {
            waits.append(wake.secondsSince1970 - office.clock.now.secondsSince1970)
            office.clock.now = wake
        }
        #expect(waits.allSatisfy { $0 > 0 })
        #expect((30...60).contains(waits[0]))
        #expect(office.clock.now.secondsSince1970 - start.secondsSince1970 >= 5 * 86_400)
        #expect(office.clock.now.secondsSince1970 - start.secondsSince1970 < 6 * 86_400)
        #expect(waits.count < 80)
        #expect(try register.alerts().map(\.state) == [.failed])
    }

    @Test("A server out of reach for weeks costs no patience: the alert leaves when it is back")
    func longOutage() async throws {
        let office = try Office()
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        let answers = Lock<[DeliveryOutcome]>([.temporaryFailure(code: 451, text: "451 greylisted")])
        let transport = AnswerTransport { _ in
            answers.withLock { $0.popLast() } ?? .serverTrouble(code: 535, text: "535 login refused")
        }
        let delivery = office.delivery(register, transport: transport)
        let end = office.clock.now + 20 * 86_400
        var attempts = 0
        while office.clock.now < end {
            let round = try await delivery.round()
            attempts += round.delayed
            #expect(round.failed == 0)
            office.clock.now = try #require(round.nextWake)
        }
        #expect(attempts < 250, "it backs off")
        #expect(try register.alerts().map(\.state) == [.pending])
        answers.withLock { $0 = [.temporaryFailure(code: 451, text: "451 greylisted")] }
        #expect(try await delivery.round().delayed == 1)
        office.clock.now = office.clock.now + 4 * 3_600
        answers.withLock { $0 = [.accepted(reply: "250")] }
        #expect(try await delivery.round().sent == 1)
    }

    @Test("While the server is in trouble nobody else is attempted; a clock that goes back ends the rest")
    func serverRest() async throws {
        let office = try Office()
        let register = try office.register()
        let documents = try (1...40).map { try registration("\($0).pdf", acts: [act("Sujet \($0)", "\($0)")]) }
        _ = try register.register(documents, now: office.clock.now)
        let attempts = Lock(0)
        let broken = AnswerTransport { _ in
            attempts.withLock { $0 += 1 }
            return .serverTrouble(code: 421, text: "421 closing")
        }
        let delivery = office.delivery(register, transport: broken)
        for _ in 0..<5 { #expect(try await delivery.round().nextWake ?? office.clock.now > office.clock.now) }
        #expect(attempts.withLock { $0 } == 1)
        office.clock.now = office.clock.now + -1
        _ = try register.register([try registration("41.pdf", acts: [act("Autre", "41")])], now: office.clock.now)
        _ = try await delivery.round()
        #expect(attempts.withLock { $0 } == 2)
    }

    @Test("Each alert that does not get through is told by number, recipient, code and reply, never by its text")
    func notes() async throws {
        let office = try Office(recipients: ["f@grand-val.example", "u@grand-val.example", "d@grand-val.example"])
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        let transport = AnswerTransport { message in
            switch message.to.localPart {
            case "f": .permanentFailure(code: 550, text: "550 no such user")
            case "u": .uncertain(text: String(repeating: "x", count: 2_000))
            default: .temporaryFailure(code: 451, text: "451 greylisted")
            }
        }
        let round = try await office.delivery(register, transport: transport).round()
        #expect(round.notes.map(\.result) == [.failed, .uncertain, .delayed])
        #expect(round.notes.map(\.code) == [550, nil, 451])
        #expect(round.notes.map(\.recipient) == office.settings.recipients.map(\.address))
        #expect(round.notes.map(\.id) == (try register.alerts()).map(\.id).sorted())
        #expect(round.notes.allSatisfy { $0.kind == .newActs && $0.reply.count <= 500 && !$0.reply.contains("Sujet") })
        #expect(round.waitingForPerson == 1)
    }

    @Test("Bounces go to the sender unless another address is set")
    func bounces() async throws {
        var settings = try AlertSettings(
            recipients: [try EmailAddress("a@b.example")], from: try EmailAddress("greffier@b.example"))
        #expect(settings.bounces.address == "greffier@b.example")
        settings.bounces = try EmailAddress("retours@b.example")
        let office = try Office(settings: settings)
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        let senders = Lock<[String?]>([])
        let transport = AnswerTransport(envelope: { envelope in senders.withLock { $0.append(envelope.sender?.address) }
        })
        _ = try await office.delivery(register, transport: transport).round()
        #expect(senders.withLock { $0 } == ["retours@b.example"])
    }
}

/// A mail server's answers, chosen by the message.
struct AnswerTransport: MailTransport {
    let answer: @Sendable (MailMessage) -> DeliveryOutcome
    let look: @Sendable (Envelope) -> Void

    init(_ answer: @escaping @Sendable (MailMessage) -> DeliveryOutcome) {
        self.answer = answer
        look = { _ in }
    }

    /// A server that takes everything and shows each envelope.
    init(envelope look: @escaping @Sendable (Envelope) -> Void) {
        self.look = look
        answer = { _ in .accepted(reply: "250") }
    }

    func deliver(_ message: MailMessage, envelope: Envelope) async -> DeliveryOutcome {
        look(envelope)
        return answer(message)
    }
}
