/// Everything that the mail « nouvelle délibération » says.
public struct NewActView: Sendable {
    /// The act.
    public var act: ActView
    /// What the rules say, in any order.
    public var findings: [FindingView]
    /// What is due, in any order.
    public var deadlines: [DeadlineView]
    /// What the reader can answer.
    public var actions: [ActionView]
    /// The last lines.
    public var footer: FooterView

    /// A mail about a new act.
    public init(
        act: ActView, findings: [FindingView], deadlines: [DeadlineView], actions: [ActionView] = [], footer: FooterView
    ) {
        self.act = act
        self.findings = findings
        self.deadlines = deadlines
        self.actions = actions
        self.footer = footer
    }

    /// The most deadlines with a date that an email prints, the earliest first; and the most without.
    public static let printedDeadlines = 60

    var value: TemplateValue {
        let dated = deadlines.filter { $0.day != nil }.sorted {
            ($0.day?.daysSinceEpoch ?? 0) < ($1.day?.daysSinceEpoch ?? 0)
        }
        let waiting = deadlines.filter { $0.day == nil }
        let omitted = max(dated.count - Self.printedDeadlines, 0) + max(waiting.count - Self.printedDeadlines, 0)
        let count = FrenchTypography.count(deadlines.count, "échéance", "échéances")
        let dues = deadlines.isEmpty ? [] : [count]
        let errors = FindingView.summary(findings.filter { $0.severity == .error })
        let summary = FindingView.summary(findings) + dues
        return .record([
            "act": act.value,
            "summary": .literal(summary.isEmpty ? "rien à signaler" : summary.joined(separator: ", ")),
            "headline": .literal((errors + dues).joined(separator: ", ")),
            "findingGroups": FindingView.groups(findings),
            "noFindings": .flag(findings.isEmpty),
            "hasDeadlines": .flag(!deadlines.isEmpty),
            "deadlineCount": .literal(deadlines.isEmpty ? nil : FrenchTypography.number(deadlines.count)),
            "deadlines": .list(dated.prefix(Self.printedDeadlines).map(\.value)),
            "hasWaiting": .flag(!waiting.isEmpty),
            "waitingDeadlines": .list(waiting.prefix(Self.printedDeadlines).map(\.value)),
            "omittedDeadlines": .literal(
                omitted > 0 ? "et \(FrenchTypography.count(omitted, "autre", "autres"))" : nil),
            "hasActions": .flag(!actions.isEmpty),
            "actions": .list(actions.enumerated().map { $1.value(isMain: $0 == 0) }),
            "footer": footer.value,
        ])
    }
}
