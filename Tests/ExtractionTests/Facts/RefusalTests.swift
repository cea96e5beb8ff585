import Deliberations
import Testing

@testable import Extraction

@Suite("Refusal and robustness")
struct RefusalTests {
    @Test(
        "What is no deliberation is refused with what was missing",
        arguments: [
            ("", NotADeliberation.Missing.assembly), ("Bonjour à tous.", .assembly),
            (
                "ORDRE DU JOUR DU CONSEIL MUNICIPAL\n\nLundi 3 mars 2031 à 18h\n\n1- Budget\n2- Vente d'un terrain",
                .deliberation
            ),
            (
                "DECISION DU MAIRE\n\nVu la délibération du 3 mars 2030 du Conseil municipal,\n\nLe Maire décide de signer le marché le 4 mars 2031.",
                .actOfTheAssembly
            ),
            (
                "CONVENTION\n\nEntre la commune de Plansel et l'association, représentée par M. Bob CAR.\n\nFait le 3 mars 2031",
                .assembly
            ),
            ("EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL\n\nObjet : vente", .sessionDate),
            (
                "COMPTE RENDU du comité de quartier du mardi 4 mars 2031. Étaient présents : Mme Ana BEL, M. Bob CAR",
                .assembly
            ),
        ])
    func refusals(text: String, missing: NotADeliberation.Missing) {
        #expect(throws: NotADeliberation(missing: missing)) { try Sample.extract(text) }
    }

    @Test("A refusal says itself in English and in French", arguments: NotADeliberation.Missing.allCases)
    func sentences(missing: NotADeliberation.Missing) {
        let refusal = NotADeliberation(missing: missing)
        #expect(refusal.description.hasPrefix("not a deliberation"))
        #expect(refusal.frenchSentence.hasSuffix("."))
    }

    private static let documents = [Sample.agglomeration, Sample.flattened, Sample.commune()].map { Array($0.utf8) }

    @Test("Every citation lies within the text, and every pointer stands once", arguments: 0..<3)
    func citations(index: Int) throws {
        let bytes = Self.documents[index]
        let extract = try Sample.extract(bytes)
        let citations = extract.provenance.citations
        #expect(Set(citations.map(\.pointer)).count == citations.count)
        for citation in citations {
            #expect(citation.range.start < citation.range.end && citation.range.end <= bytes.count, "\(citation)")
        }
    }

    @Test("Every member and proxy is cited with words that hold the name")
    func citedNames() throws {
        let bytes = Self.documents[0]
        let extract = try Sample.extract(bytes)
        func cited(_ pointer: String) throws -> String {
            let range = try #require(extract.provenance[pointer], "\(pointer)")
            return String(decoding: bytes[range.start..<range.end], as: UTF8.self)
        }
        for (index, member) in (extract.attendance.present ?? []).enumerated() {
            #expect(try cited("/attendance/present/\(index)").contains(member.name))
        }
        for (index, proxy) in (extract.attendance.proxies ?? []).enumerated() {
            let words = try cited("/attendance/proxies/\(index)")
            #expect(words.contains(proxy.giver.name) && words.contains(proxy.holder.name))
        }
    }

    @Test("Truncated, damaged and shuffled documents are read or refused, never a crash", arguments: 0..<40)
    func damage(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<60 {
            var bytes = Self.documents[Int(generator.next() % 3)]
            for _ in 0..<(generator.next() % 12) { Self.damage(&bytes, &generator) }
            _ = try? Sample.extract(bytes)
        }
    }

    private static func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let first = Int(generator.next() % UInt64(bytes.count))
        let second = Int(generator.next() % UInt64(bytes.count))
        let range = min(first, second)..<max(first, second)
        switch generator.next() % 6 {
        case 0: bytes.removeSubrange(range.prefix(200))
        case 1: bytes = Array(bytes.prefix(max(first, 1)))
        case 2: bytes[first] = UInt8(truncatingIfNeeded: generator.next())
        case 3: bytes.insert(contentsOf: bytes[range].prefix(300), at: first)
        case 4:
            for index in range.prefix(60) {
                bytes[index] = [10, 32, 40, 41, 58, 46, 9, 0xC3][Int(generator.next() % 8)]
            }
        default: bytes = Array(bytes.dropFirst(min(first, 400)))
        }
    }

    @Test("Random bytes are refused, never a crash", arguments: 0..<200)
    func noise(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let bytes = (0..<500).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        #expect(throws: NotADeliberation.self) { try Sample.extract(bytes) }
    }
}
