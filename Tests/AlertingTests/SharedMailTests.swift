import Deadlines
import Deliberations
import Foundation
import Locks
import Mail
import Testing

@testable import Alerting
@testable import Register

@Suite("Reminders that leave together")
struct SharedMailTests {
    /// An office whose archive holds so many acts, each with these deadlines.
    private func office(
        at start: UTCInstant, acts: Int = 1, isArchive: Bool = true, deadlines: [Deadline],
        settings: AlertSettings? = nil
    ) throws -> (Office, Register) {
        let office = try settings.map { try Office(at: start, settings: $0) } ?? Office(at: start)
        let register = try office.register()
        guard acts > 0 else { return (office, register) }
        let document = try registration(
            "pv.pdf", kind: .minutes, acts: (1...acts).map { act("Sujet \($0)", "\($0)") },
            deadlines: (0..<acts).flatMap { index in
                deadlines.map { deadline in
                    var deadline = deadline
                    deadline.id += "-\(index)"
                    deadline.deliberation = index
                    return deadline
                }
            }, archive: isArchive)
        _ = try register.register([document], now: moment("2024-10-08"))
        return (office, register)
    }

    private static let pair = [
        deadline("rapport", due: "2025-04-30"), deadline("comptes", due: "2025-04-30"),
    ]

    private static func words(_ mail: ReadMail) -> String {
        mail.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test("Two of one morning make one mail with both dates, how they were computed, and one calendar")
    func together() async throws {
        let (office, register) = try office(at: moment("2025-04-23", 8), deadlines: Self.pair)
        #expect(try await office.delivery(register).round().sent == 1)
        let mail = try #require(try office.mails().first)
        #expect(mail.subjectText.contains("[Grand Val Agglomération] 2\u{A0}échéances à venir"))
        let text = Self.words(mail)
        for words: String in [
            "J-7. Il reste 7 jours.", "Rapport rapport", "Rapport comptes", "Mercredi 30 avril 2025", "date écrite",
            "remis au plus tard le 30 avril 2025", "Délibération n° 1", "Séance du 26/09/2024", "Atelier du Lac",
        ] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(mail.calendar?.components(separatedBy: "BEGIN:VEVENT").count == 3)
        #expect(try register.alerts().map(\.state) == [.sent, .sent])
        #expect(Set(try register.alerts().map { "<\($0.messageID)>" }) == [mail.header("Message-ID")])
    }

    @Test("Minutes of sixty acts remind of a hundred and twenty missing dates in three mails")
    func bounded() async throws {
        let (office, register) = try office(
            at: moment("2024-10-08", 9), acts: 60, isArchive: false,
            deadlines: [deadline("versement", due: nil), deadline("avis", due: nil)])
        let delivery = office.delivery(register)
        while office.clock.now < moment("2024-11-30") {
            let round = try await delivery.round()
            if round.handled == 0 { office.clock.now = max(office.clock.now + 1, try #require(round.nextWake)) }
        }
        let reminders = try register.alerts().filter { $0.kind == .reminder }
        let rounds = Dictionary(grouping: reminders, by: \.step).mapValues { Set($0.map(\.messageID)).count }
        #expect(!rounds.isEmpty && rounds.values.allSatisfy { $0 == 3 }, "at most 50 a mail: \(rounds)")
        #expect(reminders.count == 120 * rounds.count && reminders.allSatisfy { $0.state == .sent })
        let subjects = try office.mails().map(\.subjectText)
        #expect(subjects.count { $0.contains("50\u{A0}échéances sans date connue") } == 2 * rounds.count)
        #expect(subjects.count { $0.contains("20\u{A0}échéances sans date connue") } == rounds.count)
    }

    @Test("After an outage of weeks, whatever waits leaves in one mail, each by its newest step")
    func outage() async throws {
        let deadlines = [deadline("rapport", due: "2025-04-30"), deadline("comptes", due: "2025-05-12")]
        let (office, register) = try office(at: moment("2025-03-31", 8), deadlines: deadlines)
        let down = AnswerTransport { _ in .serverTrouble(code: nil, text: "down") }
        let delivery = office.delivery(register, transport: down)
        while office.clock.now < moment("2025-04-25", 12) {
            office.clock.now = max(office.clock.now + 1, try #require(try await delivery.round().nextWake))
        }
        #expect(try await office.delivery(register).round().sent == 1)
        #expect(try await office.delivery(register).round().handled == 0)
        let sent = try register.alerts().filter { $0.state == .sent }
        #expect(Set(sent.map(\.step)) == ["J-7", "J-15"])
        #expect(try office.mails().count == 1)
    }

    @Test("A mail whose sender died is resent byte for byte under its identity, whatever came meanwhile")
    func death() async throws {
        let (office, register) = try office(at: moment("2025-04-23", 8), deadlines: Self.pair)
        let seen = Lock<[MailMessage]>([])
        let lost = AnswerTransport { message in
            seen.withLock { $0.append(message) }
            return .uncertain(text: "lost")
        }
        _ = try await office.delivery(register, transport: lost).round()
        let later = try registration(
            "b.pdf", acts: [act("Autre", "99")], deadlines: [deadline("bilan", due: "2025-04-29")], archive: true)
        _ = try register.register([later], now: office.clock.now)
        office.clock.now = moment("2025-04-28", 9)
        _ = try await office.delivery(register, transport: lost).round()
        let mails = seen.withLock { $0 }
        let pair = mails.filter { $0.subject.text.contains("2\u{A0}échéances") }
        #expect(pair.count == 2 && pair.first?.encoded() == pair.last?.encoded())
        #expect(mails.count == 3, "what came meanwhile leaves by itself")
    }

    @Test("What is done meanwhile drops out; a resend keeps its identity; the last one left is a mail as ever")
    func done() async throws {
        let (office, register) = try office(at: moment("2025-04-23", 8), deadlines: Self.pair)
        let seen = Lock<[MailMessage]>([])
        let lost = AnswerTransport { message in
            seen.withLock { $0.append(message) }
            return .uncertain(text: "lost")
        }
        _ = try await office.delivery(register, transport: lost).round()
        _ = try register.perform(.done, on: DeadlineID(1), by: "Mme Roux", now: office.clock.now)
        office.clock.now = moment("2025-04-23", 12)
        #expect(try await office.delivery(register).round().sent == 1)
        let mail = try #require(try office.mails().first)
        #expect(mail.header("Message-ID") == seen.withLock { $0.first?.messageID.description })
        #expect(mail.subjectText.contains("rapport comptes") && !mail.text.contains("apport rapport"))
        #expect(try register.alerts().map(\.state) == [.sent, .cancelled])
    }

    @Test("A later reminder continues the mail in which its deadline was told first")
    func thread() async throws {
        let deadlines = [deadline("rapport", due: "2025-04-30"), deadline("comptes", due: "2025-05-07")]
        let (office, register) = try office(at: moment("2025-04-08", 8), deadlines: deadlines)
        let delivery = office.delivery(register)
        #expect(try await delivery.round().sent == 1)
        while try office.mails().count < 2 {
            let round = try await delivery.round()
            if round.handled == 0 { office.clock.now = try #require(round.nextWake) }
        }
        let mails = try office.mails()
        let first = try #require(mails.first { $0.subjectText.contains("2\u{A0}échéances à") })
        let second = try #require(mails.first { !$0.subjectText.contains("2\u{A0}échéances à") })
        #expect(second.header("In-Reply-To") == first.header("Message-ID"))
    }

    @Test(
        "Reminders of one act continue the mail that announced it; those of two acts begin a thread", arguments: [1, 2])
    func announced(acts: Int) async throws {
        let (office, register) = try office(at: moment("2024-10-08"), acts: 0, deadlines: [])
        for index in 1...acts {
            let deadlines = ["rapport", "comptes"].map { deadline("\($0)-\(index)", due: "2025-04-30") }
            _ = try register.register(
                [try registration("\(index).pdf", acts: [act("Sujet \(index)", "1\(index)")], deadlines: deadlines)],
                now: office.clock.now)
        }
        #expect(try await office.delivery(register).round().sent == acts)
        let announcements = Set(try office.mails().compactMap { $0.header("Message-ID") })
        office.clock.now = moment("2025-02-28", 8)
        #expect(try await office.delivery(register).round().sent == 1)
        let mail = try #require(try office.mails().first { !announcements.contains($0.header("Message-ID") ?? "") })
        #expect(mail.header("In-Reply-To").map { announcements.contains($0) } == (acts == 1 ? true : nil))
    }

    @Test("A mail refused for good is resent whole by one of its alerts")
    func resent() async throws {
        let (office, register) = try office(at: moment("2025-04-23", 8), deadlines: Self.pair)
        let refusing = AnswerTransport { _ in .permanentFailure(code: 550, text: "550 no such user") }
        let round = try await office.delivery(register, transport: refusing).round()
        #expect(round.failed == 1 && round.notes.count == 1)
        let failed = try register.alerts()
        #expect(failed.map(\.state) == [.failed, .failed])
        _ = try register.resendAlert(
            failed[0].id, by: AlertAct(actor: "admin", reason: "mended"), now: office.clock.now)
        #expect(try await office.delivery(register).round().sent == 1)
        #expect(try register.alerts().map(\.state) == [.sent, .sent])
        #expect(Set(try register.alerts().map(\.messageID)) == Set(failed.map(\.messageID)))
    }

    @Test("Routes stay apart: who is told because nobody acts gets a mail of his own")
    func routes() async throws {
        var root = Route(recipients: [try EmailAddress("a@grand-val.example")])
        root.escalation = Escalation(recipients: [try EmailAddress("dgs@grand-val.example")], daysOverdue: 1)
        let settings = try AlertSettings(
            routes: RoutingTree(root), from: try EmailAddress("greffier@grand-val.example"))
        let (office, register) = try office(
            at: moment("2025-05-02", 8), deadlines: Self.pair, settings: settings)
        #expect(try await office.delivery(register).round().sent == 2)
        let mails = try office.mails()
        #expect(mails.allSatisfy { $0.subjectText.contains("2\u{A0}échéances dépassées") })
        #expect(Set(mails.compactMap { $0.header("To") }) == ["a@grand-val.example", "dgs@grand-val.example"])
    }

    @Test("Whoever takes care of a deadline and has an address is reminded too; a name is not written to")
    func assigned() async throws {
        let (office, register) = try office(at: moment("2025-04-20", 8), deadlines: Self.pair)
        _ = try register.perform(
            .assign(to: "claire@grand-val.example"), on: DeadlineID(1), by: "Mme Roux", now: office.clock.now)
        _ = try register.perform(.assign(to: "finances"), on: DeadlineID(2), by: "Mme Roux", now: office.clock.now)
        office.clock.now = moment("2025-04-23", 8)
        #expect(try await office.delivery(register).round().sent == 2)
        let mails = try office.mails()
        let own = try #require(mails.first { $0.header("To") == "claire@grand-val.example" })
        #expect(own.subjectText.contains("rapport rapport"))
        #expect(Set(mails.compactMap { $0.header("To") }).count == 2)
    }

    @Test(
        "No more mails leave in a minute than the rate, whoever of the workers sends them; the rest leaves in the next")
    func rate() async throws {
        var settings = try RoutingTests.settings(try RoutingTests.route(""))
        settings.mailsPerMinute = 3
        let office = try Office(settings: settings)
        let register = try office.register()
        _ = try register.register(
            try (0..<8).map { try registration("\($0).pdf", acts: [act("Sujet \($0)", "\($0)")]) },
            now: office.clock.now)
        let workers = [office.delivery(register), office.delivery(try office.register(), seed: 2)]
        var sent: [Int] = []
        for _ in 0..<4 {
            var count = 0
            for worker in workers {
                let round = try await worker.round()
                count += round.sent
                if let wake = round.nextWake { #expect(wake == office.clock.now + 60) }
            }
            sent.append(count)
            office.clock.now = office.clock.now + 60
        }
        #expect(sent == [3, 3, 2, 0])
    }

    @Test("One that cannot be written is told to operators; the others of its mail leave")
    func damaged() async throws {
        let (office, register) = try office(at: moment("2025-04-23", 8), deadlines: Self.pair)
        _ = try await office.delivery(
            register, transport: AnswerTransport { _ in .serverTrouble(code: nil, text: "down") }
        ).round()
        try register.database.write { sql in
            try sql.execute("UPDATE deadlines SET report = NULL, position = NULL, detail = 'x' WHERE id = 1")
        }
        office.clock.now = moment("2025-04-23", 10)
        let round = try await office.delivery(register).round()
        #expect(round.sent == 1 && round.notes.map(\.result) == [.failed])
        #expect(try register.alerts().map(\.state) == [.sent, .failed])
    }
}
