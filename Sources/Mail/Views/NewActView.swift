/// Everything that the mail « nouvelle délibération » says: of one act, or of all the acts of a session that are new.
public struct NewActView: Sendable {
    /// The act; of many, what they have in common.
    public var act: ActView
    /// The acts, when there are many; empty when there is one.
    public var acts: [ActLineView]
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
        act: ActView, acts: [ActLineView] = [], findings: [FindingView], deadlines: [DeadlineView],
        actions: [ActionView] = [], footer: FooterView
    ) {
        self.act = act
        self.acts = acts
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
            "news": .literal(acts.isEmpty ? "une nouvelle délibération" : ActLineView.counted(acts.count)),
            "isSession": .flag(!acts.isEmpty),
            "actCount": .literal(acts.isEmpty ? nil : FrenchTypography.number(acts.count)),
            "acts": .list(acts.prefix(ActLineView.printedLimit).map(\.value)),
            "omittedActs": .literal(Self.omission(acts.count - ActLineView.printedLimit)),
            "summary": .literal(summary.isEmpty ? "rien à signaler" : summary.joined(separator: ", ")),
            "headline": .literal((errors + dues).joined(separator: ", ")),
            "findingGroups": FindingView.groups(findings),
            "noFindings": .flag(findings.isEmpty),
            "hasDeadlines": .flag(!deadlines.isEmpty),
            "deadlineCount": .literal(deadlines.isEmpty ? nil : FrenchTypography.number(deadlines.count)),
            "deadlines": .list(dated.prefix(Self.printedDeadlines).map(\.value)),
            "hasWaiting": .flag(!waiting.isEmpty),
            "waitingDeadlines": .list(waiting.prefix(Self.printedDeadlines).map(\.value)),
            "omittedDeadlines": .literal(Self.omission(omitted)),
            "hasActions": .flag(!actions.isEmpty),
            "actions": .list(actions.enumerated().map { $1.value(isMain: $0 == 0) }),
            "footer": footer.value,
        ])
    }

    /// `et 12 autres`.
    private static func omission(_ count: Int) -> String? {
        count > 0 ? "et \(FrenchTypography.count(count, "autre", "autres"))" : nil
    }
}
