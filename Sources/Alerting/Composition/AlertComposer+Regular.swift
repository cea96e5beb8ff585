import Deadlines
import Deliberations
import Mail
import Register

/// The mails that are not about one act or deadline.
extension AlertComposer {
    /// How far the calendar of a mail looks ahead, in days.
    private static let comingDays = 30

    /// The mail « résumé ».
    func digest(_ news: [Announcement], _ alert: ClaimedAlert) throws -> MailMessage {
        let coming = try coming(alert)
        let today = ParisTime.civil(at: alert.composedAt).date
        let documents = try news.map { try DigestView.Document($0, on: today) }
        let view = DigestView(
            isWeekly: alert.key.step == DigestRhythm.weekly, documents: documents, coming: coming.calendar,
            comingUntil: try CalendarDay(coming.until), footer: regularFooter)
        return try message(templates.content(view), alert: alert)
    }

    /// The mail « toujours en veille ».
    func watch(_ alert: ClaimedAlert) throws -> MailMessage {
        let coming = try coming(alert)
        let authorities = try register.watchedAuthorities().filter { $0.documents > 0 || $0.deadlines > 0 }
        let view = WatchView(
            authorities: try authorities.map { try WatchView.Authority($0) }, overdue: coming.overdue,
            coming: coming.calendar, comingUntil: try CalendarDay(coming.until),
            alarms: try register.lastingAlarms().map { "\(AlarmWording($0.subject).title). \($0.detail)" },
            footer: regularFooter)
        return try message(templates.content(view), alert: alert)
    }

    /// The mail « surveillance ».
    func alarm(_ alarm: Alarm, _ alert: ClaimedAlert) throws -> MailMessage {
        let wording = AlarmWording(alarm.subject)
        let day = try CalendarDay(ParisTime.civil(at: alarm.raisedAt).date).frenchLong
        let isEnd = alert.key.version > 0
        let view = AlarmView(
            title: isEnd ? wording.endTitle : wording.title,
            lines: isEnd ? ["Greffier l’avait signalé le \(day)."] : [alarm.detail, wording.cure], isEnd: isEnd,
            footer: FooterView(
                reason: "Vous recevez ce message parce que vous veillez au fonctionnement de Greffier.",
                contact: settings.contact))
        let root = try isEnd ? register.threadRoot(of: [.alarm(alarm.id)], recipient: alert.key.recipient) : nil
        return try message(templates.content(view), alert: alert, thread: root)
    }

    private var regularFooter: FooterView {
        FooterView(
            reason:
                "Vous recevez ce message parce que votre adresse figure parmi les destinataires des alertes de Greffier.",
            contact: settings.contact)
    }

    /// The deadlines that are told to a recipient: overdue, and coming.
    private struct Coming {
        let overdue: CalendarView
        let calendar: CalendarView
        let until: CivilDate
    }

    /// How many deadlines are read at a time.
    private static let page = 500

    private func coming(_ alert: ClaimedAlert) throws -> Coming {
        let today = ParisTime.civil(at: alert.composedAt).date
        let until = today + Self.comingDays
        return Coming(
            overdue: try calendar([.overdue], until: until, today: today, of: alert.key.recipient),
            calendar: try calendar([.scheduled, .due], until: until, today: today, of: alert.key.recipient),
            until: until)
    }

    /// The deadlines in some states that are told to a recipient: those that a mail prints, and how many more there are.
    private func calendar(
        _ states: Set<Deadline.State>, until: CivilDate, today: CivilDate, of recipient: String
    ) throws -> CalendarView {
        var filter = DeadlineFilter()
        (filter.states, filter.until, filter.limit) = (states, until, Self.page)
        let router = AlertRouter(tree: settings.routes)
        var entries: [CalendarView.Entry] = []
        var others = 0
        while true {
            let rows = try register.registeredDeadlines(filter, today: today)
            for row in rows where router.recipients(of: [AlertTopic(row)]).contains(where: { $0.address == recipient })
            {
                if entries.count < CalendarView.printedLimit, let entry = try CalendarView.Entry(row) {
                    entries.append(entry)
                } else {
                    others += 1
                }
            }
            guard rows.count == Self.page, let last = rows.last.flatMap(DeadlinePlace.init) else { break }
            filter.after = last
        }
        return CalendarView(entries, others: others)
    }
}

extension CalendarView.Entry {
    /// A deadline; nil without a date.
    init?(_ row: RegisteredDeadline) throws {
        guard let due = row.deadline.due else { return nil }
        let debtor = row.deadline.debtor.map { "dû par \($0)" }
        self.init(
            day: try CalendarDay(due), what: row.deadline.what,
            context: [row.facts.label.text, debtor].compactMap { $0 }.joined(separator: ", "))
    }
}

extension DigestView.Document {
    /// What a document brought, as it stands on a day.
    init(_ news: Announcement, on today: CivilDate) throws {
        let isOne = news.acts.count == 1
        let heading =
            isOne
            ? news.acts.first.map { act in
                act.facts.label.short.map { "délibération \($0) : \(act.facts.subject)" } ?? act.facts.subject
            } : nil
        let findings =
            news.generalFindings.map { FindingView($0) }
            + news.acts.flatMap { act in
                act.findings.map { FindingView($0, act: isOne ? nil : act.facts.label.capitalized) }
            }
        self.init(
            heading: heading ?? ActLineView.counted(news.acts.count), authority: news.authority,
            session: try CalendarDay(news.sessionDate), document: news.document.name, findings: findings,
            deadlineCount: news.deadlines.count,
            past: try news.deadlines.map(\.row).filter { $0.state(on: today) == .overdue }
                .compactMap { try CalendarView.Entry($0) })
    }
}

extension WatchView.Authority {
    /// An authority of the register.
    init(_ authority: WatchedAuthority) throws {
        self.init(
            name: authority.name, documents: authority.documents, deadlines: authority.deadlines,
            lastReceived: try authority.lastAccepted.map { try CalendarDay(ParisTime.civil(at: $0).date) })
    }
}
