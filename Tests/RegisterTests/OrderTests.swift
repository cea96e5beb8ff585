import Deliberations
import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("The order of arrival", .onEveryEngine)
struct OrderTests {
    @Test("Documents of a session in any order, in any batches, give the same acts and deadlines", arguments: 0..<60)
    func anyOrder(seed: UInt64) throws {
        // Each seed makes several registers, which takes a server long: the order is no matter of the engine.
        guard TestEngine.current.isSQLite || seed < 4 else { return }
        var generator = SeededGenerator(seed: seed)
        let documents = SessionMaker.documents(using: &generator)
        let reference = try state(after: documents, batch: documents.count)
        #expect(!reference.acts.isEmpty)
        for _ in 0..<4 {
            let order = documents.shuffled(using: &generator)
            let batch = Int.random(in: 1...3, using: &generator)
            let other = try state(after: order, batch: batch)
            #expect(other.acts == reference.acts, "seed \(seed): \(order.map(\.name))")
            #expect(other.deadlines == reference.deadlines, "seed \(seed): \(order.map(\.name))")
        }
    }

    /// What a register says, without its numbers, which tell the order.
    private func state(
        after documents: [SampleDocument], batch: Int
    ) throws -> (acts: [String], deadlines: [String]) {
        let folder = TemporaryFolder()
        let register = try Register(folder.place)
        var rest = documents[...]
        while !rest.isEmpty {
            try register.register(Array(rest.prefix(batch)))
            rest = rest.dropFirst(batch)
        }
        let acts = try register.acts().map { "\($0.authority) \($0.session) \($0.documents) \($0.facts.jsonText)" }
        let deadlines = try register.deadlines(today: day("2024-01-01")).map { row in
            let act = row.rule == "liste-1-semaine" ? "" : "\(row.number?.text ?? "") \(row.subject)"
            return "\(row.what) \(row.due?.description ?? "–") \(row.state) \(row.document) \(act)"
        }
        return (acts.sorted(), deadlines.sorted())
    }
}

/// Documents about the acts of one session: extracts, minutes, lists and corrections, with numbers left out or damaged
/// and subjects that several acts share.
enum SessionMaker {
    static func documents(using generator: inout SeededGenerator) -> [SampleDocument] {
        let subjects = ["Budget", "Garantie d’emprunt", "Subvention", "Approbation du procès-verbal"]
        let acts = (1...Int.random(in: 1...6, using: &generator)).map { index in
            (number: "2024-\(index)", subject: subjects.randomElement(using: &generator) ?? "")
        }
        var documents: [SampleDocument] = []
        for index in 0..<Int.random(in: 2...7, using: &generator) {
            let kind = [Extract.Kind.extract, .extract, .minutes, .list].randomElement(using: &generator) ?? .extract
            var document = SampleDocument(name: "document-\(index)", kind: kind)
            document.acceptedAt += Int.random(in: 0...3, using: &generator)
            let told = kind == .extract ? [acts.randomElement(using: &generator)].compactMap { $0 } : acts
            for act in told { add(act, to: &document, using: &generator) }
            if Bool.random(using: &generator) {
                document.deadlines.append(
                    deadline("liste-1-semaine", of: "00000000005e", deliberation: nil, due: "2024-10-03"))
            }
            if index > 0, Int.random(in: 0..<4, using: &generator) == 0 {
                document.replaces = documents.randomElement(using: &generator)?.id
            }
            documents.append(document)
        }
        return documents
    }

    /// The number as one of several documents may write it.
    private static func spelling(of number: String, using generator: inout SeededGenerator) -> String {
        let separators = ["-", "-", "/", "_", " ", ""]
        return number.replacingOccurrences(of: "-", with: separators.randomElement(using: &generator) ?? "-")
    }

    private static func add(
        _ truth: (number: String, subject: String), to document: inout SampleDocument,
        using generator: inout SeededGenerator
    ) {
        let isNumbered = Int.random(in: 0..<3, using: &generator) > 0
        var summary = act(truth.subject, isNumbered ? spelling(of: truth.number, using: &generator) : nil)
        if Bool.random(using: &generator) { summary.for = Int.random(in: 1...9, using: &generator) }
        if Bool.random(using: &generator) { summary.publishedOn = day("2024-10-07") }
        let position = document.acts.count
        document.acts.append(summary)
        for duty in ["recours-tiers", "versement", "rapport"] where Bool.random(using: &generator) {
            let due = Bool.random(using: &generator) ? "2025-0\(Int.random(in: 1...4, using: &generator))-15" : nil
            document.deadlines.append(deadline(duty, deliberation: position, due: due))
        }
    }
}
