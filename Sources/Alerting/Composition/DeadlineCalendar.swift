import Deadlines
import Deliberations
import Mail
import Register

/// The calendar file that goes with a mail: one event a dated deadline that has not passed.
struct DeadlineCalendar {
    let settings: AlertSettings
    let stamp: Instant

    /// The most events of one file.
    static let limit = 100

    /// The file, or nil when no deadline has a date to come.
    func attachment(of deadlines: [RegisteredDeadline], authority: String) throws(MailError) -> Attachment? {
        let today = ParisTime.civil(at: UTCInstant(secondsSince1970: Int(stamp.unixSeconds))).date
        var events: [CalendarEvent] = []
        for row in deadlines where events.count < Self.limit {
            guard let due = row.deadline.due, due >= today else { continue }
            events.append(try event(row, due: due))
        }
        guard !events.isEmpty else { return nil }
        let file = CalendarFile(name: "Échéances – \(authority)", organizer: settings.from, events: events)
        return Attachment(calendar: file, fileName: events.count == 1 ? "échéance.ics" : "échéances.ics")
    }

    /// The file that takes events out of the calendars of those who put them there, or nil when none had a date.
    func cancellation(
        of deadlines: [(deadline: RegisteredDeadline, formerDue: CivilDate?)], authority: String
    ) throws(MailError) -> Attachment? {
        var events: [CalendarEvent] = []
        for (row, formerDue) in deadlines where events.count < Self.limit {
            guard let due = formerDue ?? row.deadline.due else { continue }
            events.append(try event(row, due: due))
        }
        guard !events.isEmpty else { return nil }
        let file = CalendarFile(
            method: .cancel, name: "Échéances – \(authority)", organizer: settings.from, events: events)
        return Attachment(
            calendar: file, fileName: events.count == 1 ? "échéance annulée.ics" : "échéances annulées.ics")
    }

    /// A whole calendar: what is done or withdrawn is cancelled in it.
    func subscription(to deadlines: [RegisteredDeadline], name: String) throws(MailError) -> [UInt8] {
        var events: [CalendarEvent] = []
        for row in deadlines {
            guard let due = row.deadline.due else { continue }
            var event = try event(row, due: due)
            if [.closed, .cancelled, .superseded].contains(row.deadline.state) { event.status = .cancelled }
            events.append(event)
        }
        return CalendarFile(name: name, organizer: settings.from, events: events).encoded()
    }

    private func event(_ row: RegisteredDeadline, due: CivilDate) throws(MailError) -> CalendarEvent {
        CalendarEvent(
            identifier: try CalendarIdentifier("deadline-\(row.id)@\(settings.messageHost)"), sequence: row.version,
            stamp: stamp, day: try CalendarDay(due), summary: row.deadline.what, description: Self.description(row),
            categories: ["ECHEANCE", row.deadline.rule],
            status: row.deadline.dueAlternative == nil ? .confirmed : .tentative,
            alarms: Self.alarmDays(row.deadline.direction).map {
                CalendarAlarm(daysBefore: $0, text: row.deadline.what)
            })
    }

    /// What a person must prepare for rings a month, a week and a day before; what only becomes final, on the day.
    private static func alarmDays(_ direction: Deadline.Direction) -> [Int] {
        direction == .actBefore ? [30, 7, 1, 0] : [0]
    }

    private static func description(_ row: RegisteredDeadline) -> String {
        let deadline = row.deadline
        let number = row.facts.number.map { " n° \($0)" } ?? ""
        let lines: [String?] = [
            deadline.debtor.map { debtor in
                "Dû par : \(debtor)" + (deadline.creditor.map { " → \($0)" } ?? "")
            },
            deadline.article.map { "Texte : \($0)" },
            "Calcul de la date : \(deadline.how)",
            "Délibération\(number) : \(row.facts.subject)",
            row.authority,
        ]
        return FrenchTypography.polished(lines.compactMap { $0 }.joined(separator: "\n"))
    }
}

extension CalendarDay {
    /// A day of the domain.
    init(_ date: CivilDate) throws(MailError) {
        let (year, month, day) = date.components
        try self.init(year: year, month: month, day: day)
    }
}
