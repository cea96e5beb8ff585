import Deliberations
import Validation

extension MutationTests {
    static let attendanceMutations: [Mutation] = [
        Mutation("att-total-in-office", .error, "an absent member less", given: countsUnprinted) {
            $0.extract.attendance.absent?.removeLast()
        },
        Mutation("att-total-in-office", .warning, "a name that the reader missed", given: countsUnprinted) { document in
            document.extract.attendance.present?.remove(at: 12)
            document.missedMember = "Mme Manon Mélèze"
            document.vote { $0.for = 14 }
        },
        Mutation("att-stated-counts", .error, "twelve announced, fourteen listed") {
            $0.session.stated.present = 12
        },
        Mutation("att-stated-counts", .error, "more voters than present and represented") {
            $0.session.stated = StatedCounts(present: 14, represented: 4, voters: 20)
        },
        Mutation("att-listed-twice", .error, "a member on two lines") { document in
            guard let again = document.extract.attendance.present?[2] else { return }
            document.extract.attendance.present?.append(again)
        },
        Mutation("att-present-and-absent", .error, "a member in both lists") { document in
            guard let again = document.extract.attendance.present?[2] else { return }
            document.extract.attendance.absent?.append(again)
        },
        Mutation("att-interval", .error, "from item 9 to item 4") {
            $0.present(6) { $0.presence = [ItemRange(from: "9", through: "4")] }
        },
        Mutation("att-name-mismatch", .warning, "one letter of a holder's name") {
            $0.proxy(1) { $0.holder.name = "Claire Chardan" }
        },
        Mutation("att-name-unknown", .error, "a holder whom nobody knows") {
            $0.proxy(1) { $0.holder.name = "Xerxès Zzyzx" }
        },
        Mutation("att-substitute", .error, "a substitute of a commune with several seats") {
            $0.present(4) { $0.substitute = true }
        },
        Mutation(
            "proxy-giver-absent", .error, "a giver who is there",
            given: { $0.extract.attendance.absent?[3].presence = [] }
        ) {
            document in
            document.proxy(2) { $0.giver.name = "Karine Kerria" }
            document.vote { $0.interested = [InterestedMember(person: Person(name: "Hugo Houx"), weight: 1)] }
            document.vote { $0.interestedCount = 1 }
        },
        Mutation("proxy-holder-present", .error, "a holder who has left") { document in
            document.proxy(3) { $0.holder.name = "Quentin Quinoa" }
            document.vote { $0.for = 14 }
        },
        Mutation("proxy-limit", .error, "two proxies in one hand") { $0.proxy(1) { $0.holder.name = "Anne Abeille" } },
        Mutation("proxy-one-holder", .error, "two holders at once") { document in
            document.extract.attendance.proxies?.append(proxy("Octave Olivier", "Manon Mélèze", "Aubrelle"))
            document.vote { $0.for = 16 }
        },
        Mutation("proxy-self", .error, "a proxy to oneself") {
            $0.extract.attendance.proxies?.append(
                proxy("Quentin Quinoa", "Quentin Quinoa", during: ItemRange(from: "99")))
        },
    ]

    @Sendable private static func countsUnprinted(_ document: inout FictionalDocument) {
        document.session.stated = StatedCounts()
    }
}
