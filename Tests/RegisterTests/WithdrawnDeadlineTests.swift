import Deadlines
import Deliberations
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Deadlines that no document states any more", .onEveryEngine)
struct WithdrawnDeadlineTests {
    let folder = TemporaryFolder()
    static let start = moment("2025-01-15")
    let id = DeadlineID(1)

    func document(_ name: String, _ deadlines: [Deadline], replaces: String? = nil) -> SampleDocument {
        var document = SampleDocument(name: name)
        document.acts = [act("Soutien", "1")]
        document.deadlines = deadlines
        document.archive = true
        document.replaces = replaces.map { DocumentID(of: Array($0.utf8)) }
        document.acceptedAt += name.utf8.count
        return document
    }

    /// A register whose one deadline was done; then its document was corrected by one without it.
    func withdrawn() throws -> Register {
        let register = try Register(folder.place)
        try register.register(document("1", [deadline("rapport", due: "2025-04-30")]), now: Self.start)
        try register.perform(.done, on: id, by: "claire", now: Self.start)
        try register.register(document("22", [], replaces: "1"), now: Self.start + 60)
        return register
    }

    @Test("One that a person had done stays done and does not come back by reopening")
    func reopened() throws {
        let register = try withdrawn()
        #expect(try register.deadline(id)?.deadline.state == .closed)
        #expect(try register.audit(of: "deadline/1").map(\.action) == ["deadline.done", "deadline.superseded"])
        #expect(throws: RegisterError.self) { try register.perform(.reopen, on: id, by: "paul", now: Self.start + 90) }
        #expect(try register.nextWake() == nil)
    }

    @Test("One that is stated again is as the person left it, and can be reopened")
    func restated() throws {
        let register = try withdrawn()
        try register.register(
            document("333", [deadline("rapport", due: "2025-05-30")], replaces: "22"), now: Self.start + 90)
        #expect(try register.deadline(id)?.deadline.state == .closed)
        let reopened = try register.perform(.reopen, on: id, by: "paul", now: Self.start + 99)
        #expect((reopened.deadline.state, reopened.deadline.due) == (.scheduled, day("2025-05-30")))
        #expect(reopened.nextReminderAt == moment("2025-03-31", 8))
    }

    @Test("An entered date that comes back with its deadline has not moved, whatever the document says")
    func entered() throws {
        let register = try Register(folder.place)
        try register.register(document("1", [deadline("versement", due: nil)]), now: Self.start)
        try register.perform(
            .setDate(day("2025-06-30"), how: "signature"), on: id, by: "claire", now: Self.start)
        try register.register(document("22", [], replaces: "1"), now: Self.start + 60)
        var again = document("333", [deadline("versement", due: "2025-06-15")], replaces: "22")
        again.archive = false
        try register.register(again, now: Self.start + 90)
        let row = try #require(try register.deadline(id))
        #expect((row.deadline.state, row.deadline.due) == (.scheduled, day("2025-06-30")))
        #expect(row.change == nil)
    }
}
