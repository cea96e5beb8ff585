import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import Locks
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("What people do with deadlines", .onEveryEngine)
struct HandlingTests {
    let folder = TemporaryFolder()
    static let start = moment("2025-01-15")
    let dated = DeadlineID(1)
    let open = DeadlineID(2)

    /// A register of one archived act with a dated deadline and one whose start is unknown.
    func register() throws -> Register {
        let register = try Register(folder.place)
        var document = SampleDocument(name: "1")
        document.acts = [act("Soutien", "1")]
        document.archive = true
        document.deadlines = [deadline("rapport", due: "2025-04-30"), deadline("versement", due: nil)]
        try register.register(document, now: Self.start)
        return register
    }

    /// The reminders that leave from a moment on, up to another, as "step day".
    func sent(_ register: Register, from start: UTCInstant, until end: UTCInstant) throws -> [String] {
        var lines: [String] = []
        var now = start
        while now <= end {
            try register.makeDueAlerts(now: now, limit: 100, messageHost: "greffier.example") { _ in
                AlertPlan(recipients: ["a@example.org"], sendAt: now)
            }
            for alert in try register.claimAlerts(now: now, limit: 9, seconds: 60, token: Int64(now.secondsSince1970)) {
                try register.commit(alert, as: .sent(reply: "250"), now: now)
                lines.append("\(alert.key.step) \(ParisTime.civil(at: now).date)")
            }
            guard let next = try register.nextWake(), next > now else { break }
            now = next
        }
        return lines
    }

    @Test("After done nothing leaves, what was on its way is taken back, and the list says who and when")
    func done() throws {
        let register = try register()
        let morning = moment("2025-04-23", 8)
        try register.makeDueAlerts(now: morning, limit: 9, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: morning + 600)
        }
        let closed = try register.perform(.done, on: dated, by: "claire", note: "reçu le 22", now: morning + 60)
        #expect(closed.deadline.state == .closed && closed.version == 1)
        #expect(try register.alerts().map(\.state) == [.cancelled])
        #expect(try sent(register, from: morning + 60, until: moment("2027-01-01")) == [])
        var filter = DeadlineFilter()
        filter.states = [.closed]
        let listed = try #require(try register.deadlines(filter, today: day("2025-04-23")).first)
        #expect((listed.handled, listed.handledBy, listed.note) == ("done", "claire", "reçu le 22"))
        #expect(listed.handledAt == (morning + 60).secondsSince1970)
        let trail = try register.audit(of: "deadline/1")
        #expect(trail.map(\.action) == ["deadline.done"])
        #expect((trail.first?.actor, trail.first?.detail) == ("claire", "reçu le 22"))
    }

    @Test("A claimed reminder of a deadline that was closed meanwhile finds another version")
    func claimedWhileDone() throws {
        let register = try register()
        let morning = moment("2025-04-23", 8)
        try register.makeDueAlerts(now: morning, limit: 9, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: morning)
        }
        let alert = try #require(try register.claimAlerts(now: morning, limit: 1, seconds: 60, token: 1).first)
        let closed = try register.perform(.done, on: dated, by: "claire", now: morning)
        #expect(closed.version != alert.key.version)
    }

    @Test("What is reopened goes on with its reminders, and a document does not open what a person closed")
    func reopened() throws {
        let register = try register()
        try register.perform(.done, on: dated, by: "claire", now: Self.start)
        var again = SampleDocument(name: "2")
        again.acts = [act("Soutien", "1")]
        again.acceptedAt += 1
        again.deadlines = [deadline("rapport", due: "2025-05-30")]
        try register.register(again, now: Self.start + 60)
        #expect(try register.deadline(dated)?.deadline.state == .closed)
        try register.perform(.reopen, on: dated, by: "paul", note: "rapport incomplet", now: moment("2025-05-20"))
        #expect(
            try sent(register, from: moment("2025-05-20"), until: moment("2025-05-24")) == [
                "J-15 2025-05-20", "J-7 2025-05-23",
            ])
        #expect(try register.audit(of: "deadline/1").suffix(1).map(\.detail) == ["rapport incomplet"])
        #expect(throws: RegisterError.self) { try register.perform(.reopen, on: dated, by: "paul", now: Self.start) }
    }

    @Test(
        "What done took back before it left is sent after all when the deadline is reopened", arguments: [false, true])
    func reopenedAfterTakingBack(isClaimed: Bool) throws {
        let register = try register()
        let morning = moment("2025-04-23", 8)
        try register.makeDueAlerts(now: morning, limit: 9, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: morning)
        }
        let claimed = try register.claimAlerts(now: morning, limit: isClaimed ? 9 : 0, seconds: 60, token: 1)
        try register.perform(.done, on: dated, by: "claire", now: morning + 60)
        for alert in claimed { try register.commit(alert, as: .cancelled(reason: "changed"), now: morning + 61) }
        try register.perform(.reopen, on: dated, by: "claire", now: morning + 120)
        #expect(
            try sent(register, from: morning + 120, until: moment("2025-04-30")) == [
                "J-7 2025-04-23", "J-1 2025-04-29", "J 2025-04-30",
            ])
    }

    @Test("Snoozed until a day nothing leaves before it; on it a missed reminder does, and the steps go on")
    func snoozed() throws {
        let register = try register()
        try register.perform(.snooze(until: day("2025-04-17")), on: dated, by: "claire", now: Self.start)
        #expect(
            try sent(register, from: Self.start, until: moment("2025-04-30")) == [
                "J-15 2025-04-17", "J-7 2025-04-23", "J-1 2025-04-29", "J 2025-04-30",
            ])
        #expect(throws: RegisterError.self) {
            try register.perform(.snooze(until: day("2025-01-15")), on: dated, by: "claire", now: Self.start)
        }
        #expect(try register.deadlines(today: day("2025-04-30")).first?.snoozedUntil == day("2025-04-17"))
    }

    @Test(
        "A date that is set holds, with how it was computed, also over a document's; its reminders are those of a date")
    func setDate() throws {
        let register = try register()
        let act = DeadlineAct.setDate(day("2025-06-30"), how: "convention signée le 31/03/2025, trois mois")
        let row = try register.perform(act, on: open, by: "claire", now: Self.start)
        #expect((row.deadline.due, row.deadline.state) == (day("2025-06-30"), .scheduled))
        #expect(row.deadline.how == "convention signée le 31/03/2025, trois mois")
        #expect(row.nextStep == .before(days: 60))
        #expect(
            try register.audit(of: "deadline/2").map(\.detail)
                == ["no date → 2025-06-30 (convention signée le 31/03/2025, trois mois)"])
        let corrected = try register.perform(act, on: dated, by: "claire", now: Self.start)
        #expect(corrected.deadline.due == day("2025-06-30") && corrected.change == .moved(from: day("2025-04-30")))
        let moved = try register.perform(
            .setDate(day("2025-07-31"), how: "avenant"), on: open, by: "claire", now: Self.start + 60)
        #expect(moved.change == .moved(from: day("2025-06-30")))
    }

    @Test("Of an entered date and a document's the entered one holds, and the discrepancy is in the trail")
    func discrepancy() throws {
        let register = try register()
        try register.perform(.setDate(day("2025-06-30"), how: "signature"), on: open, by: "claire", now: Self.start)
        var stamped = SampleDocument(name: "2")
        stamped.acts = [act("Soutien", "1")]
        stamped.acceptedAt += 1
        stamped.deadlines = [deadline("rapport", due: "2025-04-30"), deadline("versement", due: "2025-06-15")]
        try register.register(stamped, now: Self.start + 60)
        #expect(try register.deadline(open)?.deadline.due == day("2025-06-30"))
        #expect(try register.deadlines(today: day("2025-01-15")).map(\.due) == [day("2025-04-30"), day("2025-06-30")])
        #expect(
            try register.audit(of: "deadline/2").map(\.action) == ["deadline.set-date", "deadline.discrepancy"])
        let mend = DeadlineAct.setDate(day("2025-06-15"), how: "faute de frappe")
        try register.perform(mend, on: open, by: "claire", now: Self.start + 120)
        #expect(try register.deadline(open)?.deadline.due == day("2025-06-15"))
    }

    @Test("Who takes care of it is listed; what does not exist, or a reader, is refused with the cure")
    func assigned() throws {
        let register = try register()
        #expect(
            try register.perform(.assign(to: "finances"), on: dated, by: "claire", now: Self.start).assignee
                == "finances")
        let listed = try register.deadlines(today: day("2025-01-15")).first
        #expect((listed?.assignee, listed?.version) == ("finances", 0))
        #expect(throws: RegisterError.unknownDeadline(DeadlineID(9))) {
            try register.perform(.done, on: DeadlineID(9), by: "claire", now: Self.start)
        }
        let reader = try Register(reading: folder.place)
        #expect(throws: RegisterError.readOnly) { try reader.perform(.done, on: dated, by: "x", now: Self.start) }
        #expect(throws: RegisterError.self) { try Register(mending: TemporaryFolder().place) }
    }

    @Test("People and workers write one register at the same time, and nothing is lost")
    func beside() throws {
        _ = try register()
        let errors = Lock<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            do {
                let register = try Register(mending: folder.place)
                for index in 0..<25 {
                    if worker < 2 {
                        var document = SampleDocument(name: "\(worker)-\(index)")
                        document.acts = [act("Sujet \(worker) \(index)", "\(worker)/\(index)")]
                        document.deadlines = [deadline("rapport", due: "2025-04-30")]
                        try register.register(document, now: Self.start)
                    } else {
                        try register.perform(
                            .assign(to: "\(worker)"), on: DeadlineID(1), by: "p\(worker)", now: Self.start)
                    }
                }
            } catch {
                errors.withLock { $0.append("\(error)") }
            }
        }
        #expect(errors.withLock { $0 } == [])
        let register = try Register(reading: folder.place)
        #expect(try register.acts().count == 51)
        #expect(try register.audit(of: "deadline/1").count == 50)
        let numbers = try register.audit().map(\.id)
        #expect(Set(numbers).count == numbers.count)
    }
}
