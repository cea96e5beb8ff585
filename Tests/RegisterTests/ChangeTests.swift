import Deadlines
import Deliberations
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Deadlines that change after their act was told of", .onEveryEngine)
struct ChangeTests {
    let folder = TemporaryFolder()
    static let start = moment("2024-10-08")

    func document(
        _ name: String, kind: Extract.Kind = .extract, _ deadlines: [Deadline], archive: Bool = false
    ) -> SampleDocument {
        var document = SampleDocument(name: name, kind: kind)
        document.acts = [act("Soutien à l’association", "2024-112")]
        document.deadlines = deadlines
        document.archive = archive
        document.acceptedAt += name.utf8.count
        return document
    }

    /// A register whose one act has been told of, with a deadline on 30 April 2025.
    func told(archive: Bool = false) throws -> Register {
        let register = try Register(folder.place)
        try register.register(
            document("1", [deadline("rapport", due: "2025-04-30")], archive: archive), now: Self.start)
        try round(register, at: Self.start)
        return register
    }

    /// Makes what is due and sends it; answers what it was.
    @discardableResult
    func round(_ register: Register, at now: UTCInstant) throws -> [String] {
        try register.makeDueAlerts(now: now, limit: 100, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: now)
        }
        let claimed = try register.claimAlerts(
            now: now, limit: 100, seconds: 60, token: Int64(now.secondsSince1970))
        return try claimed.compactMap { alert in
            if case .changes(let mail) = alert.key.subject, try register.changes(toldBy: mail) == nil {
                try register.commit(alert, as: .cancelled(reason: "nothing is left of it"), now: now)
                return nil
            }
            try register.commit(alert, as: .sent(reply: "250"), now: now)
            return "\(alert.key.kind.rawValue) \(alert.key.step)"
        }
    }

    /// Everything that leaves from a moment on, up to another.
    func all(_ register: Register, from start: UTCInstant, until end: UTCInstant) throws -> [String] {
        var now = start
        var sent: [String] = []
        while now <= end {
            sent += try round(register, at: now)
            guard let next = try register.nextWake(), next > now else { break }
            now = next
        }
        return sent
    }

    func row(_ register: Register, _ rule: String) throws -> RegisteredDeadline {
        let listed = try #require(try register.deadlines(today: day("2024-10-08")).first { $0.rule == rule })
        return try #require(try register.deadline(listed.id))
    }

    @Test("One that a later document adds is told once, as a reminder that says so")
    func added() throws {
        let register = try told()
        let both = [deadline("rapport", due: "2025-04-30"), deadline("comptes", due: "2025-12-31")]
        let now = moment("2024-10-15")
        try register.register(document("22", both), now: now)
        #expect(try round(register, at: now) == ["changes "])
        let added = try row(register, "comptes")
        #expect(added.change(toldBy: "changement") == .added)
        #expect(added.change(toldBy: "J-60") == nil)
        #expect(try row(register, "rapport").change == nil)
        try register.register(document("333", both), now: now + 60)
        #expect(try all(register, from: now + 60, until: moment("2025-02-28", 9)) == ["reminder J-60"])
    }

    @Test(
        "One that moves is told once, with the date that staff knew",
        arguments: ["2025-06-30", "2024-10-10", "2024-09-30"])
    func moved(to date: String) throws {
        let register = try told()
        let now = moment("2024-10-15")
        try register.register(document("22", [deadline("rapport", due: date)]), now: now)
        #expect(try round(register, at: now) == ["changes "])
        let moved = try row(register, "rapport")
        #expect(moved.change(toldBy: "changement") == .moved(from: day("2025-04-30")))
        #expect(moved.deadline.due == day(date))
        let later = try all(register, from: now + 60, until: moment("2025-05-02", 9))
        #expect(later == (date == "2025-06-30" ? ["reminder J-60"] : []))
    }

    @Test("One that loses its date, and one that gets one, are told once")
    func withoutDate() throws {
        let register = try told()
        var open = document("22", [deadline("rapport", due: nil)])
        open.replaces = DocumentID(of: Array("1".utf8))
        try register.register(open, now: Self.start + 60)
        #expect(try round(register, at: Self.start + 60) == ["changes "])
        #expect(try row(register, "rapport").change == .moved(from: day("2025-04-30")))
        try register.register(document("333", [deadline("rapport", due: "2025-05-30")]), now: Self.start + 120)
        #expect(try round(register, at: Self.start + 120) == ["changes "])
        #expect(try row(register, "rapport").change == .moved(from: nil))
    }

    @Test("What changes before the mail about the act is composed needs no notice: that mail says it")
    func beforeTheMail() throws {
        let register = try Register(folder.place)
        try register.register(document("1", [deadline("rapport", due: "2025-04-30")]), now: Self.start)
        try register.register(document("22", [deadline("rapport", due: "2025-05-30")]), now: Self.start)
        try register.makeDueAlerts(now: Self.start, limit: 100, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: Self.start + 3_600)
        }
        let more = [deadline("rapport", due: "2025-06-30"), deadline("comptes", due: "2025-12-31")]
        try register.register(document("333", more), now: Self.start + 60)
        #expect(try all(register, from: Self.start + 3_600, until: moment("2025-03-01")) == ["new-acts "])
    }

    @Test("Two moves before the notice leaves are one, from the date that staff know; back to it, there is none")
    func movedTwice() throws {
        let register = try told()
        for (name, date) in [("22", "2025-05-30"), ("333", "2025-06-30")] {
            try register.register(document(name, [deadline("rapport", due: date)]), now: Self.start + 60)
            try register.makeDueAlerts(now: Self.start + 60, limit: 100, messageHost: "greffier.example") { _ in
                AlertPlan(recipients: ["a@example.org"], sendAt: Self.start + 3_600)
            }
        }
        #expect(try row(register, "rapport").change == .moved(from: day("2025-04-30")))
        #expect(try register.alerts().filter { $0.state == .pending }.count == 2, "the first has nothing left to tell")
        try register.register(document("4444", [deadline("rapport", due: "2025-04-30")]), now: Self.start + 120)
        #expect(try all(register, from: Self.start + 7_200, until: moment("2025-02-27")) == [])
    }

    @Test("Archives are quiet about the past and about acts of which nobody was told; they tell what is to come")
    func archives() throws {
        let register = try told()
        let past = [deadline("rapport", due: "2025-04-30"), deadline("ancien", due: "2024-09-30")]
        try register.register(document("22", past, archive: true), now: Self.start + 60)
        #expect(try round(register, at: Self.start + 60) == [])
        let coming = past + [deadline("comptes", due: "2025-12-31")]
        try register.register(document("333", coming, archive: true), now: Self.start + 120)
        #expect(try round(register, at: Self.start + 120) == ["changes "])
    }

    @Test("An act from the archives stays quiet until a document of today adds to it, which is told")
    func archivedAct() throws {
        let register = try told(archive: true)
        let more = [deadline("rapport", due: "2025-04-30"), deadline("comptes", due: "2025-12-31")]
        try register.register(document("22", more, archive: true), now: Self.start + 60)
        #expect(try round(register, at: Self.start + 60) == [])
        let live = more + [deadline("ancien", due: "2024-09-30")]
        try register.register(document("333", live), now: Self.start + 120)
        #expect(try round(register, at: Self.start + 120) == ["changes "])
    }

    @Test("The same document in a later generation tells nothing")
    func replay() throws {
        let register = try told()
        var again = document("1", [deadline("rapport", due: "2025-04-30")])
        again.generation = 2
        try register.register(again, now: Self.start + 60)
        #expect(try round(register, at: Self.start + 60) == [])
    }

    @Test("A document that comes again before it was announced is still announced")
    func replayedEarly() throws {
        let register = try Register(folder.place)
        var twice = document("1", [deadline("rapport", due: "2025-04-30")])
        try register.register(twice, now: Self.start)
        twice.generation = 2
        try register.register(twice, now: Self.start)
        #expect(try round(register, at: Self.start) == ["new-acts "])
        #expect(try register.announcement(of: twice.id, generation: 2)?.acts.count == 1)
    }
}
