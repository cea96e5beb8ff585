import Deadlines
import Deliberations
import Digest
import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Register

/// A register as the release before this one kept it: version 5 of its schema.
@Suite("Registers of the former release", .onEveryEngine)
struct ReleaseUpgradeTests {
    let folder = TemporaryFolder()

    private var document: SampleDocument {
        var document = SampleDocument(name: "a")
        document.acts = [act("Réfection de la toiture du gymnase", "1.11")]
        document.deadlines = [deadline("rapport", due: "2025-04-30")]
        return document
    }

    private func makeOld() throws {
        let place = try folder.place
        let database = try place.database()
        try database.migrate(RegisterSchema.migrations.filter { $0.version <= 5 })
        let bodies = try place.bodies()
        let report = document.report()
        try database.write { sql in
            let (reportBody, extractBody) = try bodies.append(report.jsonBytes(), Array("{\"extract\":\"a\"}".utf8))
            try bodies.synchronize(sql)
            try addFacts(report: reportBody, extract: extractBody, sql)
            try addWork(report: reportBody, report.deadlines[0], sql)
        }
        #expect(try database.schemaVersion() == 5)
        try database.close()
    }

    private func addFacts(report: BodyReference, extract: BodyReference, _ sql: SQLTransaction) throws {
        try sql.execute("INSERT INTO meta (name, value) VALUES ('register', '0123'), ('filled', '3')")
        try sql.execute("UPDATE counters SET last = 10")
        try sql.execute(
            "INSERT INTO authorities (id, name_key, name, kind) VALUES (1, ?, ?, 'epci')",
            [.text(AuthorityKey(document.authority).name), .text(document.authority.name)])
        try sql.execute(
            """
            INSERT INTO documents (id, generation, name, source, kind, authority, session_day, superseded, archive,
                accepted_at, registered_at, report, extract, errors, warnings, organ, proxies)
            VALUES (?, 1, ?, 'ged', 'extract', 1, ?, 0, 0, ?, 0, ?, ?, 0, 0, NULL, NULL)
            """,
            [
                .init(document.id), .text(document.name), .init(document.session), .integer(document.acceptedAt),
                .text(report.description), .text(extract.description),
            ])
        try sql.execute(
            """
            INSERT INTO acts (id, authority, session_day, number, subject, facts, introduced_by, introduced_in,
                created_at, state) VALUES (1, 1, ?, '1.11', ?, ?, ?, 1, 0, 'live')
            """,
            [
                .init(document.session), .text(document.acts[0].subject), .text(document.acts[0].jsonText),
                .init(document.id),
            ])
        let keys = EntryKeys.keys(of: document.acts)[0]
        try sql.execute(
            """
            INSERT INTO entries (document, position, act, authority, session_day, number_key, compact_key, digits_key,
                subject_key, ordinal, rank, accepted_at, summary) VALUES (?, 0, 1, 1, ?, ?, ?, ?, ?, 0, 3, ?, ?)
            """,
            [
                .init(document.id), .init(document.session), .init(keys.number), .init(keys.compactNumber),
                .init(keys.number.map(NumberKey.digits)), .integer(keys.subject), .integer(document.acceptedAt),
                .text(document.acts[0].jsonText),
            ])
    }

    /// A deadline that somebody has taken on, the mail that was sent, one that waits, and the audit.
    private func addWork(report: BodyReference, _ deadline: Deadline, _ sql: SQLTransaction) throws {
        try sql.execute(
            """
            INSERT INTO deadlines (id, scope_key, act, state, due, stated_state, stated_due, direction, reminders, started,
                version, source, report, position, archive, known_at, next_step, next_at, handled, handled_by, handled_at,
                assignee)
            VALUES (1, ?, 1, 'scheduled', ?, 'scheduled', ?, 'actBefore', 'long', 0, 0, ?, ?, 0, 0, ?, 'J-60', ?,
                'assigned', 'claire', 0, 'finances')
            """,
            [
                .text(DeadlineIdentity(id: deadline.id)?.duty ?? ""), .init(deadline.due), .init(deadline.due),
                .init(document.id), .text(report.description), .init(moment("2024-10-08")),
                .init(moment("2025-02-28", 8)),
            ])
        for (id, state, wake) in [(1, "sent", SQLValue.null), (2, "pending", .init(moment("2024-10-09")))] {
            try sql.execute(
                """
                INSERT INTO alerts (id, kind, subject, version, step, recipient, state, message_id, created_at, wake_at,
                    attempts, doubts, reply) VALUES (?, 'new-acts', ?, 1, '', ?, ?, ?, 0, ?, 1, 0, '250 kept')
                """,
                [
                    .integer(id), .text("document/\(document.id)"), .text("p\(id)@val-aubrelle.example"), .text(state),
                    .text("<\(id)@greffier>"), wake,
                ])
        }
        try sql.execute(
            """
            INSERT INTO audit (id, at, actor, action, subject, detail) VALUES (1, 0, 'claire', 'deadline.assigned',
                'deadline/1', 'finances')
            """)
        try sql.execute("INSERT INTO answered_mails (message_id, deadline, at) VALUES ('<r@x>', 1, 0)")
    }

    @Test(
        "One of version 5 opens: acts, deadlines with who takes care of them, mails and audit are there, and words are found"
    )
    func version5() throws {
        try makeOld()
        let register = try Register(folder.place)
        #expect(try register.database.schemaVersion() == RegisterSchema.migrations.last?.version)
        #expect(register.id.text == "0123")
        let listed = try #require(try register.deadlines(today: day("2025-01-01")).first)
        #expect(listed.what == "rapport rapport" && listed.nextReminder == "J-60" && listed.due == day("2025-04-30"))
        try register.database.read { sql in
            let work = try sql.query("SELECT assignee, handled_by FROM deadlines") { [try $0.text(0), try $0.text(1)] }
            #expect(work == [["finances", "claire"]])
            let alerts = try sql.query("SELECT state, recipient, message_id, route FROM alerts ORDER BY id") { row in
                try (0..<4).map { try row.text($0) }
            }
            #expect(
                alerts == [
                    ["sent", "p1@val-aubrelle.example", "<1@greffier>", ""],
                    ["pending", "p2@val-aubrelle.example", "<2@greffier>", ""],
                ])
            #expect(try sql.query("SELECT message_id FROM answered_mails") { try $0.text(0) } == ["<r@x>"])
        }
        #expect(try register.audit().contains { $0.actor == "claire" && $0.subject == "deadline/1" })
        #expect(try register.inspect().isSound)
        var second = SampleDocument(name: "b")
        second.acts = [act("Réfection de la toiture du gymnase", "1/11")]
        second.acceptedAt += 1
        #expect(try register.register(second) == .registered(newActs: [], knownActs: [ActID(1)]))
    }

    @Test(
        "A program of the former release refuses what was brought up to date, names both versions, and changes nothing")
    func goingBack() throws {
        try makeOld()
        let known = try #require(RegisterSchema.migrations.last?.version)
        _ = try Register(folder.place)
        let error = #expect(throws: StorageError.self) {
            try folder.place.database().migrate(RegisterSchema.migrations.filter { $0.version <= 5 })
        }
        #expect(
            error?.description.contains("version \(known)") == true && error?.description.contains("knows 5") == true)
        #expect(try Register(folder.place).deadlines(today: day("2025-01-01")).count == 1)
    }

    /// Who changes a step that was released leaves the registers in the field behind: a new step comes behind it instead.
    @Test("The steps of the schema that were released are what they were")
    func releasedSteps() {
        let digests = RegisterSchema.migrations.filter { $0.version <= 7 }.map { step in
            "\(SHA256Digest(of: Array(step.statements.joined(separator: "\n").utf8)))".prefix(12)
        }
        #expect(
            digests == [
                "9f3df02869a3", "f012914b2a36", "05d970849200", "732f4bb62003", "5d1d4a9bc486", "c004f0f13c57",
                "830cd43232db",
            ])
    }
}
