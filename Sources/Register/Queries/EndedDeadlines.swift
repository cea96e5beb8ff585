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
        let stated = StatedDeadlines(bodies)
        let ended = try database.read { sql in
            let last = try sql.first(
                """
                SELECT composed_at FROM alerts WHERE recipient = ? AND state = 'sent' AND finished_at < ?
                ORDER BY finished_at DESC LIMIT 1
                """, [.text(recipient), .init(moment)]
            ) { try $0.optionalInstant(0) }
            guard let last, let last else { return [RegisteredDeadline]() }
            return try sql.query(
                RegisteredDeadline.query + """
                     WHERE d.handled_at > ? AND d.handled_at <= ? AND d.handled = 'done' AND d.state = 'closed'
                    ORDER BY d.handled_at, d.id LIMIT ?
                    """, [.init(last), .init(moment), .integer(limit)]
            ) { row in try? RegisteredDeadline(row, from: stated) }.compactMap { $0 }
        }
        return try ended.filter { try recipients(toldOf: $0.id).contains(recipient) }
    }
}
