import Deadlines
import Deliberations
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Legal deadlines behind those of a convention", .onEveryEngine)
struct BackstopTests {
    let folder = TemporaryFolder()
    static let start = moment("2025-01-15")
    let front = DeadlineID(1)
    let back = DeadlineID(2)

    func document(_ name: String = "1", contract: String = "2025-04-30", replaces: String? = nil) -> SampleDocument {
        var document = SampleDocument(name: name)
        document.acts = [act("Soutien", "1")]
        document.archive = true
        var legal = deadline("crf", due: "2025-06-30")
        legal.backstopOf = "00000000000a-comptes"
        document.deadlines = [deadline("comptes", due: contract), legal]
        document.replaces = replaces.map { DocumentID(of: Array($0.utf8)) }
        document.acceptedAt += name.utf8.count
        return document
    }

    func register() throws -> Register {
        let register = try Register(folder.place)
        try register.register(document(), now: Self.start)
        return register
    }

    /// When a deadline's next reminder leaves.
    func next(_ id: DeadlineID, _ register: Register) throws -> UTCInstant? {
        try register.deadline(id)?.nextReminderAt
    }

    @Test("One sleeps until the contract's date is past, and wakes by itself on the next worked day")
    func wakes() throws {
        let register = try register()
        #expect(try next(front, register) == moment("2025-02-28", 8))
        // 1 May is a holiday, and a Thursday.
        #expect(try next(back, register) == moment("2025-05-02", 8))
        try register.makeDueAlerts(now: moment("2025-05-02", 8), limit: 9, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: moment("2025-05-02", 8))
        }
        let subjects = try register.alerts().filter { $0.state == .pending }.map(\.subject)
        #expect(Set(subjects).count == 2)
        #expect(try next(back, register) == moment("2025-05-30", 8))
    }

    @Test("One ends with the contract's deadline, and runs again with it; the trail says both")
    func ends() throws {
        let register = try register()
        try register.perform(.done, on: front, by: "claire", note: "reçu", now: Self.start + 60)
        let ended = try #require(try register.deadline(back))
        #expect(ended.deadline.state == .closed && ended.handling?.person == "claire" && ended.nextReminderAt == nil)
        try register.perform(.reopen, on: front, by: "paul", now: Self.start + 120)
        #expect(try register.deadline(back)?.deadline.state == .scheduled)
        #expect(try next(back, register) == moment("2025-05-02", 8))
        #expect(
            try register.audit(of: "deadline/\(back)").map(\.action).sorted() == ["deadline.done", "deadline.reopen"])
    }

    @Test("One that a person ended by itself stays so when the contract's deadline is reopened")
    func endedAlone() throws {
        let register = try register()
        try register.perform(.done, on: back, by: "anne", now: Self.start + 30)
        try register.perform(.done, on: front, by: "claire", now: Self.start + 60)
        try register.perform(.reopen, on: front, by: "paul", now: Self.start + 120)
        let ended = try register.deadline(back)
        #expect(ended?.deadline.state == .closed && ended?.handling?.person == "anne")
        #expect(try register.audit(of: "deadline/\(back)").map(\.action) == ["deadline.done"])
    }

    @Test("Who takes care of the contract's deadline after its end does not hide who ended it: one runs again with it")
    func assigned() throws {
        let register = try register()
        try register.perform(.done, on: front, by: "claire", now: Self.start + 60)
        try register.perform(.assign(to: "finances"), on: front, by: "paul", now: Self.start + 90)
        #expect(try register.deadline(front)?.handling?.person == "claire")
        #expect(try register.audit(of: "deadline/\(front)").map(\.action).contains("deadline.assign"))
        try register.perform(.reopen, on: front, by: "paul", now: Self.start + 120)
        #expect(try register.deadline(back)?.deadline.state == .scheduled)
    }

    @Test("One that a person reopened by itself runs on, whatever comes, until the contract's deadline ends anew")
    func reopenedAlone() throws {
        let register = try register()
        try register.perform(.done, on: front, by: "claire", now: Self.start + 60)
        try register.perform(.reopen, on: back, by: "anne", now: Self.start + 120)
        try register.perform(.assign(to: "finances"), on: front, by: "paul", now: Self.start + 180)
        try register.register(document("22", replaces: "1"), now: Self.start + 240)
        #expect(try register.deadline(back)?.deadline.state == .scheduled)
        try register.perform(.reopen, on: front, by: "paul", now: Self.start + 300)
        try register.perform(.done, on: front, by: "claire", now: Self.start + 360)
        #expect(try register.deadline(back)?.deadline.state == .closed)
    }

    @Test("A person's date, or a correction's, moves the day on which it wakes")
    func moved() throws {
        let register = try register()
        try register.perform(.setDate(day("2025-05-15"), how: "avenant"), on: front, by: "claire", now: Self.start + 60)
        #expect(try next(back, register) == moment("2025-05-16", 8))
        let other = TemporaryFolder()
        let second = try Register(other.place)
        try second.register(document(), now: Self.start)
        try second.register(document("22", contract: "2025-05-19", replaces: "1"), now: Self.start + 60)
        #expect(try second.deadline(front)?.deadline.due == day("2025-05-19"))
        #expect(try next(back, second) == moment("2025-05-20", 8))
    }

    @Test("Where no document states the contract's deadline any more, the legal one reminds as any other")
    func alone() throws {
        let register = try register()
        var corrected = document("22", replaces: "1")
        corrected.deadlines.removeFirst()
        try register.register(corrected, now: Self.start + 60)
        #expect(try register.deadline(front)?.deadline.state == .superseded)
        #expect(try next(back, register) == moment("2025-04-30", 8))
    }
}
