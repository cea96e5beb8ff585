/// What became of one attempt to hand over one message.
public enum DeliveryOutcome: Sendable, Hashable {
    /// The server (or the folder) answers for it now: its reply.
    case accepted(reply: String)
    /// The server takes nobody's mail now: it cannot be reached, does not greet, offers no valid TLS, or refuses the login
    /// or the sender. Nothing was delivered, and it says nothing of this message or recipient. The SMTP code when the
    /// server gave one.
    case serverTrouble(code: Int?, text: String)
    /// Not now, for this recipient or message (4xx, a full mailbox, or a connection lost over it): nothing was delivered,
    /// try again later. The SMTP code when the server gave one.
    case temporaryFailure(code: Int?, text: String)
    /// Never: the server refused this recipient or this message (5xx to RCPT TO or DATA).
    case permanentFailure(code: Int, text: String)
    /// The connection was lost after the whole message was handed over and before the reply: it may have been delivered. A
    /// resend must carry the same Message-ID.
    case uncertain(text: String)

    /// The longest text an outcome carries, in characters.
    public static let textLimit = 500
}

/// Who sends and who receives, as SMTP sees it.
public struct Envelope: Sendable, Hashable {
    /// Where bounces go; `nil` is the null sender `<>`, for messages that must never bounce.
    public let sender: EmailAddress?
    /// The one recipient of this transaction.
    public let recipient: EmailAddress

    /// An envelope.
    public init(sender: EmailAddress?, recipient: EmailAddress) {
        self.sender = sender
        self.recipient = recipient
    }
}

/// A way to hand over messages.
public protocol MailTransport: Sendable {
    /// Hands over one message to one recipient. Never throws: whatever happens is an outcome.
    func deliver(_ message: MailMessage, envelope: Envelope) async -> DeliveryOutcome
}
