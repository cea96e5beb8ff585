import Deadlines
import Digest
import JSONCodec

/// What an alert says.
public enum AlertKind: String, JSONStringEnumeration, Codable {
    /// A document brought acts: one mail a document and recipient.
    case newActs = "new-acts"
    /// A deadline comes near or is past: one alert a deadline, step and recipient. Those that leave at the same time make one
    /// mail.
    case reminder
    /// A document changes deadlines of acts that were announced, or brings something wrong with them to light: one mail a
    /// document and recipient.
    case changes
    /// What documents brought that could wait, and what is coming: one mail a day or week and recipient.
    case digest
    /// What is watched and what is coming: one mail a week and recipient.
    case watch
    /// Something has fallen silent, or is heard again: one mail each and recipient.
    case alarm
}

/// Where an alert stands.
public enum AlertState: String, JSONStringEnumeration, Codable {
    /// It waits for its time or its next attempt.
    case pending
    /// A process is sending it; when it dies, another takes it over at the end of the claim.
    case claimed
    /// The mail server has it.
    case sent
    /// The mail server refused it for good, or for too long: a person must look, and resend or cancel it.
    case failed
    /// The connection broke after the mail was handed over and before the answer: it may have arrived. It is sent again
    /// with the same Message-ID while `wake_at` is set; else it was given up.
    case uncertain
    /// What it says is no longer so.
    case cancelled
}

/// What makes an alert the same alert: made twice, it is one.
public struct AlertKey: Hashable, Sendable {
    /// What it says.
    public let kind: AlertKind
    /// What it is about.
    public let subject: AlertSubject
    /// The generation of the document, or the version of the deadline.
    public let version: Int
    /// The reminder's step (`ReminderStep.key`); empty for new acts.
    public let step: String
    /// The recipient's address.
    public let recipient: String

    /// The Message-ID: it depends on the key and the register alone, so that a resend carries the same.
    func messageID(register: RegisterID, host: String) -> String {
        let text = [register.text, kind.rawValue, subject.key, String(version), step, recipient].joined(separator: "\n")
        return "\(SHA256Digest(of: Array(text.utf8)).hexadecimal.prefix(40))@\(host)"
    }
}

/// An alert that this process may send, until its claim ends.
public struct ClaimedAlert: Hashable, Sendable {
    /// Its number.
    public let id: AlertID
    /// What it is.
    public let key: AlertKey
    /// The Message-ID of its mail, without angle brackets.
    public let messageID: String
    /// The moment for which it is composed and what its Date header says: this attempt's, or, when an earlier one may have
    /// reached the recipient, that one's, so that a resend is the same mail.
    public let composedAt: UTCInstant
    /// When it was made.
    public let createdAt: UTCInstant
    /// Which attempt this is, from 1.
    public let attempt: Int
    /// How many earlier attempts may have reached the recipient.
    public let doubts: Int
    /// How the server has refused it for now so far.
    public let refusal: AlertRefusal
    /// The route that led to the recipient; empty where there is only one.
    public let route: String
    /// Whether the recipient is told because nobody else has acted.
    public let isEscalation: Bool
    /// When others may take it over.
    public let claimedUntil: UTCInstant
    let token: Int64
}

/// One mail that this process may send: that of an alert, or of several reminders that leave together.
public struct ClaimedMail: Hashable, Sendable {
    /// The alert that was made first.
    public let first: ClaimedAlert
    /// The others, in the order in which they were made.
    public let others: [ClaimedAlert]

    /// The most alerts of one mail.
    public static let limit = 50

    /// A mail of one alert.
    public init(_ alert: ClaimedAlert) { self.init(first: alert, others: []) }

    private init(first: ClaimedAlert, others: [ClaimedAlert]) {
        self.first = first
        self.others = others
    }

    /// All its alerts.
    public var alerts: [ClaimedAlert] { [first] + others }

    /// The mails of claimed alerts, in the order of their first ones.
    static func all(of alerts: [ClaimedAlert]) -> [ClaimedMail] {
        let together = Dictionary(grouping: alerts, by: \.messageID)
        return alerts.compactMap { alert in
            guard let members = together[alert.messageID], members.first?.id == alert.id else { return nil }
            return ClaimedMail(first: alert, others: Array(members.dropFirst()))
        }
    }
}

/// How the mail server has refused an alert for now: what its patience is counted by.
public struct AlertRefusal: Hashable, Sendable {
    /// The last attempt if it was refused for now; nil after one that did not reach the server.
    public let at: UTCInstant?
    /// For how long it was refused up to then, in seconds.
    public let seconds: Int

    /// A refusal.
    public init(at: UTCInstant?, seconds: Int) {
        self.at = at
        self.seconds = seconds
    }
}

/// What became of an attempt.
public enum AlertOutcome: Hashable, Sendable {
    /// The mail server answers for it.
    case sent(reply: String)
    /// Refused for now: again at that time. For how long it has been refused, in seconds.
    case retry(at: UTCInstant, reply: String, refusedFor: Int)
    /// The server took nobody's mail: again at that time, and no attempt is counted.
    case unreachable(retryAt: UTCInstant, reply: String)
    /// It may have arrived; again at that time, or given up.
    case uncertain(retryAt: UTCInstant?, reply: String)
    /// The server refused it for good, or for too long.
    case failed(reply: String)
    /// It was given up, and no server refused it: it cannot be composed, or ends the program that sends it.
    case unsendable(reason: String)
    /// It is not to be sent any more.
    case cancelled(reason: String)
    /// It was not attempted; again at that time.
    case postponed(until: UTCInstant)
}
