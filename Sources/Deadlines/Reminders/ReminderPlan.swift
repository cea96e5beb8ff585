import Deliberations

/// The steps of a schedule with the days on which they leave, in order; never two on one day.
struct ReminderPlan: Hashable, Sendable {
    /// A step and its day.
    struct Entry: Hashable, Sendable {
        var step: ReminderStep
        /// The step's place: days after the date, negative before; for a missing start, days after creation.
        var offset: Int
        /// The day on which it leaves.
        var day: CivilDate
    }

    /// A date to remind of.
    struct Dated {
        var due: CivilDate
        var direction: Deadline.Direction
        var profile: Deadline.ReminderProfile
    }

    /// When the deadline became known.
    struct Creation {
        /// The day.
        var day: CivilDate
        /// The first day on which a mail can leave.
        var mailDay: CivilDate
        /// The first day whose opening was still to come.
        var firstStepDay: CivilDate
        /// What is sent then, whatever the profile.
        var notice: Notice
    }

    /// What is sent when a deadline becomes known.
    enum Notice: Hashable, Sendable {
        /// A reminder if a step is past by then.
        case ifLate
        /// Nothing.
        case none
        /// That it changed.
        case change
    }

    /// The steps, in order.
    var entries: [Entry]

    init(entries: [Entry]) {
        self.entries = entries
    }

    /// The plan of a date. Of the overdue notices, which may go on for ever, it holds those around `today`.
    init(_ dated: Dated, created: Creation, around today: CivilDate, calendar: WorkingCalendar) {
        let all = Self.before(dated, calendar: calendar) + Self.after(dated, around: today, calendar: calendar)
        let future = all.filter { $0.day >= created.firstStepDay }
        let isSomethingPast = all.contains { $0.day < created.firstStepDay }
        entries = []
        switch created.notice {
        case .ifLate:
            if isSomethingPast || dated.profile.alwaysAtCreation {
                entries.append(created.entry(.atCreation, dated.due))
            }
        case .change: entries.append(created.entry(.changed, dated.due))
        case .none: break
        }
        entries += future
        keepLastOfEachDay()
    }

    /// Only that a deadline changed whose date was past by then.
    init(changeTo due: CivilDate, created: Creation) {
        entries = [created.entry(.changed, due)]
    }

    private static func before(_ dated: Dated, calendar: WorkingCalendar) -> [Entry] {
        guard !(dated.profile == .info && dated.direction == .finalAfter) else { return [] }
        var steps = dated.profile.daysBefore.map { (ReminderStep.before(days: $0), -$0) }
        if dated.profile != .none { steps.append((.onTheDay, 0)) }
        return steps.map { step, offset in
            Entry(step: step, offset: offset, day: calendar.workedDay(onOrBefore: dated.due + offset))
        }
    }

    private static func after(_ dated: Dated, around today: CivilDate, calendar: WorkingCalendar) -> [Entry] {
        func entry(_ step: ReminderStep, _ offset: Int) -> Entry {
            Entry(step: step, offset: offset, day: calendar.workedDay(onOrAfter: dated.due + offset))
        }
        if dated.profile == .info, dated.direction == .finalAfter { return [entry(.dayAfter, 1)] }
        guard dated.direction == .actBefore, let series = dated.profile.overdue else { return [] }
        return counts(from: series.number(onOrBefore: today - dated.due)).map { number in
            entry(.overdue(days: series.offset(number)), series.offset(number))
        }
    }

    /// What asks for a missing start: 30 days after creation, then every month. First that there is no date, if that is
    /// new.
    static func nudges(from creation: Creation, around today: CivilDate, calendar: WorkingCalendar) -> Self {
        let created = creation.day
        let first = created + 30
        let entries = counts(from: (today - first) / 30).map { count in
            let day = first.adding(months: count)
            return Entry(
                step: .startMissing(count: count + 1), offset: day - created, day: calendar.workedDay(onOrAfter: day))
        }
        return Self(entries: (creation.notice == .change ? [creation.entry(.changed, created)] : []) + entries)
    }

    /// The numbers of the recurring steps around the one that is near today: days off move a step by a few days.
    private static func counts(from near: Int) -> ClosedRange<Int> {
        max(0, near - reach)...max(reach, near + reach)
    }

    private static let reach = 12

    /// What is left after the steps that were sent.
    func after(_ sent: [ReminderStep]) -> Self {
        guard !sent.isEmpty else { return self }
        let latest = sent.map(offset(of:)).max() ?? .min
        return Self(entries: entries.filter { $0.offset > latest && !sent.contains($0.step) })
    }

    private func offset(of step: ReminderStep) -> Int {
        switch step {
        case .before(let days): -days
        case .onTheDay: 0
        case .dayAfter: 1
        case .overdue(let days): days
        case .atCreation, .changed, .startMissing: entries.first { $0.step == step }?.offset ?? .min
        }
    }

    private mutating func keepLastOfEachDay() {
        var kept: [Entry] = []
        for entry in entries {
            if kept.last?.day == entry.day { kept.removeLast() }
            kept.append(entry)
        }
        entries = kept
    }
}

extension ReminderPlan.Creation {
    /// What is sent when a deadline becomes known.
    fileprivate func entry(_ step: ReminderStep, _ due: CivilDate) -> ReminderPlan.Entry {
        ReminderPlan.Entry(step: step, offset: day - due, day: mailDay)
    }
}
