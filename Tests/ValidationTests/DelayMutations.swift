import Deliberations
import Validation

extension MutationTests {
    static let delayMutations: [Mutation] = [
        Mutation("convocation-second", .error, "two days after the first", given: secondNotice) {
            $0.dates[1] = Fictional.mention("11 mars 2025", "2025-03-11")
        },
        Mutation(
            "budget-notice-12", .warning, "a draft sent eight days before", of: Fictional.commune, given: draftBudget
        ) {
            $0.dates[0] = Fictional.mention("5 mars 2025", "2025-03-05")
        },
        Mutation("budget-notice-12", .info, "a notice of seven days", of: Fictional.commune, given: earlyNotice) {
            $0.session.convokedOn = .on("2025-03-06")
        },
        Mutation("list-one-week", .warning, "twelve days later", given: { $0.extract.kind = .list }) {
            $0.session.publishedOn = .on("2025-03-25")
        },
        Mutation("pv-one-week", .warning, "ten days after their approval", given: approvedMinutes) {
            $0.session.publishedOn = .on("2025-04-20")
        },
        Mutation(
            "transmission-15-days", .error, "accounts received on 20 July", of: Fictional.commune, given: accounts
        ) {
            $0.act.act?.receivedOn = .on("2025-07-20")
        },
        Mutation("vote-qualified", .warning, "ten voices of sixteen", given: twoThirds) {
            $0.vote { ($0.for, $0.against) = (10, 6) }
        },
    ]

    @Sendable private static func secondNotice(_ document: inout FictionalDocument) {
        document.session.secondConvocation = true
        document.sentences.append("Faute de quorum à la séance précédente.")
        document.dates.append(Fictional.mention("10 mars 2025", "2025-03-10"))
    }

    @Sendable private static func draftBudget(_ document: inout FictionalDocument) {
        document.act.subject = "Vote du budget primitif 2025"
        document.sentences.append("Le projet de budget a été transmis le")
        document.dates = [Fictional.mention("1er mars 2025", "2025-03-01")]
    }

    @Sendable private static func earlyNotice(_ document: inout FictionalDocument) {
        document.act.subject = "Vote du budget primitif 2025"
        document.session.convokedOn = .on("2025-03-01")
    }

    @Sendable private static func approvedMinutes(_ document: inout FictionalDocument) {
        document.extract.kind = .minutes
        document.session.publishedOn = .on("2025-04-15")
        document.sentences.append("Procès-verbal arrêté")
        document.dates.append(Fictional.mention("10 avril 2025", "2025-04-10"))
    }

    @Sendable private static func accounts(_ document: inout FictionalDocument) {
        document.act.subject = "Approbation du compte administratif 2024"
        document.sentences.append("Le maire quitte la salle.")
    }

    @Sendable private static func twoThirds(_ document: inout FictionalDocument) {
        document.act.decisions = ["décide, à la majorité des deux tiers des suffrages exprimés, d'attribuer la somme"]
    }
}
