import Deliberations
import Mail
import Register

/// What would be told of one document, to whom and by which route.
public struct RouteTrial: Sendable {
    /// One thing that would be told.
    public struct Line: Sendable {
        /// What.
        public let topic: AlertTopic
        /// Its number in the Report's deliberations; nil for the whole session.
        public let deliberation: Int?
        /// What it says, in French.
        public let text: String
        /// Of a deadline, its date.
        public let due: CivilDate?
        /// Who is told.
        public let recipients: [AlertRecipient]
        /// Who is told too when nobody acts.
        public let escalations: [AlertRecipient]
    }

    /// The acts, their findings and their deadlines, in the Report's order.
    public let lines: [Line]

    /// What `tree` does with a Report.
    public init(_ report: Report, tree: RoutingTree) {
        let trial = Trial(report: report, tree: tree)
        lines =
            report.summary.acts.enumerated().map { trial.line(.act, $0.offset, $0.element.subject) }
            + report.findings.map { trial.line(.finding($0.severity), $0.deliberation, $0.message) }
            + report.deadlines.map { trial.line(.deadline($0.kind), $0.deliberation, $0.what, due: $0.due) }
    }

    /// Who would get the mail about the document.
    public var recipients: [AlertRecipient] {
        var seen: Set<String> = []
        return lines.flatMap(\.recipients).filter { seen.insert($0.address.lowercased()).inserted }
    }

    private struct Trial {
        let report: Report
        let tree: RoutingTree

        func line(
            _ subject: AlertTopic.Subject, _ deliberation: Int?, _ text: String, due: CivilDate? = nil
        ) -> Line {
            let acts = report.summary.acts
            let act = deliberation.flatMap { acts.indices.contains($0) ? acts[$0] : nil }
            let topic = AlertTopic(
                subject, authority: report.summary.authority.name, siren: report.summary.authority.siren,
                act: act ?? (acts.count == 1 ? acts[0] : nil))
            let recipients = AlertRouter(tree: tree).recipients(of: [topic])
            let known = Set(recipients.map { $0.address.lowercased() })
            let isDeadline = if case .deadline = subject { true } else { false }
            let escalations = tree.routes(for: [topic]).filter { _ in isDeadline }.flatMap { route in
                (route.escalation?.recipients ?? []).map {
                    AlertRecipient($0.address, route: route.path, isEscalation: true)
                }
            }
            return Line(
                topic: topic, deliberation: deliberation, text: text, due: due, recipients: recipients,
                escalations: escalations.filter { !known.contains($0.address.lowercased()) })
        }
    }
}
