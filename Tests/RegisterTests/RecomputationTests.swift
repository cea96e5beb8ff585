import Deadlines
import Deliberations
import Digest
import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Register

@Suite("Running deadlines when a holiday, an authority or a rule changes", .onEveryEngine)
struct RecomputationTests {
    let folder = TemporaryFolder()
    static let start = moment("2024-10-08")
    static let mourning = day("2024-12-09")
    let text = Array("Publié le : 07/10/2024. Un recours peut être formé dans les deux mois de la publicité.".utf8)

    /// An act whose period for appeals ends on a Sunday, and so on Monday 9 December 2024, as Greffier would register it:
    /// nothing else of it is kept anywhere.
    private func registration(_ number: Int) throws -> Registration {
        let id = DocumentID(of: Array("\(number)".utf8))
        let reference = DocumentReference(
            id: id.digest, name: "\(number).txt", mediaType: "text/plain",
            text: ConvertedText(sha256: SHA256Digest(of: text), bytes: text.count))
        var session = Session(date: day("2024-09-26"))
        session.publishedOn = day("2024-10-07")
        var deliberation = Deliberation(subject: "Soutien n° \(number)")
        deliberation.number = ActNumber("2024-\(number)")
        var vote = Vote(unanimous: true)
        vote.outcome = .adopted
        deliberation.vote = vote
        var published = ActRecord()
        published.publishedOn = day("2024-10-07")
        deliberation.act = published
        deliberation.appeal = Appeal(court: "Tribunal administratif de Valmont", months: 2, start: .publication)
        var extract = Extract(
            producedBy: Producer(program: "test", version: "1"), document: reference, kind: .extract,
            authority: Authority(name: "Commune de Valmont", kind: .commune), organ: .assembly, session: session,
            attendance: Attendance(), deliberations: [deliberation])
        extract.provenance.cite("/deliberations/0/appeal", TextRange(25, text.count))
        var report = Report(
            producedBy: Producer(program: "test", version: "1"), document: reference,
            summary: ReportSummary(
                kind: .extract, authority: extract.authority, sessionDate: session.date,
                acts: [act("Soutien n° \(number)", "2024-\(number)")]))
        report.deadlines = DeadlineComputer(today: day("2024-10-08")).deadlines(of: extract, text: text).deadlines
        return try Registration(
            document: id, generation: 1,
            description: DocumentDescription(name: "\(number).txt", source: "ged", acceptedAt: 1_728_000_000),
            report: report.jsonBytes(), extract: extract.jsonBytes())
    }

    private func recomputation(_ register: Register, holiday: Bool) -> DeadlineRecomputation {
        DeadlineRecomputation(register: register, basis: Self.basis(holiday: holiday))
    }

    private static func basis(holiday: Bool) -> DeadlineBasis {
        let added = holiday ? [mourning: "deuil national"] : [:]
        return DeadlineBasis(fingerprint: holiday ? "b" : "a") { _ in AuthorityFacts(addedHolidays: added) }
    }

    /// The register as a program opens it whose configuration has the holiday, or has it not.
    private func register(holiday: Bool) throws -> Register {
        var settings = Register.Settings()
        settings.basis = Self.basis(holiday: holiday)
        return try Register(folder.place, settings: settings)
    }

    @Test(
        "A document that was validated before the holiday was added, and registered after, has the date of now, and is told once"
    )
    func inFlight() throws {
        let register = try register(holiday: true)
        #expect(try run(recomputation(register, holiday: true), at: Self.start) == 0)
        _ = try register.register([try registration(1)], now: Self.start + 60)
        #expect(try appeals(register).map(\.deadline.due) == [day("2024-12-10")])
        #expect(try appeals(register).first?.deadline.evidence.isEmpty == false)
        #expect(try appeals(register).first?.change == nil)
        #expect(try run(recomputation(register, holiday: true), at: Self.start + 120) == 0)
    }

    @Test(
        "What a program with the former configuration registers during a recomputation or after it is computed at the next"
    )
    func formerProgram() throws {
        let (former, newer) = (try register(holiday: false), try register(holiday: true))
        _ = try former.register(try (1...60).map(registration), now: Self.start)
        var recomputation = recomputation(newer, holiday: true)
        #expect(try recomputation.step(now: Self.start).changed == 40)
        _ = try former.register(try (61...90).map(registration), now: Self.start + 60)
        #expect(try run(recomputation, at: Self.start + 120) == 50)
        _ = try former.register([try registration(91)], now: Self.start + 180)
        #expect(try run(self.recomputation(newer, holiday: true), at: Self.start + 900) == 1)
        #expect(try appeals(newer).count == 91)
        #expect(try appeals(newer).allSatisfy { $0.deadline.due == day("2024-12-10") })
    }

    /// Lets one program work until all is done; answers how many documents changed.
    private func run(_ recomputation: DeadlineRecomputation, at now: UTCInstant) throws -> Int {
        var recomputation = recomputation
        var changed = 0
        for _ in 1...1_000 {
            let step = try recomputation.step(now: now)
            changed += step.changed
            if step.isDone { return changed }
        }
        Issue.record("it does not end")
        return changed
    }

    private func send(_ register: Register, at now: UTCInstant) throws -> [String] {
        try register.makeDueAlerts(now: now, limit: 1_000, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: now)
        }
        return try register.claimAlerts(now: now, limit: 1_000, seconds: 60, token: Int64(now.secondsSince1970)).map {
            try register.commit($0, as: .sent(reply: "250"), now: now)
            return $0.key.kind.rawValue
        }
    }

    private func appeals(_ register: Register) throws -> [RegisteredDeadline] {
        try register.deadlines(DeadlineFilter(), today: day("2024-10-08")).filter { $0.rule == "recours-tiers" }
            .compactMap { try register.deadline($0.id) }
    }

    @Test(
        "Long after the queue gave up the bytes a holiday moves the date, whoever knew it is told once, and the quote stays"
    )
    func holiday() throws {
        let register = try Register(folder.place)
        let registration = try registration(1)
        _ = try register.register([registration], now: Self.start)
        #expect(try run(recomputation(register, holiday: false), at: Self.start + 60) == 0)
        let first = try send(register, at: Self.start + 120)
        #expect(first.contains("new-acts") && !first.contains("changes"))
        let before = try #require(try appeals(register).first)
        #expect(before.deadline.due == Self.mourning)
        let now = moment("2024-11-20")
        #expect(try run(recomputation(register, holiday: true), at: now) == 1)
        let after = try #require(try appeals(register).first)
        #expect(after.deadline.due == day("2024-12-10") && after.deadline.how.contains("10/12/2024"))
        #expect(after.deadline.evidence == before.deadline.evidence && !after.deadline.evidence.isEmpty)
        #expect(after.change == .moved(from: Self.mourning))
        #expect(try send(register, at: now + 60).filter { $0 == "changes" }.count == 1)
        #expect(try run(recomputation(register, holiday: true), at: now + 120) == 0)
        #expect(try send(register, at: now + 180).isEmpty && register.inspect().isSound)
        // What comes again from the queue is registered as always.
        #expect(try register.register([registration], now: now + 240) == [.known])
        let trail = try register.audit(of: "document/\(registration.document)").map(\.action)
        #expect(trail == ["document.registered", "document.recomputed"])
    }

    @Test("It goes on where a program ended, and of several programs one does it")
    func interrupted() throws {
        let register = try Register(folder.place)
        _ = try register.register(try (1...90).map(registration), now: Self.start)
        #expect(try run(recomputation(register, holiday: false), at: Self.start) == 0)
        let now = moment("2024-11-20")
        var one = recomputation(register, holiday: true)
        var other = recomputation(register, holiday: true)
        #expect(try one.step(now: now).changed == 40)
        #expect(try other.step(now: now + 1) == .init(wait: 60_000))
        #expect(try run(other, at: now + 700) == 50)
        #expect(try one.step(now: now + 701).isDone)
        #expect(try appeals(register).allSatisfy { $0.deadline.due == day("2024-12-10") })
    }

    @Test("An Extract that cannot be read leaves its deadlines as they are, and the others are computed")
    func unreadable() throws {
        let register = try Register(folder.place)
        var damaged = SampleDocument(name: "other")
        damaged.acts = [act("Autre soutien", "2024-900")]
        damaged.deadlines = [deadline("rapport", due: "2030-04-30")]
        try register.register(damaged, now: Self.start)
        _ = try register.register([try registration(1)], now: Self.start)
        #expect(try run(recomputation(register, holiday: true), at: Self.start + 60) == 1)
        #expect(try register.audit(of: "document/\(damaged.id)").map(\.action).contains("document.damaged"))
        let kept = try register.deadlines(DeadlineFilter(), today: day("2024-10-08")).filter { $0.rule == "rapport" }
        #expect(kept.map(\.due) == [day("2030-04-30")])
    }
}
