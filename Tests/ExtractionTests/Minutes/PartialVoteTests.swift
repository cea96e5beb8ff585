import Deliberations
import Testing

@testable import Extraction

@Suite("Several votes in one act")
struct PartialVoteTests {
    private func act(_ result: String) throws -> Deliberation {
        try #require(try Sample.extract(Sample.commune(result: result)).deliberations.first)
    }

    @Test("Questions that are voted one after the other have a vote each, and none of its own counts for the act")
    func questions() throws {
        let act = try act(
            """
            1) Le tarif des enfants : le Conseil municipal, après en avoir délibéré, par 13 voix pour et 1 voix contre, \
            ACCEPTE le tarif.

            2) Le tarif des adultes : le Conseil municipal, après en avoir délibéré à l'unanimité, ACCEPTE le tarif.
            """)
        let votes = try #require(act.votes)
        #expect(votes.map(\.vote.for) == [13, nil])
        #expect(votes.map(\.vote.unanimous) == [false, true])
        #expect(act.vote?.outcome == .adopted)
        #expect(act.vote?.for == nil && act.vote?.against == nil && act.vote?.unanimous == false)
    }

    @Test("A budget that is voted by chapter keeps the vote on the whole")
    func chapters() throws {
        let act = try act(
            """
            Après en avoir délibéré, le Conseil municipal ADOPTE le budget :

            Chapitre 011 – Charges générales :
            12 voix pour et 3 abstentions

            Chapitre 65 – Autres charges :
            15 voix pour

            Vote général :
            14 voix pour et 1 abstention
            """)
        let votes = try #require(act.votes)
        #expect(votes.map(\.kind) == [.chapter, .chapter, .whole])
        #expect(votes.map(\.vote.for) == [12, 15, 14])
        #expect(votes.first?.label == "Chapitre 011 – Charges générales")
        #expect(act.vote?.for == 14 && act.vote?.abstentions == 1)
    }

    @Test("A result that is printed twice is one vote")
    func twice() throws {
        let act = try act(
            "Après en avoir délibéré, à l'unanimité, le Conseil municipal DÉCIDE de vendre.\n\nAprès en avoir délibéré : Pour : 12 Contre : 0 Abstention : 0"
        )
        #expect(act.votes == nil && act.vote?.for == 12)
    }
}
