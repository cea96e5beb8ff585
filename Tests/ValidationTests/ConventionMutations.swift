import Deliberations
import Validation

extension MutationTests {
    static let conventionMutations: [Mutation] = [
        Mutation("grant-separate", .warning, "awarded by the vote of the budget") {
            $0.act.subject = "Vote du budget primitif 2025"
        },
        Mutation("grant-convention-clauses", .error, "no word of its payment") {
            $0.articles[3] = "Elle est utilisée pour la seule action."
        },
        Mutation("grant-accounts", .warning, "no accounts") {
            $0.articles[4] = "Le reversement à un autre organisme est interdit."
        },
        Mutation("grant-no-redistribution", .warning, "passed on to others") {
            $0.articles[4] = "Les comptes annuels sont transmis. L'aide peut être reversée à un autre organisme."
        },
        Mutation("table-percent", .warning, "28 % of a fifth", given: percentages) { $0.rowPercentages[4] = 2_800 },
        Mutation(
            "conv-due-after-period", .warning, "accounts due in November of the year",
            given: { $0.act.budget?.year = 2025 }
        ) {
            $0.extract.obligations?[0].due = .on(.on("2025-11-30"))
        },
        Mutation("conv-crossref", .warning, "an article 9 of five", given: { $0.references = [reference("article 2")] })
        {
            $0.references = [reference("article 9")]
        },
        Mutation(
            "conv-crossref", .warning, "two annexes 1",
            given: { $0.sentences += ["Annexe 1 : la convention", "Annexe 2 : le budget"] }
        ) {
            $0.sentences[$0.sentences.count - 1] = "Annexe 1 : le budget"
        },
        Mutation(
            "conv-law-cited", .warning, "a law of the wrong year",
            given: { $0.references = [reference("loi n° 2000-321 du 12 avril 2000", .law)] }
        ) {
            $0.references[0].text = "loi n° 2000-321 du 12 avril 2001"
        },
        Mutation(
            "conv-law-cited", .warning, "an unknown number of another year",
            given: { $0.references = [reference("décret 2017-9999 du 2 mai 2017", .decree)] }
        ) {
            $0.references[0].text = "décret 2017-9999 du 2 mai 2018"
        },
        Mutation("conv-parties", .warning, "another name at the end", given: signed) {
            $0.signatureBlock[1] = "Zoé Zinnia"
        },
    ]

    private static func reference(_ text: String, _ kind: ReferenceMention.Kind = .article) -> ReferenceMention {
        ReferenceMention(text: text, kind: kind, range: TextRange(0, 0))
    }

    @Sendable private static func percentages(_ document: inout FictionalDocument) {
        document.rowPercentages = [0: 2_500, 1: 1_667, 3: 3_750, 4: 2_083]
    }

    @Sendable private static func signed(_ document: inout FictionalDocument) {
        document.convention { convention in
            convention.signatories = [Person(name: "Anne Abeille"), Person(name: "Yves Yucca")]
        }
        document.signatureBlock = ["Anne Abeille", "Yves Yucca"]
    }
}
