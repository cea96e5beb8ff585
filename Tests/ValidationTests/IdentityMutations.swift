import Deliberations
import Validation

extension MutationTests {
    static let identityMutations: [Mutation] = [
        Mutation("doc-part-unread", .warning, "an annex in a format that is not read") {
            $0.extract.warnings.append(
                ReadingWarning(
                    code: "unread-part", message: "annexe.xlsx was not read", part: "annexe.xlsx",
                    reason: "unsupported-format"))
        },
        Mutation("doc-part-unread", .info, "a letter beside the acts") {
            $0.extract.warnings.append(
                ReadingWarning(
                    code: "unread-part", message: "note.txt was left out", part: "note.txt",
                    reason: "not-a-deliberation"))
        },
        Mutation("siren-luhn", .error, "a wrong check digit") { document in
            document.extract.authority.siren = "200000009"
            document.act.act?.prefectureID = nil
        },
        Mutation("siret-luhn", .error, "two digits exchanged") { $0.grant { $0.siret = "73282932000047" } },
        Mutation("actes-id-format", .error, "a missing part") {
            $0.act.act?.prefectureID = "025-200000008-2025_017-DE"
        },
        Mutation("actes-id-siren", .error, "another authority's number") {
            $0.act.act?.prefectureID = "025-732829320-20250313-2025_017-DE"
        },
        Mutation("actes-id-department", .warning, "another department") {
            $0.act.act?.prefectureID = "039-200000008-20250313-2025_017-DE"
        },
        Mutation("actes-id-date", .warning, "another day") {
            $0.act.act?.prefectureID = "025-200000008-20250314-2025_017-DE"
        },
        Mutation("actes-id-nature", .warning, "an order") {
            $0.act.act?.prefectureID = "025-200000008-20250313-2025_017-AR"
        },
        Mutation("matiere-code", .warning, "a matter that does not exist") { $0.act.matterCode = "7.11" },
        Mutation("delib-number-year", .warning, "last year's number") { $0.act.number = "2024-017" },
        Mutation("report-in-agenda", .error, "an item beyond the order", given: Self.nobodyMoves) {
            $0.act.item = "13"
        },
        Mutation("agenda-complete", .warning, "an item twice") { $0.session.orderOfPassage?.append("12") },
        Mutation("mandatory-mentions", .warning, "no result") { document in
            document.vote { vote in
                vote = Vote()
                vote.interested = []
            }
        },
        Mutation("signature-authors", .warning, "a first name as its initial") {
            $0.act.signatories?[0] = Person(name: "B. Bouleau", role: "Conseiller communautaire")
        },
        Mutation("secretary-present", .error, "a secretary who is absent") {
            $0.session.secretary = Person(name: "Quentin Quinoa")
        },
        Mutation("secretary-present", .error, "a secretary who is no member") {
            $0.session.secretary = Person(name: "Xerxès Zinnia")
        },
        Mutation("president-present", .error, "a president who has left", given: { $0.act.item = "8" }) {
            $0.act.president = Person(name: "Thérèse Tilleul")
        },
        Mutation("weekday-date", .error, "a Friday that was a Thursday") {
            $0.dates = [Fictional.mention("vendredi 13 mars 2025", "2025-03-13", .friday)]
        },
        Mutation("weekday-date", .error, "the session's day of the week") { $0.session.weekday = .monday },
        Mutation("date-plausible", .error, "30 February") {
            $0.dates.append(Fictional.mention("30 février 2025", nil))
        },
        Mutation("date-plausible", .warning, "a damaged date") {
            $0.dates.append(Fictional.mention("21/1212025", nil))
        },
        Mutation("date-plausible", .warning, "a year too far") {
            $0.dates.append(Fictional.mention("3 mars 2073", "2073-03-03"))
        },
        Mutation("opinion-before-session", .warning, "an opinion after the session") {
            $0.act.opinions?[0].date = .on("2025-03-14")
        },
        Mutation("hours-order", .warning, "closed before it was opened") {
            $0.session.closedAt = TimeOfDay(hour: 17, minute: 0)
        },
    ]

    /// Everybody stays for the whole session.
    @Sendable static func nobodyMoves(_ document: inout FictionalDocument) {
        document.present(5) { $0.presence = [] }
        document.present(6) { $0.presence = [] }
        document.proxy(3) { $0.during = nil }
    }
}
