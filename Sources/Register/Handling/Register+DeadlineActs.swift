import Deadlines
import Deliberations
import GreffierProtocol
import Storage

extension Register {
    /// Does what a person asks with a deadline, and enters it into the audit trail.
    ///
    /// - Parameters:
    ///   - person: who asks.
    ///   - note: why, or with what proof.
    /// - Returns: the deadline as it is then.
    /// - Throws: `RegisterError.unknownDeadline`, `.refusedAct`, `.readOnly`; `StorageError`.
    @discardableResult
    public func perform(
        _ act: DeadlineAct, on id: DeadlineID, by person: String, note: String? = nil, now: UTCInstant
    ) throws -> RegisteredDeadline {
        try perform(act, on: id, by: person, note: note, answering: nil, now: now).deadline
    }

    /// Does what a person asks by mail, once: a mail that comes again changes nothing.
    ///
    /// - Parameter mail: the mail's Message-ID, if it has one.
    /// - Returns: the deadline as it is then, and whether the mail came for the first time.
    /// - Throws: as `perform`.
    public func perform(
        _ act: DeadlineAct, on id: DeadlineID, by person: String, note: String?, answering mail: String?,
        now: UTCInstant
    ) throws -> (deadline: RegisteredDeadline, isFirst: Bool) {
        guard !isReadOnly else { throw RegisterError.readOnly }
        let isFirst = try database.write { sql in
            guard try AnsweredMails(sql: sql).note(mail, on: id, now: now) else { return false }
            var handler = DeadlineHandler(
                writer: DeadlineWriter(sql: sql, planner: planner, now: now), numbers: try RowNumbers(sql))
            try handler.perform(act, on: id, by: person, note: note)
            return true
        }
        guard let deadline = try deadline(id) else { throw RegisterError.unknownDeadline(id) }
        return (deadline, isFirst)
    }
}

/// Does one act of a person in one transaction.
private struct DeadlineHandler {
    let writer: DeadlineWriter
    var numbers: RowNumbers

    private var now: UTCInstant { writer.now }
    private var today: CivilDate { ParisTime.civil(at: writer.now).date }

    mutating func perform(_ act: DeadlineAct, on id: DeadlineID, by person: String, note: String?) throws {
        let found = try writer.sql.first(DeadlineRow.query + " WHERE d.id = ?", [.init(id)]) { try DeadlineRow($0) }
        guard var row = found else { throw RegisterError.unknownDeadline(id) }
        let former = row.due
        switch act {
        case .done: try close(&row)
        case .reopen: try reopen(&row)
        case .snooze(let day): try snooze(&row, until: day)
        case .setDate(let day, let how): try setDate(&row, EnteredDate(due: day, how: how))
        case .assign(let assignee): row.assignee = BoundedText(assignee).text
        }
        row.handling = DeadlineHandling(
            act: act.name, person: BoundedText(person).text, at: now.secondsSince1970,
            note: note.map { BoundedText($0).text })
        try writer.write(row)
        try audit(act, of: row, former: former)
    }

    private func close(_ row: inout DeadlineRow) throws {
        guard row.isRunning else { throw refusal(row, "it does not run: it is \(row.state.rawValue)") }
        row.state = .closed
        row.snoozedUntil = nil
        try restart(&row, reason: "done")
    }

    private func reopen(_ row: inout DeadlineRow) throws {
        guard [.closed, .cancelled].contains(row.state) else {
            throw refusal(row, "it is not closed: it is \(row.state.rawValue)")
        }
        guard row.isStated else { throw refusal(row, "no document states it any more") }
        row.state = row.due == nil ? .open : .scheduled
        row.version += 1
    }

    private func snooze(_ row: inout DeadlineRow, until day: CivilDate) throws {
        guard row.isRunning else { throw refusal(row, "it does not run: it is \(row.state.rawValue)") }
        guard day > today else { throw refusal(row, "\(day) is not after today, \(today)") }
        row.snoozedUntil = day
        try restart(&row, reason: "snoozed until \(day)")
        row.lastStep = nil
    }

    private func setDate(_ row: inout DeadlineRow, _ date: EnteredDate) throws {
        guard row.isRunning, row.terms.due == nil || row.entered != nil else {
            let state = row.isRunning ? "a document gives its date" : "it is \(row.state.rawValue)"
            throw refusal(row, state + "; only a deadline whose start is unknown takes one")
        }
        let former = row.entered?.due
        row.entered = date
        row.state = .scheduled
        row.snoozedUntil = nil
        try restart(&row, reason: "the date was entered")
        row.change = Self.change(row.change, from: former, to: date.due)
        row.knownAt = now
        row.lastStep = nil
        row.isArchive = false
    }

    /// What is to be told of an entered date: what was to be told before it, else that another had been entered.
    private static func change(
        _ untold: DeadlineChange?, from former: CivilDate?, to due: CivilDate
    ) -> DeadlineChange? {
        if let untold { return untold == .moved(from: due) ? nil : untold }
        return former.flatMap { $0 == due ? nil : .moved(from: $0) }
    }

    /// Takes back what has not left: it leaves when the deadline goes on. A change that it would have told is still to be
    /// told, another is not told again.
    private func restart(_ row: inout DeadlineRow, reason: String) throws {
        if let step = row.changeStep, try writer.isTold(step, of: row) { row.change = nil }
        if let last = row.lastStep, try writer.isOnItsWay(last, of: row) { row.lastStep = nil }
        try writer.cancelAlerts(of: row.id, reason: reason)
        (row.changeStep, row.changeMail) = (nil, nil)
        row.version += 1
    }

    private func refusal(_ row: DeadlineRow, _ reason: String) -> RegisterError {
        .refusedAct(deadline: row.id, reason: reason)
    }

    private mutating func audit(_ act: DeadlineAct, of row: DeadlineRow, former: CivilDate?) throws {
        let what: String? =
            switch act {
            case .done, .reopen: nil
            case .snooze(let day): "until \(day)"
            case .setDate(let day, let how): "\(former?.description ?? "no date") → \(day) (\(how))"
            case .assign: "to \(row.assignee ?? "")"
            }
        try writer.sql.execute(
            "INSERT INTO audit (id, at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .integer(numbers.next(.audit)), .init(now), .text(row.handling?.person ?? ""),
                .text("deadline.\(act.name)"), .text(AlertSubject.deadline(row.id).key),
                .text([what, row.handling?.note].compactMap { $0 }.joined(separator: ": ")),
            ])
        try numbers.save(to: writer.sql)
    }
}
