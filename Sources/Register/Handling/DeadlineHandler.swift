import Deadlines
import Deliberations
import GreffierProtocol
import Storage

/// Does one act of a person in one transaction.
struct DeadlineHandler {
    let writer: DeadlineWriter
    /// What documents say of deadlines, word for word.
    let stated: StatedDeadlines
    var numbers: RowNumbers

    var now: UTCInstant { writer.now }
    var today: CivilDate { ParisTime.civil(at: writer.now).date }

    mutating func perform(_ act: DeadlineAct, on id: DeadlineID, by person: String, note: String?) throws {
        let found = try writer.sql.readFirst(DeadlineRow.query + " WHERE d.id = ?", [.init(id)]) { try DeadlineRow($0) }
        guard var row = found else { throw RegisterError.unknownDeadline(id) }
        let (former, formerHandling) = (row.due, row.handling)
        let handling = DeadlineHandling(
            act: act.name, person: BoundedText(person).text, at: now.secondsSince1970,
            note: note.map { BoundedText($0).text })
        switch act {
        case .done: try close(&row)
        case .reopen: try reopen(&row)
        case .snooze(let day): try snooze(&row, until: day)
        case .start(let day, let isSession):
            try start(row, on: day, session: isSession, as: handling)
            return try numbers.save(to: writer.sql)
        case .setDate(let day, let how): try setDate(&row, EnteredDate(due: day, how: how))
        case .assign(let assignee): row.assignee = BoundedText(assignee).text
        }
        // Who ended it stays known when somebody only takes care of it afterwards.
        if act == .done || row.isRunning { row.handling = handling }
        try writer.write(row)
        try audit(act, of: row, by: handling, former: former)
        try settleBackstops(of: row, after: act, handled: formerHandling)
        try numbers.save(to: writer.sql)
    }

    /// What stands behind a deadline ends with it, runs again with it, and sleeps until it is overdue.
    private mutating func settleBackstops(
        of front: DeadlineRow, after act: DeadlineAct, handled former: DeadlineHandling?
    ) throws {
        for var row in try writer.backstops(of: front) {
            let state = row.state
            if act == .reopen, row.state == .closed, let former, row.handling == former {
                row.state = row.due == nil ? .open : .scheduled
                row.version += 1
                row.handling = front.handling
            }
            let changed = try writer.following(front, row)
            if let handling = front.handling, (changed ?? row).state != state {
                try audit(act, of: row, by: handling, former: row.due)
            }
            try writer.write(changed ?? row)
        }
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
        if try startRule(of: row)?.counting == .fulfilled { row.entered = nil }
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
        guard row.isRunning else { throw refusal(row, "it does not run: it is \(row.state.rawValue)") }
        try enter(date, into: &row)
    }

    /// Gives a running deadline a date that a person entered; its reminders start anew.
    func enter(_ date: EnteredDate, into row: inout DeadlineRow) throws {
        let former = row.due
        row.entered = date
        row.state = .scheduled
        row.snoozedUntil = nil
        try restart(&row, reason: "the date was entered")
        row.change = Self.change(row.change, from: former, to: date.due)
        // A date that is past when it becomes known has no reminder of its own: it is told as a change.
        if former == nil, row.change == nil, date.due < today { row.change = .moved(from: nil) }
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
    func restart(_ row: inout DeadlineRow, reason: String) throws {
        if let step = row.changeStep, try writer.isTold(step, of: row) { row.change = nil }
        if let last = row.lastStep, try writer.isOnItsWay(last, of: row) { row.lastStep = nil }
        try writer.cancelAlerts(of: row.id, reason: reason)
        (row.changeStep, row.changeMail) = (nil, nil)
        row.version += 1
    }

    private func refusal(_ row: DeadlineRow, _ reason: String) -> RegisterError {
        .refusedAct(deadline: row.id, reason: reason)
    }

    mutating func audit(
        _ act: DeadlineAct, of row: DeadlineRow, by handling: DeadlineHandling, former: CivilDate?
    ) throws {
        let what: String? =
            switch act {
            case .done, .reopen: nil
            case .snooze(let day): "until \(day)"
            case .start, .setDate:
                "\(former?.description ?? "no date") → \(row.due?.description ?? "") (\(row.entered?.how ?? ""))"
            case .assign: "to \(row.assignee ?? "")"
            }
        try writer.sql.execute(
            "INSERT INTO audit (id, at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .integer(numbers.next(.audit)), .init(now), .text(handling.person),
                .text("deadline.\(act.name)"), .text(AlertSubject.deadline(row.id).key),
                .text([what, handling.note].compactMap { $0 }.joined(separator: ": ")),
            ])
    }
}
