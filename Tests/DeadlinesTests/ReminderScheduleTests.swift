import Deliberations
import Testing

@testable import Deadlines

/// A deadline for schedules.
func deadline(
    due: CivilDate?, _ profile: Deadline.ReminderProfile, direction: Deadline.Direction = .actBefore,
    state: Deadline.State = .scheduled
) -> Deadline {
    Deadline(
        id: "0123456789ab-test", rule: "test", kind: .other, what: "remettre le rapport", due: due, state: state,
        direction: direction, reminders: profile, how: "")
}

/// The moment at which the clock in Paris shows this.
func paris(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 8, _ minute: Int = 0) -> UTCInstant {
    ParisTime.instant(
        of: FictionalAct.date(year, month, day), at: TimeOfDay(hour: hour, minute: minute) ?? TimeOfDay(wrapping: 0))
}

@Suite("Reminder schedule")
struct ReminderScheduleTests {
    /// All reminders when the clock never stops, each as "step date".
    private func run(_ schedule: ReminderSchedule, until end: UTCInstant) -> [String] {
        var sent: [ReminderStep] = []
        var lines: [String] = []
        var now = schedule.createdAt
        while let reminder = schedule.next(sent: sent, now: now), reminder.sendAt <= end {
            now = reminder.sendAt
            sent += reminder.skipped + [reminder.step]
            lines.append("\(reminder.step.key) \(reminder.sendOn)")
        }
        return lines
    }

    @Test("The stained-glass report of 30 April 2025 is reminded of as the reference works it out")
    func workedExample() {
        let report = deadline(due: FictionalAct.date(2025, 4, 30), .long)
        let schedule = ReminderSchedule(of: report, createdAt: paris(2024, 10, 8, 9, 30))
        #expect(
            run(schedule, until: paris(2025, 5, 20)) == [
                "J-60 2025-02-28",  // 1 March is a Saturday
                "J-30 2025-03-31", "J-15 2025-04-15", "J-7 2025-04-23", "J-1 2025-04-29", "J 2025-04-30",
                "J+1 2025-05-02",  // 1 May is a holiday
                "J+8 2025-05-09",  // 8 May is a holiday
                "J+15 2025-05-15",
            ])
    }

    @Test(
        "Each profile has its steps",
        arguments: [
            (
                Deadline.ReminderProfile.mid,
                [
                    "J-30 2025-09-12", "J-15 2025-09-29", "J-7 2025-10-07", "J-1 2025-10-13",
                    "J 2025-10-14", "J+1 2025-10-15", "J+8 2025-10-22",
                ]
            ),
            (
                .short,
                [
                    "J-7 2025-10-07", "J-3 2025-10-10", "J-1 2025-10-13", "J 2025-10-14", "J+1 2025-10-15",
                    "J+3 2025-10-17", "J+5 2025-10-20", "J+7 2025-10-21", "J+9 2025-10-23",
                ]
            ),
            (
                .flash,
                [
                    "creation 2025-01-06", "J-2 2025-10-10", "J-1 2025-10-13", "J 2025-10-14", "J+1 2025-10-15",
                    "J+2 2025-10-16", "J+3 2025-10-17", "J+6 2025-10-20", "J+7 2025-10-21", "J+8 2025-10-22",
                    "J+9 2025-10-23",
                ]
            ),
            (.keep, ["creation 2025-01-06", "J-90 2025-07-16", "J-30 2025-09-12", "J 2025-10-14"]),
            (.info, ["J 2025-10-14"]), (.none, []),
        ])
    func profiles(profile: Deadline.ReminderProfile, steps: [String]) {
        let schedule = ReminderSchedule(
            of: deadline(due: FictionalAct.date(2025, 10, 14), profile), createdAt: paris(2025, 1, 6, 10))
        #expect(run(schedule, until: paris(2025, 10, 23, 23)) == steps)
    }

    static let overdueDays: [(Deadline.ReminderProfile, [Int])] = [
        (.long, [1, 8, 15, 22, 29, 36]), (.mid, [1, 8, 15, 22, 29, 36]), (.short, [1, 3, 5, 7, 9, 13]),
        (.flash, [1, 2, 3, 6, 7, 8]),
    ]

    @Test("An overdue duty is reminded of as often as its profile says, for ever", arguments: overdueDays)
    func overdue(profile: Deadline.ReminderProfile, days: [Int]) throws {
        let schedule = ReminderSchedule(
            of: deadline(due: FictionalAct.date(2025, 10, 14), profile), createdAt: paris(2025, 1, 6, 10))
        let keys = run(schedule, until: paris(2027, 10, 14)).map { String($0.prefix { $0 != " " }) }
        let overdue = keys.drop { $0 != "J+1" }
        #expect(overdue.prefix(days.count) == ArraySlice(days.map { "J+\($0)" }), "\(overdue.prefix(12))")
        #expect(overdue.count > 700 / 8)
        let series = try #require(profile.overdue)
        for day in 0..<4_000 {
            let number = series.number(onOrBefore: day)
            #expect(series.offset(number) <= max(1, day) && series.offset(number + 1) > day)
        }
    }

    @Test("What becomes final is announced the day after, and never overdue")
    func final() {
        let appeal = deadline(due: FictionalAct.date(2024, 12, 9), .info, direction: .finalAfter)
        let schedule = ReminderSchedule(of: appeal, createdAt: paris(2024, 10, 8))
        #expect(run(schedule, until: paris(2026, 1, 1)) == ["lendemain 2024-12-10"])
        let event = deadline(due: FictionalAct.date(2024, 12, 3), .mid, direction: .information)
        let announced = run(ReminderSchedule(of: event, createdAt: paris(2024, 10, 8)), until: paris(2026, 1, 1))
        #expect(announced.last == "J 2024-12-03" && announced.count == 5)
    }

    @Test("Steps past at creation are skipped, but one reminder leaves then")
    func createdLate() {
        let due = FictionalAct.date(2025, 4, 30)
        let schedule = ReminderSchedule(of: deadline(due: due, .long), createdAt: paris(2025, 4, 10, 15, 20))
        let first = schedule.next(sent: [], now: paris(2025, 4, 10, 15, 20))
        #expect(first?.step == .atCreation && first?.sendAt == paris(2025, 4, 10, 15, 20) && first?.isLate == false)
        #expect(
            run(schedule, until: paris(2025, 4, 30, 12)) == [
                "creation 2025-04-10", "J-15 2025-04-15", "J-7 2025-04-23", "J-1 2025-04-29", "J 2025-04-30",
            ])
    }

    @Test("A document that comes at night or on a Sunday waits for the morning")
    func createdAtNight() {
        let due = FictionalAct.date(2025, 4, 30)
        let night = ReminderSchedule(of: deadline(due: due, .long), createdAt: paris(2025, 4, 10, 3))
        #expect(night.next(sent: [], now: paris(2025, 4, 10, 3))?.sendAt == paris(2025, 4, 10, 8))
        let sunday = ReminderSchedule(of: deadline(due: due, .long), createdAt: paris(2025, 4, 20, 12))
        #expect(sunday.next(sent: [], now: paris(2025, 4, 20, 12))?.sendAt == paris(2025, 4, 22, 8))
    }

    @Test("The opening hour is the configured one")
    func hours() throws {
        let (nine, noon) = (try #require(TimeOfDay(hour: 9, minute: 30)), try #require(TimeOfDay(hour: 12, minute: 0)))
        let hours = try #require(SendingHours(from: nine, until: noon))
        let due = FictionalAct.date(2025, 4, 30)
        let schedule = ReminderSchedule(of: deadline(due: due, .info), createdAt: paris(2025, 1, 6), hours: hours)
        #expect(schedule.next(sent: [], now: paris(2025, 1, 6))?.sendAt == paris(2025, 4, 30, 9, 30))
        #expect(schedule.next(sent: [], now: paris(2025, 4, 30, 12, 1))?.sendAt == paris(2025, 5, 2, 9, 30))
        #expect(SendingHours(from: noon, until: nine) == nil)
    }

    @Test("A deadline that was past when its document arrived is left to the first mail")
    func alreadyPast() {
        for profile in Deadline.ReminderProfile.allCases {
            let past = deadline(due: FictionalAct.date(2025, 4, 30), profile)
            let schedule = ReminderSchedule(of: past, createdAt: paris(2025, 5, 2))
            #expect(schedule.next(sent: [], now: paris(2025, 5, 2)) == nil)
        }
    }

    @Test("A change is told at once, whatever the profile, and then the steps go on")
    func changed() {
        let due = FictionalAct.date(2025, 4, 30)
        let far = ReminderSchedule(of: deadline(due: due, .long), createdAt: paris(2024, 10, 8, 15), tellsChange: true)
        #expect(
            run(far, until: paris(2025, 3, 31, 9)) == ["changement 2024-10-08", "J-60 2025-02-28", "J-30 2025-03-31"])
        let near = ReminderSchedule(
            of: deadline(due: due, .long), createdAt: paris(2025, 4, 20, 15), isArchive: true, tellsChange: true)
        #expect(
            run(near, until: paris(2025, 4, 29, 12)) == [
                "changement 2025-04-22", "J-7 2025-04-23", "J-1 2025-04-29",
            ])
    }

    @Test("A change into the past is told once, and nothing after it")
    func changedIntoThePast() {
        let past = deadline(due: FictionalAct.date(2025, 4, 30), .long)
        let schedule = ReminderSchedule(of: past, createdAt: paris(2025, 5, 20, 11), tellsChange: true)
        #expect(run(schedule, until: paris(2026, 5, 2)) == ["changement 2025-05-20"])
        let event = deadline(due: FictionalAct.date(2025, 4, 30), .info, direction: .information)
        #expect(run(.init(of: event, createdAt: paris(2025, 5, 20), tellsChange: true), until: paris(2026, 1, 1)) == [])
    }

    @Test("A date that is no longer known is told before the start is asked for")
    func changedToNone() {
        var open = deadline(due: nil, .mid, state: .open)
        open.startEvent = "signature de la convention"
        let schedule = ReminderSchedule(of: open, createdAt: paris(2025, 1, 6), tellsChange: true)
        #expect(run(schedule, until: paris(2025, 2, 6)) == ["changement 2025-01-06", "depart-1 2025-02-05"])
    }

    @Test("An archive says nothing of the past and schedules the future")
    func archive() {
        let due = FictionalAct.date(2025, 4, 30)
        let archive = ReminderSchedule(of: deadline(due: due, .long), createdAt: paris(2025, 4, 10), isArchive: true)
        #expect(run(archive, until: paris(2025, 4, 24)) == ["J-15 2025-04-15", "J-7 2025-04-23"])
        let past = ReminderSchedule(of: deadline(due: due, .long), createdAt: paris(2026, 4, 10), isArchive: true)
        #expect(past.next(sent: [], now: paris(2026, 4, 10)) == nil)
        var open = deadline(due: nil, .mid, state: .open)
        open.startEvent = "signature"
        let waiting = ReminderSchedule(of: open, createdAt: paris(2025, 4, 10), isArchive: true)
        #expect(waiting.next(sent: [], now: paris(2025, 4, 10)) == nil)
    }

    @Test("After an outage only the latest missed step leaves, marked late")
    func outage() throws {
        let due = FictionalAct.date(2025, 4, 30)
        let schedule = ReminderSchedule(of: deadline(due: due, .long), createdAt: paris(2024, 10, 8))
        let late = try #require(schedule.next(sent: [.before(days: 60)], now: paris(2025, 4, 24, 11)))
        #expect(late.step == .before(days: 7) && late.isLate && late.sendAt == paris(2025, 4, 24, 11))
        #expect(late.skipped == [.before(days: 30), .before(days: 15)])
        #expect(late.label(due: due) == "J-6")
        let next = try #require(
            schedule.next(sent: [.before(days: 60), .before(days: 7)], now: paris(2025, 4, 24, 11)))
        #expect(next.step == .before(days: 1) && !next.isLate)
        let overdue = try #require(schedule.next(sent: [], now: paris(2025, 6, 17, 11)))
        #expect(overdue.isLate && overdue.label(due: due) == "échéance dépassée de 48 jours")
    }

    @Test("A missed step gives way to one that is due before mails may leave again")
    func outageBeforeNextStep() throws {
        let due = FictionalAct.date(2025, 4, 29)
        let schedule = ReminderSchedule(of: deadline(due: due, .short), createdAt: paris(2025, 1, 6))
        // J-3 was Friday 25 April; the week-end ends on Monday, the day of J-1.
        let reminder = try #require(schedule.next(sent: [.before(days: 7)], now: paris(2025, 4, 26, 10)))
        #expect(reminder.step == .before(days: 1) && !reminder.isLate && reminder.sendAt == paris(2025, 4, 28))
        #expect(reminder.skipped == [.before(days: 3)])
    }

    @Test("An event is not announced once it is over")
    func pastEvent() {
        let event = deadline(due: FictionalAct.date(2024, 12, 3), .mid, direction: .information)
        let schedule = ReminderSchedule(of: event, createdAt: paris(2024, 10, 8))
        #expect(schedule.next(sent: [], now: paris(2024, 12, 5)) == nil)
    }

    @Test("A deadline without its start asks for it after 30 days and then every month, one that is closed never")
    func nudges() {
        var open = deadline(due: nil, .mid, state: .open)
        open.startEvent = "signature de la convention"
        let schedule = ReminderSchedule(of: open, createdAt: paris(2025, 1, 6))
        #expect(
            run(schedule, until: paris(2025, 5, 1)) == [
                "depart-1 2025-02-05", "depart-2 2025-03-05", "depart-3 2025-04-07",
            ])
        open.direction = .continuous
        #expect(ReminderSchedule(of: open, createdAt: paris(2025, 1, 6)).next(sent: [], now: paris(2025, 9, 1)) == nil)
        let closed = deadline(due: FictionalAct.date(2025, 4, 30), .long, state: .closed)
        #expect(
            ReminderSchedule(of: closed, createdAt: paris(2025, 1, 6)).next(sent: [], now: paris(2025, 9, 1)) == nil)
    }

    @Test("A step is named in French as it is true on the day of sending")
    func labels() throws {
        let due = FictionalAct.date(2025, 4, 30)
        let schedule = ReminderSchedule(of: deadline(due: due, .long), createdAt: paris(2024, 10, 8))
        var labels: [String] = []
        var sent: [ReminderStep] = []
        for _ in 0..<8 {
            let reminder = try #require(schedule.next(sent: sent, now: schedule.createdAt))
            labels.append(reminder.label(due: due))
            sent.append(reminder.step)
        }
        #expect(
            labels == [
                "J-60", "J-30", "J-15", "J-7", "J-1", "le jour même", "échéance dépassée de 2 jours",
                "échéance dépassée de 9 jours",
            ])
    }

    @Test(
        "A step is known by its key",
        arguments: [
            ReminderStep.atCreation, .changed, .before(days: 60), .onTheDay, .dayAfter, .overdue(days: 8),
            .startMissing(count: 3),
        ])
    func keys(step: ReminderStep) {
        #expect(ReminderStep(key: step.key) == step)
        for key in ["", "J-", "J+x", "J-0", "depart--1", "j", "J-99999999999999999999"] {
            #expect(ReminderStep(key: key) == nil)
        }
    }
}
