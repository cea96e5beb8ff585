import Deadlines
import Deliberations
import Mail
import Register

/// What became of composing a claimed mail.
struct ComposedMail {
    /// The mail; nil when nothing of it is left to say.
    var message: MailMessage?
    /// Of new acts, the dated deadlines that it lists.
    var listing: [ListedDeadline] = []
    /// The alerts that it leaves out, and what becomes of them.
    var leftOut: [AlertID: AlertOutcome] = [:]
}

/// The mails that remind of deadlines.
extension AlertComposer {
    /// Makes the mail of one alert, or of several reminders: what is done meanwhile, or cannot be written, is left out.
    func compose(_ mail: ClaimedMail) throws -> ComposedMail {
        var composed = ComposedMail()
        guard !mail.others.isEmpty else {
            switch try compose(mail.first) {
            case .mail(let message, let listing): (composed.message, composed.listing) = (message, listing)
            case .obsolete(let reason): composed.leftOut[mail.first.id] = .cancelled(reason: reason)
            case .impossible(let reason): composed.leftOut[mail.first.id] = .unsendable(reason: reason)
            }
            return composed
        }
        var told: [(alert: ClaimedAlert, row: RegisteredDeadline, item: RemindersView.Item)] = []
        for alert in mail.alerts {
            do {
                guard case .deadline(let id) = alert.key.subject else { continue }
                switch try reminder(of: id, alert) {
                case .due(let row): told.append((alert, row, try item(row, alert)))
                case .obsolete(let reason): composed.leftOut[alert.id] = .cancelled(reason: reason)
                }
            } catch let error as MailError {
                composed.leftOut[alert.id] = .unsendable(reason: error.description)
            } catch let error as RegisterError {
                composed.leftOut[alert.id] = .unsendable(reason: error.description)
            }
        }
        if let only = told.first, told.count == 1 {
            composed.message = try reminder(only.row, only.alert)
        } else if !told.isEmpty {
            composed.message = try reminders(told.map(\.row), told.map(\.item), mail.first)
        }
        return composed
    }

    /// Whether a reminder still is to be sent.
    enum DueReminder {
        case due(RegisteredDeadline)
        case obsolete(reason: String)

        func composition(_ body: (RegisteredDeadline) throws -> Composition) rethrows -> Composition {
            switch self {
            case .due(let row): try body(row)
            case .obsolete(let reason): .obsolete(reason: reason)
            }
        }
    }

    /// The deadline of a reminder as it is now.
    func reminder(of id: DeadlineID, _ alert: ClaimedAlert) throws -> DueReminder {
        guard let deadline = try register.deadline(id) else { return .obsolete(reason: "no such deadline") }
        guard deadline.version == alert.key.version, [.open, .scheduled].contains(deadline.deadline.state) else {
            return .obsolete(reason: "the deadline has changed or ended")
        }
        if let last = deadline.lastStep, last.key != alert.key.step {
            return .obsolete(reason: "a newer reminder, \(last.key), takes its place")
        }
        return .due(deadline)
    }

    /// The mail « rappel ».
    func reminder(_ deadline: RegisteredDeadline, _ alert: ClaimedAlert) throws -> MailMessage {
        let view = try ReminderView(
            deadline, change: deadline.change(toldBy: alert.key.step), today: today(alert),
            actions: try actions(for: alert)(deadline),
            footer: footer(deadline.authority, alert))
        return try message(
            templates.content(view), alert: alert, thread: try threadRoot(of: deadline, alert), deadlines: [deadline],
            calendarName: deadline.authority)
    }

    /// The mail « rappels ». It continues the mail in which all that it tells was told first, if that is one.
    private func reminders(
        _ rows: [RegisteredDeadline], _ items: [RemindersView.Item], _ first: ClaimedAlert
    ) throws -> MailMessage {
        let names = Set(rows.map(\.authority))
        let authority = names.count == 1 ? names.first : nil
        let view = RemindersView(items: items, footer: footer(authority ?? "Greffier", first))
        let roots = try Set(rows.map { try threadRoot(of: $0, first) })
        return try message(
            templates.content(view), alert: first, thread: roots.count == 1 ? roots.first ?? nil : nil,
            deadlines: rows, calendarName: authority ?? "Greffier")
    }

    private func threadRoot(of deadline: RegisteredDeadline, _ alert: ClaimedAlert) throws -> String? {
        try register.threadRoot(
            of: [.document(deadline.introducedBy), .deadline(deadline.id)], recipient: alert.key.recipient)
    }

    private func item(_ row: RegisteredDeadline, _ alert: ClaimedAlert) throws -> RemindersView.Item {
        try RemindersView.Item(
            row, change: row.change(toldBy: alert.key.step), today: today(alert), actions: actions(for: alert)(row))
    }

    private func today(_ alert: ClaimedAlert) -> CivilDate { ParisTime.civil(at: alert.composedAt).date }
}
