import Deadlines
import Deliberations
import GreffierProtocol
import Storage

/// Makes alerts in one transaction.
struct AlertMaker {
    let sql: SQLTransaction
    var numbers: RowNumbers
    let register: RegisterID
    let messageHost: String
    let planner: ReminderPlanner
    let now: UTCInstant
    let bodies: BodyStore

    /// Announces the documents whose time has come.
    mutating func announce(limit: Int, plan: (AlertOccasion) throws -> AlertPlan) throws -> Int {
        let due = try sql.query(
            "SELECT id, generation FROM documents WHERE announce_at <= ? ORDER BY announce_at LIMIT ?",
            [.init(now), .integer(limit)]
        ) { AnnouncedDocument(id: try $0.document(0), generation: try $0.count(1)) }
        for document in due { try announce(document, plan(occasion(document))) }
        return due.count
    }

    /// Reminds of the deadlines whose next step has come.
    mutating func remind(limit: Int, plan: (AlertOccasion) throws -> AlertPlan) throws -> Int {
        let due = try sql.readAll(
            DeadlineRow.query + " WHERE d.next_at <= ? ORDER BY d.next_at LIMIT ?", [.init(now), .integer(limit)]
        ) { try DeadlineRow($0) }
        var changed: [DeadlineRow] = []
        for row in due {
            switch try news(of: row.id) {
            case .unannounced(let document): try announce(document, plan(occasion(document)))
            case .leaving(let end): try postpone(row, until: end)
            case .waiting(let document)
            where try lists(document, row, limit: plan(occasion(document)).listedDeadlines):
                try leave(row, to: document)
            case .waiting, .told:
                if isChange(row) { changed.append(row) } else { try remind(of: row, plan) }
            }
        }
        return max(due.count, try tellChanges(changed, limit: limit, plan: plan))
    }

    /// Whether it is to be told now that a deadline is new or has another date.
    private func isChange(_ row: DeadlineRow) -> Bool {
        guard row.change != nil, let reminder = next(row, after: row.lastStep) else { return false }
        return reminder.step == .changed && reminder.sendAt <= now
    }

    /// The mail about the act, which waits and lists the deadline, is its reminder.
    private mutating func leave(_ row: DeadlineRow, to document: AnnouncedDocument) throws {
        guard let reminder = next(row, after: row.lastStep), reminder.sendAt <= now else {
            return try setSteps(of: row, last: row.lastStep)
        }
        try setSteps(of: row, last: reminder.step)
        try audit(
            "reminder.announced", "deadline/\(row.id)",
            "\(reminder.step.key): the mail about document \(document.id) lists it")
    }

    /// Looks at a deadline again when it is known what the mail about its act says.
    private func postpone(_ row: DeadlineRow, until end: UTCInstant) throws {
        try sql.execute("UPDATE deadlines SET next_at = ? WHERE id = ?", [.init(end), .init(row.id)])
    }

    private mutating func remind(of row: DeadlineRow, _ plan: (AlertOccasion) throws -> AlertPlan) throws {
        guard let reminder = next(row, after: row.lastStep), reminder.sendAt <= now else {
            return try setSteps(of: row, last: row.lastStep)
        }
        let occasion = occasion(row, reminder)
        if row.change != nil { try tellChange(of: row, by: reminder.step) }
        try cancelOlderSteps(of: row, for: reminder.step)
        try add(.reminder, .deadline(row.id), version: row.version, step: reminder.step.key, plan: plan(occasion))
        try setSteps(of: row, last: reminder.step)
    }

    /// A change is told by the first reminder that leaves: by this one, unless an earlier one has.
    private func tellChange(of row: DeadlineRow, by step: ReminderStep) throws {
        let writer = DeadlineWriter(sql: sql, planner: planner, now: now)
        guard try row.changeStep.map({ try !writer.isTold($0, of: row) }) ?? true else { return }
        try sql.execute("UPDATE deadlines SET change_step = ? WHERE id = ?", [.text(step.key), .init(row.id)])
    }

    /// What an older reminder of the deadline would say is old, if it has not left by now.
    mutating func cancelOlderSteps(of row: DeadlineRow, for step: ReminderStep) throws {
        let older = try sql.query(
            """
            SELECT id FROM alerts
            WHERE subject = ? AND kind = 'reminder' AND step <> ? AND state IN ('pending', 'uncertain')
                AND wake_at IS NOT NULL
            ORDER BY id
            """, [.text(AlertSubject.deadline(row.id).key), .text(step.key)]
        ) { AlertID(try $0.integer(0)) }
        let reason = "a newer reminder, \(step.key), takes its place"
        for id in older {
            try sql.execute(
                "UPDATE alerts SET state = 'cancelled', wake_at = NULL, finished_at = ?, reply = ? WHERE id = ?",
                [.init(now), .text(reason), .init(id)])
            try audit("alert.cancelled", "alert/\(id)", reason)
        }
    }

    /// The reminder of a deadline that comes after a step.
    func next(_ row: DeadlineRow, after last: ReminderStep?) -> Reminder? {
        planner.next(for: row, after: last, now: now)
    }

    /// Enters the last step that was made, and the one that follows it.
    func setSteps(of row: DeadlineRow, last: ReminderStep?) throws {
        let next = next(row, after: last)
        try sql.execute(
            "UPDATE deadlines SET last_step = ?, next_step = ?, next_at = ? WHERE id = ?",
            [.init(last?.key), .init(next?.step.key), .init(next?.sendAt), .init(row.id)])
    }

    /// Enters an alert for each recipient, unless it is there.
    mutating func add(
        _ kind: AlertKind, _ subject: AlertSubject, version: Int, step: String, plan: AlertPlan
    ) throws {
        for recipient in plan.recipients {
            let key = AlertKey(
                kind: kind, subject: subject, version: version, step: step, recipient: recipient.address)
            try sql.execute(
                """
                INSERT INTO alerts (id, kind, subject, version, step, recipient, state, message_id, created_at, wake_at,
                    attempts, doubts, reply, route, escalation)
                VALUES (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, 0, 0, '', ?, ?)
                ON CONFLICT (subject, kind, version, step, recipient) DO NOTHING
                """,
                [
                    .init(AlertID(numbers.next(.alert))), .text(kind.rawValue), .text(subject.key), .integer(version),
                    .text(step), .text(recipient.address), .text(key.messageID(register: register, host: messageHost)),
                    .init(now), .init(max(now, plan.sendAt)), .text(recipient.route), .init(recipient.isEscalation),
                ])
        }
    }

    /// Writes a line of the audit.
    mutating func audit(_ action: String, _ subject: String, _ detail: String) throws {
        try sql.execute(
            """
            INSERT INTO audit (id, at, actor, action, subject, detail)
            VALUES (?, ?, 'greffier-notify', ?, ?, ?)
            """, [.integer(numbers.next(.audit)), .init(now), .text(action), .text(subject), .text(detail)])
    }

    func finish() throws { try numbers.save(to: sql) }
}
