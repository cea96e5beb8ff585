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
    /// - Throws: `RegisterError.unknownDeadline`, `.refusedAct`, `.refusedStart`, `.readOnly`; `StorageError`.
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
                writer: DeadlineWriter(sql: sql, planner: planner, now: now), stated: StatedDeadlines(bodies),
                numbers: try RowNumbers(sql))
            try handler.perform(act, on: id, by: person, note: note)
            return true
        }
        guard let deadline = try deadline(id) else { throw RegisterError.unknownDeadline(id) }
        return (deadline, isFirst)
    }

    /// The deadlines whose date follows from the same event as that of a deadline, because a person gave its day: this one
    /// first. Only this one if nobody did.
    ///
    /// - Parameter isSession: whether to answer those of all acts of the session.
    public func startedTogether(with id: DeadlineID, session isSession: Bool = false) throws -> [RegisteredDeadline] {
        let stated = StatedDeadlines(bodies)
        let all = isSession ? "1 = 1" : "1 = 0"
        return try database.read { sql in
            let others = try sql.query(
                """
                SELECT o.id FROM deadlines d JOIN acts a ON a.id = d.act
                    JOIN acts b ON b.authority = a.authority AND b.session_day = a.session_day AND (b.id = a.id OR \(all))
                    JOIN deadlines o ON o.act = b.id OR o.scope = d.scope
                WHERE d.id = ? AND o.id <> d.id AND o.entered_event = d.entered_event AND o.entered_start = d.entered_start
                    AND COALESCE(o.scope, '') = COALESCE(d.scope, '')
                GROUP BY o.id ORDER BY o.id
                """, [.init(id)]
            ) { DeadlineID(try $0.integer(0)) }
            return try ([id] + others).compactMap { number in
                try sql.readFirst(RegisteredDeadline.query + " WHERE d.id = ?", [.init(number)]) {
                    try RegisteredDeadline($0, from: stated)
                }
            }
        }
    }
}
