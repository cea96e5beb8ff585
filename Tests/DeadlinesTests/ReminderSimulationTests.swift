import Deliberations
import Testing

@testable import Deadlines

@Suite("Reminders over simulated years with outages")
struct ReminderSimulationTests {
    /// A deadline of any kind, made known at any time.
    private struct Case {
        var due: CivilDate
        var schedule: ReminderSchedule

        init(using generator: inout SeededGenerator) {
            let created = UTCInstant(secondsSince1970: Int.random(in: 1_577_836_800...1_893_456_000, using: &generator))
            due = ParisTime.civil(at: created).date + Int.random(in: -20...500, using: &generator)
            let profiles = Deadline.ReminderProfile.allCases
            let directions: [Deadline.Direction] = [.actBefore, .actBefore, .finalAfter, .information]
            let subject = deadline(
                due: due, profiles.randomElement(using: &generator) ?? .long,
                direction: directions.randomElement(using: &generator) ?? .actBefore)
            let zone = HolidayZone.allCases.randomElement(using: &generator) ?? .metropole
            schedule = ReminderSchedule(
                of: subject, createdAt: created, isArchive: Int.random(in: 0..<5, using: &generator) == 0,
                tellsChange: Int.random(in: 0..<3, using: &generator) == 0,
                calendar: WorkingCalendar(zone: zone))
        }
    }

    /// Lets the clock run with outages; gives what was sent when.
    private func simulate(_ subject: Case, using generator: inout SeededGenerator) -> [Reminder] {
        let end = ParisTime.instant(of: subject.due + 90, at: SendingHours.standard.opens)
        var now = subject.schedule.createdAt
        var steps: [ReminderStep] = []
        var sent: [Reminder] = []
        while now < end, let reminder = subject.schedule.next(sent: steps, now: now) {
            guard reminder.sendAt > now else {
                sent.append(reminder)
                steps += reminder.skipped + [reminder.step]
                now = now + 60
                continue
            }
            let isOutage = Int.random(in: 0..<4, using: &generator) == 0
            let delay = isOutage ? Int.random(in: 60...(40 * 86_400), using: &generator) : 0
            now = max(now + delay, isOutage ? now + delay : reminder.sendAt)
        }
        return sent
    }

    @Test("No step leaves twice, early, at night, on a day off, or with another on one day", arguments: 0..<8)
    func invariants(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<250 {
            let subject = Case(using: &generator)
            let sent = simulate(subject, using: &generator)
            let schedule = subject.schedule
            #expect(Set(sent.map(\.step)).count == sent.count)
            #expect(Set(sent.map(\.sendOn)).count == sent.count)
            for reminder in sent {
                let (date, time) = ParisTime.civil(at: reminder.sendAt)
                #expect(date == reminder.sendOn && schedule.calendar.isWorked(date))
                #expect(time >= schedule.hours.opens && time < schedule.hours.closes)
                #expect(reminder.sendAt >= schedule.createdAt)
                #expect(!isEarly(reminder, of: subject), "\(reminder) \(subject.due)")
            }
            let skipped = sent.flatMap(\.skipped)
            #expect(Set(skipped).isDisjoint(with: sent.map(\.step)))
        }
    }

    /// Whether a step leaves before its own day; only a day off may bring a step before the date forward.
    private func isEarly(_ reminder: Reminder, of subject: Case) -> Bool {
        let calendar = subject.schedule.calendar
        return switch reminder.step {
        case .atCreation, .changed: reminder.sendAt < subject.schedule.createdAt
        case .before(let days): reminder.sendOn < calendar.workedDay(onOrBefore: subject.due - days)
        case .onTheDay: reminder.sendOn < calendar.workedDay(onOrBefore: subject.due)
        case .dayAfter: reminder.sendOn < subject.due + 1
        case .overdue(let days): reminder.sendOn < subject.due + days
        case .startMissing: true
        }
    }

    @Test("Without an outage every step of the profile leaves on its day", arguments: 0..<4)
    func completeness(seed: UInt64) {
        var generator = SeededGenerator(seed: 100 + seed)
        for _ in 0..<250 {
            let created = UTCInstant(secondsSince1970: Int.random(in: 1_577_836_800...1_893_456_000, using: &generator))
            let due = ParisTime.civil(at: created).date + Int.random(in: 70...400, using: &generator)
            let schedule = ReminderSchedule(of: deadline(due: due, .long), createdAt: created)
            var steps: [ReminderStep] = []
            var now = created
            while let reminder = schedule.next(sent: steps, now: now), steps.count < 30 {
                now = reminder.sendAt
                steps.append(reminder.step)
                #expect(!reminder.isLate)
            }
            let before = [60, 30, 15, 7, 1].map { ReminderStep.before(days: $0) } + [.onTheDay]
            // J-1 and J fall on one day before a week-end; of the two the last leaves.
            let calendar = schedule.calendar
            let isJoined = calendar.workedDay(onOrBefore: due - 1) == calendar.workedDay(onOrBefore: due)
            let expected = isJoined ? before.filter { $0 != .before(days: 1) } : before
            #expect(Array(steps.prefix(expected.count)) == expected)
            let overdue = (0..<(30 - expected.count)).map {
                ReminderStep.overdue(days: OverdueSeries(days: 7).offset($0))
            }
            #expect(Array(steps.dropFirst(expected.count)) == overdue)
        }
    }
}
