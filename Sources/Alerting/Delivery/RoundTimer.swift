import Deadlines

/// When the next round of alerts is made.
///
/// The wall clock says what is due, and may step back or forward at any moment; a wait is counted on the monotonic clock and
/// is short, after which the wall clock is asked again. So a step of the clock delays no mail by more than `longestWait`.
public struct RoundTimer: Sendable {
    /// How long until the register is looked at even when nothing is known to be due: the clock may have been set, and
    /// another process may have left something.
    public static let longestWait = 30

    private var due: ContinuousClock.Instant

    /// A timer whose first round is due at once.
    public init(now: ContinuousClock.Instant) { due = now }

    /// Whether the next round is to be made.
    public func isDue(at now: ContinuousClock.Instant) -> Bool { due <= now }

    /// Waits until the wall clock shows `wake`, as far as one can tell now; nil for the longest wait.
    public mutating func wait(until wake: UTCInstant?, wallClock: UTCInstant, now: ContinuousClock.Instant) {
        let seconds = wake.map { $0.secondsSince1970 - wallClock.secondsSince1970 } ?? Self.longestWait
        wait(seconds: seconds, now: now)
    }

    /// Waits so many seconds, at most `longestWait`.
    public mutating func wait(seconds: Int, now: ContinuousClock.Instant) {
        due = now + .seconds(min(max(0, seconds), Self.longestWait))
    }
}
