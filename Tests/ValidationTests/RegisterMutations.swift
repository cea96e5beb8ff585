import Deliberations
import Validation

extension MutationTests {
    static let registerMutations: [Mutation] = [
        Mutation("doc-authority-identified", .error, "a name without a letter") { $0.extract.authority.name = "—" },
        Mutation(
            "delib-number-unique", .error, "a number of last month", given: { $0.register { $0.acts = [otherAct] } }
        ) {
            $0.register { $0.acts[0].number = "2025-017" }
        },
        Mutation("delib-number-unique", .error, "another act of the session", given: sameSession) {
            $0.register { $0.acts[0].subject = "Travaux de voirie" }
        },
        Mutation("proxy-three-sessions", .warning, "the fourth session in a row", given: threeSessions) {
            $0.register {
                let other = [proxy("Octave Olivier", "Anne Abeille")]
                $0.sessions[2] = RegisterFacts.KnownSession(date: $0.sessions[2].date, proxies: other)
            }
        },
    ]

    private static let otherAct = RegisterFacts.RegisteredAct(
        number: "2025-009", subject: "Travaux de voirie", sessionDate: .on("2025-02-13"))

    /// The act itself, registered before.
    @Sendable private static func sameSession(_ document: inout FictionalDocument) {
        let act = RegisterFacts.RegisteredAct(
            number: "2025-017", subject: document.act.subject, sessionDate: document.session.date)
        document.register { $0.acts = [act] }
    }

    @Sendable private static func threeSessions(_ document: inout FictionalDocument) {
        let given = [proxy("Octave Olivier", "Anne Abeille")]
        document.register {
            $0.sessions = [
                .init(date: .on("2025-02-13"), proxies: given), .init(date: .on("2025-01-16"), proxies: given),
                .init(date: .on("2024-12-12")),
            ]
        }
    }
}

extension FictionalDocument {
    /// Changes what the register knows.
    mutating func register(_ change: (inout RegisterFacts) -> Void) {
        var register = parameters.register ?? RegisterFacts()
        change(&register)
        parameters.register = register
    }
}
