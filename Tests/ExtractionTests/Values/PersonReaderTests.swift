import Deliberations
import Testing

@testable import Extraction

@Suite("Persons")
struct PersonReaderTests {
    private func read(_ string: String) -> Person? {
        PersonReader.read(at: 0, in: NormalizedText(Array(string.utf8)))?.person
    }

    @Test(
        "The name is read without its civility, as written",
        arguments: [
            ("Mme Élodie DU PRÉ, Maire", "Élodie DU PRÉ"), ("M. Jean-Luc D’AMICO à Mme X", "Jean-Luc D’AMICO"),
            ("P. LE BRIAND — Z", "P. LE BRIAND"),
            ("Madame Aïcha BEN OMAR Monsieur Paul", "Aïcha BEN OMAR"), ("Monsieur le", nil), ("MM. BRUN, GRAS", "BRUN"),
            ("LAVAL C. PERRET A.", "LAVAL C."),
            ("Paul Martin", "Paul Martin"), ("Docteur Zoé NAY.", "Zoé NAY"),
            ("Marc-\nAntoine\nLEPIC", "Marc- Antoine LEPIC"), ("Luc OLLIER\nAnne PRÉ", "Luc OLLIER"),
            ("Daniel CANTIN Zones de calme", "Daniel CANTIN"), ("Robert Arnal Vu le Code", "Robert Arnal"),
            ("maison", nil), ("Conseil Municipal", nil),
            ("ARNAL M. MRS BRUN P.", "ARNAL M."), ("Cédric DE SAINT JOUAN, X", "Cédric DE SAINT JOUAN"),
            ("Mmc ROY", "ROY"),
        ] as [(String, String?)])
    func names(written: String, expected: String?) {
        #expect(read(written)?.name == expected)
    }

    @Test("Civility and office are kept")
    func parts() {
        let person = read("Mme Anne ROYER, Présidente de Val d’Yse Métropole. Puis")
        #expect(person?.civility == "Mme")
        #expect(person?.role == "Présidente de Val d’Yse Métropole")
        #expect(read("Monsieur Paul PRÉ, Madame Zoé NAY")?.role == nil)
    }
}

@Suite("Names over the ends of lines")
struct BrokenNameTests {
    @Test(
        "A first name in the next line belongs to the name if nothing but a comma or an office follows",
        arguments: [
            ("M. CANON\nÉloi, Mme ORT Lia", "CANON Éloi"), ("M. CANON\nÉloi Délégué, Mme ORT", "CANON Éloi"),
            ("CANON\nPaul ORT\nLia", "CANON"), ("M. Éloi CANON\nPaul, maire", "Éloi CANON"),
        ])
    func brokenNames(words: String, name: String) {
        let text = NormalizedText(Array(words.utf8))
        #expect(PersonReader.read(at: 0, in: text)?.person.name == name)
    }
}
