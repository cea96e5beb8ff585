import Deliberations
import Validation

extension MutationTests {
    static let sessionMutations: [Mutation] = [
        Mutation("convocation-delay", .error, "four clear days") { $0.session.convokedOn = .on("2025-03-08") },
        Mutation(
            "convocation-delay", .error, "a small commune, two clear days", of: Fictional.commune, given: smallCommune
        ) {
            $0.session.convokedOn = .on("2025-03-10")
        },
        Mutation("convocation-delay", .error, "a CCAS, two days", of: Fictional.socialCentre) {
            $0.session.convokedOn = .on("2025-03-11")
        },
        Mutation("convocation-delay", .error, "a commune of Alsace, two days", of: Fictional.commune, given: alsace) {
            $0.session.convokedOn = .on("2025-03-11")
        },
        Mutation("convocation-urgent", .error, "urgent, the day before", given: urgent) {
            $0.session.convokedOn = .on("2025-03-12")
        },
        Mutation("convocation-before-session", .error, "sent after the session") {
            $0.session.convokedOn = .on("2025-03-14")
        },
        Mutation(
            "quorum-at-question", .error, "six present of eleven, one of them interested", of: Fictional.commune,
            given: sixPresent
        ) {
            $0.vote { vote in
                vote.interested = [InterestedMember(person: Person(name: "Flora Fusain"))]
                vote.for = 5
            }
        },
        Mutation("quorum-at-opening", .error, "most arrive at item 2", given: agendaOfOneMove) { document in
            for index in 9...12 { document.present(index) { $0.presence = [ItemRange(from: "2")] } }
            document.session.stated = StatedCounts()
        },
        Mutation(
            "quorum-standing-commission", .error, "five present, one represented", of: Fictional.standingCommission
        ) {
            document in
            let leaver = document.extract.attendance.present?.removeLast()
            document.extract.attendance.absent?.append(leaver ?? member("M.", "Nul"))
            document.extract.attendance.proxies?.removeLast()
            document.vote { $0.for = 6 }
        },
        Mutation("quorum-ccas", .error, "four present of nine", of: Fictional.socialCentre) { document in
            for _ in 0..<2 {
                guard let leaver = document.extract.attendance.present?.removeLast() else { return }
                document.extract.attendance.absent?.append(leaver)
            }
            document.vote { $0.for = 4 }
        },
        Mutation("publication-present", .warning, "no day of publication") { document in
            document.session.publishedOn = nil
            document.act.act?.publishedOn = nil
        },
        Mutation("publication-after-session", .error, "published before the session") { document in
            document.act.act?.publishedOn = .on("2025-03-12")
        },
        Mutation("publication-mode", .warning, "posted on a wall") { $0.act.act?.publicationMode = "affiché" },
        Mutation("transmission-required", .warning, "no trace of the prefecture") { document in
            document.act.act?.prefectureID = nil
            document.act.act?.receivedOn = nil
        },
        Mutation("appeal-court", .warning, "another court") {
            $0.act.appeal?.court = "Tribunal administratif de Dijon"
        },
        Mutation("appeal-period", .warning, "three months") { $0.act.appeal?.months = 3 },
    ]

    @Sendable private static func smallCommune(_ document: inout FictionalDocument) {
        document.parameters.population = 800
        document.session.convokedOn = .on("2025-03-09")
    }

    @Sendable private static func alsace(_ document: inout FictionalDocument) {
        document.parameters.population = 800
        document.extract.authority.department = "67"
        document.session.convokedOn = .on("2025-03-10")
    }

    @Sendable private static func urgent(_ document: inout FictionalDocument) {
        document.session.urgency = true
        document.session.convokedOn = .on("2025-03-11")
        document.sentences.append("L'assemblée se prononce sur l'urgence.")
    }

    @Sendable private static func sixPresent(_ document: inout FictionalDocument) {
        guard let present = document.extract.attendance.present else { return }
        document.extract.attendance.present = Array(present.prefix(6))
        document.extract.attendance.absent?.append(contentsOf: present.dropFirst(6))
        document.extract.attendance.proxies = []
        document.vote { $0.for = 6 }
    }

    /// Thirteen at the opening, so that four arrivals at item 2 miss the quorum of eleven.
    @Sendable private static func agendaOfOneMove(_ document: inout FictionalDocument) {
        document.extract.attendance.proxies?.removeAll { $0.holder.name == "Hugo Houx" }
        document.vote { vote in
            vote.interested = nil
            vote.interestedCount = nil
            vote.for = 16
        }
    }
}
