import Alerting
import AlertingSetup
import ArgumentParser
import Console
import Deliberations
import Examination
import JSONCodec
import Operations
import Register

struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "Show who is told of what.",
        subcommands: [RoutesListCommand.self, RoutesTestCommand.self])
}

struct RoutesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the routes in the order in which they are asked, the catch-all first.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await reportingErrors {
            let tree = try MailSetup(common.configuration().mail).settings.routes
            var table = Table([("ROUTE", .left), ("TO", .left), ("ESCALATES TO", .left)])
            for route in tree.root.all {
                table.add([
                    RouteTrialView.name(route.path), route.recipients.map(\.address).joined(separator: ", "),
                    (route.escalation?.recipients ?? []).map(\.address).joined(separator: ", "),
                ])
            }
            Output.line(table.text)
        }
    }
}

struct RoutesTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Read one file, and show who would be told of each act, finding and deadline, and by which route.",
        discussion: """
            Nothing is sent or kept, and no cluster is needed. The mail about a new document goes once to everybody whom \
            one of its lines names. A document that is refused: exit code 3.
            """)

    @OptionGroup var output: JSONOption
    @OptionGroup var document: LocalDocument

    func run() async throws {
        try await reportingErrors {
            let configuration = try document.common.configuration()
            let tree = try MailSetup(configuration.mail).settings.routes
            let reading = try document.read()
            let examiner = Examiner(
                producedBy: Producer(program: "greffier", version: ProgramVersion.current), rules: configuration.rules,
                calendar: configuration.calendar)
            let today = try document.common.clock().today()
            let report = examiner.report(on: reading.extract, text: reading.text, today: today)
            let trial = RouteTrial(report, tree: tree)
            if output.json {
                for line in trial.lines { Output.json(RoutedLine(line)) }
            } else {
                Output.line(RouteTrialView(trial).text)
            }
        }
    }
}

/// One thing that would be told, as `routes test --json` prints it.
struct RoutedLine: JSONObject {
    /// "act", "finding" or "deadline".
    var what = ""
    /// The severity of a finding, the kind of duty of a deadline.
    var kind: String?
    /// What it says.
    var text = ""
    /// The index of the deliberation; nil for the whole session.
    var deliberation: Int?
    /// Of a deadline, its date.
    var due: CivilDate?
    /// Who is told.
    var recipients: [RoutedRecipient] = []
    /// Who is told too when nobody acts.
    var escalations: [RoutedRecipient] = []

    init(_ line: RouteTrial.Line) {
        (what, kind) = Self.names(line.topic.subject)
        text = line.text
        deliberation = line.deliberation
        due = line.due
        recipients = line.recipients.map { RoutedRecipient($0) }
        escalations = line.escalations.map { RoutedRecipient($0) }
    }

    init(blank: JSONBlank) {}

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("what", &what)
        visitor.optional("kind", &kind)
        visitor.required("text", &text)
        visitor.optional("deliberation", &deliberation)
        visitor.optional("due", &due)
        visitor.required("recipients", &recipients)
        visitor.required("escalations", &escalations)
    }

    static func names(_ subject: AlertTopic.Subject) -> (what: String, kind: String?) {
        switch subject {
        case .act: ("act", nil)
        case .finding(let severity): ("finding", severity.rawValue)
        case .deadline(let kind): ("deadline", kind.rawValue)
        }
    }
}

/// Somebody with the route that leads to him.
struct RoutedRecipient: JSONObject {
    var address = ""
    /// The path of the route; empty for the catch-all.
    var route = ""

    init(_ recipient: AlertRecipient) {
        address = recipient.address
        route = recipient.route
    }

    init(blank: JSONBlank) {}

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("address", &address)
        visitor.required("route", &route)
    }
}

/// Who would be told of a document, as a table for people.
struct RouteTrialView {
    private let trial: RouteTrial

    init(_ trial: RouteTrial) {
        self.trial = trial
    }

    /// How a route is called.
    static func name(_ path: String) -> String { path.isEmpty ? "(catch-all)" : path }

    var text: String {
        var table = Table([("WHAT", .left), ("TEXT", .left), ("ROUTE", .left), ("TO", .left), ("ESCALATES TO", .left)])
        for line in trial.lines {
            let (what, kind) = RoutedLine.names(line.topic.subject)
            let routes = Set(line.recipients.map { Self.name($0.route) }).sorted()
            table.add([
                kind.map { "\(what) \($0)" } ?? what, Self.shortened(line.text, to: 60),
                routes.joined(separator: ", "), line.recipients.map(\.address).joined(separator: ", "),
                line.escalations.map(\.address).joined(separator: ", "),
            ])
        }
        let mail = trial.recipients.map { "  \($0.address)  \(Self.name($0.route))" }
        return table.text + "\n\nthe mail about the document goes to\n" + mail.joined(separator: "\n")
    }

    private static func shortened(_ text: String, to length: Int) -> String {
        text.count > length ? String(text.prefix(length - 1)) + "…" : text
    }
}
