import Console
import Deadlines
import Deliberations
import Register

/// Deadlines as a table for people.
struct DeadlinesView {
    let deadlines: [DeadlineListing]

    init(_ deadlines: [DeadlineListing]) {
        self.deadlines = deadlines
    }

    var text: String {
        guard !deadlines.isEmpty else { return "no deadlines" }
        var table = Table([
            ("ID", .right), ("DUE", .left), ("STATE", .left), ("NEXT", .left), ("ACT", .left), ("WHAT", .left),
            ("OWED BY", .left), ("HANDLED", .left),
        ])
        for deadline in deadlines {
            table.add([
                "\(deadline.id)", deadline.due.map { "\($0)" } ?? "-", deadline.state.rawValue,
                deadline.nextReminder ?? "", deadline.number?.text ?? deadline.session.description,
                Self.what(deadline), Self.shortened(deadline.debtor ?? "", to: 30),
                Self.handled(deadline),
            ])
        }
        return table.text
    }

    /// What is due, and of what has no date yet, what it waits for.
    private static func what(_ deadline: DeadlineListing) -> String {
        let what = shortened(deadline.what, to: 70)
        guard deadline.due == nil, let event = deadline.startEvent else { return what }
        return "\(what) (waits for: \(shortened(event, to: 60)))"
    }

    /// "done by claire 2025-03-24 (reçu le 20), for finances".
    private static func handled(_ deadline: DeadlineListing) -> String {
        var parts: [String] = []
        if let act = deadline.handled, let person = deadline.handledBy, let at = deadline.handledAt {
            let day = ParisTime.civil(at: UTCInstant(secondsSince1970: at)).date
            let until = deadline.snoozedUntil.map { " until \($0)" } ?? ""
            let note = deadline.note.map { " (\(shortened($0, to: 40)))" } ?? ""
            parts.append("\(act)\(act == "snooze" ? until : "") by \(person) \(day)\(note)")
        }
        if let assignee = deadline.assignee { parts.append("for \(shortened(assignee, to: 30))") }
        return parts.joined(separator: ", ")
    }

    private static func shortened(_ text: String, to length: Int) -> String {
        text.count > length ? String(text.prefix(length - 1)) + "…" : text
    }
}
