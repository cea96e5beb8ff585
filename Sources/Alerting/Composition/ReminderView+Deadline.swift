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
            step: Self.step(row.deadline, today: today), deadline: try DeadlineView(row),
            followUp: try Self.changes(row, change) + Self.followUp(row, today: today), actions: actions,
            footer: footer)
    }

    private static func step(_ deadline: Deadline, today: CivilDate) -> Mail.ReminderStep {
        guard let due = deadline.due else { return .waiting }
        if due >= today { return .daysBefore(due - today) }
        return deadline.direction == .actBefore ? .overdue(days: today - due) : .expired(days: today - due)
    }

    /// What is new since the reader was told of the act.
    private static func changes(_ row: RegisteredDeadline, _ change: DeadlineChange?) throws(MailError) -> [String] {
        let document = "d’après le document « \(row.document.name) »"
        guard let change else { return [] }
        guard case .moved(let former) = change else {
            return ["Échéance ajoutée à une délibération déjà annoncée, \(document)."]
        }
        let new = try row.deadline.due.map { day throws(MailError) in try CalendarDay(day).frenchLong }
        let old = try former.map { day throws(MailError) in try CalendarDay(day).frenchLong }
        switch (old, new) {
        case (let old?, let new?): return ["Échéance déplacée du \(old) au \(new), \(document)."]
        case (nil, let new?): return ["La date de cette échéance est maintenant connue : \(new), \(document)."]
        case (let old?, nil): return ["L’échéance du \(old) n’a plus de date, \(document)."]
        case (nil, nil): return []
        }
    }

    private static func followUp(_ row: RegisteredDeadline, today: CivilDate) throws(MailError) -> [String] {
        var lines: [String] = []
        if let due = row.deadline.due, due < today, row.deadline.direction != .actBefore {
            lines.append("Il n’y a rien à faire, sauf si un recours a été formé.")
        }
        if let next = row.nextReminderAt {
            let day = try CalendarDay(ParisTime.civil(at: next).date)
            lines.append("Prochain rappel : \(day.frenchLong).")
        }
        return lines
    }
}
