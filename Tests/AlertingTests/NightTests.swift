import Deadlines
import Deliberations
import Foundation
import Mail
import Register
import Testing

@testable import Alerting

@Suite("What comes while a mail waits for the morning")
struct NightTests {
    /// An office at night, with a document announced for 7:00 and another that adds a deadline to its act.
    private func night() async throws -> (Office, Register) {
        let office = try Office(at: moment("2024-10-08", 22))
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        #expect(try await office.delivery(register).round().nextWake == moment("2024-10-09", 7))
        office.clock.now = moment("2024-10-08", 23)
        let second = try registration(
            "b.pdf", acts: [act("Sujet", "1")],
            deadlines: [deadline("rapport", due: "2024-10-28"), deadline("bilan", due: "2025-04-30")])
        _ = try register.register([second], now: office.clock.now)
        return (office, register)
    }

    private func sent(_ office: Office, _ register: Register, until end: UTCInstant) async throws -> [String] {
        let delivery = office.delivery(register)
        var days: [String] = []
        while office.clock.now < end {
            let round = try await delivery.round()
            days += Array(repeating: ParisTime.civil(at: office.clock.now).date.description, count: round.sent)
            if round.handled == 0 { office.clock.now = max(office.clock.now + 1, round.nextWake ?? end) }
        }
        return days
    }

    @Test("A deadline that was added meanwhile is told by that mail and not once more on its day")
    func addedBeforeTheMail() async throws {
        let (office, register) = try await night()
        office.clock.now = moment("2024-10-09", 7)
        #expect(try await sent(office, register, until: moment("2024-10-11", 9)) == ["2024-10-09", "2024-10-11"])
        let texts = try office.mails().map { $0.text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        #expect(texts.count { $0.contains("28 octobre 2024") } == 2)
    }

    @Test("The same when nobody was there at 7:00, and mail and reminder are due at once")
    func outage() async throws {
        let (office, register) = try await night()
        office.clock.now = moment("2024-10-09", 9)
        #expect(try await sent(office, register, until: moment("2024-10-11", 9)) == ["2024-10-09", "2024-10-11"])
    }

    @Test("A deadline that was added after the mail was composed and before it was entered as sent is told by itself")
    func addedWhileSending() async throws {
        let office = try Office(at: moment("2024-10-08", 10))
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        let late = try registration(
            "b.pdf", acts: [act("Sujet", "1")], deadlines: [deadline("rapport", due: "2024-10-28")])
        let now = office.clock.now
        let transport = AnswerTransport { message in
            if !message.subject.text.contains("rapport") { _ = try? register.register([late], now: now) }
            return .accepted(reply: "250")
        }
        let delivery = office.delivery(register, transport: transport)
        var mails = 0
        for _ in 0..<3 {
            mails += try await delivery.round().sent
            office.clock.now = office.clock.now + 1
        }
        #expect(mails == 2)
        let row = try #require(try register.deadline(DeadlineID(1)))
        #expect(row.lastStep != nil)
    }

    @Test(
        "News without hours of its own leaves when reminders do, never at night nor on a day off",
        arguments: [
            ("2024-10-08", 10, "2024-10-08", 10), ("2024-10-08", 22, "2024-10-09", 8),
            ("2024-10-12", 10, "2024-10-14", 8),
            ("2024-10-31", 23, "2024-11-04", 8),
        ])
    func officeHours(day: String, hour: Int, expected: String, at opening: Int) {
        var hours = AlertHours()
        hours.news = nil
        #expect(hours.firstMoment(for: .news, onOrAfter: moment(day, hour)) == moment(expected, opening))
        #expect(AlertHours().firstMoment(for: .news, onOrAfter: moment("2024-10-12", 10)) == moment("2024-10-12", 10))
    }
}
