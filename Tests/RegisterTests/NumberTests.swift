import Deliberations
import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Register

@Suite("Act numbers", .onEveryEngine)
struct NumberTests {
    static let spellings = [
        "2024-031", "2024/031", "2024_31", "n° 2024 031", "N°2024.031", "nº 2024 – 031", "no 2024-31", "numéro 2024/31",
        "2024-O31", "2024-03l", " 2024 - 031 ",
    ]

    @Test("All spellings of one number are one key", arguments: spellings)
    func oneKey(spelling: String) {
        #expect(NumberKey.text(of: ActNumber(spelling)) == "2024-31")
    }

    @Test("A damaged number is none", arguments: ["2024-?31", "2024-\u{FFFD}31", "n° illisible", "", "n°"])
    func damaged(text: String) {
        #expect(NumberKey.text(of: ActNumber(text)) == nil)
    }

    typealias Pair = (compact: String, number: String, isForm: Bool)

    static let pairs: [Pair] = [
        ("2024031", "2024-31", true), ("202431", "2024-31", true), ("2024310", "2024-31", false), ("111", "1-11", true),
        ("111", "11-1", true), ("2024-31", "2024-31", false), ("31", "31", false), ("del202431", "del-2024-31", true),
        ("10", "1-0", true), ("100", "1-0", true),
    ]

    @Test("A number without separators is the form of those that have the same digits", arguments: pairs)
    func compactForms(pair: Pair) {
        #expect(NumberKey.isCompact(pair.compact, formOf: pair.number) == pair.isForm)
    }

    @Test("Acts 1.11 and 11.1 of one session are two, also with one subject", arguments: ["Sujet", "Autre sujet"])
    func separators(subject: String) throws {
        let folder = TemporaryFolder()
        let register = try Register(folder.place)
        try register.register([single("a", "1.11", "Sujet"), single("b", "11.1", subject)])
        #expect(try register.acts().count == 2)
    }

    func single(_ name: String, _ number: String, _ subject: String) -> SampleDocument {
        var document = SampleDocument(name: name)
        document.acts = [act(subject, number)]
        return document
    }

    @Test("A number without separators is another's only with the same subject, in either order")
    func compactFallback() throws {
        let cases: [(subjects: (String, String), acts: Int)] = [(("Sujet", "SUJET"), 1), (("Sujet", "Autre"), 2)]
        for (subjects, count) in cases {
            let documents = [single("a", "2024-031", subjects.0), single("b", "2024031", subjects.1)]
            for order in [documents, documents.reversed()] {
                let folder = TemporaryFolder()
                let register = try Register(folder.place)
                for document in order { try register.register(document) }
                #expect(try register.acts().count == count)
            }
        }
    }

    @Test("A document that writes 111 beside 1.11 means two acts")
    func bothInOneDocument() throws {
        let folder = TemporaryFolder()
        let register = try Register(folder.place)
        var minutes = SampleDocument(name: "pv.pdf", kind: .minutes)
        minutes.acts = [act("Tarifs", "1.11"), act("Tarifs", "111")]
        try register.register(minutes)
        #expect(try register.acts().count == 2)
    }

    @Test("When the document that wrote the separators is withdrawn, the other number stands alone again")
    func withdrawn() throws {
        let folder = TemporaryFolder()
        let register = try Register(folder.place)
        try register.register([single("a", "11-1", "Tarifs"), single("b", "111", "Tarifs")])
        #expect(try register.acts().count == 1)
        var correction = single("c", "11-2", "Tarifs du marché")
        correction.replaces = DocumentID(of: Array("a".utf8))
        try register.register([correction, single("d", "1-11", "Tarifs")])
        let acts = try register.acts().map { $0.documents }
        #expect(acts.sorted() == [1, 2])
    }

    @Test(
        "Distinct numbers with distinct subjects are never one act; spellings of one number always are",
        arguments: 0..<40)
    func distinct(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var numbers: Set<[String]> = []
        for _ in 0..<8 {
            let groups = (0..<Int.random(in: 0...2, using: &generator)).map { _ in Self.group(using: &generator) }
            numbers.insert(groups + [["1", "11", "111"].randomElement(using: &generator) ?? "1"])
        }
        var documents: [SampleDocument] = []
        for (index, number) in numbers.sorted(by: { $0.joined(separator: " ") < $1.joined(separator: " ") })
            .enumerated()
        {
            for copy in 0..<2 {
                let text = Self.spelled(number, using: &generator)
                documents.append(single("\(index)-\(copy)", text, "Sujet \(index)"))
            }
        }
        let folder = TemporaryFolder()
        let register = try Register(folder.place)
        try register.register(documents.shuffled(using: &generator))
        let acts = try register.acts()
        #expect(acts.count == numbers.count, "\(documents.map { $0.acts[0].number?.text ?? "" })")
        #expect(acts.allSatisfy { $0.documents == 2 })
    }

    /// A group of digits, or of letters that are never read as digits and label nothing; few, so that many collide.
    private static func group(using generator: inout SeededGenerator) -> String {
        ["1", "11", "111", "12", "2", "21", "2024", "A", "DB"].randomElement(using: &generator) ?? "1"
    }

    private static func spelled(_ groups: [String], using generator: inout SeededGenerator) -> String {
        let separator = ["-", "/", "_", ".", " "].randomElement(using: &generator) ?? "-"
        let label = ["", "n° ", "N°"].randomElement(using: &generator) ?? ""
        return label
            + groups.map { group in
                let isNumber = group.utf8.allSatisfy { $0 < 58 }
                return isNumber && Bool.random(using: &generator) ? "0" + group : group
            }.joined(separator: separator)
    }
}
