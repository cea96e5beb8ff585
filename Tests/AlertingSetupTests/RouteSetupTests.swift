import Alerting
import Foundation
import Operations
import Testing

@testable import AlertingSetup

@Suite("The routing tree of the configuration")
struct RouteSetupTests {
    private func setup(_ yaml: String) throws -> MailSetup {
        let folder = try TemporaryFolder()
        let file = try folder.write("greffier.yaml", yaml)
        var settings = Settings()
        settings.read(file: file, isRequired: true)
        return try MailSetup(Configuration(settings).mail)
    }

    @Test("Routes inherit recipients and escalation, and carry their places in the tree as names")
    func reading() throws {
        let tree = try setup(
            """
            routes:
              to: [assemblees@grand-val.example]
              escalate: {to: dgs@grand-val.example, after: 3 d, unanswered: 7}
              routes:
                - name: finances
                  match: {matter: ["7"], amountFrom: 23 000 €, authority: Grand Val}
                  to: Finances <finances@grand-val.example>
                  continue: true
                  routes:
                    - match: {kind: [accounts, findings], severity: error}
            """
        ).settings.routes
        let all = tree.root.all
        #expect(all.map(\.path) == ["", "finances", "finances/1"])
        #expect(all[1].matcher.amountFrom == 2_300_000 && all[1].matcher.authorities == ["Grand Val"])
        #expect(all[1].continues && all[2].recipients.map(\.address) == ["finances@grand-val.example"])
        #expect(all[2].matcher.kinds == [.duty(.accounts), .findings] && all[2].matcher.severities == [.error])
        #expect(all.allSatisfy { $0.escalation?.daysOverdue == 3 && $0.escalation?.daysUnanswered == 7 })
        #expect(tree.everybody.map(\.address).count == 3)
    }

    @Test("mail.recipients is the catch-all where the first route names nobody, and where there are no routes")
    func catchAll() throws {
        let plain = try setup("mail: {recipients: a@grand-val.example}")
        #expect(plain.settings.routes.root.all.count == 1)
        let routed = try setup(
            """
            mail: {recipients: a@grand-val.example}
            routes: {routes: [{match: {kind: acts}, to: b@grand-val.example}]}
            """)
        #expect(routed.settings.recipients.map(\.address) == ["a@grand-val.example"])
        #expect(routed.settings.routes.root.all.count == 2)
    }

    @Test(
        "News without errors waits for the digest of the next morning, unless mail.digest or a route says otherwise",
        arguments: [
            ("mail: {}", [DigestFrequency.daily]), ("mail: {digest: weekly}", [.weekly]),
            ("mail: {digest: never}", [.never]),
            ("mail: {digest: weekly}\nroutes: {to: a@b.example, routes: [{match: {kind: acts}}]}", [.weekly, .weekly]),
            (
                "routes: {to: a@b.example, digest: never, routes: [{match: {kind: acts}, digest: weekly}]}",
                [.never, .weekly]
            ),
        ])
    func digests(yaml: String, expected: [DigestFrequency]) throws {
        #expect(try setup(yaml).settings.routes.root.all.map(\.digest) == expected)
    }

    @Test(
        "What is wrong is named with its line and its cure",
        arguments: [
            (
                "{routes: [{match: {kind: acts}, to: a@b.example}]}", "routes: to",
                "name who gets it here or in mail.rec"
            ),
            ("{to: a@b.example, match: {kind: acts}}", "greffier.yaml:1", "the first route takes everything"),
            ("{to: a@b.example, routes: [{to: c@b.example}]}", "routes: match", "would take all that comes"),
            ("{to: a@b.example, routes: [{match: {kind: actes}}]}", "routes: match.kind", "is not one of acts"),
            ("{to: a@b.example, routes: [{match: {severity: []}}]}", "match.severity", "would take nothing"),
            ("{to: a@b.example, routes: [{match: {matter: sports}}]}", "match.matter", "no code of the @CTES"),
            ("{to: a@b.example, routes: [{match: {amountFrom: viel}}]}", "match.amountFrom", "write 23000"),
            ("{to: a@b.example, escalate: {after: 3}}", "escalate.to", "name who is told when nobody acts"),
            ("{to: a@b.example, escalate: {to: c@b.example, after: bald}}", "escalate.after", "write 7 d"),
            ("{to: [a@b.example, A@b.example]}", "routes: to", "stands twice"),
            ("{to: a@b.example, too: c}", "greffier.yaml:1", "no such key in a route: too"),
            ("{to: a}", "routes: to", "name@host"),
            (
                "{to: a@b.example, routes: [{name: x, match: {kind: acts}}, {name: x, match: {kind: acts}}]}",
                "routes: name", "are called x"
            ),
            ("[]", "routes", "expected a route"),
        ])
    func wrong(routes: String, place: String, cure: String) throws {
        do {
            _ = try setup("routes: \(routes)\n")
            Issue.record("\(routes) is accepted")
        } catch let error as ConfigurationError {
            #expect(error.problems.contains { "\($0)".contains(place) && "\($0)".contains(cure) }, "\(error)")
        }
    }
}
