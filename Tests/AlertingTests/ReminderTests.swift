import Deadlines
import Deliberations
import Foundation
import Locks
import Mail
import Register
import Testing

@testable import Alerting

@Suite("Reminders as they are true on the day")
struct ReminderTests {
    /// An office whose archive holds one deadline on 30 April 2025.
    private func office(at start: UTCInstant) throws -> (Office, Register) {
        let office = try Office(at: start)
        let register = try office.register()
        let document = try registration(
            "a.pdf", acts: [act("Soutien", "1")], deadlines: [deadline("rapport", due: "2025-04-30")], archive: true)
        _ = try register.register([document], now: moment("2024-10-08"))
        return (office, register)
    }

    @Test("A reminder that the server put off says the day on which it leaves, under its Message-ID")
    func delayed() async throws {
        let (office, register) = try office(at: moment("2025-04-23", 8))
        let seen = Lock<[MailMessage]>([])
        let down = AnswerTransport { message in
            seen.withLock { $0.append(message) }
            return .serverTrouble(code: nil, text: "down")
        }
        #expect(try await office.delivery(register, transport: down).round().delayed == 1)
        office.clock.now = moment("2025-04-28", 9)
        #expect(try await office.delivery(register).round().sent == 1)
        let first = try #require(seen.withLock { $0.first })
        let mail = try #require(try office.mails().first)
        #expect(first.subject.text.contains("J-7") && mail.text.contains("J-2") && !mail.text.contains("J-7"))
        #expect(mail.header("Date") == "Mon, 28 Apr 2025 09:00:00 +0200")
        #expect(mail.header("Message-ID") == first.messageID.description)
    }

    @Test(
        "A document that somebody else owes is « non reçue » until the fifth day, and its date passed from then on",
        arguments: [
            ("L’Atelier du Lac", "2025-05-02", "Pièce non reçue"),
            ("L’Atelier du Lac", "2025-05-04", "Pièce non reçue"),
            ("L’Atelier du Lac", "2025-05-05", "Échéance dépassée"), (nil, "2025-05-02", "Échéance dépassée"),
        ])
    func notReceived(debtor: String?, date: String, label: String) throws {
        let office = try Office(at: moment(date, 9))
        let register = try office.register()
        var owed = deadline("rapport", due: "2025-04-30")
        owed.debtor = debtor
        _ = try register.register(
            [try registration("a.pdf", acts: [act("Soutien", "1")], deadlines: [owed], archive: true)],
            now: moment("2024-10-08"))
        let row = try #require(try register.deadline(DeadlineID(1)))
        let view = try ReminderView(
            row, change: nil, today: day(date), actions: [],
            footer: FooterView(reason: "essai"))
        #expect(view.step.label.hasPrefix(label))
    }

    @Test("A reminder of which nobody knows whether it arrived is resent byte for byte, days later too")
    func uncertain() async throws {
        let (office, register) = try office(at: moment("2025-04-23", 8))
        let seen = Lock<[[UInt8]]>([])
        let lost = AnswerTransport { message in
            seen.withLock { $0.append(message.encoded()) }
            return .uncertain(text: "lost")
        }
        _ = try await office.delivery(register, transport: lost).round()
        office.clock.now = moment("2025-04-28", 9)
        _ = try await office.delivery(register, transport: lost).round()
        let mails = seen.withLock { $0 }
        #expect(mails.count == 2 && mails.first == mails.last)
    }

    @Test("After an outage over two steps one mail leaves, the newer step's; the older one is cancelled")
    func newerStep() async throws {
        let (office, register) = try office(at: moment("2025-04-15", 8))
        let down = AnswerTransport { _ in .serverTrouble(code: nil, text: "down") }
        let delivery = office.delivery(register, transport: down)
        while office.clock.now < moment("2025-04-23", 12) {
            office.clock.now = max(office.clock.now + 1, try #require(try await delivery.round().nextWake))
        }
        #expect(try await office.delivery(register).round().sent == 1)
        #expect(try office.mails().count == 1)
        #expect(try register.alerts().map { "\($0.step) \($0.state.rawValue)" } == ["J-7 sent", "J-15 cancelled"])
    }

    @Test(
        "On the day of the announcement nothing else is mailed about what it lists; then the schedule goes on",
        arguments: [
            ("2024-10-08", 10, "2024-10-28", "2024-10-11"), ("2024-10-08", 5, "2024-10-15", "2024-10-14"),
            ("2024-10-12", 12, "2024-10-28", "2024-10-21"),
        ])
    func announced(date: String, hour: Int, due: String, next: String) async throws {
        let office = try Office(at: moment(date, hour))
        let register = try office.register()
        _ = try register.register(
            [try registration("a.pdf", acts: [act("Sujet", "1")], deadlines: [deadline("rapport", due: due)])],
            now: office.clock.now)
        let delivery = office.delivery(register)
        var sent: [String] = []
        while office.clock.now < moment(next, 9) {
            let round = try await delivery.round()
            if round.sent > 0 { sent.append(ParisTime.civil(at: office.clock.now).date.description) }
            if round.handled == 0 { office.clock.now = try #require(round.nextWake) }
        }
        #expect(sent == [date, next])
    }

    @Test(
        "When the clock was ahead and is set back, nothing sleeps for as long as it was ahead",
        arguments: [1, 40, 4_000], [false, true])
    func clockStep(days: Int, isClaimed: Bool) async throws {
        let office = try Office(at: moment("2024-10-08") + days * 86_400)
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        _ = try register.register([try registration("b.pdf", acts: [act("Autre", "2")])], now: office.clock.now)
        let answers = Lock<[DeliveryOutcome]>([.accepted(reply: "250"), .temporaryFailure(code: 451, text: "451")])
        let delivery = office.delivery(
            register, transport: AnswerTransport { _ in answers.withLock { $0.removeLast() } })
        _ = try await delivery.round()
        _ = try register.register([try registration("c.pdf", acts: [act("Encore", "3")])], now: office.clock.now)
        if isClaimed {
            #expect(try register.claimMails(now: office.clock.now + 60, limit: 9, seconds: 600, token: 7).count == 1)
        }
        office.clock.now = moment("2024-10-08")
        var sent = try await office.delivery(register).round().sent
        #expect(sent >= 1, "the document that waits to be announced")
        // What a dead process had claimed waits for the claim's end, and an attempt a day or two at most.
        office.clock.now = office.clock.now + (isClaimed ? office.settings.claimSeconds : 2 * 86_400)
        sent += try await office.delivery(register).round().sent
        #expect(sent == 2)
        #expect(try register.alerts().allSatisfy { $0.state == .sent })
    }

    @Test("What comes from the archives is not announced, and keeps the normal schedule")
    func archive() async throws {
        let office = try Office(at: moment("2024-10-08"))
        let register = try office.register()
        let document = try registration(
            "a.pdf", acts: [act("Sujet", "1")], deadlines: [deadline("rapport", due: "2024-10-28")], archive: true)
        _ = try register.register([document], now: office.clock.now)
        let round = try await office.delivery(register).round()
        #expect(round.handled == 0 && round.nextWake == moment("2024-10-11", 8))
        #expect(try register.audit().allSatisfy { $0.action != "reminder.announced" })
    }
}
