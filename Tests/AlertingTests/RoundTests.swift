import Deadlines
import Deliberations
import Foundation
import Locks
import Mail
import Register
import Testing

@testable import Alerting

@Suite("Rounds of alerts")
struct RoundTests {
    static let report = deadline("rapport", due: "2025-04-30")

    @Test("A new act is told once to each recipient: findings, deadlines, quotations, a calendar")
    func newAct() async throws {
        let office = try Office(recipients: ["a@grand-val.example", "b@grand-val.example"])
        let register = try office.register()
        let finding = Finding(
            rule: "vote-balance", severity: .error, message: "Le vote ne tombe pas juste.", deliberation: 0,
            evidence: [Evidence(range: TextRange(0, 5), quote: "Pour : 102")], law: "CGCT L2121-20")
        let document = try registration(
            "extrait.pdf", acts: [act("Soutien à l’Atelier du Lac", "2024-112")],
            deadlines: [Self.report, deadline("versement", due: nil)], findings: [finding])
        _ = try register.register([document], now: office.clock.now)
        let delivery = office.delivery(register)
        let round = try await delivery.round()
        #expect(round.sent == 2)
        #expect(try await delivery.round().handled == 0)
        let mails = try office.mails()
        #expect(Set(mails.compactMap { $0.header("To") }) == ["a@grand-val.example", "b@grand-val.example"])
        #expect(Set(mails.compactMap { $0.header("Message-ID") }).count == 2)
        let mail = try #require(mails.first)
        #expect(mail.header("Date") == "Tue, 8 Oct 2024 10:00:00 +0200")
        for words: String in ["2024-112", "Le vote ne tombe pas juste", "Pour : 102", "30 avril 2025", "signature"] {
            #expect(mail.text.contains(words))
        }
        let calendar = try #require(mail.calendar)
        #expect(calendar.contains("UID:deadline-1@grand-val.example"))
        #expect(calendar.contains("DTSTART;VALUE=DATE:20250430"))
        #expect(calendar.components(separatedBy: "BEGIN:VEVENT").count == 2)
    }

    @Test("Reminders continue the thread of the act's first mail and keep the event's identity")
    func thread() async throws {
        let office = try Office()
        let register = try office.register()
        let document = try registration("extrait.pdf", acts: [act("Soutien", "1")], deadlines: [Self.report])
        _ = try register.register([document], now: office.clock.now)
        let delivery = office.delivery(register)
        #expect(try await delivery.round().nextWake == moment("2025-02-28", 8))
        let first = try #require(try office.mails().first)
        office.clock.now = moment("2025-02-28", 8)
        #expect(try await delivery.round().sent == 1)
        let reminder = try #require(try office.mails().first { $0.header("In-Reply-To") != nil })
        #expect(reminder.header("In-Reply-To") == first.header("Message-ID"))
        #expect(reminder.header("References") == first.header("Message-ID"))
        #expect(reminder.calendar?.contains("UID:deadline-1@grand-val.example") == true)
        #expect(reminder.text.contains("Prochain rappel"))
        #expect(reminder.text.contains("J-61"))
    }

    @Test("What a later document moves and adds is told in one mail of the thread, with both dates")
    func movedDeadline() async throws {
        let office = try Office()
        let register = try office.register()
        let first = try registration(
            "extrait.pdf", kind: .minutes, acts: [act("Soutien", "1")], deadlines: [Self.report])
        _ = try register.register([first], now: office.clock.now)
        let delivery = office.delivery(register)
        #expect(try await delivery.round().sent == 1)
        let moved = [deadline("rapport", due: "2025-05-30"), deadline("comptes", due: "2024-09-30")]
        _ = try register.register(
            [try registration("corrigé.pdf", acts: [act("Soutien", "1")], deadlines: moved)], now: office.clock.now)
        #expect(try await delivery.round().sent == 1)
        #expect(try await delivery.round().sent == 0)
        let mails = try office.mails().filter { $0.header("In-Reply-To") != nil }
        let text = mails.map(\.text).joined().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("Échéance déplacée du mercredi 30 avril 2025 au vendredi 30 mai 2025"))
        #expect(text.contains("Échéance ajoutée à une délibération déjà annoncée"))
        #expect(text.contains("2 échéances modifiées") && text.contains("corrigé.pdf"))
        #expect(mails.count == 1)
    }

    @Test(
        "Minutes of sixty acts make one mail, which names those that are new, beside what changes for those that are not"
    )
    func minutes() async throws {
        let office = try Office()
        let register = try office.register()
        let extract = try registration("extrait.pdf", acts: [act("Sujet 7", "7")])
        let minutes = try registration(
            "pv.pdf", kind: .minutes, acts: (1...60).map { (number: Int) in act("Sujet \(number)", String(number)) },
            deadlines: (0..<60).map { (index: Int) in
                deadline("rapport-\(index)", deliberation: index, due: "2025-04-30")
            })
        _ = try register.register([extract], now: office.clock.now)
        let delivery = office.delivery(register)
        #expect(try await delivery.round().sent == 1)
        _ = try register.register([minutes], now: office.clock.now)
        #expect(try await delivery.round().sent == 2)
        #expect(try office.mails().count { $0.header("In-Reply-To") != nil } == 1)
        let mail = try #require(
            try office.mails().first { $0.text.contains("pv.pdf") && $0.header("In-Reply-To") == nil })
        #expect(mail.text.contains("Greffier a lu 59\u{A0}délibérations nouvelles\u{A0}: 59\u{A0}échéances."))
        #expect(mail.text.contains("Délibérations (59)") && mail.text.contains("Les contrôles n’ont rien relevé."))
        for number in (1...60) where number != 7 {
            #expect(mail.text.contains("- n°\u{A0}\(number)\u{A0}: Sujet \(number), adoptée à l’unanimité"))
        }
        #expect(!mail.text.contains("Sujet 7,") && mail.text.contains("délibération n°\u{A0}8"))
        #expect(mail.subjectText.contains("59\u{A0}délibérations nouvelles, séance du 26/09/2024"))
    }

    @Test("An archive is registered without a mail; its coming deadlines are reminded of")
    func archive() async throws {
        let office = try Office(at: moment("2025-01-15"))
        let register = try office.register()
        let document = try registration(
            "ancien.pdf", acts: [act("Soutien", "1")],
            deadlines: [Self.report, deadline("recours", due: "2024-12-09", reminders: .info, direction: .finalAfter)],
            archive: true)
        _ = try register.register([document], now: office.clock.now)
        let delivery = office.delivery(register)
        let round = try await delivery.round()
        #expect(round.handled == 0)
        #expect(round.nextWake == moment("2025-02-28", 8))
        office.clock.now = moment("2025-02-28", 9)
        #expect(try await delivery.round().sent == 1)
        #expect(try office.mails().first?.header("In-Reply-To") == nil)
    }

    @Test(
        "News waits for the night to pass, on any day; reminders wait for office hours",
        arguments: [
            ("2024-10-08", 21, "2024-10-09", 7), ("2024-10-09", 3, "2024-10-09", 7),
            ("2024-10-12", 12, "2024-10-12", 12), ("2024-10-12", 20, "2024-10-13", 7),
        ])
    func night(date: String, hour: Int, sendDate: String, sendHour: Int) async throws {
        let office = try Office(at: moment(date, hour))
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        let delivery = office.delivery(register)
        let round = try await delivery.round()
        let expected = moment(sendDate, sendHour)
        #expect(round.sent == (expected == office.clock.now ? 1 : 0))
        if round.sent == 0 {
            #expect(round.nextWake == expected)
            office.clock.now = expected
            #expect(try await delivery.round().sent == 1)
        }
    }

    @Test("A reminder that could not leave by day does not leave by night or on a holiday")
    func retriedByDay() throws {
        let hours = AlertHours()
        let cases = [
            (moment("2025-04-30", 18, 59), moment("2025-04-30", 18, 59)),
            (moment("2025-04-30", 19), moment("2025-05-02", 8)), (moment("2025-05-03", 12), moment("2025-05-05", 8)),
            (moment("2025-05-05", 2), moment("2025-05-05", 8)),
        ]
        for (wanted, expected) in cases {
            #expect(hours.firstMoment(for: .reminder, onOrAfter: wanted) == expected)
        }
    }

    @Test("What was withdrawn before its mail left is not told")
    func obsolete() async throws {
        let office = try Office(at: moment("2024-10-08", 22))
        let register = try office.register()
        _ = try register.register([try registration("a.pdf", acts: [act("Sujet", "1")])], now: office.clock.now)
        let delivery = office.delivery(register)
        _ = try await delivery.round()
        let both = try registration(
            "b.pdf", kind: .minutes, acts: [act("Autre", "8"), act("Encore", "9")], archive: true, replaces: "a.pdf")
        _ = try register.register([both], now: office.clock.now)
        office.clock.now = moment("2024-10-09", 8)
        #expect(try await delivery.round().cancelled == 1)
        #expect(try office.mails().isEmpty)
    }

    @Test("Nobody to tell is an error at start")
    func noRecipients() throws {
        #expect(throws: AlertingError.noRecipients(route: "")) {
            try AlertSettings(recipients: [], from: try EmailAddress("a@b.example"))
        }
    }
}
