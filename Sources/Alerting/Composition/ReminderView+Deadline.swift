import Deadlines
import Deliberations
import Mail
import Register

extension ReminderView {
    /// A reminder as it is true on the day of sending.
    ///
    /// - Parameter change: how the deadline changed, if this mail is the first to say it.
    init(
        _ row: RegisteredDeadline, change: DeadlineChange?, today: CivilDate, actions: [ActionView],
        footer: FooterView
    ) throws(MailError) {
        self.init(
            act: try ActView(
                row.facts, authority: row.authority, session: row.sessionDate, document: row.document),
            step: row.step(on: today), deadline: try DeadlineView(row),
            followUp: try row.changes(change) + row.followUp(today: today), actions: actions,
            footer: footer)
    }
}

extension RemindersView.Item {
    /// One reminder of several, as it is true on the day of sending.
    ///
    /// - Parameter change: how the deadline changed, if this mail is the first to say it.
    init(
        _ row: RegisteredDeadline, change: DeadlineChange?, today: CivilDate, actions: [ActionView]
    ) throws(MailError) {
        self.init(
            act: try ActView(
                row.facts, authority: row.authority, session: row.sessionDate, document: row.document),
            step: row.step(on: today), deadline: try DeadlineView(row, actions: actions),
            notes: try row.changes(change) + row.followUp(today: today))
    }
}

extension RegisteredDeadline {
    fileprivate func step(on today: CivilDate) -> Mail.ReminderStep {
        guard let due = deadline.due else { return .waiting }
        if due >= today { return .daysBefore(due - today) }
        let days = today - due
        guard deadline.direction == .actBefore else { return .expired(days: days) }
        return isReceived && days < Self.postalDays ? .notReceived(days: days) : .overdue(days: days)
    }

    /// What is sent on its last day may take so long.
    private static let postalDays = 5

    /// Whether somebody else owes a document to the authority: he is in time if he sends it by the day (CRPA L112-1).
    /// That is for who has to do with an administration, and not for the accountant of the State.
    private var isReceived: Bool {
        guard !deadline.isWatched, [.accounts, .report, .deliverable].contains(deadline.kind),
            let debtor = deadline.debtor
        else {
            return false
        }
        return debtor != authority
    }

    /// What is new since the reader was told of the act.
    fileprivate func changes(_ change: DeadlineChange?) throws(MailError) -> [String] {
        guard let sentence = try change?.sentence(of: self) else { return [] }
        return [sentence, "Document\u{A0}: \(document.name)."]
    }

    fileprivate func followUp(today: CivilDate) throws(MailError) -> [String] {
        var lines: [String] = []
        if let due = deadline.due, due < today, deadline.direction != .actBefore {
            lines.append("Il n’y a rien à faire, sauf si un recours a été formé.")
        }
        if let next = nextReminderAt {
            let day = try CalendarDay(ParisTime.civil(at: next).date)
            lines.append("Prochain rappel : \(day.frenchLong).")
        }
        return lines
    }
}
