import Deadlines
import Deliberations
import GreffierProtocol
import Storage

extension RegistrationBatch {
    /// Adds the row of a deadline that is stated for the first time.
    ///
    /// - Parameter started: the day that a person gave for the event that it waits for.
    func add(_ statement: DeadlineStatement, isFresh: Bool, started: CivilDate? = nil) throws -> DeadlineID {
        let id = DeadlineID(numbers.next(.deadline))
        let terms = statement.terms
        let change = isFresh ? nil : try change(adding: statement)
        let next = firstReminder(
            of: terms, isArchive: statement.isArchive, tellsChange: change != nil, asleepUntil: statement.asleepUntil)
        newDeadlines.add([
            .init(id), statement.scope.isAct ? .null : .text(statement.scope.key), .text(statement.key),
            .init(statement.act), .text(terms.state.rawValue), .init(terms.due), .text(terms.state.rawValue),
            .init(terms.due), .text(terms.direction.rawValue), .text(terms.reminders.rawValue), .init(terms.isStarted),
            0,
            value(of: statement.precedence.document), .text(statement.place.report), .integer(statement.place.position),
            .init(statement.isArchive), .init(now), .init(next?.step.key), .init(next?.sendAt), .init(change?.key),
            .init(terms.backstopOf), .init(statement.asleepUntil),
        ])
        if let started { try start(id, by: statement, on: started) }
        if terms.state == .closed { auditFulfilment(of: id, by: statement) }
        return id
    }

    /// Gives a new row the date that follows from an event whose day is known.
    private func start(_ id: DeadlineID, by statement: DeadlineStatement, on day: CivilDate) throws {
        guard let rule = statement.startRule,
            let entered = EnteredDate(rule, from: day, addedHolidays: planner.calendar.addedHolidays)
        else { return }
        try newDeadlines.flush(to: sql)
        let found = try sql.readFirst(DeadlineRow.query + " WHERE d.id = ?", [.init(id)]) { try DeadlineRow($0) }
        guard var row = found else { return }
        row.entered = entered
        row.state = rule.counting == .fulfilled ? .closed : .scheduled
        audit("deadline.started", "deadline/\(id)", "\(entered.due) (\(entered.how))")
        try writer.write(row)
    }

    /// The columns of a new row.
    static let deadlineColumns = [
        "id", "scope", "scope_key", "act", "state", "due", "stated_state", "stated_due", "direction", "reminders",
        "started",
        "version", "source", "report", "position", "archive", "known_at", "next_step", "next_at", "change",
        "backstop_of", "asleep_until",
    ]

    /// The deadlines of a scope by their keys.
    func deadlineRows(of scope: DeadlineScope) throws -> [String: DeadlineRow] {
        if let rows = sharedRows[scope] { return rows }
        try newDeadlines.flush(to: sql)
        let (condition, value): (String, SQLValue) =
            if case .act(let act) = scope {
                (" WHERE d.act = ? AND d.scope IS NULL", .init(act))
            } else {
                (" WHERE d.scope = ?", .text(scope.key))
            }
        let found = try sql.readAll(DeadlineRow.query + condition, [value]) { try DeadlineRow($0) }
        let rows = Dictionary(found.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        if !scope.isAct { sharedRows[scope] = rows }
        return rows
    }

    /// Keeps what became of a row: one of an act at once, one that many documents state when they are through.
    func store(_ row: DeadlineRow) throws {
        if !row.scope.isAct, sharedRows[row.scope] != nil {
            sharedRows[row.scope]?[row.key] = row
            changedRows[row.id] = row
        } else {
            try writer.write(row)
        }
    }

    /// Writes everything about deadlines that waits.
    func flushDeadlines() throws {
        try newDeadlines.flush(to: sql)
        try newStatements.flush(to: sql)
        for row in changedRows.values.sorted(by: { $0.id < $1.id }) { try writer.write(row) }
        changedRows.removeAll()
        sharedRows.removeAll()
    }

    /// Makes a row say what a statement says. What a person closed or cancelled stays so; a new date raises the version,
    /// starts the reminders anew and takes back those that were on their way.
    ///
    /// - Parameters:
    ///   - isRetracted: whether the document that stated it best until now does not any more.
    ///   - started: the day that a person gave for the event that it waits for.
    func update(
        _ row: DeadlineRow, by statement: DeadlineStatement, isRetracted: Bool = false, started: CivilDate? = nil
    ) throws {
        var changed = row
        changed.act = isRetracted ? statement.act : try act(of: row, statedBy: statement)
        changed.terms = statement.terms
        changed.place = statement.place
        changed.precedence = statement.precedence
        changed.entered = entered(row, by: statement, started: started)
        changed.state = Self.state(of: row, entered: changed.entered, by: statement)
        let isMoved = row.due != changed.due || row.state != changed.state
        auditDiscrepancy(of: changed, formerly: row.terms.due)
        if isMoved {
            changed.version += 1
            changed.knownAt = now
            changed.lastStep = nil
            changed.isArchive = statement.isArchive
            changed.change = try changed.state == .closed ? nil : change(of: row, to: changed)
            (changed.changeStep, changed.changeMail) = (nil, nil)
            // Nobody would be reminded of the new date in time.
            if let until = changed.snoozedUntil, let due = changed.due, until > due { changed.snoozedUntil = nil }
            let isFulfilled = changed.state == .closed && statement.terms.state == .closed
            try writer.cancelAlerts(of: row.id, reason: isFulfilled ? "a document fulfils it" : "the date changed")
            if isFulfilled {
                changed.handling = .fulfilled(by: statement.precedence.document, at: now)
                auditFulfilment(of: row.id, by: statement)
            } else {
                if row.isFulfilled { changed.handling = nil }
                audit("deadline.moved", "deadline/\(row.id)", Self.move(from: row.due, to: changed.due))
            }
        }
        try store(changed)
    }

    /// What a row becomes. What a person closed or cancelled stays so; what a document closed runs again where no document does
    /// so any more; what a person says is not done although a document does it, is not.
    private static func state(
        of row: DeadlineRow, entered: EnteredDate?, by statement: DeadlineStatement
    ) -> Deadline.State {
        switch row.state {
        case .closed where !row.isFulfilled, .cancelled: return row.state
        default: break
        }
        if statement.terms.state == .closed {
            return row.isRunning && row.terms.state == .closed ? row.state : .closed
        }
        guard entered != nil else { return statement.terms.state }
        return row.entered == nil && statement.startRule?.counting == .fulfilled ? .closed : .scheduled
    }

    private func auditFulfilment(of id: DeadlineID, by statement: DeadlineStatement) {
        audit("deadline.fulfilled", "deadline/\(id)", "by document \(statement.precedence.document)")
    }

    /// The date that a person entered, by the rule that holds now; where another deadline of the scope was started, by the
    /// same day.
    private func entered(_ row: DeadlineRow, by statement: DeadlineStatement, started: CivilDate?) -> EnteredDate? {
        let holidays = planner.calendar.addedHolidays
        if let entered = row.entered { return entered.recomputed(by: statement.startRule, addedHolidays: holidays) }
        guard row.state == .open || row.state == .superseded, let started, let rule = statement.startRule else {
            return nil
        }
        return EnteredDate(rule, from: started, addedHolidays: holidays)
    }

    /// The act by which people find a deadline. That of a session's duty is the one whose mail tells it, for as long as it
    /// is stated: else every further document of the session would tell it again. What only archives knew goes over to
    /// the first act that is told of.
    private func act(of row: DeadlineRow, statedBy statement: DeadlineStatement) throws -> ActID {
        guard !statement.scope.isAct, row.act != statement.act, try isLive(row.act) else { return statement.act }
        if statement.isArchive { return row.act }
        return try news(of: row.act) == .never ? statement.act : row.act
    }

    /// Of a date that a person entered and another that a document says, the person's holds.
    private func auditDiscrepancy(of row: DeadlineRow, formerly former: CivilDate?) {
        guard let entered = row.entered, let stated = row.terms.due, stated != entered.due, stated != former else {
            return
        }
        audit("deadline.discrepancy", "deadline/\(row.id)", "entered \(entered.due), a document says \(stated)")
    }

    private static func move(from old: CivilDate?, to new: CivilDate?) -> String {
        "\(old?.description ?? "no date") → \(new?.description ?? "no date")"
    }

    /// Sets aside a deadline that no document states any more; one that a person closed is closed all the same, and not
    /// to be reopened.
    func supersede(_ row: DeadlineRow) throws {
        guard row.isStated else { return }
        var changed = row
        changed.terms.state = .superseded
        changed.change = nil
        if row.isRunning {
            try noteWithdrawal(of: row)
            changed.state = .superseded
            changed.version += 1
            try writer.cancelAlerts(of: row.id, reason: "no document states the deadline any more")
        }
        audit("deadline.superseded", "deadline/\(row.id)", row.key)
        try store(changed)
    }
}
