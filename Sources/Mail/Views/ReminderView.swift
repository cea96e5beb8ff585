/// How far a reminder stands from its deadline.
public enum ReminderStep: Sendable, Hashable {
    /// That many days remain; 0 is the day itself.
    case daysBefore(Int)
    /// The day passed that many days ago, 1 or more.
    case overdue(days: Int)
    /// A document that somebody else owes was due that many days ago, 1 or more; it may be on its way, and in time if it was sent
    /// by its day.
    case notReceived(days: Int)
    /// A delay that nobody had to keep ran out that many days ago, 1 or more: something is final now.
    case expired(days: Int)
    /// The start of the delay is unknown: a person must give it.
    case waiting

    /// `J-7`, `Échéance dépassée de 3 jours`.
    public var label: String {
        switch self {
        case .daysBefore(...0): "Jour J"
        case .daysBefore(let days): "J-\(days)"
        case .overdue(let days): "Échéance dépassée de \(Self.days(days))"
        case .notReceived: "Pièce non reçue"
        case .expired: "Délai expiré"
        case .waiting: "Date à compléter"
        }
    }

    private var sentence: String {
        switch self {
        case .daysBefore(...0): "L’échéance est aujourd’hui."
        case .daysBefore(1): "L’échéance est demain."
        case .daysBefore(let days): "Il reste \(Self.days(days))."
        case .overdue: "Rien n’indique à Greffier que c’est fait."
        case .notReceived(let days):
            "L’échéance est passée de \(Self.days(days)) et rien n’indique à Greffier que la pièce est arrivée. Envoyée au plus "
                + "tard à l’échéance, elle est dans les temps (CRPA, articles L112-1 et L112-13)."
        case .expired(1): "Ce délai a expiré hier."
        case .expired(let days): "Ce délai a expiré il y a \(Self.days(days))."
        case .waiting: "La date de cette échéance dépend d’un événement que Greffier ne connaît pas encore."
        }
    }

    private static func days(_ count: Int) -> String { FrenchTypography.count(count, "jour", "jours") }

    var value: TemplateValue {
        let isOverdue = kind == .overdue
        let isNear = if case .daysBefore(...7) = self { true } else { false }
        return .record([
            "label": .literal(label), "sentence": .literal(sentence), "isOverdue": .flag(isOverdue),
            "isNear": .flag(isNear), "isFar": .flag(!isOverdue && !isNear),
        ])
    }
}

/// Everything that the mail « rappel » says.
public struct ReminderView: Sendable {
    /// The act the deadline comes from.
    public var act: ActView
    /// How far away it is.
    public var step: ReminderStep
    /// What is due.
    public var deadline: DeadlineView
    /// What follows: the next reminders, what happens if nothing is done.
    public var followUp: [String]
    /// What the reader can answer.
    public var actions: [ActionView]
    /// The last lines.
    public var footer: FooterView

    /// A reminder.
    public init(
        act: ActView, step: ReminderStep, deadline: DeadlineView, followUp: [String] = [], actions: [ActionView] = [],
        footer: FooterView
    ) {
        self.act = act
        self.step = step
        self.deadline = deadline
        self.followUp = followUp
        self.actions = actions
        self.footer = footer
    }

    var value: TemplateValue {
        .record([
            "act": act.value,
            "step": step.value,
            "deadline": deadline.value,
            "hasFollowUp": .flag(!followUp.isEmpty),
            "followUp": .list(followUp.prefix(10).map { .composed($0) }),
            "hasActions": .flag(!actions.isEmpty),
            "actions": .list(actions.enumerated().map { $1.value(isMain: $0 == 0) }),
            "footer": footer.value,
        ])
    }
}
