import Deadlines
import Deliberations
import GreffierProtocol
import Storage

extension DeadlineRow {
    static let query = """
        SELECT d.id, d.scope, d.scope_key, d.act, d.state, d.version, d.source, c.kind, c.accepted_at, d.archive, d.known_at,
            d.last_step, d.change, d.former_due, d.change_step, d.handled, d.handled_by, d.handled_at, d.note, d.assignee,
            d.snoozed_until, d.entered_due, d.entered_how, d.entered_start, d.entered_event, d.entered_alternative,
            d.stated_state, d.stated_due, d.direction, d.reminders, d.started, d.report, d.position, d.change_mail,
            d.backstop_of, d.asleep_until
        FROM deadlines d JOIN documents c ON c.id = d.source
        """

    /// Of the acts that a generation of a document brought.
    static let ofActsBroughtBy =
        "d.act IN (SELECT id FROM acts WHERE introduced_by = ? AND introduced_in = ? AND state = 'live')"

    /// Open or scheduled. An expression and not the column: SQLite would choose the index of states for it, and read every
    /// deadline of the register for the few of one act.
    static let isRunning = "d.state || '' IN ('open', 'scheduled')"

    init(_ row: SQLRow) throws {
        id = DeadlineID(try row.integer(0))
        act = ActID(try row.integer(3))
        let scope = try row.optionalText(1)
        guard let scope = scope.map(DeadlineScope.init(key:)) ?? .act(act),
            let state = Deadline.State(rawValue: try row.text(4)), let kind = Extract.Kind(rawValue: try row.text(7))
        else { throw RegisterError.damagedRow(table: "deadlines", id: "\(id)") }
        self.scope = scope
        self.state = state
        key = try row.text(2)
        version = try row.count(5)
        precedence = Precedence(
            rank: Precedence.rank(of: kind), acceptedAt: try row.count(8), document: try row.document(6))
        isArchive = try row.boolean(9)
        knownAt = try row.instant(10)
        lastStep = try row.optionalText(11).flatMap(ReminderStep.init(key:))
        let formerDue = try row.optionalDay(13)
        change = try row.optionalText(12).flatMap { DeadlineChange(key: $0, formerDue: formerDue) }
        changeStep = try row.optionalText(14).flatMap(ReminderStep.init(key:))
        handling = try DeadlineHandling(row, from: 15)
        assignee = try row.optionalText(19)
        snoozedUntil = try row.optionalDay(20)
        entered = try EnteredDate(row, from: 21)
        guard var terms = try DeadlineTerms(row, from: 26) else {
            throw RegisterError.damagedRow(table: "deadlines", id: "\(id)")
        }
        terms.backstopOf = try row.optionalText(34)
        self.terms = terms
        place = try StatedPlace(row, from: 31)
        changeMail = try row.optionalInteger(33)
        asleepUntil = try row.optionalDay(35)
    }
}

extension DeadlineTerms {
    /// From the columns `stated_state`, `stated_due`, `direction`, `reminders` and `started`; nil if they hold other words
    /// than this program writes.
    init?(_ row: SQLRow, from column: Int) throws(StorageError) {
        guard let state = Deadline.State(rawValue: try row.text(column)),
            let direction = Deadline.Direction(rawValue: try row.text(column + 2)),
            let reminders = Deadline.ReminderProfile(rawValue: try row.text(column + 3))
        else { return nil }
        self.init(
            state: state, due: try row.optionalDay(column + 1), direction: direction, reminders: reminders,
            isStarted: try row.boolean(column + 4))
    }
}

extension StatedPlace {
    /// From the columns `report` and `position`; nil where the row keeps the words itself.
    init?(_ row: SQLRow, from column: Int) throws(StorageError) {
        guard let report = try row.optionalText(column) else { return nil }
        self.init(report: report, position: try row.count(column + 1))
    }
}

extension DeadlineHandling {
    /// From the columns `handled`, `handled_by`, `handled_at` and `note`; nil if no person did anything.
    init?(_ row: SQLRow, from column: Int) throws(StorageError) {
        guard let act = try row.optionalText(column) else { return nil }
        self.init(
            act: act, person: try row.text(column + 1), at: try row.count(column + 2),
            note: try row.optionalText(column + 3))
    }
}
