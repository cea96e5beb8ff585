import Deadlines
import Foundation
import GreffierProtocol
import Locks
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("The ledger of alerts", .onEveryEngine)
struct LedgerTests {
    let folder = TemporaryFolder()
    let now = moment("2024-10-08")

    /// A register with so many documents to announce.
    func filled(_ count: Int) throws -> Register {
        let register = try Register(folder.place)
        try register.register(
            (0..<count).map { index in
                var document = SampleDocument(name: "\(index).pdf")
                document.acts = [act("Sujet \(index)", "\(index)")]
                return document
            }, now: now)
        return register
    }

    @discardableResult
    func make(_ register: Register, at moment: UTCInstant) throws -> Int {
        try register.makeDueAlerts(now: moment, limit: 1_000, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org", "b@example.org"], sendAt: moment)
        }
    }

    @Test("An announcement is made once, for each recipient, with Message-IDs that stay")
    func madeOnce() throws {
        let register = try filled(3)
        #expect(try make(register, at: now) == 3)
        #expect(try make(register, at: now) == 0)
        let alerts = try register.alerts()
        #expect(alerts.count == 6)
        #expect(Set(alerts.map(\.messageID)).count == 6)
        #expect(alerts.allSatisfy { $0.messageID.hasSuffix("@greffier.example") })
    }

    @Test("Registers of one file that race claim every alert once, and enter it once")
    func race() throws {
        try make(filled(100), at: now)
        let claimed = Lock<[AlertID]>([])
        let errors = Lock<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            do {
                let register = try Register(folder.place)
                var generator = SeededGenerator(seed: UInt64(worker))
                while true {
                    let token = Int64.random(in: 1 ... .max, using: &generator)
                    let alerts = try register.claimAlerts(now: now, limit: 7, seconds: 60, token: token)
                    if alerts.isEmpty { break }
                    for alert in alerts {
                        let entered = try register.commit(alert, as: .sent(reply: "250 OK"), now: now)
                        if entered { claimed.withLock { $0.append(alert.id) } }
                    }
                }
            } catch {
                errors.withLock { $0.append("\(error)") }
            }
        }
        #expect(errors.withLock { $0 } == [])
        let ids = claimed.withLock { $0 }
        #expect(ids.count == 200)
        #expect(Set(ids).count == 200)
    }

    @Test("A claim whose process died is taken over at its end, not before; the dead one's answer is refused")
    func takeOver() throws {
        let register = try filled(1)
        try make(register, at: now)
        let first = try register.claimAlerts(now: now, limit: 1, seconds: 60, token: 1)
        #expect(try register.claimAlerts(now: now + 59, limit: 5, seconds: 60, token: 2).count == 1)
        let again = try Register(folder.place).claimAlerts(now: now + 60, limit: 5, seconds: 60, token: 3)
        let taken = try #require(again.first)
        #expect(taken.id == first.first?.id)
        #expect(taken.messageID == first.first?.messageID)
        #expect(taken.composedAt == now)
        #expect((taken.attempt, taken.doubts) == (2, 1))
        let dead = try #require(first.first)
        #expect(try register.commit(dead, as: .failed(reply: "late"), now: now + 61) == false)
        #expect(try register.commit(taken, as: .sent(reply: "250"), now: now + 61))
        #expect(try register.alerts().first { $0.id == taken.id }?.state == .sent)
    }

    @Test("Each outcome stands in the ledger, and what waits comes back at its time")
    func outcomes() throws {
        let register = try filled(3)
        try make(register, at: now)
        let outcomes: [AlertOutcome] = [
            .sent(reply: "250"), .retry(at: now + 100, reply: "451", refusedFor: 0),
            .uncertain(retryAt: now + 200, reply: "lost"),
            .uncertain(retryAt: nil, reply: "lost"), .failed(reply: "550"), .postponed(until: now + 300),
        ]
        let claimed = try register.claimAlerts(now: now, limit: 6, seconds: 60, token: 9)
        for (alert, outcome) in zip(claimed, outcomes) { try register.commit(alert, as: outcome, now: now) }
        let rows = try register.alerts().sorted { $0.id < $1.id }
        #expect(rows.map(\.state) == [.sent, .pending, .uncertain, .uncertain, .failed, .pending])
        #expect(rows.map(\.attempts) == [1, 1, 1, 1, 1, 0])
        #expect(rows.map(\.doubts) == [0, 0, 1, 1, 0, 0])
        #expect(try register.nextWake() == now + 100)
        let back = try register.claimAlerts(now: now + 300, limit: 6, seconds: 60, token: 10)
        #expect(back.map(\.id) == [rows[1].id, rows[2].id, rows[5].id])
        #expect(back.map(\.doubts) == [0, 1, 0])
        #expect(try register.audit(of: "alert/\(rows[4].id)").map(\.action) == ["alert.failed"])
    }

    @Test("A deadline's steps are made one after the other, and a moved date takes back what has not left")
    func steps() throws {
        let register = try Register(folder.place)
        var document = SampleDocument(name: "a.pdf", kind: .minutes)
        document.acts = [act("Sujet", "1")]
        document.archive = true
        document.deadlines = [deadline("rapport", due: "2025-04-30")]
        try register.register(document, now: now)
        let expected = [
            ("J-60", moment("2025-02-28", 8)), ("J-30", moment("2025-03-31", 8)), ("J-15", moment("2025-04-15", 8)),
        ]
        for (step, date) in expected {
            #expect(try register.nextWake() == date)
            #expect(try make(register, at: date + -1) == 0)
            #expect(try make(register, at: date) == 1)
            #expect(try register.alerts().first?.step == step)
            for alert in try register.claimAlerts(now: date, limit: 9, seconds: 60, token: 5) where step != "J-15" {
                try register.commit(alert, as: .sent(reply: "250"), now: date)
            }
        }
        let claimedStep = try register.alerts().filter { $0.state == .claimed }
        #expect(claimedStep.map(\.step) == ["J-15", "J-15"])
        for token in Int64(6)...7 {
            let alone = try register.claimAlerts(now: moment("2025-04-15", 9), limit: 9, seconds: 60, token: token)
            #expect(alone.count == 1, "its sender may have died of it")
            for alert in alone {
                let retry = AlertOutcome.retry(at: moment("2025-04-15", 12), reply: "451", refusedFor: 0)
                try register.commit(alert, as: retry, now: now)
            }
        }
        document.name = "b.pdf"
        document.kind = .extract
        document.deadlines = [deadline("rapport", due: "2025-05-30")]
        try register.register(document, now: moment("2025-04-15", 11))
        #expect(try register.alerts().filter { $0.step == "J-15" }.map(\.state) == [.cancelled, .cancelled])
        #expect(try register.nextWake() == moment("2025-04-30", 8))
    }

    @Test("An announcement is the first reminder of the dated deadlines it lists, and of no others")
    func announced() throws {
        let register = try Register(folder.place)
        var document = SampleDocument(name: "a.pdf")
        document.acts = [act("Sujet", "1")]
        document.deadlines = [
            deadline("premier", due: "2024-10-28"), deadline("second", due: "2024-10-29"),
            deadline("lointain", due: "2025-04-30"), deadline("sans", due: nil),
        ]
        try register.register(document, now: now)
        try register.makeDueAlerts(now: now, limit: 1, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: now, listedDeadlines: 1)
        }
        let first = try register.alerts().map { "\($0.kind.rawValue) \($0.step)" }
        #expect(
            first == ["reminder creation", "new-acts "], "the second is not listed, so it is reminded of by itself")
        let audit = try register.audit().filter { $0.action == "reminder.announced" }
        #expect(audit.map(\.subject) == ["deadline/1"])
        #expect(audit.first?.detail == "creation: the mail about document \(document.id) lists it")
        let rows = try (1...3).map { try register.deadline(DeadlineID($0)) }
        #expect(rows.map { $0?.lastStep } == [.atCreation, .atCreation, nil])
        #expect(
            rows.map { $0?.nextReminderAt } == [
                moment("2024-10-11", 8), moment("2024-10-14", 8), moment("2025-02-28", 8),
            ])
    }

    @Test("What counts as reminded of by an announcement is what the announcement lists, a session's duties too")
    func announcedAndListed() throws {
        let register = try Register(folder.place)
        var first = SampleDocument(name: "a.pdf")
        first.acts = [act("Sujet", "1")]
        first.deadlines = [deadline("rapport", due: "2024-10-28")]
        var minutes = SampleDocument(name: "pv.pdf", kind: .minutes)
        minutes.acts = [act("Sujet", "1"), act("Autre sujet", "2")]
        minutes.deadlines = [deadline("pv-1-semaine", of: "00000000005e", deliberation: nil, due: "2024-10-29")]
        try register.register([first, minutes], now: now)
        try register.makeDueAlerts(now: now, limit: 9, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: now, listedDeadlines: 60)
        }
        let listed = try [first, minutes].compactMap { try register.announcement(of: $0.id, generation: 1) }.flatMap {
            $0.acts.flatMap(\.deadlines) + $0.generalDeadlines
        }
        let counted = try register.audit().filter { $0.action == "reminder.announced" }.map(\.subject)
        #expect(Set(listed.map { "deadline/\($0.id)" }) == Set(counted) && listed.count == 2)
    }

    @Test("However few are looked at in a round, a document is announced before its deadlines are reminded of")
    func announcedFirst() throws {
        let register = try Register(folder.place)
        try register.register(
            (0..<9).map { index in
                var document = SampleDocument(name: "\(index).pdf")
                document.acts = [act("Sujet \(index)", "\(index)")]
                document.deadlines = [deadline("rapport", due: "2024-10-28")]
                return document
            }, now: now)
        for _ in 0..<30 {
            try register.makeDueAlerts(now: now, limit: 1, messageHost: "greffier.example") { _ in
                AlertPlan(recipients: ["a@example.org"], sendAt: now, listedDeadlines: 60)
            }
        }
        #expect(try register.alerts().map(\.kind) == Array(repeating: .newActs, count: 9))
        #expect(try register.nextWake() == now)
    }

    @Test("A newer step of a deadline cancels the older ones that have not left, in the ledger and in the audit")
    func newerStep() throws {
        let register = try Register(folder.place)
        var document = SampleDocument(name: "a.pdf")
        document.acts = [act("Sujet", "1")]
        document.archive = true
        document.deadlines = [deadline("rapport", due: "2025-04-30")]
        try register.register(document, now: now)
        let (fifteen, seven) = (moment("2025-04-15", 8), moment("2025-04-23", 8))
        try make(register, at: fifteen)
        let claimed = try register.claimAlerts(now: fifteen, limit: 2, seconds: 60, token: 1)
        try register.commit(claimed[0], as: .unreachable(retryAt: seven, reply: "down"), now: fifteen)
        try register.commit(claimed[1], as: .uncertain(retryAt: seven, reply: "lost"), now: fifteen)
        try make(register, at: seven)
        let rows = try register.alerts().sorted { $0.id < $1.id }
        #expect(rows.map(\.step) == ["J-15", "J-15", "J-7", "J-7"])
        #expect(rows.map(\.state) == [.cancelled, .cancelled, .pending, .pending])
        #expect(rows.prefix(2).allSatisfy { $0.reply == "a newer reminder, J-7, takes its place" })
        for row in rows.prefix(2) {
            #expect(try register.audit(of: "alert/\(row.id)").map(\.action) == ["alert.cancelled"])
        }
    }

    @Test("An attempt is composed for its own day, unless an earlier one may have arrived")
    func composedAt() throws {
        let register = try filled(2)
        try make(register, at: now)
        let outcomes: [AlertOutcome] = [
            .retry(at: now + 9, reply: "451", refusedFor: 0), .unreachable(retryAt: now + 9, reply: "down"),
            .uncertain(retryAt: now + 9, reply: "lost"), .postponed(until: now + 9),
        ]
        for (alert, outcome) in zip(try register.claimAlerts(now: now, limit: 4, seconds: 60, token: 1), outcomes) {
            try register.commit(alert, as: outcome, now: now)
        }
        let later = now + 5 * 86_400
        let again = try register.claimAlerts(now: later, limit: 4, seconds: 60, token: 2)
        #expect(again.map(\.composedAt) == [later, later, now, later])
        try register.commit(again[2], as: .retry(at: later, reply: "451", refusedFor: 0), now: later)
        let last = try register.claimAlerts(now: later + 9, limit: 4, seconds: 60, token: 3)
        #expect(last.first { $0.id == again[2].id }?.composedAt == now, "it may still have arrived")
    }

    @Test("Finding what is due reads an index, not the table")
    func indexed() throws {
        // PostgreSQL words its plans otherwise; it never scans a table that has an index (Connecting.settings).
        guard TestEngine.current.isSQLite else { return }
        let register = try filled(1)
        let plans = try register.database.read { sql in
            try [
                "SELECT id FROM deadlines WHERE next_at <= 5 ORDER BY next_at LIMIT 3",
                "SELECT id FROM alerts WHERE wake_at <= 5 ORDER BY wake_at, id LIMIT 3",
                "SELECT id FROM documents WHERE announce_at <= 5 ORDER BY announce_at LIMIT 3",
                "SELECT next_at FROM deadlines WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1",
                "SELECT id FROM deadlines WHERE act IN (1, 2)",
            ].flatMap { query in try sql.query("EXPLAIN QUERY PLAN \(query)") { try $0.text(3) } }
        }
        #expect(plans.allSatisfy { $0.contains("INDEX") }, "\(plans)")
        #expect(!plans.contains { $0.contains("TEMP B-TREE FOR ORDER BY") && !$0.contains("LAST") }, "\(plans)")
    }

    @Test("Announcing looks up the deadlines of the acts of its document, not those of a state")
    func indexedAnnouncing() throws {
        guard TestEngine.current.isSQLite else { return }
        let register = try filled(1)
        let queries = [
            AlertMaker.listedDeadlines,
            AnnouncementReader.deadlines("\(DeadlineRow.ofActsBroughtBy) AND d.scope IS NOT NULL"),
            AnnouncementReader.deadlines("d.act = ? AND d.scope IS NULL"),
        ]
        let plans = try register.database.read { sql in
            try queries.map { query in
                try sql.query("EXPLAIN QUERY PLAN \(query.replacing("?", with: "1"))") { try $0.text(3) }
                    .joined(separator: "; ")
            }
        }
        #expect(plans.allSatisfy { $0.contains("deadlines_by_act") && !$0.contains("deadlines_by_state") }, "\(plans)")
    }
}
