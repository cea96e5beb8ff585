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
        if ![.closed, .cancelled].contains(row.state) {
            changed.state = row.entered == nil ? statement.deadline.state : .scheduled
        }
        let isMoved = row.current.due != changed.current.due || row.state != changed.state
        auditDiscrepancy(of: changed, formerly: row.deadline.due)
        if isMoved {
            changed.version += 1
            changed.knownAt = now
            changed.lastStep = nil
            changed.isArchive = statement.isArchive
            let cancelled = try writer.cancelAlerts(of: row.id, reason: "the date changed")
            changed.change =
                changed.isRunning
                ? try change(of: row, to: statement, cancelled: cancelled) : nil
            changed.changeStep = nil
            audit("deadline.moved", "deadline/\(row.id)", Self.move(from: row.current.due, to: changed.current.due))
        }
        try writer.write(changed)
    }

    /// Of a date that a person entered and another that a document says, the person's holds.
    private func auditDiscrepancy(of row: DeadlineRow, formerly former: CivilDate?) {
        guard let entered = row.entered, let stated = row.deadline.due, stated != entered.due, stated != former else {
            return
        }
        audit("deadline.discrepancy", "deadline/\(row.id)", "entered \(entered.due), a document says \(stated)")
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
        try writer.cancelAlerts(of: row.id, reason: "no document states the deadline any more")
        audit("deadline.superseded", "deadline/\(row.id)", row.deadline.what)
        try writer.write(changed)
    }
}
