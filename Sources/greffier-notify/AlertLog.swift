import Alerting
import Logging

/// Tells operators what became of alerts: no failure is silent, and nothing of what a mail says is told.
struct AlertLog: Sendable {
    private let logger: Logger
    private var waitingForPerson = 0

    init(_ logger: Logger) { self.logger = logger }

    mutating func tell(_ round: AlertRound) {
        if round.handled > 0 { logger.info("alerts", metadata: Self.counts(round)) }
        for note in round.notes { tell(note) }
        tellWaiting(round.waitingForPerson)
        if let trouble = round.calendarTrouble {
            logger.error("a calendar file cannot be written", metadata: ["reason": "\(trouble)"])
        }
        if let trouble = round.serverTrouble {
            logger.error("the mail server cannot be reached; mails wait", metadata: ["reason": "\(trouble)"])
        }
    }

    func tell(_ error: any Error) {
        logger.error("the register fails; alerts wait", metadata: ["reason": "\(error)"])
    }

    private func tell(_ note: AlertNote) {
        var metadata: Logger.Metadata = [
            "alert": "\(note.id)", "kind": "\(note.kind.rawValue)", "recipient": "\(note.recipient)",
            "reply": "\(note.reply)",
        ]
        if let code = note.code { metadata["code"] = "\(code)" }
        switch note.result {
        case .failed: logger.error("an alert failed: mend the cause, then `greffier alerts resend`", metadata: metadata)
        case .uncertain: logger.warning("an alert may have arrived or not; it is sent again", metadata: metadata)
        case .delayed: logger.notice("an alert is delayed; it is tried again", metadata: metadata)
        }
    }

    /// Says when the number of alerts that were given up changes, and at start when there are any.
    private mutating func tellWaiting(_ count: Int) {
        guard count != waitingForPerson else { return }
        waitingForPerson = count
        if count == 0 {
            logger.notice("no failed alert waits for a person any more")
        } else {
            logger.error(
                "failed alerts wait for a person: `greffier alerts list --state failed,uncertain`",
                metadata: ["alerts": "\(count)"])
        }
    }

    private static func counts(_ round: AlertRound) -> Logger.Metadata {
        let counts = [
            ("sent", round.sent), ("delayed", round.delayed), ("uncertain", round.uncertain), ("failed", round.failed),
            ("cancelled", round.cancelled), ("postponed", round.postponed), ("lost", round.lost),
        ]
        return Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 }.map { ($0.0, "\($0.1)") })
    }
}
