import Deliberations
import Testing

@testable import Extraction

@Suite("Minutes and lists")
struct MinutesTests {
    @Test("Minutes with points and numbers give one deliberation each, with its own vote")
    func points() throws {
        let extract = try Sample.extract(SampleMinutes.points)
        #expect(extract.kind == .minutes)
        let acts = extract.deliberations
        #expect(acts.map { $0.number?.text } == [nil, "2031-03-04-DCM-01", "2031-03-04-DCM-02"])
        #expect(acts.map { $0.item?.text } == ["1", "2", "3"])
        #expect(
            acts.map(\.subject) == [
                "Approbation du compte rendu du 4 février 2031", "Vente d'un terrain communal",
                "Tarifs de la salle des fêtes",
            ])
        #expect(acts.map { $0.vote?.outcome } == [.adopted, .adopted, .noted])
        #expect(acts.map { $0.vote?.unanimous } == [true, false, false])
        #expect(acts[1].vote?.for == 4 && acts[1].vote?.against == 1)
        #expect(acts[1].vote?.opponents?.map(\.name) == ["Lia ORT"])
        #expect(acts[1].rapporteur?.name == "Bob CAR")
        #expect(extract.attendance.present?.count == 5)
        #expect(extract.session.openedAt?.description == "20:00")
    }

    @Test("Items of one line are told apart, and the last one that is cut off is kept with a warning")
    func flattened() throws {
        let extract = try Sample.extract(SampleMinutes.flattened)
        #expect(extract.kind == .minutes)
        #expect(
            extract.deliberations.map(\.subject) == [
                "Approbation du compte rendu de la séance du 4 février 2031",
                "Avenant n°1 à la convention avec la résidence des Tilleuls", "DM N°1 Portage de repas",
                "Tarifs du foyer de La Roche",
            ])
        #expect(extract.deliberations.map { $0.vote?.outcome } == [.adopted, .adopted, .adopted, nil])
        #expect(extract.deliberations.map { $0.rapporteur?.name } == [nil, nil, "Eva FAY", nil])
        #expect(extract.warnings.contains { $0.code == "cut-off" })
        #expect(extract.attendance.present?.map(\.name) == ["Ida ROC", "Bob CAR", "Eva FAY"])
    }

    @Test("The rows of a list are its deliberations, also when no assembly is named")
    func list() throws {
        let extract = try Sample.extract(SampleMinutes.list)
        #expect(extract.kind == .list && extract.authority.kind == .commune && extract.assembly == nil)
        #expect(extract.session.date.description == "2031-03-04")
        #expect(
            extract.deliberations.map { $0.number?.text } == ["2031-03-04/01", "2031-03-04/02", "2031-03-04/03"])
        #expect(extract.deliberations.map(\.subject) == ["budget annexe", "Travaux en régie", "vente d'un bois"])
        #expect(extract.deliberations.map { $0.vote?.outcome } == [.adopted, .adopted, .rejected])
        #expect(extract.session.secretary?.name == "Bob CAR")
    }

    @Test("Headings without numbers are known from the agenda, and after the line of a vote")
    func untitled() throws {
        let acts = try Sample.extract(SampleMinutes.untitled).deliberations
        #expect(
            acts.map(\.subject) == [
                "Convention avec le centre de gestion", "Conditions de facturation de l'eau", "Achat d'un tracteur",
            ])
        #expect(acts.map { $0.vote?.unanimous } == [true, false, true])
        try #require(acts.count == 3)
        #expect(acts[1].vote?.for == 4 && acts[1].vote?.abstentions == 1)
    }

    struct Style: Sendable, CustomTestStringConvertible {
        let headings: [String]
        var numbers: [String?] = [nil, nil, nil]
        var testDescription: String { headings[0] }
    }

    @Test(
        "Headings are found in the ways that authorities number them",
        arguments: [
            Style(headings: ["1 - Vente", "2 - Achat", "3 - Location"]),
            Style(headings: ["1/ Vente", "2/ Achat", "3/ Location"]),
            Style(headings: ["1. Vente", "2. Achat", "3. Location"]),
            Style(headings: ["1) Vente", "2) Achat", "3) Location"]),
            Style(headings: ["1.1 Vente", "1.2 Achat", "2.1 Location"]),
            Style(headings: ["Point n°1 : Vente", "Point n°2 : Achat", "Point n°3 : Location"]),
            Style(headings: ["QUESTION 1 - Vente", "QUESTION 2 - Achat", "QUESTION 3 - Location"]),
            Style(
                headings: ["2031-010 Vente", "2031-011 Achat", "2031-012 Location"],
                numbers: ["2031-010", "2031-011", "2031-012"]),
            Style(
                headings: [
                    "Délibération n° 31/12 : Vente", "Délibération n° 31/13 : Achat",
                    "Délibération n° 31/14 : Location",
                ],
                numbers: ["31/12", "31/13", "31/14"]),
            Style(
                headings: ["N° DEL2031_01 Vente", "N° DEL2031_02 Achat", "N° DEL2031_03 Location"],
                numbers: ["DEL2031_01", "DEL2031_02", "DEL2031_03"]),
            Style(
                headings: ["31-03/004 — Vente", "31-03/005 — Achat", "31-03/006 — Location"],
                numbers: ["31-03/004", "31-03/005", "31-03/006"]),
            Style(
                headings: ["FIN/04-2031 Vente", "RH/05-2031 Achat", "DG/06-2031 Location"],
                numbers: ["FIN/04-2031", "RH/05-2031", "DG/06-2031"]),
            Style(
                headings: ["CC12_2031 Vente", "CC02_2031 Achat", "CC15_2031 Location"],
                numbers: ["CC12_2031", "CC02_2031", "CC15_2031"]),
            Style(headings: ["OBJET : Vente", "OBJET : Achat", "OBJET : Location"]),
        ])
    func styles(style: Style) throws {
        let titles = ["d'un terrain", "d'un camion", "d'une salle"]
        let results = [
            "Adopté à l'unanimité.", "Pour : 4 Contre : 1 Abstention : 0", "Le Conseil municipal prend acte.",
        ]
        let items = zip(zip(style.headings, titles), results).map {
            "\($0.0) \($0.1)\n\nIl en est débattu.\n\n\($1)\n\n"
        }
        let acts = try Sample.extract(SampleMinutes.head + items.joined()).deliberations
        #expect(
            acts.map(\.subject) == ["Vente d'un terrain", "Achat d'un camion", "Location d'une salle"])
        #expect(acts.map { $0.number?.text } == style.numbers)
        #expect(acts.map { $0.vote?.outcome } == [.adopted, .adopted, .noted])
        #expect(acts.map { $0.vote?.for } == [nil, 4, nil])
    }

    @Test("References to other acts, numbers of other years and numbered decisions head nothing")
    func references() throws {
        let text =
            SampleMinutes.head + """
                2031-010 Vente d'un terrain

                Vu la délibération n° 2031-002 du 4 février 2031, vu la loi n° 2015-991,
                Le Conseil municipal, après en avoir délibéré à l'unanimité :
                1. APPROUVE la vente
                2. AUTORISE le Maire à signer

                2031-011 Procès-verbal de la séance précédente
                Il comprend 2030-090 Achat d'un banc et 2030-091 Achat d'un pont.
                Adopté à l'unanimité.
                """
        let acts = try Sample.extract(text).deliberations
        #expect(acts.map { $0.number?.text } == ["2031-010", "2031-011"])
    }

    @Test("The approval of the previous minutes is a deliberation, also without a heading")
    func approval() throws {
        let text =
            SampleMinutes.head + """
                Le procès-verbal de la séance du 4 février 2031 est adopté à l'unanimité.

                1 - Vente d'un terrain
                Adopté à l'unanimité.

                2 - Achat d'un camion
                Adopté à l'unanimité.
                """
        let acts = try Sample.extract(text).deliberations
        #expect(acts.map(\.subject).first == "procès-verbal de la séance du 4 février 2031")
        #expect(acts.count == 3 && acts[0].vote?.unanimous == true)
    }

    @Test("Information without a decision is no deliberation")
    func information() throws {
        let text =
            SampleMinutes.head + """
                1 - Vente d'un terrain
                Adopté à l'unanimité.

                2 - Travaux de la rue Haute
                Le chantier avance.

                3 - Achat d'un camion
                Adopté à l'unanimité.
                """
        #expect(try Sample.extract(text).deliberations.map { $0.item?.text } == ["1", "3"])
    }

    @Test("An extract with numbered decisions stays one deliberation")
    func singleAct() throws {
        let result = """
            Après en avoir délibéré à l'unanimité, le Conseil municipal :

            1. APPROUVE la vente
            2. DÉCIDE de louer la salle
            3. AUTORISE le Maire à signer
            """
        let extract = try Sample.extract(Sample.commune(result: result))
        #expect(extract.kind == .extract && extract.deliberations.count == 1)
    }

    @Test("Every fact of minutes is cited once, within the text")
    func citations() throws {
        let bytes = Array(SampleMinutes.points.utf8)
        let extract = try Sample.extract(bytes)
        let citations = extract.provenance.citations
        #expect(Set(citations.map(\.pointer)).count == citations.count)
        #expect(citations.allSatisfy { $0.range.start < $0.range.end && $0.range.end <= bytes.count })
        #expect(citations.contains { $0.pointer == "/deliberations/1/vote/opponents/0" })
    }
}
