import Deliberations
import Validation

extension MutationTests {
    static let voteMutations: [Mutation] = [
        Mutation("interested-count", .error, "three announced, two computed", given: figuresUnprinted) {
            $0.vote { $0.interestedCount = 3 }
        },
        Mutation("interested-count", .error, "figures that make another sum") { $0.vote { $0.interestedCount = 4 } },
        Mutation("interested-count", .info, "a count of persons", given: figuresUnprinted) {
            $0.vote { $0.interestedCount = 1 }
        },
        Mutation("interested-not-voting", .error, "an interested member votes against") {
            $0.vote { $0.opponents = [Person(name: "Hugo Houx")] }
        },
        Mutation("interested-proxy", .error, "the interested member's proxy is counted") { $0.vote { $0.for = 16 } },
        Mutation("interested-proxy", .error, "its giver is named as a voter") {
            $0.vote { $0.abstainers = [Person(name: "Rose Romarin")] }
        },
        Mutation("interested-rapporteur", .warning, "the rapporteur is interested") {
            $0.act.rapporteur = Person(name: "Hugo Houx")
        },
        Mutation("vote-balance", .error, "eighteen voices of sixteen") { $0.vote { $0.for = 17 } },
        Mutation("vote-balance", .warning, "a voice is missing") { $0.vote { $0.for = 14 } },
        Mutation("vote-exceeds", .error, "more voices than members, whoever came when", given: unknownArrival) {
            $0.vote { $0.for = 20 }
        },
        Mutation("vote-majority", .error, "adopted by the fewer") {
            $0.vote { vote in
                vote.for = 5
                vote.against = 11
            }
        },
        Mutation("vote-casting", .error, "a tie in a secret ballot", given: tie) { document in
            document.vote { $0.outcome = .adopted }
        },
        Mutation("vote-casting", .error, "a tie against the president's voice", given: openTie) { document in
            document.vote { $0.outcome = .adopted }
        },
        Mutation("vote-unanimity", .error, "unanimous with a voice against", of: Fictional.commune) {
            $0.vote { vote in
                vote.for = 9
                vote.against = 1
            }
        },
        Mutation(
            "vote-unanimity", .warning, "of the members present, with an abstention", of: Fictional.commune,
            given: {
                $0.vote { $0.wording = "à l'unanimité des membres présents" }
            }
        ) {
            $0.vote { vote in
                vote.for = 9
                vote.abstentions = 1
            }
        },
        Mutation("vote-npv-note", .warning, "interested voices among the abstentions", given: note) { document in
            document.extract.attendance.absent?.removeLast()
            document.session.stated = StatedCounts()
            document.vote { $0.abstentions = 2 }
            document.session.membersInOffice = nil
        },
        Mutation("vote-secret", .warning, "a secret ballot that names", given: { $0.vote { $0.ballot = .secret } }) {
            $0.vote { $0.opponents = [Person(name: "Manon Mélèze")] }
        },
        Mutation("vote-public-names", .warning, "a public ballot that names nobody") {
            $0.vote { $0.ballot = .public }
        },
        Mutation("vote-nomination", .warning, "elected in round 1 without a majority", given: election) { document in
            document.act.votes?[0].candidates?[0].votes = 7
            document.act.votes?[0].candidates?[1].votes = 6
            document.act.votes?[0].candidates?.append(Candidacy(persons: [Person(name: "Louis Lavande")], votes: 3))
        },
        Mutation("vote-wording-vs-result", .error, "rejected by the fewer") { $0.vote { $0.outcome = .rejected } },
        Mutation(
            "accounts-president-out", .error, "the mayor votes his accounts", of: Fictional.commune, given: accounts
        ) {
            $0.sentences = []
        },
    ]

    @Sendable private static func figuresUnprinted(_ document: inout FictionalDocument) {
        document.vote { $0.interested = [InterestedMember(person: Person(name: "Hugo Houx"))] }
    }

    @Sendable private static func unknownArrival(_ document: inout FictionalDocument) {
        document.present(5) { $0.presence = [ItemRange(fromTime: TimeOfDay(hour: 19, minute: 5))] }
    }

    @Sendable private static func tie(_ document: inout FictionalDocument) {
        document.vote { vote in
            (vote.for, vote.against) = (8, 8)
            vote.ballot = .secret
            vote.outcome = .rejected
        }
    }

    @Sendable private static func openTie(_ document: inout FictionalDocument) {
        document.vote { vote in
            (vote.for, vote.against) = (8, 8)
            vote.opponents = [Person(name: "Anne Abeille")]
            vote.outcome = .rejected
        }
    }

    @Sendable private static func note(_ document: inout FictionalDocument) {
        document.vote { $0.note = "Le sens du vote des élus ne prenant pas part est une abstention." }
    }

    @Sendable private static func election(_ document: inout FictionalDocument) {
        var round = PartialVote(kind: .round, vote: Vote())
        round.round = 1
        round.candidates = [
            Candidacy(persons: [Person(name: "Inès Iris")], votes: 9),
            Candidacy(persons: [Person(name: "Jean Jonquille")], votes: 7),
        ]
        round.elected = [Person(name: "Inès Iris")]
        document.act.votes = [round]
    }

    @Sendable private static func accounts(_ document: inout FictionalDocument) {
        document.act.subject = "Approbation du compte administratif 2024"
        document.sentences = ["Le maire quitte la salle."]
    }
}
