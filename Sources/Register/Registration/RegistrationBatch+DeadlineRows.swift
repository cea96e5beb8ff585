import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

extension RegistrationBatch {
    /// New rows on their way into the table.
    var deadlineInserts: BulkInsert {
        BulkInsert(
            into: "deadlines",
            columns: [
                "id", "scope", "scope_key", "act", "authority", "state", "due", "direction",
                "version", "source", "source_rank",
                "source_accepted_at", "archive", "known_at", "next_step", "next_at", "detail", "change",
            ])
    }

    /// Adds the row of a deadline that is stated for the first time.
    func add(_ statement: DeadlineStatement, isFresh: Bool, to inserts: inout BulkInsert) throws -> DeadlineID {
        let id = DeadlineID(numbers.next(.deadline))
        let deadline = statement.deadline
        let change = isFresh ? nil : try change(adding: statement)
        let next = firstReminder(of: deadline, isArchive: statement.isArchive, tellsChange: change != nil)
        inserts.add([
            .init(id), .text(statement.scope.key), .text(statement.key), .init(statement.act),
            .integer(statement.authority), .text(deadline.state.rawValue), .init(deadline.due),
            .text(deadline.direction.rawValue), 0, .init(statement.precedence.document),
            .integer(statement.precedence.rank),
            .integer(statement.precedence.acceptedAt), .init(statement.isArchive), .init(now), .init(next?.step.key),
            .init(next?.sendAt), .text(deadline.jsonText), .init(change?.key),
        ])
        return id
    }

    /// The deadlines of a scope by their keys.
    func deadlineRows(of scope: DeadlineScope) throws -> [String: DeadlineRow] {
        let rows = try sql.query(DeadlineRow.query + " WHERE scope = ?", [.text(scope.key)]) { try DeadlineRow($0) }
        return Dictionary(rows.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A deadline by its number.
    func deadlineRow(_ id: DeadlineID) throws -> DeadlineRow? {
        try sql.first(DeadlineRow.query + " WHERE id = ?", [.init(id)]) { try DeadlineRow($0) }
    }

    /// Makes a row say what a statement says. What a person closed or cancelled stays so; a new date raises the version,
    /// starts the reminders anew and takes back those that were on their way.
    func update(_ row: DeadlineRow, by statement: DeadlineStatement) throws {
        var changed = row
        changed.act = statement.act
        changed.deadline = statement.deadline
        changed.precedence = statement.precedence
        if ![.closed, .cancelled].contains(row.state) { changed.state = statement.deadline.state }
        let isMoved = row.deadline.due != statement.deadline.due || row.state != changed.state
        if isMoved {
            changed.version += 1
            changed.knownAt = now
            changed.lastStep = nil
            changed.isArchive = statement.isArchive
            let cancelled = try cancelAlerts(of: row, reason: "the date changed")
            changed.change =
                changed.state == statement.deadline.state
                ? try change(of: row, to: statement, cancelled: cancelled) : nil
            changed.changeStep = nil
            audit("deadline.moved", "deadline/\(row.id)", Self.move(from: row.deadline.due, to: statement.deadline.due))
        }
        try writeDeadline(changed)
    }

    private static func move(from old: CivilDate?, to new: CivilDate?) -> String {
        "\(old?.description ?? "no date") → \(new?.description ?? "no date")"
    }

    /// Sets aside a deadline that no document states any more.
    func supersede(_ row: DeadlineRow) throws {
        guard row.state == .open || row.state == .scheduled else { return }
        var changed = row
        changed.state = .superseded
        changed.version += 1
        changed.change = nil
        try cancelAlerts(of: row, reason: "no document states the deadline any more")
        audit("deadline.superseded", "deadline/\(row.id)", row.deadline.what)
        try writeDeadline(changed)
    }

    private func writeDeadline(_ row: DeadlineRow) throws {
        let next = planner.next(
            for: row.current, knownAt: row.knownAt, isArchive: row.isArchive, tellsChange: row.change != nil,
            last: row.lastStep, now: now)
        try sql.execute(
            """
            UPDATE deadlines SET act = ?, state = ?, due = ?, direction = ?, version = ?, source = ?, source_rank = ?,
                source_accepted_at = ?, archive = ?, known_at = ?, last_step = ?, next_step = ?, next_at = ?, detail = ?,
                change = ?, former_due = ?, change_step = ?
            WHERE id = ?
            """,
            [
                .init(row.act), .text(row.state.rawValue), .init(row.deadline.due),
                .text(row.deadline.direction.rawValue),
                .integer(row.version), .init(row.precedence.document), .integer(row.precedence.rank),
                .integer(row.precedence.acceptedAt),
                .init(row.isArchive), .init(row.knownAt), .init(row.lastStep?.key), .init(next?.step.key),
                .init(next?.sendAt), .text(row.deadline.jsonText), .init(row.change?.key),
                .init(row.change?.formerDue), .init(row.changeStep?.key), .init(row.id),
            ])
    }

    /// Takes back the alerts of a deadline's former version that have not left; one that is being sent has left.
    /// Answers their steps.
    @discardableResult
    private func cancelAlerts(of row: DeadlineRow, reason: String) throws -> Set<String> {
        let subject = SQLValue.text(AlertSubject.deadline(row.id).key)
        let steps = try sql.query(
            "SELECT step FROM alerts WHERE kind = 'reminder' AND subject = ? AND state = 'pending'", [subject]
        ) { try $0.text(0) }
        guard !steps.isEmpty else { return [] }
        try sql.execute(
            """
            UPDATE alerts SET state = 'cancelled', wake_at = NULL, finished_at = ?, reply = ?
            WHERE kind = 'reminder' AND subject = ? AND state = 'pending'
            """, [.init(now), .text(reason), subject])
        return Set(steps)
    }
}

extension DeadlineRow {
    static let query = """
        SELECT id, scope_key, state, version, source, source_rank, source_accepted_at, archive, known_at, last_step, detail,
            change, former_due, change_step, scope, act
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
        changeStep = try row.optionalText(13).flatMap(ReminderStep.init(key:))
    }
}
