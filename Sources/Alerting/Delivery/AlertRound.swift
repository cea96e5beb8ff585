import Deadlines

/// What one round of alerts did.
public struct AlertRound: Hashable, Sendable {
    /// Mails that the mail server answers for.
    public var sent = 0
    /// Mails that will be tried again.
    public var delayed = 0
    /// Mails that may have arrived or not.
    public var uncertain = 0
    /// Mails that were given up: an operator must look at the ledger (`greffier alerts list --state failed`).
    public var failed = 0
    /// Mails that were not to be sent any more.
    public var cancelled = 0
    /// Mails whose hour has not come.
    public var postponed = 0
    /// Claims that another process had taken over.
    public var lost = 0
    /// Why the mail server takes nobody's mail.
    public var serverTrouble: String?
    /// Why the calendar files cannot be written.
    public var calendarTrouble: String?
    /// One line for each mail that did not get through; no more than `mailsPerRound` and one claim.
    public var notes: [AlertNote] = []
    /// How many alerts were given up and wait for a person, of this round or earlier ones.
    public var waitingForPerson = 0
    /// When to make the next round; nil when nothing waits. At once if it is not after the present.
    public var nextWake: UTCInstant?

    /// Nothing was done.
    public init() {}

    /// How many alerts were handled.
    public var handled: Int { sent + delayed + uncertain + failed + cancelled + postponed + lost }
}
