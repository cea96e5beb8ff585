import Deadlines
import Deliberations
import Mail
import Register
import Testing

@testable import Alerting

@Suite("Digests")
struct DigestTests {
    static func office(_ digest: DigestFrequency, at start: UTCInstant = moment("2024-10-08")) throws -> Office {
        var root = try RoutingTests.route("")
        root.digest = digest
        return try Office(at: start, settings: try RoutingTests.settings(root))
    }

    static let warning = Finding(
        rule: "r", severity: .warning, message: "Le quorum n’est pas dit.", deliberation: 0, law: "")
    static let error = Finding(rule: "e", severity: .error, message: "Le vote est faux.", deliberation: 0, law: "")

    static func document(
        _ name: String, findings: [Finding] = [warning], due: String = "2025-04-30"
    ) throws -> Registration {
        try registration(
            name, acts: [act("Sujet de \(name)", "\(name.prefix(1))")], deadlines: [deadline("rapport", due: due)],
            findings: findings)
    }

    @Test(
        "Digests leave on worked mornings, weekly ones on the first of the week",
        arguments: [
            ("2024-10-08", 7, false, "2024-10-08"), ("2024-10-08", 8, false, "2024-10-09"),
            ("2024-10-11", 12, false, "2024-10-14"), ("2024-10-31", 12, false, "2024-11-04"),
            ("2024-10-08", 7, true, "2024-10-14"), ("2024-10-14", 7, true, "2024-10-14"),
            ("2024-10-14", 8, true, "2024-10-21"), ("2025-04-18", 9, true, "2025-04-22"),
            ("2025-04-21", 9, true, "2025-04-22"), ("2025-04-22", 9, true, "2025-04-28"),
        ])
    func moments(day: String, hour: Int, isWeekly: Bool, expected: String) {
        #expect(AlertHours().digestMoment(isWeekly: isWeekly, after: moment(day, hour)) == moment(expected, 8))
    }

    @Test("What can wait comes in one mail on the next worked morning, once, with a calendar of what is coming")
    func daily() async throws {
        let office = try Self.office(.daily, at: moment("2025-04-11", 15))
        let register = try office.register()
        let (later, soon) = (try Self.document("1.pdf"), try Self.document("2.pdf", due: "2025-05-05"))
        _ = try register.register([later, soon], now: office.clock.now)
        let delivery = office.delivery(register)
        let round = try await delivery.round()
        #expect(round.handled == 0 && round.nextWake == moment("2025-04-14", 8))
        office.clock.now = moment("2025-04-12", 11)
        _ = try register.register([try Self.document("3.pdf", findings: [])], now: office.clock.now)
        #expect(try await delivery.round().handled == 0)
        office.clock.now = moment("2025-04-14", 8)
        #expect(try await delivery.round().sent == 1)
        #expect(try await delivery.round().handled == 0)
        let mail = try #require(try office.mails().first)
        #expect(mail.subjectText.contains("Résumé du jour\u{A0}: 3\u{A0}documents nouveaux, 2\u{A0}points à vérifier"))
        for words in [
            "Le quorum n’est pas dit", "1.pdf", "3.pdf", "Avril 2025", "mer.\u{A0}30", "Mai 2025", "lun.\u{A0}5",
        ] {
            #expect(mail.text.contains(words), "\(words)")
        }
        #expect(mail.text.contains("délibération n°\u{A0}1, dû par Atelier du Lac"))
    }

    @Test("Errors, and dates that come soon after the digest, are told at once and not in it")
    func atOnce() async throws {
        let office = try Self.office(.weekly)
        let register = try office.register()
        _ = try register.register(
            [
                try Self.document("1.pdf", findings: [Self.error, Self.warning]),
                try Self.document("2.pdf", due: "2024-10-20"), try Self.document("3.pdf"),
            ], now: office.clock.now)
        let delivery = office.delivery(register)
        #expect(try await delivery.round().sent == 2)
        office.clock.now = moment("2024-10-14", 9)
        _ = try await delivery.round()
        let digests = try office.mails().filter { $0.subjectText.contains("Résumé de la semaine") }
        #expect(digests.count == 1)
        #expect(digests.first?.text.contains("3.pdf") == true && digests.first?.text.contains("1.pdf") == false)
    }

    @Test(
        "A date is near that leaves little time after the digest: two days after a daily one, a week after a weekly one",
        arguments: [
            (DigestFrequency.daily, "2024-10-11", 1), (.daily, "2024-10-12", 0), (.weekly, "2024-10-21", 1),
            (.weekly, "2024-10-22", 0), (.never, "2025-04-30", 1),
        ])
    func near(frequency: DigestFrequency, due: String, sent: Int) async throws {
        let office = try Self.office(frequency)
        let register = try office.register()
        _ = try register.register([try Self.document("1.pdf", due: due)], now: office.clock.now)
        #expect(try await office.delivery(register).round().sent == sent)
    }

    @Test("A duty whose date is past already when its document comes is told at once; a delay that ran out is not")
    func past() async throws {
        let office = try Self.office(.daily)
        let register = try office.register()
        let over = deadline("recours", due: "2024-09-30", reminders: .info, direction: .finalAfter)
        _ = try register.register(
            [
                try Self.document("1.pdf", due: "2024-09-30"),
                try registration("2.pdf", acts: [act("Autre", "2")], deadlines: [over]),
            ], now: office.clock.now)
        #expect(try await office.delivery(register).round().sent == 1)
        let mail = try #require(try office.mails().first)
        let text = mail.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("1.pdf") && text.contains("30 septembre 2024"))
    }

    @Test(
        "What is coming for a recipient is found behind a thousand deadlines of others, and what is not printed is counted"
    )
    func coming() async throws {
        var root = try RoutingTests.route(
            "", below: [RoutingTests.route("suivi", RoutingTests.matcher { $0.kinds = [.duty(.report)] })])
        (root.digest, root.routes[0].digest) = (.daily, .never)
        let office = try Office(settings: try RoutingTests.settings(root))
        let register = try office.register()
        let others = (0..<1_100).map { deadline("rapport-\($0)", due: "2024-10-20") }
        let own = (0..<100).map { index in
            var payment = deadline("versement-\(index)", due: "2024-11-06")
            payment.kind = .payment
            return payment
        }
        _ = try register.register(
            [try registration("a.pdf", acts: [act("Ancien", "1")], deadlines: others + own, archive: true)],
            now: office.clock.now)
        _ = try register.register([try registration("b.pdf", acts: [act("Sujet", "2")])], now: office.clock.now)
        _ = try await office.delivery(register).round()
        office.clock.now = moment("2024-10-09", 9)
        _ = try await office.delivery(register).round()
        let digest = try #require(try office.mails().first { $0.subjectText.contains("Résumé du jour") })
        #expect(digest.header("To") == "tous@grand-val.example")
        #expect(digest.text.contains("ersement versement-79") || digest.text.contains("apport versement-79"))
        #expect(digest.text.contains("et 20\u{A0}autres") && !digest.text.contains("Aucune échéance"))
    }

    @Test("What was withdrawn before the digest is not told; a digest of nothing is not sent")
    func withdrawn() async throws {
        let office = try Self.office(.daily)
        let register = try office.register()
        _ = try register.register([try Self.document("1.pdf")], now: office.clock.now)
        let delivery = office.delivery(register)
        _ = try await delivery.round()
        let other = try registration(
            "b.pdf", kind: .minutes, acts: [act("Autre", "8"), act("Encore", "9")], archive: true, replaces: "1.pdf")
        _ = try register.register([other], now: office.clock.now)
        office.clock.now = moment("2024-10-09", 9)
        #expect(try await delivery.round().cancelled == 1)
        #expect(try office.mails().isEmpty)
    }

    @Test("A document of the day on which the clock is set back behind a digest that has left gets another digest")
    func clockBack() async throws {
        let office = try Self.office(.daily)
        let register = try office.register()
        let delivery = office.delivery(register)
        for (name, time) in [("1.pdf", moment("2024-10-08")), ("2.pdf", moment("2024-10-08", 11))] {
            office.clock.now = time
            _ = try register.register([try Self.document(name)], now: office.clock.now)
            _ = try await delivery.round()
            office.clock.now = moment("2024-10-09", 9)
            #expect(try await delivery.round().sent == 1)
        }
        #expect(Set(try office.mails().compactMap { $0.header("Message-ID") }).count == 2)
        #expect(try office.mails().count { $0.text.contains("1.pdf") } == 1)
    }

    @Test("Two workers on one register make and send a digest once, also after a restart")
    func workers() async throws {
        let office = try Self.office(.daily)
        let (left, right) = (try office.register(), try office.register())
        _ = try left.register([try Self.document("1.pdf"), try Self.document("2.pdf")], now: office.clock.now)
        let deliveries = [office.delivery(left), office.delivery(right, seed: 2)]
        for delivery in deliveries { _ = try await delivery.round() }
        office.clock.now = moment("2024-10-09", 9)
        var sent = 0
        for delivery in deliveries + [office.delivery(try office.register(), seed: 3)] {
            sent += try await delivery.round().sent
        }
        #expect(sent == 1)
        #expect(try office.mails().count == 1)
    }

    @Test("The mail about an act carries the answers to each of its deadlines, and so does that about a change")
    func actions() async throws {
        var settings = try RoutingTests.settings(try RoutingTests.route(""))
        let key = try #require(AnswerKey(Array(repeating: 7, count: AnswerKey.byteCount)))
        settings.answers = AnswerDesk(address: try RoutingTests.address("echeances"), key: key)
        let office = try Office(settings: settings)
        let register = try office.register()
        let both = [deadline("rapport", due: "2025-04-30"), deadline("comptes", due: "2025-06-30")]
        _ = try register.register(
            [try registration("a.pdf", acts: [act("Soutien", "1")], deadlines: both)], now: office.clock.now)
        _ = try await office.delivery(register).round()
        let mail = try #require(try office.mails().first)
        #expect(mail.source.replacingOccurrences(of: "=\r\n", with: "").components(separatedBy: "Fait%20").count == 5)
        #expect(try register.recipients(toldOf: DeadlineID(1)) == ["tous@grand-val.example"])
    }
}
