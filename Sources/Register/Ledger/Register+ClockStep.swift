import Deadlines
import Storage

/// The latest moments at which alerts can have been put off to by a clock that shows the present one.
public struct AlertHorizon: Hashable, Sendable {
    /// The end of a claim that is made now.
    public var claim: UTCInstant
    /// The latest that an attempt is put off to.
    public var attempt: UTCInstant
    /// The latest that a digest is put off to.
    public var digest: UTCInstant

    /// How long a weekly digest may wait, in seconds: a week, and the days off after it.
    private static let longestDigest = 14 * 86_400

    /// A horizon.
    public init(claim: UTCInstant, attempt: UTCInstant) {
        self.claim = claim
        self.attempt = attempt
        digest = attempt + Self.longestDigest
    }
}

extension Register {
    /// Wakes what a clock put off that was ahead and has been set back: else it would sleep for as long as the clock was
    /// ahead. What lies beyond the horizon can have come from no other clock.
    ///
    /// - Returns: whether there was any.
    @discardableResult
    public func wakeAfterClockStep(now: UTCInstant, horizon: AlertHorizon) throws -> Bool {
        guard !isReadOnly else { throw RegisterError.readOnly }
        let isAnythingFar = try database.read { sql in
            try sql.first(
                """
                SELECT 1 WHERE EXISTS (SELECT 1 FROM alerts WHERE wake_at > ? AND state = 'claimed')
                    OR EXISTS (SELECT 1 FROM alerts WHERE wake_at > ? AND state IN ('pending', 'uncertain')
                        AND (kind <> 'digest' OR wake_at > ?))
                    OR EXISTS (SELECT 1 FROM documents WHERE announce_at > ?)
                    OR EXISTS (SELECT 1 FROM findings WHERE announce_at > ?)
                    OR EXISTS (SELECT 1 FROM notices WHERE announce_at > ?)
                """,
                [
                    .init(horizon.claim), .init(horizon.attempt), .init(horizon.digest), .init(now), .init(now),
                    .init(now),
                ]
            ) { _ in true } ?? false
        }
        guard isAnythingFar else { return false }
        return try database.write { sql in
            let woken = try [
                sql.execute(
                    "UPDATE alerts SET wake_at = ? WHERE wake_at > ? AND state = 'claimed'",
                    [.init(horizon.claim), .init(horizon.claim)]),
                sql.execute(
                    """
                    UPDATE alerts SET wake_at = ? WHERE wake_at > ? AND state IN ('pending', 'uncertain')
                        AND (kind <> 'digest' OR wake_at > ?)
                    """, [.init(now), .init(horizon.attempt), .init(horizon.digest)]),
                sql.execute("UPDATE documents SET announce_at = ? WHERE announce_at > ?", [.init(now), .init(now)]),
                sql.execute("UPDATE findings SET announce_at = ? WHERE announce_at > ?", [.init(now), .init(now)]),
                sql.execute("UPDATE notices SET announce_at = ? WHERE announce_at > ?", [.init(now), .init(now)]),
            ]
            return woken.contains { $0 > 0 }
        }
    }
}
