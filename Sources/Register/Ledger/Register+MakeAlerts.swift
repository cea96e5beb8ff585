import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

extension Register {
    /// Enters into the ledger the alerts of what is due: announcements of documents, and reminders, whose deadlines go on
    /// to their next step; older steps that still wait are cancelled. One transaction; made twice, an alert is one.
    ///
    /// - Parameters:
    ///   - limit: the most documents, and the most deadlines, that are looked at.
    ///   - messageHost: what Message-IDs end with.
    ///   - plan: who is told, and when; what it throws ends the transaction.
    /// - Returns: how many documents and deadlines were due; as many as `limit` means that there may be more.
    @discardableResult
    public func makeDueAlerts(
        now: UTCInstant, limit: Int, messageHost: String, plan: (AlertOccasion) throws -> AlertPlan
    ) throws -> Int {
        guard !isReadOnly else { throw RegisterError.readOnly }
        guard let next = try nextDue(), next <= now else { return 0 }
        return try database.write { sql in
            var maker = AlertMaker(
                sql: sql, numbers: try RowNumbers(sql), register: id, messageHost: messageHost, planner: planner,
                now: now, bodies: bodies)
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
                try Self.earliest("announce_at", in: "findings", sql),
                try Self.earliest("announce_at", in: "notices", sql),
            ]
            return moments.compactMap { $0 }.min()
        }
    }

    /// When something is to be done next: an announcement, a reminder, an attempt; nil when nothing waits.
    public func nextWake() throws -> UTCInstant? {
        let waiting = try database.read { sql in try Self.earliest("wake_at", in: "alerts", sql) }
        return [waiting, try nextDue(), try nextScheduled()].compactMap { $0 }.min()
    }

    private static func earliest(
        _ column: StaticString, in table: StaticString, _ sql: SQLTransaction
    ) throws -> UTCInstant? {
        try sql.first("SELECT \(column) FROM \(table) WHERE \(column) IS NOT NULL ORDER BY \(column) LIMIT 1") {
            try $0.instant(0)
        }
    }
}
