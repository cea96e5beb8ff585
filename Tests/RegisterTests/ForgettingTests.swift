import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Register

@Suite("Forgetting documents", .onEveryEngine)
struct ForgettingTests {
    let folder = TemporaryFolder()
    let now = moment("2024-11-04")

    private func document(_ name: String, _ subject: String, _ number: String, due: String? = nil) -> SampleDocument {
        var document = SampleDocument(name: name)
        document.acts = [act(subject, number)]
        if let due { document.deadlines = [deadline("rapport", due: due)] }
        return document
    }

    private func count(_ table: String, _ register: Register) throws -> Int {
        try register.database.read { try $0.first("SELECT COUNT(*) FROM \(table)") { try $0.count(0) } ?? 0 }
    }

    /// Everything in the register's files, the log of the database included.
    private func stored() throws -> String {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).map { path in
            String(decoding: FileManager.default.contents(atPath: "\(folder.path)/\(path)") ?? Data(), as: UTF8.self)
        }.joined(separator: "\n")
    }

    @Test("What one document alone stated goes with it, its rows, words and files; the others stay")
    func alone() throws {
        let register = try Register(folder.place)
        var secret = document("secret.pdf", "Secours à Mirabelle Quenotte", "2024-1")
        secret.acceptedAt += 5
        try register.register(secret)
        secret.generation = 2
        secret.acts = [act("Aide à Mirabelle Quenotte", "2024-1")]
        try register.register(secret)
        try register.register(document("other.pdf", "Réfection du pont", "2024-2", due: "2025-04-30"))
        if TestEngine.current.isSQLite { #expect(try stored().contains("Quenotte")) }
        let result = try register.forget(
            secret.id, why: "demande du 3 mars", by: "claire", endingDeadlines: false, now: now)
        #expect(result == ForgottenDocument(wasRegistered: true, endedDeadlines: []))
        if TestEngine.current.isSQLite {
            let left = try stored()
            #expect(!left.contains("Quenotte") && !left.contains("quenotte") && !left.contains("secret.pdf"))
            #expect(left.contains("pont") && left.contains("demande du 3 mars"))
        } else {
            #expect(try count("bodies", register) == 2)
        }
        #expect(try register.acts().map(\.facts.subject) == ["Réfection du pont"])
        #expect(try register.search(#require(SearchQuery("Mirabelle"))).isEmpty)
        #expect(try register.inspect().isSound)
        #expect(try register.document(secret.id) == nil)
        #expect(try count("spent_bodies", register) == 0)
    }

    @Test("While a backup copies the register nothing is forgotten")
    func backup() throws {
        guard TestEngine.current.isSQLite else { return }
        let register = try Register(folder.place)
        let document = document("1.pdf", "Soutien", "2024-1")
        try register.register(document)
        func forget() throws {
            try register.forget(document.id, why: "x", by: "claire", endingDeadlines: false, now: now)
        }
        let lock = try BackupLock(copying: folder.path + "/register.bodies")
        withExtendedLifetime(lock) {
            #expect(throws: RegisterError.isBackedUp) { try register.requireErasable() }
            #expect(throws: RegisterError.isBackedUp) { try forget() }
        }
        #expect(try register.acts().count == 1)
        _ = consume lock
        try forget()
        #expect(try register.acts().isEmpty)
    }

    @Test("While a deadline runs that it alone states, it is not forgotten, unless that is wanted too")
    func deadlines() throws {
        let register = try Register(folder.place)
        let document = document("1.pdf", "Soutien", "2024-1", due: "2025-04-30")
        try register.register(document)
        let ended = try register.forgetting(document.id, now: now).endedDeadlines
        #expect(ended == [DeadlineID(1)])
        #expect(throws: RegisterError.runningDeadlines(document: document.id, deadlines: ended)) {
            try register.forget(document.id, why: "x", by: "claire", endingDeadlines: false, now: self.now)
        }
        #expect(try register.acts().count == 1)
        try register.forget(document.id, why: "x", by: "claire", endingDeadlines: true, now: now)
        #expect(try register.acts().isEmpty && count("deadlines", register) == 0)
        let trail = try register.database.read { sql in
            try sql.query("SELECT actor, action, subject FROM audit WHERE at = ? ORDER BY id", [.init(now)]) {
                [try $0.text(0), try $0.text(1), try $0.text(2)]
            }
        }
        #expect(trail.contains(["claire", "deadline.ended", "deadline/1"]))
        #expect(trail.contains(["claire", "document.forgotten", "document/\(document.id)"]))
        #expect(try register.inspect().isSound)
    }

    @Test("An act and a deadline that another document states too stay, as that one states them")
    func shared() throws {
        let register = try Register(folder.place)
        let extract = document("extract.pdf", "Soutien au club", "2024-1", due: "2025-04-30")
        var minutes = document("minutes.pdf", "Soutien au club de voile", "2024-1", due: "2025-05-31")
        minutes.kind = .minutes
        try register.register([extract, minutes])
        #expect(try register.acts().map(\.facts.subject) == ["Soutien au club"])
        let result = try register.forget(extract.id, why: "x", by: "claire", endingDeadlines: false, now: now)
        #expect(result.endedDeadlines.isEmpty)
        #expect(try register.acts().map(\.facts.subject) == ["Soutien au club de voile"])
        let running = try register.deadlines(DeadlineFilter(), today: day("2024-11-04"))
        #expect(running.map(\.due) == [day("2025-05-31")])
        #expect(try register.inspect().isSound)
    }

    @Test("A forgotten document is not registered again, also when it was not registered yet")
    func again() throws {
        let register = try Register(folder.place)
        let document = document("1.pdf", "Soutien", "2024-1")
        try register.forget(document.id, why: "x", by: "claire", endingDeadlines: false, now: now)
        #expect(try register.register(document) == .known)
        #expect(try register.acts().isEmpty && count("documents", register) == 0)
    }

    @Test("A register of the former version opens with its documents, and forgets them")
    func upgrade() throws {
        let place = try folder.place
        let document = document("1.pdf", "Soutien", "2024-1")
        do {
            let register = try Register(place)
            try register.register(document)
            try register.database.write { sql in
                for statement in [
                    "DROP TABLE forgotten_documents", "DROP TABLE spent_bodies", "DROP INDEX documents_by_session",
                    "ALTER TABLE deadlines DROP COLUMN entered_start",
                    "ALTER TABLE deadlines DROP COLUMN entered_event",
                    "ALTER TABLE deadlines DROP COLUMN entered_alternative",
                    "ALTER TABLE deadlines DROP COLUMN backstop_of", "ALTER TABLE deadlines DROP COLUMN asleep_until",
                    "DROP INDEX alerts_by_mail", "DROP INDEX alerts_by_token",
                    "DROP INDEX answered_mails_by_deadline", "DROP INDEX digest_items_by_document",
                    "DROP INDEX alerts_to_share", "ALTER TABLE alerts DROP COLUMN mail",
                    "DROP INDEX deadlines_by_source",
                    "DROP TABLE notices", "DELETE FROM counters WHERE name = 'notice'",
                    "DROP TABLE claimed_mails",
                    "DROP INDEX deadlines_by_handling",
                    "UPDATE schema_version SET version = 8",
                ] { try sql.execute(statement) }
            }
        }
        let register = try Register(place)
        #expect(try register.database.schemaVersion() == RegisterSchema.migrations.last?.version)
        #expect(try register.acts().count == 1)
        #expect(try register.forget(document.id, why: "x", by: "c", endingDeadlines: true, now: now).wasRegistered)
        #expect(try register.acts().isEmpty && register.inspect().isSound)
    }
}
