import Deadlines
import Deliberations
import Digest
import Foundation
import GreffierProtocol
import Mail
import Register
import Testing

@testable import Alerting

@Suite("Silence is an alarm, and the weekly mail")
struct SilenceTests {
    static func office(at start: UTCInstant = moment("2024-10-08")) throws -> Office {
        var settings = try RoutingTests.settings(try RoutingTests.route(""))
        settings.operators = [try RoutingTests.address("informatique")]
        settings.retries.patience = 3_600
        return try Office(at: start, settings: settings)
    }

    /// A document of a source that arrived at a moment.
    static func arrival(_ source: String, _ at: UTCInstant, archive: Bool = false) throws -> Registration {
        let name = "\(source)-\(at.secondsSince1970).pdf"
        let id = DocumentID(of: Array(name.utf8))
        let text = ConvertedText(sha256: SHA256Digest(of: []), bytes: 0)
        let report = Report(
            producedBy: Producer(program: "test", version: "1"),
            document: DocumentReference(id: id.digest, name: name, mediaType: "application/pdf", text: text),
            summary: ReportSummary(
                kind: .extract, authority: Authority(name: "Grand Val", kind: .epci), sessionDate: day("2024-09-26"),
                acts: [act("Sujet \(name)", "\(at.secondsSince1970)")]))
        let description = DocumentDescription(
            name: name, source: source, archive: archive, acceptedAt: at.secondsSince1970)
        return try Registration(
            document: id, generation: 1, description: description, report: report.jsonBytes(), extract: Array("{}".utf8)
        )
    }

    static func fill(_ register: Register, source: String, until end: UTCInstant, every days: Int, count: Int) throws {
        for index in 0..<count {
            let at = end + -index * days * 86_400
            _ = try register.register([try arrival(source, at, archive: false)], now: at)
        }
    }

    @Test(
        "A habit needs enough days, and is half as much again as the longest pause, within bounds",
        arguments: [
            ([0, 7, 14, 21, 28], nil), ([0, 7, 14, 21, 28, 35], 11), ([0, 1, 2, 3, 4, 5], 4),
            ([0, 100, 200, 300, 400, 500], 92), ([0, 0, 1, 2, 9, 10, 11], 11),
        ] as [([Int], Int?)])
    func habit(days: [Int], tolerance: Int?) {
        let habit = SourceHabit(days: days.map { day("2024-01-01") + $0 })
        #expect(habit?.tolerance == tolerance)
        guard let habit, let tolerance, let last = days.max() else { return }
        #expect(!habit.isSilent(on: day("2024-01-01") + last + tolerance))
        #expect(habit.isSilent(on: day("2024-01-01") + last + tolerance + 1))
        #expect(!habit.isSilent(on: day("2023-01-01")))
    }

    @Test("A source that falls silent is told once, by day, and its end once, in the same thread")
    func source() async throws {
        let office = try Self.office()
        let register = try office.register()
        try Self.fill(register, source: "ged", until: moment("2024-10-07"), every: 7, count: 8)
        try Self.fill(register, source: "rare", until: moment("2024-09-01"), every: 1, count: 4)
        var told: [String] = []
        let delivery = office.delivery(register)
        for (date, hour) in [
            ("2024-10-18", 9), ("2024-10-19", 3), ("2024-10-21", 9), ("2024-10-22", 9), ("2024-10-23", 9),
        ] {
            office.clock.now = moment(date, hour)
            _ = try await delivery.round()
            told.append("\(try office.mails().count { $0.header("To") == "informatique@grand-val.example" })")
        }
        #expect(told == ["0", "0", "1", "1", "1"])
        _ = try register.register([try Self.arrival("ged", office.clock.now)], now: office.clock.now)
        office.clock.now = moment("2024-10-23", 10)
        _ = try await delivery.round()
        _ = try await office.delivery(try office.register(), seed: 4).round()
        let mails = try office.mails().filter { $0.header("To") == "informatique@grand-val.example" }
        #expect(mails.count == 2)
        #expect(mails.contains { $0.subjectText.contains("La source «\u{A0}ged\u{A0}» est silencieuse") })
        let end = try #require(mails.first { $0.subjectText.contains("envoie de nouveau") })
        #expect(end.header("In-Reply-To") != nil && end.text.contains("Retour à la normale") == true)
    }

    @Test("A silence that ended before anybody was told is told to nobody")
    func shortSilence() async throws {
        let office = try Self.office(at: moment("2024-10-19", 3))
        let register = try office.register()
        try Self.fill(register, source: "ged", until: moment("2024-10-07"), every: 7, count: 8)
        let delivery = office.delivery(register)
        _ = try await delivery.round()
        #expect(try register.lastingAlarms().count == 1)
        _ = try register.register([try Self.arrival("ged", office.clock.now)], now: office.clock.now)
        office.clock.now = moment("2024-10-21", 9)
        _ = try await delivery.round()
        #expect(try register.lastingAlarms().isEmpty)
        #expect(try office.mails().allSatisfy { $0.header("To") != "informatique@grand-val.example" })
    }

    @Test("Archives are no habit")
    func archives() throws {
        let office = try Self.office()
        let register = try office.register()
        for index in 0..<9 {
            _ = try register.register(
                [try Self.arrival("ged", moment("2024-10-01") + -index * 86_400, archive: true)], now: office.clock.now)
        }
        #expect(try register.sourceHabits(now: moment("2024-12-01")).isEmpty)
    }

    @Test("A mailbox that refuses mails is told to the operators, and when it takes them again")
    func mailbox() async throws {
        let office = try Self.office()
        let register = try office.register()
        _ = try register.register([try Self.arrival("ged", office.clock.now)], now: office.clock.now)
        let delivery = office.delivery(register, transport: Refusing(outbox: OutboxTransport(folder: office.outbox)))
        _ = try await delivery.round()
        office.clock.now = office.clock.now + 3_600
        _ = try await delivery.round()
        var mails = try office.mails()
        #expect(mails.count == 1 && mails.first?.header("To") == "informatique@grand-val.example")
        #expect(mails.first?.text.contains("user unknown") == true)
        office.clock.now = office.clock.now + 3_600
        let failed = try #require(try register.alerts().last)
        try register.resendAlert(failed.id, by: AlertAct(actor: "claire", reason: "corrigée"), now: office.clock.now)
        let open = office.delivery(register, seed: 5)
        for _ in 0..<2 {
            _ = try await open.round()
            office.clock.now = office.clock.now + 3_600
        }
        mails = try office.mails()
        #expect(mails.contains { $0.subjectText.contains("ne refuse plus") } && mails.count == 3)
    }

    @Test("A mail that cannot be written is no mailbox that refuses")
    func unwritten() async throws {
        let office = try Self.office()
        let register = try office.register()
        _ = try register.register([try Self.arrival("ged", office.clock.now)], now: office.clock.now)
        try register.makeDueAlerts(now: office.clock.now, limit: 9, messageHost: "grand-val.example") { _ in
            AlertPlan(recipients: ["nulle part"], sendAt: office.clock.now)
        }
        #expect(try await office.delivery(register).round().failed == 1)
        office.clock.now = office.clock.now + 3_600
        _ = try await office.delivery(register).round()
        #expect(try register.refusingMailboxes().isEmpty && register.lastingAlarms().isEmpty)
    }

    @Test("Documents that wait for a person are told to operators once, and when none does any more")
    func held() async throws {
        let office = try Self.office()
        let register = try office.register()
        let delivery = office.delivery(register)
        for held in [
            ["ingest": "2\u{A0}documents y sont retenus."], ["ingest": "3\u{A0}documents y sont retenus."], [:],
        ] {
            try await delivery.settleHeld(held)
            _ = try await delivery.round()
            office.clock.now = office.clock.now + 3_600
        }
        let subjects = try office.mails().map(\.subjectText)
        #expect(subjects.count == 2)
        #expect(subjects.count { $0.contains("Des documents attendent une décision à l’étape ingest") } == 1)
        #expect(subjects.count { $0.contains("Plus aucun document n’attend de décision") } == 1)
    }

    /// A server that knows nobody called "tous".
    struct Refusing: MailTransport {
        let outbox: OutboxTransport

        func deliver(_ message: MailMessage, envelope: Envelope) async -> DeliveryOutcome {
            guard envelope.recipient.localPart == "tous" else {
                return await outbox.deliver(message, envelope: envelope)
            }
            return .permanentFailure(code: 550, text: "550 user unknown")
        }
    }

    static func status(waiting: Int, oldest: Int?, paused: [Stage] = []) -> Status {
        Status(
            version: "1", incarnation: 1, startedAt: 0, mode: "running",
            counts: [StageCount(stage: .validate, state: .waiting, count: waiting, oldestSince: oldest)], workers: [],
            paused: paused, queuedBytes: 0, freeDiskBytes: 0)
    }

    @Test(
        "A stage is stalled when it has documents and none has moved for the whole patience; a long queue that moves is not"
    )
    func stages() {
        var progress = StageProgress(patience: .seconds(600))
        let start = ContinuousClock.now
        func observe(_ seconds: Int, _ status: Status) -> StageProgress.Finding {
            progress.observe(status, now: start + .seconds(seconds))
        }
        #expect(observe(0, Self.status(waiting: 5, oldest: 100)).stalled.isEmpty)
        #expect(observe(300, Self.status(waiting: 9, oldest: 100)).stalled.isEmpty)
        #expect(observe(600, Self.status(waiting: 9, oldest: 100)).stalled == [.validate: 9])
        #expect(observe(601, Self.status(waiting: 900, oldest: 101)).moving.contains(.validate))
        #expect(observe(1_300, Self.status(waiting: 900, oldest: 101)).stalled == [.validate: 900])
        #expect(observe(1_301, Self.status(waiting: 900, oldest: 101, paused: [.validate])).moving.contains(.validate))
        #expect(observe(1_302, Self.status(waiting: 900, oldest: 101)).stalled.isEmpty)
    }

    @Test("A worker that has just started ends no alarm of a stage that another one raised")
    func stageAlarms() async throws {
        let office = try Self.office()
        let register = try office.register()
        let delivery = office.delivery(register)
        try await delivery.settleStages(stalled: ["validate": "3 documents y attendent."], moving: ["ingest"])
        try await office.delivery(register, seed: 2).settleStages(stalled: [:], moving: ["ingest", "notify"])
        #expect(try register.lastingAlarms().map(\.subject) == [.stage("validate")])
        try await delivery.settleStages(stalled: [:], moving: ["validate"])
        #expect(try register.lastingAlarms().isEmpty)
    }

    @Test(
        "The weekly mail comes on Mondays from the first one after the start, once; of those missed in an outage, one")
    func weekly() async throws {
        var settings = try RoutingTests.settings(try RoutingTests.route(""))
        settings.isWatchTold = true
        let office = try Office(at: moment("2024-10-10"), settings: settings)
        let register = try office.register()
        let document = try registration(
            "a.pdf", acts: [act("Soutien", "1")],
            deadlines: [deadline("rapport", due: "2024-10-31"), deadline("comptes", due: "2024-09-30")])
        _ = try register.register([document], now: office.clock.now)
        let deliveries = [office.delivery(register), office.delivery(try office.register(), seed: 2)]
        func watches(_ date: String, _ hour: Int = 9) async throws -> Int {
            office.clock.now = moment(date, hour)
            for delivery in deliveries { _ = try await delivery.round() }
            return try office.mails().count { $0.subjectText.contains("Toujours en veille") }
        }
        #expect(try await watches("2024-10-10", 11) == 0)
        #expect(try await watches("2024-10-14", 7) == 0)
        #expect(try await watches("2024-10-14", 9) == 1)
        #expect(try await watches("2024-10-15") == 1)
        #expect(try await watches("2024-10-14", 10) == 1)
        #expect(try await watches("2024-11-13") == 2)
        #expect(try await watches("2024-11-18") == 3)
        let mail = try #require(
            try office.mails().first {
                $0.subjectText.contains("Toujours en veille") && $0.header("Date")?.contains("14 Oct") == true
            })
        for words in [
            "Grand Val Agglomération", "1\u{A0}document, 2\u{A0}échéances en cours", "Échéances dépassées (1)",
        ] {
            #expect(mail.text.contains(words), "\(words)")
        }
    }

    @Test("Each route has a calendar file: whole, stable while nothing changes, without what is done")
    func calendars() async throws {
        var settings = try RoutingTests.settings(
            try RoutingTests.route(
                "", below: [RoutingTests.route("suivi", RoutingTests.matcher { $0.kinds = [.duty(.report)] })]))
        let folder = TemporaryFolder()
        settings.calendarsFolder = "\(folder.path)/calendriers"
        let office = try Office(settings: settings)
        let register = try office.register()
        var payment = deadline("versement", due: "2025-06-30")
        payment.kind = .payment
        _ = try register.register(
            [
                try registration(
                    "a.pdf", acts: [act("Soutien", "1")], deadlines: [deadline("rapport", due: "2025-04-30"), payment])
            ],
            now: office.clock.now)
        let delivery = office.delivery(register)
        func file(_ name: String) throws -> String {
            String(
                decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/calendriers/\(name)")),
                as: UTF8.self)
        }
        _ = try await delivery.round()
        let (all, reports) = (try file("greffier.ics"), try file("greffier-suivi.ics"))
        #expect(all.contains("UID:deadline-2@grand-val.example") && !all.contains("UID:deadline-1@"))
        #expect(reports.contains("UID:deadline-1@grand-val.example") && reports.contains("SEQUENCE:0"))
        office.clock.now = office.clock.now + 3_600
        _ = try await delivery.round()
        #expect(try file("greffier-suivi.ics") == reports)
        _ = try register.perform(.done, on: DeadlineID(1), by: "claire", now: office.clock.now)
        office.clock.now = office.clock.now + 3_600
        _ = try await delivery.round()
        #expect(try !file("greffier-suivi.ics").contains("BEGIN:VEVENT"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/calendriers").count == 2)
    }
}
