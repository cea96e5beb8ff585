import Deadlines
import Deliberations
import Mail
import Register

extension ReminderView {
    /// A reminder as it is true on the day of sending.
    init(_ row: RegisteredDeadline, today: CivilDate, footer: FooterView) throws(MailError) {
        self.init(
            act: try ActView(
                row.facts, authority: row.authority, session: row.sessionDate, document: row.document),
            step: Self.step(due: row.deadline.due, today: today), deadline: try DeadlineView(row),
            followUp: try Self.followUp(row, today: today), footer: footer)
    }

    private static func step(due: CivilDate?, today: CivilDate) -> Mail.ReminderStep {
        guard let due else { return .waiting }
        return due >= today ? .daysBefore(due - today) : .overdue(days: today - due)
    }

    private static func followUp(_ row: RegisteredDeadline, today: CivilDate) throws(MailError) -> [String] {
        var lines: [String] = []
        if let due = row.deadline.due, due < today, row.deadline.direction != .actBefore {
            lines.append("Ce délai a expiré : il n’y a rien à faire, sauf si un recours a été formé.")
        }
        if let next = row.nextReminderAt {
            let day = try CalendarDay(ParisTime.civil(at: next).date)
            lines.append("Prochain rappel : \(day.frenchLong).")
        }
        return lines
    }
}
