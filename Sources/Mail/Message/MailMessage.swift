/// Whether a program wrote the message (RFC 3834 section 5): holiday answers are not sent to `generated` ones.
public enum AutoSubmitted: String, Sendable {
    /// Written by a program on its own: alerts, reminders, digests.
    case generated = "auto-generated"
    /// Written by a program in answer to a message.
    case replied = "auto-replied"
    /// Written by a person.
    case byHand = "no"
}

/// One message to one recipient, complete: encoding it twice gives the same bytes.
///
/// Every part is a type that cannot hold a line break in a header, so that no content can add one.
public struct MailMessage: Sendable {
    /// The author shown to the recipient.
    public var from: EmailAddress
    /// Where answers go, if not to `from`.
    public var replyTo: EmailAddress?
    /// The only recipient.
    public var to: EmailAddress
    /// The subject line.
    public var subject: HeaderText
    /// The Date header: of the first sending, kept for a resend.
    public var date: Instant
    /// The same for a resend, different for every recipient.
    public var messageID: MessageID
    /// The message this one continues.
    public var inReplyTo: MessageID?
    /// The thread so far, oldest first; the last 20 are written.
    public var references: [MessageID]
    /// The stream of messages it belongs to.
    public var listID: ListIdentifier?
    /// Whether a program wrote it.
    public var autoSubmitted: AutoSubmitted
    /// The text/plain body.
    public var text: String
    /// The text/html body.
    public var html: String
    /// Files, such as the .ics of the deadlines.
    public var attachments: [Attachment]

    /// A message with its content; the thread, the stream and files may be given later.
    public init(
        from: EmailAddress, replyTo: EmailAddress? = nil, to: EmailAddress, date: Instant, messageID: MessageID,
        inReplyTo: MessageID? = nil, references: [MessageID] = [], listID: ListIdentifier? = nil,
        autoSubmitted: AutoSubmitted = .generated, content: MailContent, attachments: [Attachment] = []
    ) {
        self.from = from
        self.replyTo = replyTo
        self.to = to
        self.subject = content.subject
        self.date = date
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.listID = listID
        self.autoSubmitted = autoSubmitted
        self.text = content.text
        self.html = content.html
        self.attachments = attachments
    }
}

/// What a recipient reads: the product of a template.
public struct MailContent: Sendable, Equatable {
    /// The subject line.
    public let subject: HeaderText
    /// The text/plain body.
    public let text: String
    /// The text/html body.
    public let html: String

    /// A content written by hand.
    public init(subject: HeaderText, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }
}
