import Deadlines
import Deliberations
import Storage

extension Register {
    /// The mail that comes every week.
    private static let watch = "watch"

    /// Enters the weekly mail if its time has come: once, whoever asks and however often. The first one comes at the first
    /// planned moment after the register was first asked; of those missed in an outage, one.
    ///
    /// - Parameters:
    ///   - next: the first moment after another at which one is planned.
    ///   - recipients: who gets it.
    public func makeWatchAlerts(
        now: UTCInstant, messageHost: String, recipients: [AlertRecipient], next: (UTCInstant) -> UTCInstant
    ) throws {
        guard !isReadOnly else { throw RegisterError.readOnly }
        let planned = next(now)
        let isSettled = try scheduled(Self.watch).map { $0 > now && $0 <= planned } ?? false
        guard !isSettled else { return }
        try database.write { sql in
            let due = try sql.first("SELECT at FROM schedule WHERE name = ?", [.text(Self.watch)]) { try $0.instant(0) }
            if let due, due <= now {
                var maker = AlertMaker(
                    sql: sql, numbers: try RowNumbers(sql), register: id, messageHost: messageHost, planner: planner,
                    now: now, bodies: bodies)
                try maker.add(
                    .watch, .watch(ParisTime.civil(at: now).date), version: 0, step: "",
                    plan: AlertPlan(recipients: recipients, sendAt: now))
                try maker.finish()
            }
            // A moment that lies further ahead than the next one was entered by a clock that has been set back since.
            try sql.execute(
                "INSERT INTO schedule (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
                [.text(Self.watch), .init(planned)])
        }
    }

    /// A number that grows with everything that is registered or done.
    public func revision() throws -> Int64 {
        try database.read { sql in
            try sql.first("SELECT last FROM counters WHERE name = 'audit'") { try $0.integer(0) } ?? 0
        }
    }

    /// When something is planned next.
    func nextScheduled() throws -> UTCInstant? { try scheduled(Self.watch) }

    /// When something is planned that comes again and again.
    func scheduled(_ name: String) throws -> UTCInstant? {
        try database.read { sql in
            try sql.first("SELECT at FROM schedule WHERE name = ?", [.text(name)]) { try $0.instant(0) }
        }
    }

    /// Plans it.
    func schedule(_ name: String, at moment: UTCInstant) throws {
        try schedule([name: moment])
    }

    /// Plans several at once.
    func schedule(_ moments: [String: UTCInstant]) throws {
        try database.write { sql in
            for (name, moment) in moments.sorted(by: { $0.key < $1.key }) {
                try sql.execute(
                    "INSERT INTO schedule (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
                    [.text(name), .init(moment)])
            }
        }
    }

    /// Whether its time has come and no other program has taken it; then it is planned anew after so many seconds. A moment
    /// that lies further ahead was entered by a clock that has been set back since.
    func takeTurn(_ name: String, for seconds: Int, now: UTCInstant) throws -> Bool {
        if let planned = try scheduled(name), planned > now, planned <= now + seconds { return false }
        return try database.write { sql in
            try sql.execute(
                """
                INSERT INTO schedule (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at
                WHERE schedule.at <= ? OR schedule.at > ?
                """, [.text(name), .init(now + seconds), .init(now), .init(now + seconds)]) > 0
        }
    }
}
