import Console
import Register

/// Alerts as a table, and how many of the ledger wait for a person.
struct AlertsView {
    let alerts: [AlertListing]
    let waitingForPerson: Int

    var text: String {
        [table, Self.waiting(waitingForPerson)].compactMap { $0 }.joined(separator: "\n\n")
    }

    /// What a person is to do; nil when nothing waits.
    static func waiting(_ count: Int) -> String? {
        guard count > 0 else { return nil }
        let subject = count == 1 ? "1 alert waits" : "\(count) alerts wait"
        return "\(subject) for a person: see `greffier alerts list --state failed,uncertain`, then resend or cancel"
    }

    private var table: String {
        guard !alerts.isEmpty else { return "no alerts" }
        var table = Table([
            ("ID", .right), ("STATE", .left), ("WHEN", .left), ("TRIES", .right), ("ABOUT", .left), ("TO", .left),
            ("REPLY", .left),
        ])
        for alert in alerts {
            table.add([
                "\(alert.id)", alert.state.rawValue, Units.instant(alert.wakeAt ?? alert.finishedAt ?? alert.createdAt),
                "\(alert.attempts)", Self.about(alert), alert.recipient, Self.shortened(alert.reply, to: 60),
            ])
        }
        return table.text
    }

    private static func about(_ alert: AlertListing) -> String {
        alert.kind == .newActs ? String(alert.subject.prefix(17)) : "\(alert.subject) \(alert.step)"
    }

    private static func shortened(_ text: String, to length: Int) -> String {
        text.count > length ? String(text.prefix(length - 1)) + "…" : text
    }
}
