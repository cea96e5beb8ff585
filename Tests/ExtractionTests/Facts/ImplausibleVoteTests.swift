import Deliberations
import Testing

@testable import Extraction

@Suite("Numbers that are no votes")
struct ImplausibleVoteTests {
    private func vote(_ result: String) throws -> Vote? {
        try Sample.extract(Sample.commune(result: result)).deliberations.first?.vote
    }

    @Test(
        "A number before a preposition is no count",
        arguments: [
            "Vu le service du CDG 99 pour les archives de la commune.",
            "Vu la délibération n°14 pour la validation du plan.",
            "Il y a 12 enfants contre lesquels rien n'est dit.",
            "Mme Alba Rive a présenté un contre-projet.",
        ])
    func prepositions(sentence: String) throws {
        let vote = try #require(
            try vote("\(sentence)\n\nAprès en avoir délibéré, à l'unanimité, le Conseil APPROUVE le plan."))
        #expect(vote.for == nil && vote.against == nil && vote.unanimous)
    }

    @Test("The number of a page between the lines of a vote is none of its counts")
    func pageNumber() throws {
        let vote = try #require(
            try vote("Le Conseil APPROUVE.\n\nPour : 12\nContre :\n                 42\nAbstentions : 3"))
        #expect(vote.for == 12 && vote.against == nil && vote.abstentions == 3)
    }

    @Test("A political group among the opponents is no person")
    func groups() throws {
        let vote = try #require(try vote("Le Conseil APPROUVE.\n\nPour : 12\nContre : 3 (UMP + M. Bob CAR)"))
        #expect(vote.against == 3 && vote.opponents?.map(\.name) == ["Bob CAR"])
    }

    @Test("A poll of the inhabitants is not the assembly's vote")
    func poll() throws {
        let text =
            SampleMinutes.head + """
                1 - Vente d'un terrain
                Adopté à l'unanimité.

                2 - Panneaux
                Résultat auprès de tous : Pour : 49 Contre : 33

                3 - Achat d'un camion
                Adopté à l'unanimité.
                """
        let extract = try Sample.extract(text)
        #expect(extract.deliberations.map { $0.item?.text } == ["1", "3"])
        #expect(extract.warnings.contains { $0.code == "implausible-vote" })
    }
}
