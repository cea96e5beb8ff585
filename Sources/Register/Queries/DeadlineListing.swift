import Deadlines
import Deliberations
import JSONCodec
import Storage

/// Which deadlines to list.
public struct DeadlineFilter: Hashable, Sendable {
    /// The states, as of the day of the question; nil for those that still ask for something: open, scheduled, due, overdue.
    public var states: Set<Deadline.State>?
    /// The last day; dated deadlines after it, and those without a date, are left out.
    public var until: CivilDate?
    /// Part of the authority's name, in any case and without accents, or its SIREN.
    public var authority: String?
    /// Only those of this act.
    public var act: ActID?
    /// Only dated ones that come after this place in the order of the list; those without a date are left out.
    public var after: DeadlinePlace?
    /// The most rows.
    public var limit = 1_000

    /// Everything that still asks for something.
    public init() {}
}

/// A place in a list of deadlines by date, from which it goes on.
public struct DeadlinePlace: Hashable, Sendable {
    let due: CivilDate
    let id: DeadlineID

    /// The place of a deadline; nil without a date.
    public init?(_ row: RegisteredDeadline) {
        guard let due = row.deadline.due else { return nil }
        self.due = due
        id = row.id
    }
}

/// A deadline as a list shows it.
public struct DeadlineListing: Hashable, JSONObject {
    /// Its number, by which people name it.
    public var id = DeadlineID(0)
    /// Where it stands on the day of the question.
    public var state = Deadline.State.open
    /// The day; nil while the start is unknown.
    public var due: CivilDate?
    /// The other reading where the law or the wording is doubtful.
    public var dueAlternative: CivilDate?
    /// What is due, in French.
    public var what = ""
    /// The rule.
    public var rule = ""
    /// What kind of duty it is.
    public var kind = Obligation.Kind.other
    /// Who owes it.
    public var debtor: String?
    /// To whom.
    public var creditor: String?
    /// The article of the convention or of the law.
    public var article: String?
    /// How the date was computed, in French.
    public var how = ""
    /// The sentence it was read from.
    public var quote: String?
    /// What an open deadline waits for.
    public var startEvent: String?
    /// The authority.
    public var authority = ""
    /// The act's number in the register.
    public var act = ActID(0)
    /// The act's number, as printed.
    public var number: ActNumber?
    /// What the act is about.
    public var subject = ""
    /// The day of the session.
    public var session = CivilDate(daysSince1970: 0)
    /// The document that states it.
    public var document = ""
    /// How often its date changed.
    public var version = 0
    /// The last thing that a person did with it: "done", "snooze".
    public var handled: String?
    /// Who did it.
    public var handledBy: String?
    /// When, in seconds since 1970 UTC.
    public var handledAt: Int?
    /// Why, or with what proof.
    public var note: String?
    /// Who takes care of it.
    public var assignee: String?
    /// Before this day nothing is sent.
    public var snoozedUntil: CivilDate?
    /// The next reminder's step: "J-7".
    public var nextReminder: String?
    /// When the next reminder leaves, in seconds since 1970 UTC.
    public var nextReminderAt: Int?

    /// A deadline on a day.
    public init(_ row: RegisteredDeadline, today: CivilDate) {
        let deadline = row.deadline
        id = row.id
        state = row.state(on: today)
        due = deadline.due
        dueAlternative = deadline.dueAlternative
        what = deadline.what
        rule = deadline.rule
        kind = deadline.kind
        debtor = deadline.debtor
        creditor = deadline.creditor
        article = deadline.article
        how = deadline.how
        quote = row.quote
        startEvent = deadline.startEvent
        authority = row.authority
        act = row.act
        number = row.facts.number
        subject = row.facts.subject
        session = row.sessionDate
        document = row.document.name
        version = row.version
        handled = row.handling?.act
        handledBy = row.handling?.person
        handledAt = row.handling?.at
        note = row.handling?.note
        assignee = row.assignee
        snoozedUntil = row.snoozedUntil
        nextReminder = row.nextStep?.key
        nextReminderAt = row.nextReminderAt?.secondsSince1970
    }

    public init(blank: JSONBlank) {}

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("state", &state)
        visitor.optional("due", &due)
        visitor.optional("dueAlternative", &dueAlternative)
        visitor.required("what", &what)
        visitor.required("rule", &rule)
        visitor.required("kind", &kind)
        visitor.optional("debtor", &debtor)
        visitor.optional("creditor", &creditor)
        visitor.optional("article", &article)
        visitor.required("how", &how)
        visitor.optional("quote", &quote)
        visitor.optional("startEvent", &startEvent)
        visitor.required("authority", &authority)
        visitor.required("act", &act)
        visitor.optional("number", &number)
        visitor.required("subject", &subject)
        visitor.required("session", &session)
        visitor.required("document", &document)
        visitor.required("version", &version)
        visitor.optional("handled", &handled)
        visitor.optional("handledBy", &handledBy)
        visitor.optional("handledAt", &handledAt)
        visitor.optional("note", &note)
        visitor.optional("assignee", &assignee)
        visitor.optional("snoozedUntil", &snoozedUntil)
        visitor.optional("nextReminder", &nextReminder)
        visitor.optional("nextReminderAt", &nextReminderAt)
    }
}

extension Register {
    /// Deadlines by date, those without a date last.
    ///
    /// - Parameter today: the day on which something is due or overdue.
    public func deadlines(_ filter: DeadlineFilter = DeadlineFilter(), today: CivilDate) throws -> [DeadlineListing] {
        try registeredDeadlines(filter, today: today).map { DeadlineListing($0, today: today) }
    }

    /// Deadlines by date, those without a date last, with all that is known of them.
    ///
    /// - Parameter today: the day on which something is due or overdue.
    public func registeredDeadlines(_ filter: DeadlineFilter, today: CivilDate) throws -> [RegisteredDeadline] {
        let ranges = DeadlineRange.all(of: filter.states ?? [.open, .scheduled, .due, .overdue], today: today)
        let stated = StatedDeadlines(bodies)
        return try database.read { sql in
            func list(_ isDated: Bool, limit: Int) throws -> [RegisteredDeadline] {
                let rows = try ranges.flatMap { range in
                    try Self.rows(range, isDated: isDated, filter, limit: limit, sql) {
                        try RegisteredDeadline($0, from: stated)
                    }
                }
                return Array(rows.sorted(by: Self.isEarlier).prefix(limit))
            }
            let dated = try list(true, limit: filter.limit)
            guard filter.until == nil, filter.after == nil, dated.count < filter.limit else { return dated }
            return dated + (try list(false, limit: filter.limit - dated.count))
        }
    }

    /// One range, those with a date or those without, as each can be read in the order of an index.
    private static func rows(
        _ range: DeadlineRange, isDated: Bool, _ filter: DeadlineFilter, limit: Int, _ sql: SQLTransaction,
        _ deadline: (SQLRow) throws -> RegisteredDeadline
    ) throws -> [RegisteredDeadline] {
        var condition = SQLCondition()
        condition.add(range.condition, range.values)
        condition.add(isDated ? "d.due IS NOT NULL" : "d.due IS NULL", [])
        if let until = filter.until { condition.add("d.due <= ?", [.init(until)]) }
        if let after = filter.after {
            condition.add(
                "d.due > ? OR (d.due = ? AND d.id > ?)", [.init(after.due), .init(after.due), .init(after.id)])
        }
        if let act = filter.act { condition.add("d.act = ?", [.init(act)]) }
        if let authority = filter.authority { condition.add(authority: authority) }
        return try sql.query(
            RegisteredDeadline.query + condition.clause + " ORDER BY d.due, d.id LIMIT ?",
            condition.values + [.integer(limit)], deadline)
    }

    private static func isEarlier(_ one: RegisteredDeadline, _ other: RegisteredDeadline) -> Bool {
        guard let due = one.deadline.due, let otherDue = other.deadline.due, due != otherDue else {
            return one.id < other.id
        }
        return due < otherDue
    }
}
