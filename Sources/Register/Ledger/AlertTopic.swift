import Deliberations

/// One thing that a mail is about, with what routes ask of it.
public struct AlertTopic: Hashable, Sendable {
    /// What it is.
    public enum Subject: Hashable, Sendable {
        /// A new act as such.
        case act
        /// A deadline of a kind of duty.
        case deadline(Obligation.Kind)
        /// A finding.
        case finding(Severity)
    }

    /// What it is.
    public var subject: Subject
    /// The authority's name.
    public var authority: String
    /// The authority's SIREN, if it is known.
    public var siren: String?
    /// The sum of the act's grants, in euro cents; nil where it grants none, or where many acts are meant.
    public var amountCents: Int?
    /// The act's matter of the @CTES nomenclature, as printed.
    public var matter: String?
    /// Of a deadline, its date.
    public var due: CivilDate?
    /// Of a deadline, whether somebody must act by then.
    public var isDuty = false

    /// A topic that concerns an act; without one, a whole session.
    public init(_ subject: Subject, authority: String, siren: String?, act: ActSummary?) {
        self.subject = subject
        self.authority = authority
        self.siren = siren
        amountCents = act?.grantedCents
        matter = act?.matter
    }
}

extension AlertTopic {
    /// A deadline of the register.
    public init(_ row: RegisteredDeadline) {
        self.init(.deadline(row.deadline.kind), authority: row.authority, siren: row.siren, act: row.facts)
        due = row.deadline.due
        isDuty = row.deadline.direction == .actBefore
    }
}

extension Announcement {
    /// What the mail about new acts is about: the acts, their findings and deadlines.
    public var topics: [AlertTopic] {
        func topic(_ subject: AlertTopic.Subject, _ act: ActSummary?) -> AlertTopic {
            AlertTopic(subject, authority: authority, siren: siren, act: act)
        }
        var topics = generalFindings.map { topic(.finding($0.severity), acts.count == 1 ? acts.first?.facts : nil) }
        for act in acts {
            topics.append(topic(.act, act.facts))
            topics += act.findings.map { topic(.finding($0.severity), act.facts) }
            topics += act.deadlines.map { AlertTopic($0) }
        }
        return topics + generalDeadlines.map { AlertTopic($0) }
    }
}
