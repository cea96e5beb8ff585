import Deliberations
import GreffierProtocol
import Testing

@testable import Register

@Suite("What matching costs")
struct MatchingCostTests {
    let folder = TemporaryFolder()

    typealias Style = (name: String, number: @Sendable (Int) -> String?)

    static let styles: [Style] = [
        ("2024-1", { "2024-\($0)" }), ("1", { "\($0)" }), ("2024/001", { "2024/00\($0)" }), ("none", { _ in nil }),
    ]

    @Test("A document of a session with thousands of acts on one subject reads a handful of entries", arguments: 0..<4)
    func linear(style: Int) throws {
        let style = Self.styles[style]
        let register = try Register(.folder(folder.path))
        let documents = try (1...1_200).map { index in
            var document = SampleDocument(name: "\(index)")
            document.acts = [act("Garantie d’emprunt", style.number(index))]
            return try document.registration()
        }
        let early = try cost(register, documents[..<200])
        _ = try cost(register, documents[200..<1_000])
        let late = try cost(register, documents[1_000...])
        #expect(early <= 200 * 8, "\(style.name): \(early)")
        #expect(late <= early + 200, "\(style.name): \(late) after \(early)")
    }

    /// How many entries are read to register documents in one transaction.
    private func cost(_ register: Register, _ documents: ArraySlice<Registration>) throws -> Int {
        try register.database.write { sql in
            let batch = try RegistrationBatch(
                sql: sql, bodies: register.bodies, planner: register.planner, now: moment("2024-10-08"))
            for document in documents { _ = try batch.register(document) }
            try batch.finish()
            return batch.entriesRead
        }
    }

    @Test("Matching looks entries up in indexes")
    func indexed() throws {
        let register = try Register(.folder(folder.path))
        let subject = "authority = 1 AND session_day = 2 AND subject_key = 3"
        let plans = try register.database.read { sql in
            try [
                "SELECT act FROM entries WHERE authority = 1 AND session_day = 2 AND number_key = '3' LIMIT 1",
                "SELECT act FROM entries WHERE \(subject) AND digits_key IS NULL LIMIT 1",
                "SELECT act FROM entries WHERE \(subject) AND digits_key IS NULL AND ordinal = 0 ORDER BY act LIMIT 1",
                "SELECT act FROM entries WHERE \(subject) AND digits_key >= '' LIMIT 1",
                "SELECT document FROM entries WHERE \(subject) AND digits_key = '5'",
            ].map { query in
                try sql.query("EXPLAIN QUERY PLAN \(query)") { try $0.text(3) }.joined(separator: "; ")
            }
        }
        #expect(plans.allSatisfy { $0.contains("USING") && $0.contains("INDEX entries_by_") }, "\(plans)")
        #expect(plans.dropFirst().dropLast().allSatisfy { $0.contains("COVERING INDEX") }, "\(plans)")
        #expect(!plans.contains { $0.contains("TEMP B-TREE") }, "\(plans)")
        #expect(plans[1...3].allSatisfy { $0.contains("digits_key") }, "\(plans)")
    }
}
