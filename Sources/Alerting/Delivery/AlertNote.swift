import Register

/// What an operator is told of one alert that did not get through: whom and why, and nothing of what it says.
public struct AlertNote: Hashable, Sendable {
    /// What became of it.
    public enum Result: String, Sendable {
        /// It is tried again by itself.
        case delayed
        /// It may have arrived or not.
        case uncertain
        /// It was given up: a person must look.
        case failed
    }

    /// Its number: what `greffier alerts resend` is given.
    public let id: AlertID
    /// What it tells.
    public let kind: AlertKind
    /// The recipient's address.
    public let recipient: String
    /// What became of it.
    public let result: Result
    /// The SMTP code, when the server gave one.
    public let code: Int?
    /// What the server said, or why the mail cannot be written, of at most 500 characters.
    public let reply: String
}

/// What one attempt came to.
struct AlertAttempt {
    let outcome: AlertOutcome
    /// What became of those of its alerts that fared otherwise.
    var exceptions: [AlertID: AlertOutcome] = [:]
    var code: Int?
    /// The dated deadlines that the mail lists.
    var listing: [ListedDeadline] = []

    /// What operators are told of it.
    func notes(on mail: ClaimedMail) -> [AlertNote] {
        let alone = mail.alerts.filter { exceptions[$0.id] == nil }.first
        let failed = mail.alerts.first { alert in
            switch exceptions[alert.id] {
            case .failed, .unsendable: true
            default: false
            }
        }
        return [
            alone.flatMap { note(outcome, on: $0) },
            failed.flatMap { alert in exceptions[alert.id].flatMap { note($0, on: alert) } },
        ].compactMap { $0 }
    }

    private func note(_ outcome: AlertOutcome, on alert: ClaimedAlert) -> AlertNote? {
        func note(_ result: AlertNote.Result, _ reply: String) -> AlertNote {
            AlertNote(
                id: alert.id, kind: alert.key.kind, recipient: alert.key.recipient, result: result, code: code,
                reply: String(reply.prefix(500)))
        }
        return switch outcome {
        case .retry(_, let reply, _), .unreachable(_, let reply): note(.delayed, reply)
        case .uncertain(let again, let reply): note(again == nil ? .failed : .uncertain, reply)
        case .failed(let reply), .unsendable(let reply): note(.failed, reply)
        case .sent, .cancelled, .postponed: nil
        }
    }
}
