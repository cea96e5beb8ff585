import JSONCodec

/// An obligation with a date, or one whose date waits for its start.
public struct Deadline: Hashable, Codable, JSONObject {
    /// What it is known by within its document: stable for the same act, rule and duty.
    public var id: String
    /// The deadline rule: "echeance-explicite", "recours-tiers".
    public var rule: String
    /// What kind of duty it is.
    public var kind: Obligation.Kind
    /// What is due, in French.
    public var what: String
    /// The day; nil while the start is unknown.
    public var due: CivilDate?
    /// The other reading where the law or the wording is doubtful.
    public var dueAlternative: CivilDate?
    /// Whether it is scheduled or waits.
    public var state: State
    /// What a date means for whoever acts.
    public var direction: Direction
    /// When reminders are sent.
    public var reminders: ReminderProfile
    /// What an open deadline waits for, in French: "signature de la convention".
    public var startEvent: String?
    /// How its date follows from the day of that event; nil if no rule says so, and in Reports of earlier versions.
    public var startRule: StartRule?
    /// The id of an earlier deadline of the same act behind which this one of the law stands: it reminds nobody until that one
    /// is overdue, and ends with it.
    public var backstopOf: String?
    /// Who owes it.
    public var debtor: String?
    /// To whom.
    public var creditor: String?
    /// The article of the convention or of the law.
    public var article: String?
    /// The index of the deliberation concerned.
    public var deliberation: Int?
    /// How the date was computed, in French.
    public var how: String
    /// The words it rests on.
    public var evidence: [Evidence]

    /// A state of a deadline. Validation makes only `open`, `scheduled` and, where the document itself fulfils the duty,
    /// `closed`; the register knows the others.
    public enum State: String, JSONStringEnumeration, Codable {
        /// Its start is unknown.
        case open
        /// It has a date.
        case scheduled
        /// It is due today.
        case due
        /// Its date is past.
        case overdue
        /// It is done.
        case closed
        /// It fell away.
        case cancelled
        /// Another takes its place.
        case superseded
    }

    /// What a date means. Of two readings the first keeps the earlier, the second the later day.
    public enum Direction: String, JSONStringEnumeration, Codable {
        /// Somebody must act by then.
        case actBefore
        /// Something becomes final, or may be destroyed, after then.
        case finalAfter
        /// Something happens then, or a right lapses: afterwards nothing is owed.
        case information
        /// The duty has no date: it runs until the end of the convention, or begins at an event that may never come.
        case continuous
    }

    /// When reminders are sent, as days before the date. An overdue duty of the profiles up to `flash` is reminded of on
    /// the next day, and then every week, of `short` every second day and of `flash` every day, until it is done.
    public enum ReminderProfile: String, JSONStringEnumeration, Codable {
        /// J-60, J-30, J-15, J-7, J-1, J.
        case long
        /// J-30, J-15, J-7, J-1, J.
        case mid
        /// J-7, J-3, J-1, J.
        case short
        /// At creation, J-2, J-1, J.
        case flash
        /// J-365, J-90, J-30, J.
        case keep
        /// Once, on the day.
        case info
        /// Never.
        case none
    }

    /// A deadline.
    public init(
        id: String, rule: String, kind: Obligation.Kind, what: String, due: CivilDate?, state: State,
        direction: Direction, reminders: ReminderProfile, how: String
    ) {
        self.id = id
        self.rule = rule
        self.kind = kind
        self.what = what
        self.due = due
        self.state = state
        self.direction = direction
        self.reminders = reminders
        self.how = how
        evidence = []
    }

    public init(blank: JSONBlank) {
        self.init(
            id: "", rule: "", kind: .other, what: "", due: nil, state: .open, direction: .actBefore, reminders: .none,
            how: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("rule", &rule)
        visitor.required("kind", &kind)
        visitor.required("what", &what)
        visitor.optional("due", &due)
        visitor.optional("dueAlternative", &dueAlternative)
        visitor.required("state", &state)
        visitor.required("direction", &direction)
        visitor.required("reminders", &reminders)
        visitor.optional("startEvent", &startEvent)
        visitor.optional("startRule", &startRule)
        visitor.optional("backstopOf", &backstopOf)
        visitor.optional("debtor", &debtor)
        visitor.optional("creditor", &creditor)
        visitor.optional("article", &article)
        visitor.optional("deliberation", &deliberation)
        visitor.required("how", &how)
        visitor.required("evidence", &evidence)
    }
}

extension Deadline {
    /// What states the duty, in French: the article of the law, or "article 3 de la convention".
    public var source: String? {
        guard let article, let first = article.unicodeScalars.first else { return nil }
        return ("0"..."9").contains(first) ? "article \(article) de la convention" : article
    }
}
