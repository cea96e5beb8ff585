import Deliberations
import Testing

@testable import Extraction

@Suite("What an act is about, and whom it pays, in numbers")
struct MatterTests {
    private func deliberation(_ result: String) throws -> Deliberation {
        try #require(try Sample.extract(Sample.commune(result: result)).deliberations.first)
    }

    @Test(
        "A matter's code is read after its label",
        arguments: [
            ("Nomenclature : 7.5", "7.5"), ("Matière de l’acte : 7.5.1 – Subventions", "7.5.1"),
            ("NOMENCLATURE ACTES N° 7.10 Divers", "7.10"), ("Classification : 3.1 Acquisitions", "3.1"),
            ("Code matière 1.1.", "1.1"),
        ])
    func matter(line: String, code: String) throws {
        let result = "\(line)\n\nAprès en avoir délibéré, APPROUVE.\n\nPour : 12"
        #expect(try deliberation(result).matterCode == code)
    }

    @Test(
        "Other numbers are no matter",
        arguments: [
            "En matière de voirie, 7.5 km sont refaits", "Nomenclature M57", "Classification : 12.5",
            "Matière : 7.5 %", "Matière : 7.5 €", "Nomenclature : 3.12.2025/4",
        ])
    func noMatter(line: String) throws {
        #expect(try deliberation("\(line)\n\nAprès en avoir délibéré, APPROUVE.\n\nPour : 12").matterCode == nil)
    }

    @Test("A beneficiary's SIRET and its number as an association are read beside its grant")
    func beneficiary() throws {
        let result = """
            Après en avoir délibéré, le Conseil municipal :

            - attribue à l’association Les Liseurs (SIRET 212 599 997 00005, RNA W212003456) une subvention de 1 200 €.

            Pour : 12
            """
        let grant = try #require(try deliberation(result).grants?.first)
        #expect(grant.siret == "21259999700005")
        #expect(grant.rna == "W212003456")
    }

    @Test("A SIRET with a wrong check digit, or cut short, is none", arguments: ["212 599 997 00006", "212 599 997"])
    func wrongSIRET(number: String) throws {
        let result = """
            Après en avoir délibéré, le Conseil municipal :

            - attribue à l’association Les Liseurs (SIRET \(number)) une subvention de 1 200 €.
            """
        #expect(try deliberation(result).grants?.first?.siret == nil)
    }
}
