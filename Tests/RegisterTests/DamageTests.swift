import Deadlines
import Deliberations
import Foundation
import GreffierProtocol
import Locks
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Stored Reports that cannot be read", .onEveryEngine)
struct DamageTests {
    let folder = TemporaryFolder()
    static let start = moment("2024-10-08")
    static let minutes = deadline("pv-1-semaine", of: "00000000005e", deliberation: nil, due: "2025-05-30")

    func document(
        _ name: String, kind: Extract.Kind = .extract, number: String = "1", _ deadlines: [Deadline],
        replaces: String? = nil
    ) -> SampleDocument {
        var document = SampleDocument(name: name, kind: kind)
        document.acts = [act("Sujet \(number)", number)]
        document.deadlines = deadlines
        document.archive = true
        document.replaces = replaces.map { DocumentID(of: Array($0.utf8)) }
        document.acceptedAt += name.utf8.count
        return document
    }

    @Test("A correction is registered although another document that states a session's duty is damaged")
    func restatement() throws {
        let register = try Register(folder.place)
        try register.register(document("1", number: "1", [Self.minutes]), now: Self.start)
        try register.register(document("22", number: "2", [Self.minutes]), now: Self.start)
        try register.damageReport(of: DocumentID(of: Array("1".utf8)), in: folder.path)
        try register.register(document("333", number: "2", [], replaces: "22"), now: Self.start + 60)
        let row = try #require(try register.deadline(DeadlineID(1)))
        #expect(row.deadline.state == .scheduled, "the damaged document states it")
        let damage = try register.audit().filter { $0.action == "document.damaged" }
        #expect(damage.map(\.subject) == ["document/\(DocumentID(of: Array("1".utf8)))"])
    }

    @Test("A readable document that states a session's duty takes the place of a damaged one")
    func nextBest() throws {
        let register = try Register(folder.place)
        try register.register(document("1", number: "1", [Self.minutes]), now: Self.start)
        try register.register(document("22", number: "2", [Self.minutes]), now: Self.start)
        try register.register(document("333", number: "3", [Self.minutes]), now: Self.start)
        try register.damageReport(of: DocumentID(of: Array("22".utf8)), in: folder.path)
        try register.register(document("4444", number: "3", [], replaces: "333"), now: Self.start + 60)
        #expect(try register.deadline(DeadlineID(1))?.document.name == "1")
    }

    @Test("What only a damaged document says of an act stays as it is when another document of the act is corrected")
    func rebuilding() throws {
        let register = try Register(folder.place)
        let report = deadline("rapport", due: "2025-04-30")
        try register.register(document("1", kind: .minutes, [report]), now: Self.start)
        try register.register(document("22", [deadline("comptes", due: "2025-06-30")]), now: Self.start)
        try register.damageReport(of: DocumentID(of: Array("1".utf8)), in: folder.path)
        try register.register(
            document("333", [deadline("comptes", due: "2025-07-31")], replaces: "22"), now: Self.start + 60)
        let states = try register.database.read { sql in
            try sql.query("SELECT state, due FROM deadlines ORDER BY id") {
                "\(try $0.text(0)) \(try $0.day(1))"
            }
        }
        #expect(states == ["scheduled 2025-04-30", "scheduled 2025-07-31"])
    }

    @Test("What was passed over is told to whoever opened the register, once a call")
    func told() throws {
        let seen = Seen()
        var settings = Register.Settings()
        settings.passedOver = { seen.add($0) }
        let register = try Register(folder.place, settings: settings)
        try register.register(document("1", number: "1", [Self.minutes]), now: Self.start)
        try register.register(document("22", number: "2", [Self.minutes]), now: Self.start)
        try register.damageReport(of: DocumentID(of: Array("1".utf8)), in: folder.path)
        try register.register(document("333", number: "2", [], replaces: "22"), now: Self.start + 60)
        #expect(seen.errors.count == 1)
        #expect(seen.errors.first?.description.contains("backup") == true)
    }
}

/// What was told, in order.
final class Seen: Sendable {
    private let all = Lock<[RegisterError]>([])

    func add(_ error: RegisterError) { all.withLock { $0.append(error) } }

    var errors: [RegisterError] { all.withLock { $0 } }
}

extension Register {
    /// Overwrites bytes in the middle of a document's stored Report.
    func damageReport(of document: DocumentID, in folder: String) throws {
        guard database.dialect == .sqlite else { return try shortenReport(of: document) }
        let text = try database.read { sql in
            try sql.first("SELECT report FROM documents WHERE id = ?", [.init(document)]) { try $0.text(0) }
        }
        guard let reference = BodyReference(text ?? ""),
            let handle = FileHandle(forUpdatingAtPath: BodyFile.path(reference.file, in: "\(folder)/register.bodies"))
        else { throw RegisterError.damagedRow(table: "documents", id: "\(document)") }
        try handle.seek(toOffset: UInt64(reference.offset + BodyRecord.headerBytes + reference.length / 2))
        try handle.write(contentsOf: Data("###".utf8))
        try handle.close()
    }
    /// A body in a table has no bytes that could be written over: it loses its last one.
    private func shortenReport(of document: DocumentID) throws {
        let text = try database.read { sql in
            try sql.first("SELECT report FROM documents WHERE id = ?", [.init(document)]) { try $0.text(0) }
        }
        guard let reference = text.flatMap({ BodyReference($0) }) else {
            throw RegisterError.damagedRow(table: "documents", id: "\(document)")
        }
        try database.write { sql in
            try sql.execute(
                "UPDATE bodies SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE number = ?",
                [.integer(reference.file)])
        }
    }
}
