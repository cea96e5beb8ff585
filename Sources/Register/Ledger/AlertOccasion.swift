import Deadlines
import Deliberations
import GreffierProtocol

/// Something that staff are to be told now.
public struct AlertOccasion {
    /// What happened.
    public enum Event: Hashable, Sendable {
        /// A document brought acts.
        case newActs(document: DocumentID)
        /// A document changed what staff know.
        case changes(document: DocumentID)
        /// A reminder of a deadline.
        case reminder(DeadlineID, Reminder, DeadlineStanding)
    }

    /// What happened.
    public let event: Event
    private let read: () throws -> [AlertTopic]
    private let told: () throws -> [AlertRecipient]

    init(
        _ event: Event, topics: @escaping () throws -> [AlertTopic],
        informed: @escaping () throws -> [AlertRecipient] = { [] }
    ) {
        self.event = event
        read = topics
        told = informed
    }

    /// Of changes: who was told what is no longer so.
    /// - Throws: `StorageError`.
    public func informed() throws -> [AlertRecipient] { try told() }

    /// What the mail is about, by which it is routed: read only when somebody asks, as it lies in the stored Reports.
    /// Empty when what is stored is damaged.
    /// - Throws: `StorageError`.
    public func topics() throws -> [AlertTopic] {
        do {
            return try read()
        } catch let error as RegisterError where error.isDamage {
            return []
        }
    }
}

/// How a deadline stands that is reminded of.
public struct DeadlineStanding: Hashable, Sendable {
    /// Its date; nil while the start is unknown.
    public let due: CivilDate?
    /// Whether somebody must act by then.
    public let isDuty: Bool
    /// Whether a person has ever done anything with it: an answer, a note, a name.
    public let isAnswered: Bool
    /// Who takes care of it: a person, a service or an address.
    public let assignee: String?

    /// A standing.
    public init(due: CivilDate?, isDuty: Bool, isAnswered: Bool, assignee: String? = nil) {
        self.assignee = assignee
        self.due = due
        self.isDuty = isDuty
        self.isAnswered = isAnswered
    }
}

/// Somebody who is told.
public struct AlertRecipient: Hashable, Sendable {
    /// The address.
    public var address: String
    /// The route that leads to it; empty where there is only one.
    public var route: String
    /// Whether it is told because nobody else has acted.
    public var isEscalation: Bool

    /// A recipient.
    public init(_ address: String, route: String = "", isEscalation: Bool = false) {
        self.address = address
        self.route = route
        self.isEscalation = isEscalation
    }
}

/// Somebody who is told of new acts later, with others, in one mail.
public struct DigestPlan: Hashable, Sendable {
    /// Who.
    public var recipient: AlertRecipient
    /// When the mail leaves.
    public var sendAt: UTCInstant
    /// Whether it comes every week and not every day.
    public var isWeekly: Bool

    /// A plan.
    public init(recipient: AlertRecipient, sendAt: UTCInstant, isWeekly: Bool) {
        self.recipient = recipient
        self.sendAt = sendAt
        self.isWeekly = isWeekly
    }
}

/// Who is told, and when.
public struct AlertPlan: Hashable, Sendable {
    /// Who is told; nobody twice.
    public var recipients: [AlertRecipient]
    /// The first moment at which the mail may leave.
    public var sendAt: UTCInstant
    /// Of new acts: how many of their dated deadlines the mail lists, the earliest first. To those it is the reminder of its
    /// day.
    public var listedDeadlines: Int
    /// Of new acts: who is told of them later.
    public var digests: [DigestPlan] = []

    /// A plan.
    public init(recipients: [AlertRecipient], sendAt: UTCInstant, listedDeadlines: Int = 0) {
        self.recipients = recipients
        self.sendAt = sendAt
        self.listedDeadlines = listedDeadlines
    }

    /// A plan for addresses on the only route.
    public init(recipients: [String], sendAt: UTCInstant, listedDeadlines: Int = 0) {
        self.init(
            recipients: recipients.map { AlertRecipient($0) }, sendAt: sendAt, listedDeadlines: listedDeadlines)
    }
}
