import Deliberations
import Validation

extension MutationTests {
    static let financeMutations: [Mutation] = [
        Mutation("grant-budget-line", .error, "more than the budget has") {
            $0.act.budget?.planned = Money(cents: 5_000_000)
        },
        Mutation("grant-operation-equals", .warning, "an operation of 70,000 €") {
            $0.act.budget?.operation = Money(cents: 7_000_000)
        },
        Mutation("grant-amount-consistent", .error, "the convention says 56,000 €") {
            $0.articleAmounts = [Fictional.amount("56 000 €", 5_600_000)]
        },
        Mutation("grant-amount-consistent", .warning, "the body says 56,000 €") {
            $0.amountLines.append([Fictional.amount("56 000 €", 5_600_000, role: "grant")])
        },
        Mutation("grant-history-claim", .warning, "last year's grant was another") {
            $0.grant { $0.history = [YearlyAmount(year: 2024, amount: Money(cents: 5_000_000))] }
        },
        Mutation("grant-convention-required", .error, "an association without convention") { document in
            document.grant { $0.conventionMentioned = false }
            document.extract.conventions = nil
            document.extract.obligations = nil
        },
        Mutation("grant-crf", .warning, "no financial report") {
            $0.articles[1] = "Prise d'effet à la date de signature."
        },
        Mutation("grant-beneficiary-id", .warning, "no number") { $0.grant { $0.siret = nil } },
        Mutation("grant-payment-sum", .error, "80 % and 10 %") {
            $0.convention { convention in
                convention.payments[1].share = 1_000
                convention.payments[1].amount = Money(cents: 600_000)
            }
        },
        Mutation("grant-payment-sum", .error, "a share that is not its amount") {
            $0.convention { $0.payments[0].amount = Money(cents: 4_500_000) }
        },
        Mutation("grant-cofunding", .error, "another grant in the financing plan") { document in
            document.row(1, 0) { $0.amount.cents = 7_000_000 }
            document.row(1, 1) { $0.amount.cents = 5_000_000 }
        },
        Mutation(
            "grant-payment-vs-control", .warning, "a control of requests that nobody makes",
            given: { document in
                document.convention {
                    $0.payments = [.init(share: 10_000, amount: Money(cents: 6_000_000), when: "à la signature")]
                }
            }
        ) { $0.articles[2] += " Le contrôle a lieu au moment des demandes de versement." },
        Mutation("table-subtotal", .error, "a line of 31,000 €", given: { $0.extract.budgetTables?.removeLast() }) {
            $0.row(0, 0) { $0.amount.cents = 3_100_000 }
        },
        Mutation("table-total", .error, "a total of 125,000 €", given: { $0.extract.budgetTables?.removeLast() }) {
            $0.row(0, 6) { $0.amount.cents = 12_500_000 }
        },
        Mutation("table-balance", .error, "more income than expenses") { document in
            document.row(1, 0) { $0.amount.cents = 6_500_000 }
            document.row(1, 2) { $0.amount.cents = 12_500_000 }
        },
        Mutation(
            "table-body", .error, "the convention quotes another total",
            given: { document in
                document.articles[1] += " Le coût total de"
                document.articleAmounts.append(Fictional.amount("120 000 €", 12_000_000, role: "total"))
            }
        ) { $0.articleAmounts[1] = Fictional.amount("130 000 €", 13_000_000, role: "total") },
        Mutation(
            "amount-equal-k", .error, "60 k€ that are 65,000 €",
            given: { document in
                document.amountLines.append([
                    Fictional.amount("60 k€", 6_000_000), Fictional.amount("60 000 €", 6_000_000),
                ])
            }
        ) { $0.amountLines[2][1] = Fictional.amount("65 000 €", 6_500_000) },
        Mutation(
            "amount-words", .error, "words and digits differ",
            given: { document in
                let words = Fictional.amount("soixante mille euros", 6_000_000, inWords: true)
                document.amountLines.append([words, Fictional.amount("60 000 €", 6_000_000)])
            }
        ) { $0.amountLines[2][1] = Fictional.amount("16 000 €", 1_600_000) },
        Mutation(
            "amount-tax", .warning, "HT, then TTC",
            given: { document in
                document.amountLines.append([Fictional.amount("120 000 € TTC", 12_000_000, .included)])
            }
        ) { $0.amountLines.append([Fictional.amount("120 000 € HT", 12_000_000, .excluded)]) },
        Mutation("conv-signature-after-act", .error, "signed before the session") {
            $0.convention { $0.signedOn = .on("2025-03-01") }
        },
        Mutation(
            "conv-effective", .error, "effective before it is signed",
            given: { document in
                document.convention { convention in
                    convention.signedOn = .on("2025-04-01")
                    convention.effectiveFrom = .on("2025-04-01")
                }
            }
        ) { $0.convention { $0.effectiveFrom = .on("2025-01-01") } },
        Mutation(
            "conv-end", .error, "it ends before it begins",
            given: { document in
                document.convention { convention in
                    convention.signedOn = .on("2025-04-01")
                    convention.effectiveFrom = .on("2025-04-01")
                }
            }
        ) { $0.convention { $0.endsOn = .on("2025-03-31") } },
        Mutation("conv-due-vs-law", .warning, "accounts due in September") {
            $0.extract.obligations?[0].due = .on(.on("2026-09-30"))
        },
        Mutation("conv-blank", .warning, "a blank day") { $0.blanks = ["Fait à Aubrelle, le ......"] },
        Mutation("conv-court", .warning, "another court") {
            $0.convention { $0.court = "Tribunal administratif de Lyon" }
        },
        Mutation("conv-retention-start", .warning, "no starting point") {
            $0.extract.obligations?[1].due = .whenever("pendant 10 ans")
        },
    ]
}
