import Deadlines
import Deliberations

/// When the next reminder of a deadline leaves.
struct ReminderPlanner: Sendable {
    let calendar: WorkingCalendar
    let hours: SendingHours

    /// The next reminder, or nil if none will ever be sent.
    ///
    /// - Parameters:
    ///   - knownAt: when the present date became known.
    ///   - tellsChange: whether the present date is to be told of at once.
    ///   - last: the last step that was made for this date.
    func next(
        for deadline: Deadline, knownAt: UTCInstant, isArchive: Bool, tellsChange: Bool, last: ReminderStep?,
        now: UTCInstant
    ) -> Reminder? {
        let isTold = !tellsChange || last != nil
        if isTold, let due = deadline.due, Self.isCertainlyPast(due, at: knownAt) { return nil }
        let schedule = ReminderSchedule(
            of: deadline, createdAt: knownAt, isArchive: isArchive, tellsChange: tellsChange, calendar: calendar,
            hours: hours)
        return schedule.next(sent: last.map { [$0] } ?? [], now: now)
    }

    /// The next reminder of a row after a step.
    func next(for row: DeadlineRow, after last: ReminderStep?, now: UTCInstant) -> Reminder? {
        let awake = [row.snoozedUntil, row.asleepUntil].compactMap(\.self).max().map(opening(of:))
        return next(
            for: row.scheduled, knownAt: row.knownAt, isArchive: row.isArchive, tellsChange: row.change != nil,
            last: last,
            now: max(now, awake ?? now))
    }

    /// When mails begin to leave on a day.
    func opening(of day: CivilDate) -> UTCInstant { ParisTime.instant(of: day, at: hours.opens) }

    /// A date that was past when it became known is said once, in the first mail; most dates of an archive are such, and
    /// this tells so without the schedule. A day is left for the time zone.
    private static func isCertainlyPast(_ due: CivilDate, at moment: UTCInstant) -> Bool {
        due.daysSince1970 < moment.secondsSince1970 / 86_400 - 1
    }
}
