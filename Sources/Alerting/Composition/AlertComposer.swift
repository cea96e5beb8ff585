import Deadlines
import Deliberations
import Mail
import Register

/// Makes the mail of a claimed alert from what the register says now.
struct AlertComposer: Sendable {
    let register: Register
    let templates: Templates
    let settings: AlertSettings

    /// What became of composing.
    enum Composition {
        /// The mail, and of new acts the dated deadlines that it lists.
        case mail(MailMessage, listing: [ListedDeadline])
        /// What it would say is no longer so.
        case obsolete(reason: String)
        /// It cannot be addressed or written, or what it quotes is damaged: no reason to stop the others.
        case impossible(reason: String)
    }

    /// Composes an alert that leaves alone.
    func compose(_ alert: ClaimedAlert) throws -> Composition {
        do {
            switch alert.key.subject {
            case .document(let document):
                guard let news = try register.announcement(of: document, generation: alert.key.version) else {
                    return .obsolete(reason: "no document states these acts any more")
                }
                return .mail(try newActs(news, alert), listing: news.listedDeadlines.map { ListedDeadline($0) })
            case .changes(let mail):
                guard let notice = try register.changes(toldBy: mail), !notice.isEmpty else {
                    return .obsolete(reason: "nothing of what it tells is so any more")
                }
                return .mail(try changes(notice, alert), listing: [])
            case .deadline(let id):
                return try reminder(of: id, alert).composition { row in .mail(try reminder(row, alert), listing: []) }
            case .digest(let day):
                let news = try register.digest(of: day, version: alert.key.version, recipient: alert.key.recipient)
                guard !news.isEmpty else { return .obsolete(reason: "no document states these acts any more") }
                return .mail(try digest(news, alert), listing: [])
            case .watch: return .mail(try watch(alert), listing: [])
            case .alarm(let number):
                guard
                    let alarm = try register.alarm(
                        number, version: alert.key.version, recipient: alert.key.recipient)
                else { return .obsolete(reason: "it has ended, or its beginning was not told") }
                return .mail(try self.alarm(alarm, alert), listing: [])
            }
        } catch let error as MailError {
            return .impossible(reason: error.description)
        } catch let error as RegisterError {
            return .impossible(reason: error.description)
        }
    }

    private func newActs(_ news: Announcement, _ alert: ClaimedAlert) throws -> MailMessage {
        let view = try NewActView(news, footer: footer(news.authority, alert), actions: actions(for: alert))
        return try message(
            templates.content(view), alert: alert, thread: nil, deadlines: news.deadlines.map(\.row),
            calendarName: news.authority)
    }

    private func changes(_ notice: ChangeNotice, _ alert: ClaimedAlert) throws -> MailMessage {
        let view = try ChangesView(notice, footer: footer(notice.authority, alert), actions: actions(for: alert))
        let known = (notice.deadlines + notice.withdrawn.map(\.deadline)).map { AlertSubject.deadline($0.id) }
        let root = try register.threadRoot(
            of: notice.introducedBy.map(AlertSubject.document) + known, recipient: alert.key.recipient)
        return try message(
            templates.content(view), alert: alert, thread: root, deadlines: notice.deadlines,
            cancelled: notice.withdrawn, calendarName: notice.authority)
    }

    /// What the recipient may answer to a deadline.
    func actions(for alert: ClaimedAlert) -> (RegisteredDeadline) throws(MailError) -> [ActionView] {
        { [settings] row throws(MailError) in
            try settings.answers?.actions(on: row, recipient: alert.key.recipient) ?? []
        }
    }

    func message(
        _ content: MailContent, alert: ClaimedAlert, thread: String? = nil, deadlines: [RegisteredDeadline] = [],
        cancelled: [(deadline: RegisteredDeadline, formerDue: CivilDate?)] = [], calendarName: String = ""
    ) throws -> MailMessage {
        let identity = try MessageID(alert.messageID)
        let root = try thread.flatMap { $0 == alert.messageID ? nil : $0 }.map { text in try MessageID(text) }
        let calendar = DeadlineCalendar(settings: settings, stamp: Instant(paris: alert.composedAt))
        let ended = try register.endedDeadlines(
            toldTo: alert.key.recipient, before: alert.composedAt, limit: DeadlineCalendar.limit)
        let name = calendarName.isEmpty ? "Greffier" : calendarName
        let calendars = [
            try calendar.attachment(of: deadlines, authority: name),
            try calendar.cancellation(
                of: cancelled + ended.map { ($0, $0.deadline.due) }, authority: name),
        ]
        return MailMessage(
            from: settings.from, replyTo: settings.replyTo, to: try settings.named(alert.key.recipient),
            date: Instant(paris: alert.composedAt), messageID: identity, inReplyTo: root,
            references: root.map { [$0] } ?? [], listID: settings.list, content: content,
            attachments: calendars.compactMap { $0 })
    }

    func footer(_ authority: String, _ alert: ClaimedAlert) -> FooterView {
        let reason =
            alert.isEscalation
            ? "Vous recevez ce message parce que personne n’a répondu aux rappels de cette échéance, ou ne l’a dite faite, "
                + "et que vous êtes désigné pour en être averti."
            : "Vous recevez ce message parce que votre adresse figure parmi les destinataires des alertes "
                + "\(FrenchName(authority).complement)."
        return FooterView(reason: reason, contact: settings.contact)
    }
}

extension Instant {
    /// A moment as the clocks of Paris show it.
    init(paris instant: UTCInstant) {
        let (date, time) = ParisTime.civil(at: instant)
        let minutes = Int((Double(instant.secondsSince1970) / 60).rounded(.down))
        self.init(
            unixSeconds: Int64(instant.secondsSince1970),
            utcOffsetMinutes: date.daysSince1970 * 1_440 + time.minutes - minutes)
    }
}
