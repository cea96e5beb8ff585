import Deadlines
import Deliberations

extension Configuration.Mail {
    /// When reminders may leave; nil where the configured hours are none.
    public var reminderHours: SendingHours? {
        let closing = hourUntil == 24 ? TimeOfDay(hour: 23, minute: 59) : TimeOfDay(hour: hourUntil, minute: 0)
        guard let opens = TimeOfDay(hour: hourFrom, minute: 0), let closing else { return nil }
        return SendingHours(from: opens, until: closing)
    }
}
