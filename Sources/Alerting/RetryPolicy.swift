import Deadlines

/// When a mail that did not get through is tried again: after ever longer waits, each shortened at random so that many
/// do not come back at once, for days.
public struct RetryPolicy: Hashable, Sendable {
    /// The wait after the first attempt, in seconds.
    public var firstWait = 60
    /// The longest wait, in seconds.
    public var longestWait = 4 * 3_600
    /// How long after it was made an alert is given up, in seconds.
    public var patience = 5 * 86_400
    /// How many attempts may be in doubt before the next is not made: the recipient may have them all.
    public var doubtLimit = 2

    /// A minute, doubled up to four hours, for five days.
    public init() {}

    /// The wait after that many attempts, in seconds: between half of it and all of it.
    func wait(afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator) -> Int {
        let doublings = min(max(attempt - 1, 0), 20)
        let longest = max(2, min(longestWait, firstWait << doublings))
        return Int.random(in: longest / 2...longest, using: &generator)
    }

    /// Whether an alert is given up after an attempt.
    func isExhausted(createdAt: UTCInstant, now: UTCInstant) -> Bool {
        now.secondsSince1970 - createdAt.secondsSince1970 >= patience
    }
}
