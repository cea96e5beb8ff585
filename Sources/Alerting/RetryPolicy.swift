import Deadlines
import Register

/// When a mail that did not get through is tried again: after ever longer waits, each shortened at random so that many
/// do not come back at once, for days. Patience is spent only while the server is there and refuses for now.
public struct RetryPolicy: Hashable, Sendable {
    /// The wait after the first attempt, in seconds.
    public var firstWait = 60
    /// The longest wait, in seconds.
    public var longestWait = 4 * 3_600
    /// For how long the server may refuse an alert for now before it is given up, in seconds.
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

    /// For how long the server has refused an alert for now, in seconds, this attempt included. Between two refusals at
    /// most a day counts: longer nobody tried, and the alert is not to be lost for that.
    func refusedFor(_ refusal: AlertRefusal, now: UTCInstant) -> Int {
        guard let last = refusal.at else { return refusal.seconds }
        return refusal.seconds + min(max(0, now.secondsSince1970 - last.secondsSince1970), Self.longestGap)
    }

    private static let longestGap = 86_400
}
