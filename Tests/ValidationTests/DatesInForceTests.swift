import Deliberations
import Testing

@testable import Validation

@Suite("Dates in force")
struct DatesInForceTests {
    private func outcome(on date: String, _ change: (inout FictionalDocument) -> Void = { _ in }) -> ValidationOutcome {
        var document = Fictional.community()
        document.move(to: date)
        change(&document)
        return document.validate()
    }

    @Test(
        "Latest sending of the notice, as in the vectors of the reference",
        arguments: [
            ("2024-09-26", 5, "2024-09-20"), ("2024-09-26", 3, "2024-09-22"), ("2025-04-22", 5, "2025-04-16"),
            ("2024-03-04", 5, "2024-02-27"), ("2026-05-05", 3, "2026-05-01"),
        ])
    func convocation(session: String, clearDays: Int, latest: String) {
        for (sent, isShort) in [(CivilDate.on(latest), false), (CivilDate.on(latest) + 1, true)] {
            var document = Fictional.commune()
            document.move(to: session)
            document.parameters.population = clearDays == 5 ? 5_200 : 900
            document.session.convokedOn = sent
            let found = document.validate().findings.contains { $0.rule == "convocation-delay" }
            #expect(found == isShort)
        }
    }

    @Test(
        "An urgent notice leaves one clear day", arguments: [("2024-01-01", false), ("2024-01-02", true)])
    func urgent(sent: String, isShort: Bool) {
        let found = outcome(on: "2024-01-03") {
            $0.session.urgency = true
            $0.session.convokedOn = .on(sent)
        }.findings.contains { $0.rule == "convocation-urgent" }
        #expect(found == isShort)
    }

    @Test(
        "Before March 2020 the notice of a community depends on its largest commune",
        arguments: [("2020-02-29", 900, false), ("2020-02-29", 4_000, true), ("2020-03-01", 900, true)])
    func community(session: String, largest: Int, isShort: Bool) {
        let found = outcome(on: session) {
            $0.parameters.largestMemberCommune = largest
            $0.session.convokedOn = .on(session) - 4
        }.findings.contains { $0.rule == "convocation-delay" }
        #expect(found == isShort)
    }

    @Test(
        "Publicity on line since 1 July 2022",
        arguments: [
            "publication-present", "publication-mode", "publication-two-months", "list-one-week", "pv-one-week",
        ])
    func publicity(rule: String) {
        let before = outcome(on: "2022-06-30")
        #expect(before.notApplicable.contains { $0.rule == rule })
        #expect(!outcome(on: "2022-07-01").notApplicable.contains { $0.rule == rule })
    }

    @Test(
        "Rules on grants begin with their laws",
        arguments: [
            ("grant-cer", "2021-12-31", "2022-01-02"), ("grant-essential-data", "2017-07-31", "2017-08-01"),
            ("grant-beneficiary-id", "2017-07-31", "2017-08-01"),
        ])
    func grants(rule: String, before: String, after: String) {
        #expect(outcome(on: before).notApplicable.contains { $0.rule == rule })
        #expect(!outcome(on: after).notApplicable.contains { $0.rule == rule })
    }

    @Test(
        "In Alsace and Moselle a small commune is convoked three days before, and any second notice will do",
        arguments: [("67", "2025-03-10", false), ("57", "2025-03-11", true), ("974", "2025-03-10", true)])
    func localLaw(department: String, sent: String, isShort: Bool) {
        var document = Fictional.commune()
        document.parameters.population = 900
        document.extract.authority.department = department
        document.session.convokedOn = .on(sent)
        #expect(document.validate().findings.contains { $0.rule == "convocation-delay" } == isShort)
        document.session.secondConvocation = true
        let second = document.validate().notApplicable.contains { $0.rule == "convocation-second" }
        #expect(second == (department != "974"))
    }

    @Test("The court of an overseas department is not in the table: not checked")
    func overseas() {
        var document = Fictional.community()
        document.extract.authority.department = "974"
        document.act.act?.prefectureID = nil
        #expect(document.validate().indeterminate.contains { $0.rule == "appeal-court" })
    }

    @Test(
        "The draft of a budget is due twelve days before since 2024",
        arguments: [("2023-03-30", false), ("2024-03-28", true)])
    func budget(session: String, applies: Bool) {
        let outcome = outcome(on: session) { $0.act.subject = "Vote du budget primitif" }
        #expect(outcome.notApplicable.contains { $0.rule == "budget-notice-12" } != applies)
    }
}
