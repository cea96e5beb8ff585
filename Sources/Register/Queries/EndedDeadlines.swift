import Deadlines
import Storage

extension Register {
    /// The deadlines that a person ended between the last mail to a recipient and another that is composed at a moment, and of
    /// which the recipient was told: that mail takes them out of his calendar. For one moment always the same.
    ///
    /// - Parameter limit: the most deadlines.
    public func endedDeadlines(
        toldTo recipient: String, before moment: UTCInstant, limit: Int
    ) throws
        -> [RegisteredDeadline]
    {
        let ended = try database.read { sql in
            let last = try sql.first(
                """
                SELECT composed_at FROM alerts WHERE recipient = ? AND state = 'sent' AND finished_at < ?
                ORDER BY finished_at DESC LIMIT 1
                """, [.text(recipient), .init(moment)]
            ) { try $0.optionalInstant(0) }
            guard let last, let last else { return [DeadlineID]() }
            return try sql.query(
                """
                SELECT id FROM deadlines
                WHERE handled_at > ? AND handled_at <= ? AND handled = 'done' AND state || '' = 'closed'
                ORDER BY handled_at, id
                """, [.init(last), .init(moment)]
            ) { DeadlineID(try $0.integer(0)) }
        }
        var told: [RegisteredDeadline] = []
        for id in ended where told.count < limit {
            guard try recipients(toldOf: id).contains(recipient), let deadline = try? deadline(id) else { continue }
            told.append(deadline)
        }
        return told
    }
}
