import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import JSONCodec
import Storage
import Testing

@testable import Register

@Suite("Registers of earlier versions")
struct UpgradeTests {
    let folder = TemporaryFolder()

    /// Makes a register as version 2 kept it: one document that states a dated deadline and a session's duty.
    func makeOld(_ document: SampleDocument) throws {
        let database = try SQLDatabase(path: "\(folder.path)/register.sqlite")
        try database.migrate(RegisterSchema.migrations.filter { $0.version < 3 })
        let bodies = try BodyStore(folder: "\(folder.path)/register.bodies")
        let report = document.report()
        let (reportBody, extractBody) = try bodies.append(report.jsonBytes(), [])
        try bodies.synchronize()
        try database.write { sql in
            try sql.execute("INSERT INTO meta (name, value) VALUES ('register', '0123')")
            try sql.execute("UPDATE counters SET last = 10")
            try sql.execute(
                "INSERT INTO authorities (id, name_key, name, kind) VALUES (1, ?, ?, 'epci')",
                [.text(AuthorityKey(document.authority).name), .text(document.authority.name)])
            try sql.execute(
                """
                INSERT INTO documents (id, generation, name, source, kind, authority, session_day, superseded, archive,
                    accepted_at, registered_at, report, extract, errors, warnings)
                VALUES (?, 1, ?, 'ged', 'extract', 1, ?, 0, 1, ?, 0, ?, ?, 0, 0)
                """,
                [
                    .init(document.id), .text(document.name), .init(document.session), .integer(document.acceptedAt),
                    .text(reportBody.description), .text(extractBody.description),
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
            try sql.execute(
                """
                INSERT INTO entries (document, position, act, authority, session_day, number_key, subject_key, ordinal, rank,
                    accepted_at, summary) VALUES (?, 0, 1, 1, ?, '111', ?, 0, 3, ?, ?)
                """,
                [
                    .init(document.id), .init(document.session),
                    .integer(EntryKeys.keys(of: document.acts)[0].subject), .integer(document.acceptedAt),
                    .text(document.acts[0].jsonText),
                ])
            for (index, deadline) in report.deadlines.enumerated() {
                let scope = deadline.rule == "pv-1-semaine" ? "session/00000000005e" : "act/1"
                try sql.execute(
                    """
                    INSERT INTO deadlines (id, scope, scope_key, act, authority, state, due, direction, version, source,
                        source_rank, source_accepted_at, archive, known_at, next_step, next_at, detail)
                    VALUES (?, ?, ?, 1, 1, 'scheduled', ?, 'actBefore', 0, ?, 3, ?, 1, ?, 'J-60', ?, ?)
                    """,
                    [
                        .integer(index + 1), .text(scope), .text(DeadlineIdentity(id: deadline.id)?.duty ?? ""),
                        .init(deadline.due), .init(document.id), .integer(document.acceptedAt),
                        .init(moment("2024-10-08")), .init(moment("2025-02-28", 8)), .text(deadline.jsonText),
                    ])
            }
        }
        try database.close()
    }

    var old: SampleDocument {
        var document = SampleDocument(name: "a")
        document.acts = [act("Sujet", "1.11")]
        document.deadlines = [
            deadline("rapport", due: "2025-04-30"),
            deadline("pv-1-semaine", of: "00000000005e", deliberation: nil, due: "2025-05-30"),
        ]
        return document
    }

    @Test("One of version 2 opens: its deadlines keep their words, numbers and steps, and new documents find its acts")
    func version2() throws {
        try makeOld(old)
        let register = try Register(folder: folder.path)
        let listed = try register.deadlines(today: day("2025-01-01"))
        #expect(listed.map(\.what) == ["rapport rapport", "rapport pv-1-semaine"])
        #expect(listed.map(\.nextReminder) == ["J-60", "J-60"])
        let row = try register.database.read { sql in
            try sql.first(DeadlineRow.query + " WHERE d.id = 1") { try DeadlineRow($0) }
        }
        #expect(row?.terms == DeadlineTerms(old.deadlines[0]))
        var second = SampleDocument(name: "b")
        second.acts = [act("Sujet", "1/11")]
        second.deadlines = old.deadlines
        second.acceptedAt += 1
        #expect(try register.register(second) == .registered(newActs: [], knownActs: [ActID(1)]))
        var other = SampleDocument(name: "c")
        other.acts = [act("Autre sujet", "11.1")]
        #expect(try register.register(other) == .registered(newActs: [ActID(11)], knownActs: []))
    }

    @Test("A correction of its document finds who else states a shared duty")
    func sharedStatements() throws {
        try makeOld(old)
        let register = try Register(folder: folder.path)
        var second = SampleDocument(name: "b")
        second.session = day("2024-10-10")
        second.acts = [act("Autre", "2")]
        second.deadlines = [old.deadlines[1]]
        try register.register(second)
        second.name = "c"
        second.replaces = DocumentID(of: Array("b".utf8))
        second.deadlines = []
        try register.register(second)
        #expect(try register.deadlines(today: day("2025-01-01")).map(\.document) == ["a", "a"])
    }

    @Test(
        "One unreadable Report, deadline or entry does not keep it closed: it is passed over and in the audit",
        arguments: ["report", "deadline", "entry"])
    func damage(of thing: String) throws {
        try makeOld(old)
        try damage(thing)
        let register = try Register(folder: folder.path)
        #expect(try register.audit().filter { $0.action.hasSuffix(".damaged") }.count == 1)
        let rows = try register.database.read { sql in
            try sql.query(DeadlineRow.query + " ORDER BY d.id") { try DeadlineRow($0) }
        }
        #expect(rows.map(\.due) == [day("2025-04-30"), day("2025-05-30")])
        #expect(rows.allSatisfy { $0.terms.reminders == .long }, "they are reminded of all the same")
        #expect(try Register(folder: folder.path).audit().count == register.audit().count, "once")
        var second = SampleDocument(name: "b")
        second.acts = [act("Un autre sujet", "7")]
        #expect(try register.register(second) == .registered(newActs: [ActID(11)], knownActs: []))
    }

    private func damage(_ thing: String) throws {
        let database = try SQLDatabase(path: "\(folder.path)/register.sqlite")
        switch thing {
        case "deadline":
            try database.write { _ = try $0.execute("UPDATE deadlines SET detail = '{\"id\"' WHERE id = 1") }
        case "entry": try database.write { _ = try $0.execute("UPDATE entries SET summary = '{'") }
        default:
            let file = try #require(
                FileHandle(forUpdatingAtPath: BodyFile.path(1, in: "\(folder.path)/register.bodies")))
            try file.seek(toOffset: 100)
            try file.write(contentsOf: Data("###".utf8))
            try file.close()
        }
        try database.close()
    }
}
