import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

extension DeadlineRow {
    static let query = """
        SELECT id, scope_key, state, version, source, source_rank, source_accepted_at, archive, known_at, last_step, detail,
            change, former_due, change_step, scope, act, handled,
            handled_by, handled_at, note, assignee, snoozed_until, entered_due, entered_how
        FROM deadlines
        """

    init(_ row: SQLRow) throws {
        id = DeadlineID(try row.integer(0))
        key = try row.text(1)
        guard let state = Deadline.State(rawValue: try row.text(2)), let scope = DeadlineScope(key: try row.text(14)),
            let deadline = try? Deadline(json: Array(try row.text(10).utf8))
        else { throw StorageError.unexpectedValue(column: "deadlines.detail, row \(id)", wanted: "a deadline") }
        self.scope = scope
        act = ActID(try row.integer(15))
        self.state = state
        self.deadline = deadline
        version = try row.count(3)
        precedence = Precedence(rank: try row.count(5), acceptedAt: try row.count(6), document: try row.document(4))
        isArchive = try row.boolean(7)
        knownAt = try row.instant(8)
        lastStep = try row.optionalText(9).flatMap(ReminderStep.init(key:))
        let formerDue = try row.optionalDay(12)
        change = try row.optionalText(11).flatMap { DeadlineChange(key: $0, formerDue: formerDue) }
        handling = try DeadlineHandling(row, from: 16)
        assignee = try row.optionalText(20)
        snoozedUntil = try row.optionalDay(21)
        entered = try EnteredDate(row, from: 22)
        changeStep = try row.optionalText(13).flatMap(ReminderStep.init(key:))
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

extension EnteredDate {
    /// From the columns `entered_due` and `entered_how`; nil if no person entered a date.
    init?(_ row: SQLRow, from column: Int) throws(StorageError) {
        guard let due = try row.optionalDay(column) else { return nil }
        self.init(due: due, how: try row.text(column + 1))
    }
}
