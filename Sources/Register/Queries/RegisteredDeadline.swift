import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// A deadline with what it belongs to.
public struct RegisteredDeadline: Sendable {
    /// Its number.
    public let id: DeadlineID
    /// 0 at first, one more at each change of its date or its end: an event's SEQUENCE.
    public let version: Int
    /// What the best document says of it; its `state` is the register's.
    public let deadline: Deadline
    /// The act to which it belongs; of a session's duty, one of its acts.
    public let act: ActID
    /// What that act says.
    public let facts: ActSummary
    /// The document that brought the act.
    public let introducedBy: DocumentID
    /// The authority's name as first written.
    public let authority: String
    /// The authority's SIREN, where one of its documents prints it.
    public let siren: String?
    /// The day of the act's session.
    public let sessionDate: CivilDate
    /// The document that states the deadline.
    public let document: RegisteredDocument
    /// How it changed after staff were told of its act; nil when it did not, or their mail about the act says it.
    public let change: DeadlineChange?
    /// The step that tells the change; nil until it is made.
    public let changeStep: ReminderStep?
    /// The last thing that a person did with it.
    public let handling: DeadlineHandling?
    /// Whether a person entered its date, or the day of the event from which it follows.
    public let isEntered: Bool
    /// Who takes care of it.
    public let assignee: String?
    /// Before this day nothing is sent.
    public let snoozedUntil: CivilDate?
    /// The last step that was reminded of.
    public let lastStep: ReminderStep?
    /// The next reminder's step.
    public let nextStep: ReminderStep?
    /// When the next reminder leaves.
    public let nextReminderAt: UTCInstant?

    /// What the reminder of a step says of how the deadline changed: the first one only.
    public func change(toldBy step: String) -> DeadlineChange? { changeStep?.key == step ? change : nil }

    /// The sentence it was read from; a delay of the law has none.
    public var quote: String? { deadline.evidence.first?.quote }

    /// Where the deadline stands on a day: a date that is past makes a duty overdue, and ends a delay.
    public func state(on today: CivilDate) -> Deadline.State {
        guard deadline.state == .scheduled, let due = deadline.due, due <= today else { return deadline.state }
        if due == today { return .due }
        return deadline.direction == .actBefore ? .overdue : .closed
    }
}

/// The document by which something is known.
public struct RegisteredDocument: Hashable, Sendable {
    /// Its id.
    public let id: DocumentID
    /// What people call it.
    public let name: String
    /// Who pushed it.
    public let source: String
    /// When it was accepted.
    public let acceptedAt: UTCInstant
}

extension RegisteredDeadline {
    static let query = """
        SELECT d.id, d.version, d.state, d.detail, d.act, a.facts, a.introduced_by, u.name, a.session_day, c.id, c.name,
            c.source, c.accepted_at, d.last_step, d.next_step, d.next_at, d.change, d.former_due, d.change_step,
            d.handled, d.handled_by, d.handled_at, d.note, d.assignee, d.snoozed_until, d.entered_due, d.entered_how,
            d.entered_start, d.entered_event, d.entered_alternative, d.report, d.position, u.siren
        FROM deadlines d JOIN acts a ON a.id = d.act JOIN authorities u ON u.id = a.authority
            JOIN documents c ON c.id = d.source
        """

    init(_ row: SQLRow, from stated: StatedDeadlines) throws {
        id = DeadlineID(try row.integer(0))
        version = try row.count(1)
        act = ActID(try row.integer(4))
        guard let facts = try? ActSummary(json: Array(try row.text(5).utf8)) else {
            throw RegisterError.damagedRow(table: "acts", id: "\(act)")
        }
        self.facts = facts
        deadline = try Self.deadline(row, id: id, from: stated)
        introducedBy = try row.document(6)
        authority = try row.text(7)
        siren = try row.optionalText(32)
        sessionDate = try row.day(8)
        document = RegisteredDocument(
            id: try row.document(9), name: try row.text(10), source: try row.text(11), acceptedAt: try row.instant(12))
        lastStep = try row.optionalText(13).flatMap(ReminderStep.init(key:))
        nextStep = try row.optionalText(14).flatMap(ReminderStep.init(key:))
        nextReminderAt = try row.optionalInstant(15)
        handling = try DeadlineHandling(row, from: 19)
        isEntered = try row.optionalDay(25) != nil
        assignee = try row.optionalText(23)
        snoozedUntil = try row.optionalDay(24)
        let formerDue = try row.optionalDay(17)
        change = try row.optionalText(16).flatMap { DeadlineChange(key: $0, formerDue: formerDue) }
        changeStep = try row.optionalText(18).flatMap(ReminderStep.init(key:))
    }

    /// The words of the best document, with the register's state and date.
    private static func deadline(_ row: SQLRow, id: DeadlineID, from stated: StatedDeadlines) throws -> Deadline {
        var deadline: Deadline
        if let place = try StatedPlace(row, from: 30) {
            deadline = try stated.deadline(at: place)
        } else if let detail = try? Deadline(json: Array(try row.text(3).utf8)) {
            deadline = detail
        } else {
            throw RegisterError.damagedRow(table: "deadlines", id: "\(id)")
        }
        guard let state = Deadline.State(rawValue: try row.text(2)) else {
            throw RegisterError.damagedRow(table: "deadlines", id: "\(id)")
        }
        deadline.state = state
        try EnteredDate(row, from: 25)?.apply(to: &deadline)
        return deadline
    }
}

extension Register {
    /// A deadline by its number.
    public func deadline(_ id: DeadlineID) throws -> RegisteredDeadline? {
        let stated = StatedDeadlines(bodies)
        return try database.read { sql in
            try sql.readFirst(RegisteredDeadline.query + " WHERE d.id = ?", [.init(id)]) {
                try RegisteredDeadline($0, from: stated)
            }
        }
    }
}
