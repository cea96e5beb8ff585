import Deadlines

/// What one round of alerts did.
public struct AlertRound: Hashable, Sendable {
    /// Mails that the mail server answers for.
    public var sent = 0
    /// Mails that will be tried again.
    public var delayed = 0
    /// Mails that may have arrived or not.
    public var uncertain = 0
    /// Mails that were given up: an operator must look at the ledger.
    public var failed = 0
    /// Mails that were not to be sent any more.
    public var cancelled = 0
    /// Mails whose hour has not come.
    public var postponed = 0
    /// Claims that another process had taken over.
    public var lost = 0
    /// What the mail server said when it could not be reached.
    public var serverTrouble: String?
    /// When to make the next round; nil when nothing waits. At once if it is not after the present.
    public var nextWake: UTCInstant?

    /// Nothing was done.
    public init() {}

    /// How many alerts were handled.
    public var handled: Int { sent + delayed + uncertain + failed + cancelled + postponed + lost }
}
