import Deadlines
import Deliberations
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Deadlines that people start", .onEveryEngine)
struct StartTests {
    let folder = TemporaryFolder()
    static let start = moment("2024-10-08")
    static let publication = "publication de la délibération"

    private static func waiting(
        _ duty: String, for event: String, months: Int, counting: StartRule.Counting = .ordinary,
        zone: HolidayZone? = nil
    ) -> Deadline {
        var waiting = deadline(duty, due: nil)
        waiting.startEvent = event
        waiting.startRule = StartRule(event: event, words: "\(event) le", months: months, counting: counting)
        waiting.startRule?.zone = zone
        waiting.startRule?.notBefore = day("2024-09-26")
        return waiting
    }

    private static let appeal = waiting("recours", for: publication, months: 2, counting: .court, zone: .metropole)
    private static let online = waiting("en-ligne", for: publication, months: 2)
    private static let data = waiting("donnees", for: "signature", months: 3)
    private static let signing = waiting("signature", for: "signature", months: 0, counting: .fulfilled)

    private func document(
        _ name: String,
        _ deadlines: [Deadline] = [appeal, online, data, signing, deadline("rapport", due: "2025-04-30")]
    ) -> SampleDocument {
        var document = SampleDocument(name: name)
        document.acts = [act("Soutien", "1")]
        document.deadlines = deadlines
        document.acceptedAt += document.name.count
        return document
    }

    private func register() throws -> Register {
        let register = try Register(folder.place)
        try register.register(document("1"), now: Self.start)
        return register
    }

    private func row(_ duty: String, in register: Register) throws -> RegisteredDeadline {
        var filter = DeadlineFilter()
        filter.states = Set(Deadline.State.allCases)
        let rows = try register.registeredDeadlines(filter, today: day("2024-10-08"))
        return try #require(rows.first { $0.deadline.rule == duty })
    }

    @discardableResult
    private func give(_ text: String, to duty: String, in register: Register) throws -> RegisteredDeadline {
        try register.perform(
            .start(on: day(text)), on: try row(duty, in: register).id, by: "claire", note: "vu en ligne",
            now: Self.start + 3_600)
    }

    @Test("The day of an event dates every deadline of the act that waits for it, and no other")
    func together() throws {
        let register = try register()
        let appeal = try give("2024-10-07", to: "recours", in: register)
        #expect(appeal.deadline.due == day("2024-12-09") && appeal.deadline.state == .scheduled)
        #expect(appeal.deadline.how.hasSuffix("08/12/2024, un dimanche, reporté au lundi 09/12/2024"))
        #expect(appeal.nextStep != nil && appeal.version == 1)
        #expect(try row("en-ligne", in: register).deadline.due == day("2024-12-07"))
        #expect(try row("donnees", in: register).deadline.state == .open)
        #expect(try register.startedTogether(with: appeal.id).map(\.deadline.rule) == ["recours", "en-ligne"])
        for duty in ["recours", "en-ligne"] {
            let trail = try register.audit(of: "deadline/\(try row(duty, in: register).id)")
            #expect(trail.map(\.action) == ["deadline.start"] && trail.first?.actor == "claire")
            #expect(trail.first?.detail.hasSuffix(": vu en ligne") == true)
            #expect(try row(duty, in: register).handling?.act == "start")
        }
    }

    @Test("Another day given later computes them anew, from whichever of them it is given")
    func again() throws {
        let register = try register()
        try give("2024-10-07", to: "recours", in: register)
        try give("2024-10-30", to: "en-ligne", in: register)
        let appeal = try row("recours", in: register)
        #expect(appeal.deadline.due == day("2024-12-31") && appeal.change == .moved(from: day("2024-12-09")))
        #expect(try row("en-ligne", in: register).deadline.due == day("2024-12-30"))
    }

    @Test("Both readings of a doubtful law are kept")
    func doubtful() throws {
        let register = try register()
        let appeal = try give("2024-12-31", to: "recours", in: register)
        #expect(appeal.deadline.due == day("2025-03-03") && appeal.deadline.dueAlternative == nil)
        let other = try give("2024-12-29", to: "recours", in: register)
        #expect(other.deadline.due == day("2025-03-03"))
        #expect(other.deadline.dueAlternative == day("2025-02-28"))
    }

    @Test("The event that is itself the duty ends it; reopened it waits again, and what it started stays")
    func fulfilled() throws {
        let register = try register()
        try give("2024-10-15", to: "donnees", in: register)
        let signing = try row("signature", in: register)
        #expect(signing.deadline.state == .closed && signing.nextStep == nil)
        let moved = try give("2024-10-16", to: "signature", in: register)
        #expect(moved.deadline.state == .closed && moved.deadline.due == day("2024-10-16"))
        #expect(try row("donnees", in: register).deadline.due == day("2025-01-16"))
        let open = try register.perform(.reopen, on: signing.id, by: "paul", now: Self.start + 7_200)
        #expect(open.deadline.state == .open && open.deadline.due == nil)
        #expect(try row("donnees", in: register).deadline.due == day("2025-01-16"))
    }

    @Test("A given start survives a replay, a correction, done and reopen; a changed rule computes it anew")
    func kept() throws {
        let register = try register()
        try give("2024-10-07", to: "recours", in: register)
        var replayed = document("1")
        replayed.generation = 2
        try register.register(replayed, now: Self.start + 7_200)
        #expect(try row("recours", in: register).deadline.due == day("2024-12-09"))
        #expect(try row("recours", in: register).version == 1)
        var rule = Self.online
        rule.startRule?.months = 3
        let added = Self.waiting("affichage", for: Self.publication, months: 1)
        var corrected = document("corrigé", [Self.appeal, rule, added])
        corrected.replaces = document("1").id
        try register.register(corrected, now: Self.start + 9_000)
        #expect(try row("recours", in: register).deadline.due == day("2024-12-09"))
        #expect(try row("en-ligne", in: register).deadline.due == day("2025-01-07"))
        let new = try row("affichage", in: register)
        #expect(new.deadline.due == day("2024-11-07") && new.deadline.state == .scheduled && new.nextStep != nil)
        let id = try row("recours", in: register).id
        try register.perform(.done, on: id, by: "claire", now: Self.start + 9_001)
        let reopened = try register.perform(.reopen, on: id, by: "claire", now: Self.start + 9_002)
        #expect(reopened.deadline.due == day("2024-12-09") && reopened.deadline.state == .scheduled)
    }

    @Test("A date that is past once it is known is told of, for it has no reminder of its own")
    func past() throws {
        let register = try register()
        try register.makeDueAlerts(now: Self.start + 1, limit: 9, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: Self.start + 1)
        }
        let late = moment("2025-02-03")
        let id = try row("donnees", in: register).id
        let data = try register.perform(.start(on: day("2024-10-01")), on: id, by: "claire", now: late)
        #expect(data.deadline.due == day("2025-01-01") && data.change == .moved(from: nil))
        #expect(data.nextStep == .changed)
    }

    @Test("What no event dates is refused with the cure, and nothing changes")
    func refused() throws {
        let register = try register()
        var bare = document("2", [deadline("bilan", due: nil)])
        bare.acts = [act("Autre", "2")]
        try register.register(bare, now: Self.start)
        let cases: [(String, String, StartRefusal)] = [
            ("rapport", "2024-10-07", .hasDate), ("bilan", "2024-10-07", .noRule),
            ("recours", "2024-09-25", .tooEarly(day("2024-09-26"))),
        ]
        for (duty, text, reason) in cases {
            let before = try row(duty, in: register)
            #expect(throws: RegisterError.refusedStart(deadline: before.id, reason: reason)) {
                try give(text, to: duty, in: register)
            }
            #expect(try row(duty, in: register).version == before.version)
        }
        let cure = RegisterError.refusedStart(deadline: DeadlineID(1), reason: .noRule).description
        #expect(cure.contains("--due --how TEXT") && cure.contains("greffier replay --from DATE --stage validate"))
        let id = try row("recours", in: register).id
        try register.perform(.done, on: id, by: "claire", now: Self.start)
        #expect(throws: RegisterError.refusedStart(deadline: id, reason: .notRunning(.closed))) {
            try give("2024-10-07", to: "recours", in: register)
        }
    }

    @Test("The notice of an event that may never come has a date and reminders once it has")
    func latent() throws {
        let register = try register()
        var notice = Self.waiting("preavis", for: "lettre", months: 1)
        (notice.direction, notice.reminders) = (.continuous, .none)
        try register.register(document("2", [notice]), now: Self.start)
        let started = try give("2024-10-07", to: "preavis", in: register)
        #expect(started.deadline.due == day("2024-11-07") && started.nextStep != nil)
        #expect(started.deadline.direction == .information && started.state(on: day("2024-11-08")) == .closed)
    }

    @Test("Given for the session, the day of an event dates the deadlines of all its acts, and of no other session")
    func wholeSession() throws {
        let register = try register()
        var second = document("2", [Self.appeal])
        second.acts = [act("Autre", "2")]
        var later = document("3", [Self.appeal])
        later.acts = [act("Plus tard", "3")]
        later.session = day("2024-11-14")
        try register.register([second, later], now: Self.start)
        let id = try row("recours", in: register).id
        try register.perform(.start(on: day("2024-10-07"), session: true), on: id, by: "claire", now: Self.start + 1)
        let started = try register.startedTogether(with: id, session: true)
        #expect(started.map(\.facts.subject) == ["Soutien", "Soutien", "Autre"])
        #expect(started.map(\.deadline.due) == [day("2024-12-09"), day("2024-12-07"), day("2024-12-09")])
        #expect(try register.startedTogether(with: id).count == 2)
    }
}
