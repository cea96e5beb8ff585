import Deadlines
import Deliberations
import Mail
import Register
import Testing

@testable import Alerting

@Suite("Who is told of what")
struct RoutingTests {
    static func address(_ name: String) throws -> EmailAddress { try EmailAddress("\(name)@grand-val.example") }

    static func route(
        _ path: String, _ matcher: RouteMatcher = RouteMatcher(), continues: Bool = false, below routes: [Route] = []
    ) throws -> Route {
        var route = Route(
            path: path, recipients: [try address(path.isEmpty ? "tous" : String(path.split(separator: "/").last ?? ""))]
        )
        route.matcher = matcher
        route.continues = continues
        route.routes = routes
        return route
    }

    static func matcher(_ change: (inout RouteMatcher) -> Void) -> RouteMatcher {
        var matcher = RouteMatcher()
        change(&matcher)
        return matcher
    }

    static func topic(
        _ subject: AlertTopic.Subject = .act, authority: String = "Communauté d’agglomération du Grand Val",
        siren: String? = "249999999", cents: Int? = nil, matter: String? = nil
    ) -> AlertTopic {
        var facts = ActSummary(subject: "Sujet")
        facts.grantedCents = cents
        facts.matter = matter
        return AlertTopic(subject, authority: authority, siren: siren, act: facts)
    }

    static let cases: [(RouteMatcher, AlertTopic, Bool)] = [
        (RouteMatcher(), topic(), true),
        (matcher { $0.authorities = ["GRAND VAL"] }, topic(), true),
        (matcher { $0.authorities = ["communaute d'agglomeration"] }, topic(), true),
        (matcher { $0.authorities = ["Grand V"] }, topic(), false),
        (matcher { $0.authorities = ["Petit Val", "249 999 999"] }, topic(), true),
        (matcher { $0.authorities = ["249999998"] }, topic(), false),
        (matcher { $0.authorities = ["249999999"] }, topic(siren: nil), false),
        (matcher { $0.kinds = [.acts] }, topic(), true),
        (matcher { $0.kinds = [.acts] }, topic(.deadline(.report)), false),
        (matcher { $0.kinds = [.deadlines] }, topic(.deadline(.report)), true),
        (matcher { $0.kinds = [.duty(.accounts), .duty(.report)] }, topic(.deadline(.report)), true),
        (matcher { $0.kinds = [.duty(.accounts)] }, topic(.deadline(.report)), false),
        (matcher { $0.kinds = [.findings] }, topic(.finding(.info)), true),
        (matcher { $0.severities = [.error] }, topic(.finding(.error)), true),
        (matcher { $0.severities = [.error] }, topic(.finding(.warning)), false),
        (matcher { $0.severities = [.error] }, topic(.deadline(.report)), false),
        (matcher { $0.amountFrom = 2_300_000 }, topic(cents: 2_300_000), true),
        (matcher { $0.amountFrom = 2_300_000 }, topic(cents: 2_299_999), false),
        (matcher { $0.amountBelow = 2_300_000 }, topic(cents: 2_300_000), false),
        (matcher { $0.amountBelow = 2_300_000 }, topic(), false),
        (matcher { $0.matters = ["7.5"] }, topic(matter: "7.5.1 Subventions"), true),
        (matcher { $0.matters = ["7"] }, topic(matter: "7.5"), true),
        (matcher { $0.matters = ["7.5"] }, topic(matter: "7.51"), false),
        (matcher { $0.matters = ["7.5.1"] }, topic(matter: "7.5"), false),
        (matcher { $0.matters = ["7"] }, topic(), false),
        (
            matcher {
                $0.matters = ["7"]
                $0.kinds = [.findings]
            }, topic(matter: "7.5"), false
        ),
    ]

    @Test("A matcher takes what has everything it asks for", arguments: cases.indices)
    func matching(index: Int) {
        let (matcher, topic, expected) = Self.cases[index]
        #expect(matcher.matches(topic) == expected)
    }

    @Test("The deepest route takes it; without `continue` the first of those beside each other; else the root")
    func tree() throws {
        let money = Self.matcher { $0.matters = ["7"] }
        let grants = Self.matcher { $0.matters = ["7.5"] }
        let reports = Self.matcher { $0.kinds = [.duty(.report)] }
        let tree = RoutingTree(
            try Self.route(
                "",
                below: [
                    Self.route("finances", money, continues: true, below: [Self.route("finances/subventions", grants)]),
                    Self.route("suivi", reports), Self.route("jamais", reports),
                ]))
        func paths(_ topics: [AlertTopic]) -> [String] { tree.routes(for: topics).map(\.path) }
        #expect(paths([Self.topic(matter: "7.1")]) == ["finances"])
        #expect(paths([Self.topic(matter: "7.5.2")]) == ["finances/subventions"])
        #expect(paths([Self.topic(.deadline(.report), matter: "7.5")]) == ["finances/subventions", "suivi"])
        #expect(paths([Self.topic(.deadline(.report))]) == ["suivi"])
        #expect(paths([Self.topic(matter: "1.1")]) == [""])
        #expect(paths([Self.topic(matter: "1.1"), Self.topic(matter: "7.1")]) == ["", "finances"])
        #expect(paths([]) == [""])
    }

    @Test("Nobody is named twice, in whatever letters, by two routes or by an escalation besides")
    func once() throws {
        var (left, right) = (try Self.route("a", continues: true), try Self.route("b"))
        left.recipients = [try EmailAddress("claire@grand-val.example"), try Self.address("paul")]
        right.recipients = [try EmailAddress("Claire@Grand-Val.example")]
        let router = AlertRouter(tree: RoutingTree(try Self.route("", below: [left, right])))
        #expect(
            router.recipients(of: [Self.topic()]).map { "\($0.address) \($0.route)" }
                == ["claire@grand-val.example a", "paul@grand-val.example a"])
    }

    static func settings(_ root: Route) throws -> AlertSettings {
        try AlertSettings(routes: RoutingTree(root), from: EmailAddress("greffier@grand-val.example"))
    }

    @Test("The mail about a document goes to everybody whom one of its acts, findings or deadlines names, once")
    func announcement() async throws {
        let office = try Office(
            settings: try Self.settings(
                try Self.route(
                    "",
                    below: [
                        Self.route("erreurs", Self.matcher { $0.severities = [.error] }, continues: true),
                        Self.route("suivi", Self.matcher { $0.kinds = [.duty(.report)] }, continues: true),
                        Self.route("argent", Self.matcher { $0.amountFrom = 100 }),
                    ])))
        let register = try office.register()
        let document = try registration(
            "extrait.pdf", acts: [act("Soutien", "1")], deadlines: [deadline("rapport", due: "2025-04-30")],
            findings: [Finding(rule: "r", severity: .warning, message: "À voir.", deliberation: 0, law: "")])
        _ = try register.register([document], now: office.clock.now)
        let delivery = office.delivery(register)
        #expect(try await delivery.round().sent == 2)
        #expect(
            Set(try office.mails().compactMap { $0.header("To") }) == [
                "tous@grand-val.example", "suivi@grand-val.example",
            ])
        office.clock.now = moment("2025-02-28", 8)
        #expect(try await delivery.round().sent == 1)
        let reminder = try #require(try register.alerts().first)
        #expect(reminder.recipient == "suivi@grand-val.example" && reminder.route == "suivi" && !reminder.escalation)
    }

    @Test("A duty that nobody answers or does is told to the escalation address too, by day and not before")
    func escalation() async throws {
        var root = try Self.route("")
        root.escalation = Escalation(recipients: [try Self.address("dgs")], daysOverdue: 5, daysUnanswered: 7)
        let office = try Office(settings: try Self.settings(root))
        let register = try office.register()
        let document = try registration(
            "extrait.pdf", acts: [act("Soutien", "1")], deadlines: [deadline("rapport", due: "2025-04-30")])
        _ = try register.register([document], now: office.clock.now)
        let delivery = office.delivery(register)
        var told: [String: [String]] = [:]
        for day in ["2024-10-08", "2025-04-15", "2025-04-23", "2025-05-02", "2025-05-09"] {
            office.clock.now = moment(day, 9)
            let before = try register.alerts().count
            _ = try await delivery.round()
            told[day] = try register.alerts().dropLast(before).map {
                ($0.recipient.split(separator: "@").first ?? "") + ($0.escalation ? " !" : "")
            }.sorted()
        }
        #expect(told["2024-10-08"] == ["tous"] && told["2025-04-15"] == ["tous"])
        #expect(told["2025-04-23"] == ["dgs !", "tous"] && told["2025-05-02"] == ["tous"])
        #expect(told["2025-05-09"] == ["dgs !", "tous"])
        let mail = try #require(try office.mails().first { $0.header("To") == "dgs@grand-val.example" })
        #expect(mail.text.contains("personne n’a répondu"))
    }

    @Test("An answered duty escalates only once it is overdue")
    func answered() throws {
        let escalation = Escalation(recipients: [], daysOverdue: 0, daysUnanswered: 7)
        func isDue(_ today: String, duty: Bool = true, answered: Bool = true) -> Bool {
            let standing = DeadlineStanding(due: day("2025-04-30"), isDuty: duty, isAnswered: answered)
            return escalation.isDue(standing, on: day(today))
        }
        #expect(!isDue("2025-04-29") && isDue("2025-04-29", answered: false) && isDue("2025-05-01"))
        #expect(!isDue("2025-05-01", duty: false))
        #expect(!escalation.isDue(DeadlineStanding(due: nil, isDuty: true, isAnswered: false), on: day("2025-05-01")))
    }
}
