import Deliberations
import Testing

@testable import Extraction

@Suite("Collections, tables and bare lists")
struct CollectionTests {
    private static func act(_ number: String, _ subject: String, _ present: String) -> String {
        """
        \(number)

        COMMUNE DE PLANSEL

        DÉLIBÉRATION DU CONSEIL MUNICIPAL

        SÉANCE DU 04 MARS 2031

        Présents : \(present)

        Secrétaire de séance : Mme Eva FAY

        OBJET : \(subject)

        LE MAIRE,

        Expose le projet au Conseil.

        LE CONSEIL, après en avoir délibéré à l'unanimité, APPROUVE le projet.

        Pour extrait conforme, Le Maire, Ida ROC


        """
    }

    @Test("A collection of extracts gives each act its own number, vote and members")
    func collection() throws {
        let text =
            Self.act("31-03/001", "Vente d'un terrain", "Mme Ida ROC, M. Bob CAR, Mme Eva FAY")
            + Self.act("31-03/002", "Achat d'un camion", "Mme Ida ROC, Mme Eva FAY")
        let extract = try Sample.extract(text)
        #expect(extract.kind == .minutes)
        #expect(extract.deliberations.map { $0.number?.text } == ["31-03/001", "31-03/002"])
        #expect(extract.deliberations.map(\.subject) == ["Vente d'un terrain", "Achat d'un camion"])
        #expect(extract.deliberations.map { $0.attendance?.present?.count } == [3, 2])
        #expect(extract.deliberations.map { $0.vote?.unanimous } == [true, true])
        #expect(extract.deliberations.allSatisfy { $0.rapporteur == nil })
        #expect(extract.attendance.present?.count == 3)
    }

    @Test("Rows of a table are told apart by their number's cell")
    func table() throws {
        let rows = [("1", "Vente d'un terrain", 5), ("2", "Achat d'un camion", 4), ("3", "Location d'une salle", 3)]
        let table = rows.map {
            "|Ida ROC   |\($0.0)   |\($0.1)   |\n|   |   |Pour : \($0.2)   |\n|   |   |Adopté   |\n"
        }
        let acts = try Sample.extract(SampleMinutes.head + table.joined()).deliberations
        #expect(acts.map(\.subject) == rows.map(\.1))
        #expect(acts.map { $0.vote?.for } == [5, 4, 3])
    }

    @Test("A list of what was voted, without numbers or results, gives its rows")
    func bareList() throws {
        let text = """
            Liste des délibérations votées

            Le 4 mars 2031

            • Approbation du procès-verbal du 4 février 2031
            • Aide aux associations de
              la commune de Plansel
            • Achat d'un camion
            """
        let extract = try Sample.extract(text)
        #expect(extract.kind == .list && extract.session.date.description == "2031-03-04")
        #expect(
            extract.deliberations.map(\.subject) == [
                "Approbation du procès-verbal du 4 février 2031",
                "Aide aux associations de la commune de Plansel", "Achat d'un camion",
            ])
        #expect(extract.deliberations.allSatisfy { $0.vote == nil })
    }

    @Test("Minutes whose decisions are not in the text hold no deliberation, and say so")
    func headOnly() throws {
        let extract = try Sample.extract(
            "Réunion du Conseil municipal du 4 mars 2031\n\nPrésents : Mme Ida ROC, M. Bob CAR\n\nLa parole est donnée au public."
        )
        #expect(extract.kind == .minutes && extract.deliberations.isEmpty)
        #expect(extract.warnings.contains { $0.code == "several-deliberations" })
    }

    @Test("A sentence that a scanner tore over empty lines is one sentence")
    func tornSentence() {
        let text = NormalizedText(Array("Le Conseil prend\n\nacte du rapport.\n\nFin\n\n- un".utf8))
        #expect(String(decoding: text.folded, as: UTF8.self) == "le conseil prend\nacte du rapport.\n\nfin\n\n- un")
        #expect(text.words(of: 0..<21) == "Le Conseil prend acte")
    }
}
