import Deadlines
import Mail
import Register

/// To whom an answer to an answer goes.
public struct AnswerReply: Sendable {
    /// The address that was told of the deadline.
    public let recipient: String
    /// The Message-ID of the mail that is answered.
    public let answered: String?
    /// When.
    public let moment: UTCInstant

    /// A reply.
    public init(recipient: String, answered: String?, moment: UTCInstant) {
        self.recipient = recipient
        self.answered = answered
        self.moment = moment
    }
}

/// Makes the mails that tell staff what became of their answers.
public struct AnswerComposer: Sendable {
    private let settings: AlertSettings
    private let desk: AnswerDesk
    private let templates: Templates

    /// A composer for a desk.
    public init(settings: AlertSettings, desk: AnswerDesk, templates: Templates) {
        self.settings = settings
        self.desk = desk
        self.templates = templates
    }

    /// The mail « réponse ».
    ///
    /// - Parameters:
    ///   - lines: what was done, or why nothing was.
    ///   - isRefusal: whether nothing was done.
    /// - Throws: `MailError`.
    public func message(
        _ reply: AnswerReply, on row: RegisteredDeadline, lines: [String], isRefusal: Bool
    ) throws(MailError) -> MailMessage {
        let view = AnswerView(
            act: try ActView(row.facts, authority: row.authority, session: row.sessionDate, document: row.document),
            lines: lines, isRefusal: isRefusal, deadline: try DeadlineView(row),
            actions: try desk.actions(onAnswered: row, recipient: reply.recipient),
            footer: FooterView(
                reason: "Vous recevez ce message parce que vous avez répondu à un rappel de Greffier.",
                contact: settings.contact))
        let answered = reply.answered.flatMap { text in try? MessageID(text) }
        let to = try settings.named(reply.recipient)
        let calendar = DeadlineCalendar(settings: settings, stamp: Instant(paris: reply.moment))
        let isOver = ![.open, .scheduled].contains(row.deadline.state)
        let attachment =
            isRefusal
            ? nil
            : isOver
                ? try calendar.cancellation(of: [(row, row.deadline.due)], authority: row.authority)
                : try calendar.attachment(of: [row], authority: row.authority)
        let unique = "answer.\(row.id).\(reply.moment.secondsSince1970).\(UInt32.random(in: 0 ... .max))"
        return MailMessage(
            from: settings.from, replyTo: desk.address, to: to,
            date: Instant(paris: reply.moment), messageID: try MessageID("\(unique)@\(settings.messageHost)"),
            inReplyTo: answered, references: answered.map { id in [id] } ?? [], listID: settings.list,
            autoSubmitted: .replied, content: templates.content(view),
            attachments: attachment.map { [$0] } ?? [])
    }
}
