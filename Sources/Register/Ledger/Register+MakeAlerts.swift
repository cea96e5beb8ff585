import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// Something that staff are to be told now.
public enum AlertOccasion: Sendable {
    /// A document brought acts.
    case newActs(document: DocumentID)
    /// A reminder of a deadline.
    case reminder(deadline: Deadline, id: DeadlineID, reminder: Reminder)
}

/// Who is told, and when.
public struct AlertPlan: Hashable, Sendable {
    /// The addresses.
    public var recipients: [String]
    /// The first moment at which the mail may leave.
    public var sendAt: UTCInstant

    /// A plan.
    public init(recipients: [String], sendAt: UTCInstant) {
        self.recipients = recipients
        self.sendAt = sendAt
    }
}

extension Register {
    /// Enters into the ledger the alerts of what is due: announcements of documents, and reminders, whose deadlines go on
    /// to their next step. One transaction; made twice, an alert is one.
    ///
    /// - Parameters:
    ///   - limit: the most documents, and the most deadlines, that are looked at.
    ///   - messageHost: what Message-IDs end with.
    ///   - plan: who is told, and when.
    /// - Returns: how many documents and deadlines were due; as many as `limit` means that there may be more.
    @discardableResult
    public func makeDueAlerts(
        now: UTCInstant, limit: Int, messageHost: String, plan: (AlertOccasion) -> AlertPlan
    ) throws -> Int {
        guard !isReadOnly else { throw RegisterError.readOnly }
        guard let next = try nextDue(), next <= now else { return 0 }
        return try database.write { sql in
            var maker = AlertMaker(
                sql: sql, numbers: try RowNumbers(sql), register: id, messageHost: messageHost, planner: planner,
                now: now)
            let announced = try maker.announce(limit: limit, plan: plan)
            let reminded = try maker.remind(limit: limit, plan: plan)
            try maker.finish()
            return max(announced, reminded)
        }
    }

    private func nextDue() throws -> UTCInstant? {
        try database.read { sql in
            let moments = [
                try Self.earliest("announce_at", in: "documents", sql),
                try Self.earliest("next_at", in: "deadlines", sql),
            ]
            return moments.compactMap { $0 }.min()
        }
    }

    /// When something is to be done next: an announcement, a reminder, an attempt; nil when nothing waits.
    public func nextWake() throws -> UTCInstant? {
        let waiting = try database.read { sql in try Self.earliest("wake_at", in: "alerts", sql) }
        return [waiting, try nextDue()].compactMap { $0 }.min()
    }

    private static func earliest(
        _ column: StaticString, in table: StaticString, _ sql: SQLTransaction
    ) throws -> UTCInstant? {
        try sql.first("SELECT \(column) FROM \(table) WHERE \(column) IS NOT NULL ORDER BY \(column) LIMIT 1") {
            try $0.instant(0)
        }
    }
}

/// Makes alerts in one transaction.
private struct AlertMaker {
    let sql: SQLTransaction
    var numbers: RowNumbers
    let register: RegisterID
    let messageHost: String
    let planner: ReminderPlanner
    let now: UTCInstant

    mutating func announce(limit: Int, plan: (AlertOccasion) -> AlertPlan) throws -> Int {
        let due = try sql.query(
            "SELECT id, generation FROM documents WHERE announce_at <= ? ORDER BY announce_at LIMIT ?",
            [.init(now), .integer(limit)]
        ) { (document: try $0.document(0), generation: try $0.count(1)) }
        for (document, generation) in due {
            try add(
                .newActs, .document(document), version: generation, step: "",
                plan: plan(.newActs(document: document)))
            try sql.execute("UPDATE documents SET announce_at = NULL WHERE id = ?", [.init(document)])
        }
        return due.count
    }

    mutating func remind(limit: Int, plan: (AlertOccasion) -> AlertPlan) throws -> Int {
        let due = try sql.query(
            DeadlineRow.query + " WHERE next_at <= ? ORDER BY next_at LIMIT ?", [.init(now), .integer(limit)]
        ) { try DeadlineRow($0) }
        for row in due {
            var last = row.lastStep
            var changeStep = row.changeStep
            var next = self.next(row, after: last)
            if let reminder = next, reminder.sendAt <= now {
                let occasion = AlertOccasion.reminder(deadline: row.current, id: row.id, reminder: reminder)
                try add(
                    .reminder, .deadline(row.id), version: row.version, step: reminder.step.key, plan: plan(occasion))
                last = reminder.step
                if row.change != nil { changeStep = changeStep ?? reminder.step }
                next = self.next(row, after: last)
            }
            try sql.execute(
                "UPDATE deadlines SET last_step = ?, next_step = ?, next_at = ?, change_step = ? WHERE id = ?",
                [
                    .init(last?.key), .init(next?.step.key), .init(next?.sendAt), .init(changeStep?.key), .init(row.id),
                ])
        }
        return due.count
    }

    private func next(_ row: DeadlineRow, after last: ReminderStep?) -> Reminder? {
        planner.next(for: row, after: last, now: now)
    }

    private mutating func add(
        _ kind: AlertKind, _ subject: AlertSubject, version: Int, step: String, plan: AlertPlan
    ) throws {
        for recipient in plan.recipients {
            let key = AlertKey(kind: kind, subject: subject, version: version, step: step, recipient: recipient)
            try sql.execute(
                """
                INSERT INTO alerts (id, kind, subject, version, step, recipient, state, message_id, created_at, wake_at,
                    attempts, doubts, reply)
                VALUES (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, 0, 0, '')
                ON CONFLICT (subject, kind, version, step, recipient) DO NOTHING
                """,
                [
                    .init(AlertID(numbers.next(.alert))), .text(kind.rawValue), .text(subject.key), .integer(version),
                    .text(step), .text(recipient), .text(key.messageID(register: register, host: messageHost)),
                    .init(now), .init(max(now, plan.sendAt)),
                ])
        }
    }

    func finish() throws { try numbers.save(to: sql) }
}
