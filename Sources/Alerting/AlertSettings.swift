import Deadlines
import Deliberations
import Mail

/// To whom alerts go, from whom, and when.
public struct AlertSettings: Sendable {
    /// The catch-all route: every alert goes to each of them, in a transaction of its own. Never empty.
    public let recipients: [EmailAddress]
    /// The author that recipients see.
    public let from: EmailAddress
    /// Where answers go, if not to `from`.
    public var replyTo: EmailAddress?
    /// Where bounces go: to `from` unless set.
    public var bounces: EmailAddress
    /// The stream of messages, by which staff sort them.
    public var list: ListIdentifier?
    /// Whom readers may ask: the last line of each mail.
    public var contact: String?
    /// Where staff answer by mail, if they can.
    public var answers: AnswerDesk?
    /// When mails may leave.
    public var hours = AlertHours()
    /// When an attempt is made again.
    public var retries = RetryPolicy()
    /// The most mails of one round.
    public var mailsPerRound = 64
    /// How long a claimed batch belongs to this process, in seconds: longer than the batch can take.
    public var claimSeconds = 600
    /// How many alerts are claimed at a time.
    public var claimSize = 8

    /// Settings with the defaults.
    /// - Throws: `AlertingError.noRecipients`, `.duplicateRecipient`.
    public init(recipients: [EmailAddress], from: EmailAddress) throws(AlertingError) {
        guard !recipients.isEmpty else { throw .noRecipients }
        var seen: Set<String> = []
        for recipient in recipients where !seen.insert(recipient.address.lowercased()).inserted {
            throw .duplicateRecipient(recipient.address)
        }
        self.recipients = recipients
        self.from = from
        bounces = from
    }

    /// What Message-IDs and calendar identities end with.
    var messageHost: String { from.domain }
}
