/// Everything that the mail « réponse » says: what became of a reader's answer.
public struct AnswerView: Sendable {
    /// The act the deadline comes from.
    public var act: ActView
    /// What was done, or why nothing was.
    public var lines: [String]
    /// Whether nothing was done.
    public var isRefusal: Bool
    /// The deadline as it is now.
    public var deadline: DeadlineView
    /// What the reader can answer.
    public var actions: [ActionView]
    /// The last lines.
    public var footer: FooterView

    /// An answer to an answer.
    public init(
        act: ActView, lines: [String], isRefusal: Bool, deadline: DeadlineView, actions: [ActionView],
        footer: FooterView
    ) {
        self.act = act
        self.lines = lines
        self.isRefusal = isRefusal
        self.deadline = deadline
        self.actions = actions
        self.footer = footer
    }

    var value: TemplateValue {
        .record([
            "act": act.value,
            "title": .composed(isRefusal ? "Réponse non enregistrée" : "Réponse enregistrée"),
            "lines": .list(lines.prefix(10).map { .composed($0) }),
            "isRefusal": .flag(isRefusal),
            "deadline": deadline.value,
            "hasActions": .flag(!actions.isEmpty),
            "actions": .list(actions.enumerated().map { $1.value(isMain: $0 == 0) }),
            "footer": footer.value,
        ])
    }
}
