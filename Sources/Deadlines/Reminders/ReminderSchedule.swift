import Deliberations

/// When the reminders of one deadline leave.
///
/// A step before the date that falls on a day off leaves on the last worked day before; one after the date, on the first
/// worked day after. Of steps that fall on one day only the last is sent. After an outage the latest missed step is sent,
/// marked late. A deadline whose date is past when its document arrives gets no reminder: the first mail says it.
/// One that was added or moved after the first mail is told of at once, also when its date is past, and then only once.
///
/// A value without clock or memory: the caller says what was sent, and records what it sends.
public struct ReminderSchedule: Hashable, Sendable {
    /// The date and what it means.
    public let subject: Subject
    /// When the deadline, with this date, became known.
    public let createdAt: UTCInstant
    /// Whether its document was imported as an archive: nothing is sent at creation, nothing of the past, and nobody is
    /// asked for a missing start.
    public let isArchive: Bool
    /// Whether it is told at once that the deadline is new or has another date, instead of a reminder at creation.
    public let tellsChange: Bool
    /// Which days are worked where the readers are.
    public let calendar: WorkingCalendar
    /// When mails may leave.
    public let hours: SendingHours

    /// What is reminded of.
    public enum Subject: Hashable, Sendable {
        /// A deadline with its date.
        case dated(CivilDate, Deadline.Direction, Deadline.ReminderProfile)
        /// A deadline that waits for its start.
        case waitingForStart
        /// Nothing.
        case nothing
    }

    /// The schedule of `deadline`.
    public init(
        of deadline: Deadline, createdAt: UTCInstant, isArchive: Bool = false, tellsChange: Bool = false,
        calendar: WorkingCalendar = WorkingCalendar(), hours: SendingHours = .standard
    ) {
        subject = Self.subject(of: deadline)
        self.createdAt = createdAt
        self.isArchive = isArchive
        self.tellsChange = tellsChange
        self.calendar = calendar
        self.hours = hours
    }

    private static func subject(of deadline: Deadline) -> Subject {
        guard deadline.reminders != .none else { return .nothing }
        switch deadline.state {
        case .open:
            let waits = deadline.startEvent != nil && deadline.direction != .continuous
            return waits ? .waitingForStart : .nothing
        case .scheduled, .due, .overdue:
            guard let due = deadline.due else { return .nothing }
            return .dated(due, deadline.direction, deadline.reminders)
        case .closed, .cancelled, .superseded: return .nothing
        }
    }

    /// The next reminder, or nil if none will ever be sent.
    ///
    /// - Parameters:
    ///   - sent: the steps that have left (or were skipped) for this date.
    ///   - now: the present moment. The reminder leaves at once if its ``Reminder/sendAt`` is `now`.
    public func next(sent: [ReminderStep], now: UTCInstant) -> Reminder? {
        let now = max(now, createdAt)
        let remaining = plan(around: now).after(sent)
        let missed = remaining.entries.last { hours.opening(of: $0.day) <= now || isAtCreation($0, onOrBefore: now) }
        let coming = remaining.entries.first { entry in missed.map { $0.offset < entry.offset } ?? true }
        guard let missed else { return coming.map { reminder($0, at: hours.opening(of: $0.day), from: remaining) } }
        let moment = hours.firstMoment(onOrAfter: now, calendar: calendar)
        let day = ParisTime.civil(at: moment).date
        if let coming, coming.day <= day {
            return reminder(coming, at: max(hours.opening(of: coming.day), moment), from: remaining)
        }
        guard isWorthSending(missed, on: day) else {
            return coming.map { reminder($0, at: hours.opening(of: $0.day), from: remaining) }
        }
        return reminder(missed, at: moment, from: remaining)
    }

    /// A happening is not announced once it is over.
    private func isWorthSending(_ entry: ReminderPlan.Entry, on day: CivilDate) -> Bool {
        guard case .dated(let due, .information, _) = subject else { return true }
        return day <= due
    }

    /// What is sent at creation leaves at the first moment possible, not at the opening.
    private func isAtCreation(_ entry: ReminderPlan.Entry, onOrBefore now: UTCInstant) -> Bool {
        [.atCreation, .changed].contains(entry.step) && ParisTime.civil(at: now).date >= entry.day
    }

    private func reminder(
        _ entry: ReminderPlan.Entry, at moment: UTCInstant, from remaining: ReminderPlan
    ) -> Reminder {
        let day = ParisTime.civil(at: moment).date
        return Reminder(
            step: entry.step, sendAt: moment, sendOn: day, isLate: day > entry.day,
            skipped: remaining.entries.filter { $0.offset < entry.offset }.map(\.step))
    }

    /// The steps worth looking at around a moment, in order.
    func plan(around now: UTCInstant) -> ReminderPlan {
        let today = ParisTime.civil(at: now).date
        switch subject {
        case .nothing: return ReminderPlan(entries: [])
        case .waitingForStart:
            if isArchive, !tellsChange { return ReminderPlan(entries: []) }
            return .nudges(from: creation, around: today, calendar: calendar)
        case .dated(let due, let direction, let profile):
            let creation = creation
            guard due >= creation.day else {
                return tellsChange
                    ? ReminderPlan(changeTo: due, created: creation) : ReminderPlan(entries: [])
            }
            let date = ReminderPlan.Dated(due: due, direction: direction, profile: profile)
            return ReminderPlan(date, created: creation, around: today, calendar: calendar)
        }
    }

    private var creation: ReminderPlan.Creation {
        let moment = hours.firstMoment(onOrAfter: createdAt, calendar: calendar)
        let created = ParisTime.civil(at: createdAt).date
        let firstWholeDay = hours.opening(of: created) < createdAt ? 1 : 0
        return ReminderPlan.Creation(
            day: created, mailDay: ParisTime.civil(at: moment).date, firstStepDay: created + firstWholeDay,
            notice: tellsChange ? .change : isArchive ? .none : .ifLate)
    }
}
