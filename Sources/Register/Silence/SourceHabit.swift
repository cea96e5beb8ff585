import Deadlines
import Deliberations
import Storage

/// How often a source sends documents, learned from its own days: what it never did before is silence.
public struct SourceHabit: Hashable, Sendable {
    /// The longest pause between two days with documents, in days.
    public let longestPause: Int
    /// The last day with documents.
    public let lastDay: CivilDate

    /// So many days with documents make a habit; before, nothing is said of a source.
    public static let leastDays = 6
    /// Whatever its habit, a source is not called silent before so many days, nor later than the latter.
    public static let bounds = 4...92
    /// What was longer ago is no habit any more, in days.
    static let memory = 400

    /// The habit of a source that sent documents on `days`, in any order; nil when it has not sent often enough.
    public init?(days: [CivilDate]) {
        let days = Set(days).sorted()
        guard days.count >= Self.leastDays, let last = days.last else { return nil }
        longestPause = zip(days, days.dropFirst()).map { $1 - $0 }.max() ?? 0
        lastDay = last
    }

    /// How many days without a document are silence: half as much again as the longest pause, within the bounds.
    public var tolerance: Int {
        min(max(longestPause + (longestPause + 1) / 2, Self.bounds.lowerBound), Self.bounds.upperBound)
    }

    /// Whether it is silent on `today`. A clock that went back makes nobody silent.
    public func isSilent(on today: CivilDate) -> Bool { today - lastDay > tolerance }
}

extension Register {
    /// The habits of the sources that have one. Archives are no habit.
    public func sourceHabits(now: UTCInstant) throws -> [String: SourceHabit] {
        let today = ParisTime.civil(at: now).date
        let since = now + -SourceHabit.memory * 86_400
        let rows = try database.read { sql in
            try sql.query(
                """
                SELECT source, (accepted_at + 3600) / 86400 FROM documents
                WHERE archive = 0 AND accepted_at >= ? GROUP BY source, (accepted_at + 3600) / 86400
                """, [.init(since)]
            ) { (source: try $0.text(0), day: CivilDate(daysSince1970: try $0.count(1))) }
        }
        let days = Dictionary(grouping: rows.filter { $0.day <= today }, by: \.source)
        return days.compactMapValues { SourceHabit(days: $0.map(\.day)) }
    }
}
