import Deliberations
import Testing

@testable import Extraction

@Suite("Mentions")
struct MentionsTests {
    private func mentions(_ text: String) -> Mentions { AnnexReading(act: text).extract.mentions }

    @Test(
        "Dates are read in every form, with the day of the week",
        arguments: [
            ("le jeudi 26 septembre 2024", "2024-09-26", Weekday.thursday),
            ("du 1er octobre 2024", "2024-10-01", nil),
            ("reçu le 08/02/2023.", "2023-02-08", nil),
            ("le sept février deux mille vingt-trois", "2023-02-07", nil),
            ("le premier décembre deux mille vingt-deux", "2022-12-01", nil),
            ("L'an deux mille vingt-cinq, le mardi onze juin", "2025-06-11", .tuesday),
            ("L'an deux mil vingt-quatre, le jeudi 08 mars à 19h00", "2024-03-08", .thursday),
        ] as [(String, String, Weekday?)])
    func dates(text: String, date: String, weekday: Weekday?) {
        let found = mentions(text).dates
        #expect(found.map(\.date) == [day(date)])
        #expect(found.first?.weekday == weekday)
    }

    @Test("A day that does not exist is mentioned without a date")
    func impossibleDate() {
        let found = mentions("le 31 février 2024").dates
        #expect(found.map(\.text) == ["31 février 2024"])
        #expect(found.first?.date == nil)
    }

    @Test("Years and days alone are no dates", arguments: ["en 2024", "le 30 avril", "article 12 mars", "10, 11, 12"])
    func noDates(text: String) {
        #expect(mentions(text).dates.isEmpty)
    }

    @Test(
        "Amounts have their cents, in digits and in words",
        arguments: [
            ("65 000 €", 6_500_000, false), ("65 k€", 6_500_000, false), ("2,5 M€", 250_000_000, false),
            ("9 625 001,74 € HT", 962_500_174, false), ("deux mille cinq cents euros", 250_000, true),
            ("1603,55€", 160_355, false), ("deux mille euros et cinquante centimes", 200_050, true),
            ("deux mille euros\net\n\nsoixante-quinze cents", 200_075, true), ("cent euros 20 centimes", 10_020, true),
            ("mille euros et cinquante chaises", 100_000, true),
        ])
    func amounts(text: String, cents: Int, inWords: Bool) {
        let found = mentions("La somme de \(text) est prévue.").amounts
        #expect(found.map(\.money?.cents) == [cents])
        #expect(found.map(\.inWords) == [inWords])
    }

    @Test("The word before an amount gives its role")
    func roles() {
        #expect(
            mentions("une subvention de 3 000 € et un budget de 9 000 €").amounts.map(\.role) == ["grant", "budget"])
    }

    @Test("Percentages are hundredths of a percent")
    func percentages() {
        #expect(mentions("68 %, 22,75 % et 1.5% mais 0,125 %").percentages.map(\.value) == [6_800, 2_275, 150])
    }

    @Test(
        "References have their kind",
        arguments: [
            ("l'article L. 2121-20 du code", ReferenceMention.Kind.codeArticle, "L. 2121-20"),
            ("selon L1611-4 CGCT", .codeArticle, "L1611-4"),
            ("la loi n° 2000-321 du 12 avril 2000", .law, "loi n° 2000-321 du 12 avril 2000"),
            ("le décret n°2017-779", .decree, "décret n°2017-779"),
            ("visé à l'article 1er", .article, "article 1er"),
            ("voir annexe 2", .annex, "annexe 2"),
            ("annule la délibération n°2012/86", .deliberation, "délibération n°2012/86"),
        ])
    func references(text: String, kind: ReferenceMention.Kind, words: String) {
        let found = mentions(text).references
        #expect(found.map(\.kind) == [kind])
        #expect(found.map(\.text) == [words])
    }

    @Test(
        "Headings and articles of laws are no references to the document",
        arguments: ["Article 3 - Durée\nUn an.", "l'article 10 de la loi", "la loi du silence", "un article de presse"])
    func noReferences(text: String) {
        #expect(mentions(text).references.isEmpty)
    }

    @Test("Several articles named together are each a reference")
    func severalArticles() {
        #expect(
            mentions("les articles 3, 4 et 5 de la présente").references.map(\.kind) == [.article, .article, .article])
    }
}

@Suite("Damaged texts")
struct DamagedTextTests {
    @Test("No truncation of a document crashes, and every citation stays within it")
    func truncations() {
        let bytes = Array(millConvention.utf8)
        for count in stride(from: 1, to: bytes.count, by: 23) {
            let text = String(decoding: bytes.prefix(count), as: UTF8.self)
            let reading = AnnexReading(act: text, convention: text, annexes: [text])
            for citation in reading.extract.provenance.citations {
                #expect(citation.range.start <= citation.range.end && citation.range.end <= reading.text.count)
            }
        }
    }

    @Test("No damage to a document crashes", arguments: [1, 2, 3] as [UInt64])
    func damage(seed: UInt64) {
        var random = SplitMix(state: seed)
        let alphabet = Array(
            "aàeé 0123456789.,;:-–€%n°l'LRD\n\t|/()«»Article le du au plus tard 30 avril 2025 Total".unicodeScalars)
        for _ in 0..<60 {
            var scalars = Array(millConvention.unicodeScalars)
            for _ in 0..<80 {
                let index = Int.random(in: 0..<scalars.count, using: &random)
                scalars[index] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars)
            let reading = AnnexReading(act: text, convention: text)
            #expect(reading.extract.provenance.citations.allSatisfy { $0.range.end <= reading.text.count })
        }
    }
}

/// A small repeatable generator (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
