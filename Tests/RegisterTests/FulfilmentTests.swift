import Deadlines
import Deliberations
import Digest
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Duties that a document fulfils", .onEveryEngine)
struct FulfilmentTests {
    let folder = TemporaryFolder()
    static let start = moment("2026-12-15")

    /// A document of one act with the deadlines that the rules make of it.
    func document(
        _ subject: String, session: String, number: String = "1", archive: Bool = false, replaces: DocumentID? = nil
    ) -> SampleDocument {
        var document = SampleDocument(name: "\(subject) \(number)", session: day(session))
        document.acts = [act(subject, number)]
        document.archive = archive
        document.replaces = replaces
        document.acceptedAt += Int(number) ?? 0
        var deliberation = Deliberation(subject: subject)
        deliberation.number = ActNumber(number)
        deliberation.vote = Vote(unanimous: true)
        let digest = SHA256Digest(of: Array(document.name.utf8))
        let extract = Extract(
            producedBy: Producer(program: "test", version: "1"),
            document: DocumentReference(
                id: digest, name: document.name, mediaType: "text/plain",
                text: ConvertedText(sha256: digest, bytes: 0)),
            kind: .extract, authority: document.authority, organ: .assembly, session: Session(date: day(session)),
            attendance: Attendance(), deliberations: [deliberation])
        let computer = DeadlineComputer(today: day(session))
        document.deadlines = computer.deadlines(of: extract, text: []).deadlines
        return document
    }

    func budget(_ register: Register) throws -> RegisteredDeadline? {
        var filter = DeadlineFilter()
        filter.states = [.open, .scheduled, .closed, .superseded]
        let all = try register.deadlines(filter, today: day("2026-12-15"))
        return try all.first { $0.rule == "budget-vote" }.flatMap { try register.deadline($0.id) }
    }

    @Test("The budget is reminded of until the deliberation that votes it arrives, which the trail names")
    func voted() throws {
        let register = try Register(folder.place)
        try register.register(document("Tarifs", session: "2026-12-10"), now: Self.start)
        let open = try #require(try budget(register))
        #expect(open.deadline.state == .scheduled && open.change == nil)
        #expect(open.nextReminderAt == moment("2027-02-12", 8))
        let vote = document("Budget primitif 2027", session: "2027-03-20", number: "2")
        try register.register(vote, now: moment("2027-03-22"))
        let done = try #require(try budget(register))
        #expect(done.id == open.id && done.deadline.state == .closed && done.nextReminderAt == nil)
        #expect(done.document.id == vote.id && done.deadline.how.contains("délibération n° 2"))
        #expect(done.handling?.act == "done" && done.handling?.note == "document \(vote.id)")
        let trail = try register.audit(of: "deadline/\(open.id)")
        #expect(trail.map(\.action) == ["deadline.fulfilled"] && trail[0].detail == "by document \(vote.id)")
        try register.register(document("Voirie", session: "2027-04-02", number: "3"), now: moment("2027-04-05"))
        #expect(try budget(register)?.deadline.state == .closed)
    }

    @Test("Where the vote is registered first, later documents that know nothing of it change nothing")
    func votedFirst() throws {
        let register = try Register(folder.place)
        try register.register(document("Budget primitif 2027", session: "2026-12-10"), now: Self.start)
        try register.register(document("Tarifs", session: "2026-12-10", number: "2"), now: Self.start + 60)
        let done = try #require(try budget(register))
        #expect(done.deadline.state == .closed && done.nextReminderAt == nil && done.change == nil)
    }

    @Test("A vote that a correction takes back is owed again")
    func takenBack() throws {
        let register = try Register(folder.place)
        try register.register(document("Tarifs", session: "2026-12-10"), now: Self.start)
        let vote = document("Budget primitif 2027", session: "2026-12-10", number: "2")
        try register.register(vote, now: Self.start + 60)
        #expect(try budget(register)?.deadline.state == .closed)
        try register.register(
            document("Budget annexe de l’eau 2027", session: "2026-12-10", number: "3", replaces: vote.id),
            now: Self.start + 120)
        let open = try #require(try budget(register))
        #expect(open.deadline.state == .scheduled && open.handling == nil)
        #expect(open.nextReminderAt == moment("2027-02-12", 8))
    }

    @Test("What a person says counts more: not done after all, or done long before the document")
    func persons() throws {
        let register = try Register(folder.place)
        let vote = document("Budget primitif 2027", session: "2026-12-10")
        try register.register(vote, now: Self.start)
        let id = try #require(try budget(register)).id
        try register.perform(.reopen, on: id, by: "claire", now: Self.start + 60)
        var again = vote
        again.generation = 2
        try register.register(again, now: Self.start + 120)
        #expect(try budget(register)?.deadline.state == .scheduled)
        try register.perform(.done, on: id, by: "claire", now: Self.start + 180)
        again.generation = 3
        try register.register(again, now: Self.start + 240)
        let done = try #require(try budget(register))
        #expect(done.deadline.state == .closed && done.handling?.person == "claire")
    }

    @Test("Archives owe no budget, and know of those that were voted")
    func archives() throws {
        let register = try Register(folder.place)
        try register.register(
            (1...5).map { document("Tarifs \($0)", session: "2026-12-10", number: "\($0)", archive: true) },
            now: Self.start)
        #expect(try budget(register) == nil)
        try register.register(
            document("Budget primitif 2027", session: "2026-12-10", number: "6", archive: true), now: Self.start + 60)
        try register.register(document("Voirie", session: "2027-01-20", number: "7"), now: moment("2027-01-22"))
        let done = try #require(try budget(register))
        #expect(done.deadline.state == .closed && done.nextReminderAt == nil)
    }
}
