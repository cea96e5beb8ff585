import Deadlines
import Foundation
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Register

@Suite("A person's acts on alerts", .onEveryEngine)
struct MendingTests {
    let folder = TemporaryFolder()
    let now = moment("2024-10-08")
    let act = AlertAct(actor: "c.dumont", reason: "l’adresse est rétablie")

    /// Alerts that ended in each of `outcomes`.
    private func register(_ outcomes: [AlertOutcome]) throws -> (Register, [AlertListing]) {
        let register = try Register(folder.place)
        try register.register(
            outcomes.indices.map { index in
                var document = SampleDocument(name: "\(index).pdf")
                document.acts = [RegisterTests.act("Sujet \(index)", "\(index)")]
                return document
            }, now: now)
        try register.makeDueAlerts(now: now, limit: 100, messageHost: "greffier.example") { _ in
            AlertPlan(recipients: ["a@example.org"], sendAt: now)
        }
        let claimed = try register.claimAlerts(now: now, limit: 100, seconds: 60, token: 9)
        for (alert, outcome) in zip(claimed, outcomes) { try register.commit(alert, as: outcome, now: now) }
        return (register, try register.alerts().sorted { $0.id < $1.id })
    }

    @Test("What failed or is uncertain is sent again with its Message-ID, and the audit says by whom and why")
    func resends() throws {
        let (register, rows) = try register([
            .failed(reply: "550"), .uncertain(retryAt: nil, reply: "lost"),
            .uncertain(retryAt: now + 99, reply: "lost"),
        ])
        #expect(try register.alertsWaitingForPerson() == 2)
        let later = now + 86_400
        for row in rows {
            #expect(try register.resendAlert(row.id, by: act, now: later).state == .pending)
            let audit = try #require(try register.audit(of: "alert/\(row.id)").last)
            #expect((audit.actor, audit.action) == ("c.dumont", "alert.resent"))
            #expect(audit.detail == "l’adresse est rétablie" && audit.at == later.secondsSince1970)
        }
        #expect(try register.alertsWaitingForPerson() == 0)
        let again = try register.claimAlerts(now: later, limit: 9, seconds: 60, token: 10)
        #expect(again.map(\.messageID) == rows.map(\.messageID))
        #expect(again.allSatisfy { ($0.attempt, $0.doubts, $0.composedAt) == (1, 0, later) })
        #expect(again.allSatisfy { $0.refusal == AlertRefusal(at: nil, seconds: 0) })
    }

    @Test("What has not left is cancelled for good, with the reason in the ledger and in the audit")
    func cancels() throws {
        let (register, rows) = try register([
            .failed(reply: "550"), .uncertain(retryAt: now + 9, reply: "lost"), .postponed(until: now + 9),
        ])
        for row in rows {
            let ended = try register.cancelAlert(row.id, by: act, now: now)
            #expect((ended.state, ended.wakeAt) == (.cancelled, nil))
            #expect(ended.reply == "c.dumont: l’adresse est rétablie")
            #expect(try register.audit(of: "alert/\(row.id)").last?.action == "alert.cancelled")
        }
        #expect(try register.alertsWaitingForPerson() == 0)
        #expect(try register.claimAlerts(now: now + 99, limit: 9, seconds: 60, token: 10).isEmpty)
    }

    @Test("What was sent, is being sent or does not exist is left alone, with the cure")
    func refuses() throws {
        let (register, rows) = try register([.sent(reply: "250"), .postponed(until: now + 9)])
        let (sent, pending) = (rows[0].id, rows[1].id)
        #expect(throws: RegisterError.alertIs(.sent, sent)) { try register.resendAlert(sent, by: act, now: now) }
        #expect(throws: RegisterError.alertIs(.sent, sent)) { try register.cancelAlert(sent, by: act, now: now) }
        #expect(throws: RegisterError.alertIs(.pending, pending)) {
            try register.resendAlert(pending, by: act, now: now)
        }
        #expect(throws: RegisterError.noAlert(AlertID(99))) { try register.cancelAlert(AlertID(99), by: act, now: now) }
        _ = try register.claimAlerts(now: now + 9, limit: 9, seconds: 60, token: 10)
        #expect(throws: RegisterError.alertIs(.claimed, pending)) {
            try register.cancelAlert(pending, by: act, now: now)
        }
        #expect(try register.audit().allSatisfy { !$0.action.hasPrefix("alert.") })
    }

    @Test("Mending makes no register where there is none")
    func needsRegister() throws {
        #expect(throws: RegisterError.missing(path: try folder.place.name)) {
            try Register(mending: folder.place)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test("A register of the first schema is brought to the present one with its alerts")
    func migrates() throws {
        let old = try folder.place.database()
        try old.migrate(Array(RegisterSchema.migrations.prefix(1)))
        try old.write { sql in
            try sql.execute(
                """
                INSERT INTO alerts (id, kind, subject, version, step, recipient, state, message_id, created_at, attempts,
                    doubts, reply)
                VALUES (7, 'reminder', 'deadline/1', 0, 'J-7', 'a@example.org', 'failed', 'x@greffier.example', ?, 1, 0, '550')
                """, [.init(now)])
        }
        try old.close()
        let register = try Register(folder.place)
        #expect(try register.alertsWaitingForPerson() == 1)
        #expect(try register.resendAlert(AlertID(7), by: act, now: now).state == .pending)
        #expect(
            try register.claimAlerts(now: now, limit: 9, seconds: 60, token: 1).map(\.messageID) == [
                "x@greffier.example"
            ])
    }

    @Test("Counting what waits for a person reads an index, not the ledger")
    func indexed() throws {
        // PostgreSQL words its plans otherwise; it never scans a table that has an index (Connecting.settings).
        guard TestEngine.current.isSQLite else { return }
        let plan = try Register(folder.place).database.read { sql in
            try sql.query(
                "EXPLAIN QUERY PLAN SELECT count(*) FROM alerts WHERE wake_at IS NULL AND state IN ('failed', 'uncertain')"
            ) { try $0.text(3) }
        }
        #expect(plan.allSatisfy { $0.contains("alerts_to_mend") }, "\(plan)")
    }
}
