import Deadlines
import Deliberations
import Mail
import Register

/// Who is told of something, each once however many routes lead to him, by the first of them.
struct AlertRouter: Sendable {
    let tree: RoutingTree

    /// Who is told of `topics`.
    func recipients(of topics: [AlertTopic]) -> [AlertRecipient] {
        Self.unique(Self.regular(tree.routes(for: topics)))
    }

    /// Who is told of something that happened, at once.
    func recipients(of occasion: AlertOccasion) throws -> [AlertRecipient] {
        let routes = tree.routes(for: tree.root.routes.isEmpty ? [] : try occasion.topics())
        let others: [AlertRecipient] =
            switch occasion.event {
            case .newActs: []
            case .changes: try occasion.informed()
            case .reminder(_, let reminder, let standing):
                Self.assigned(standing) + Self.escalated(routes, standing, on: reminder.sendOn)
            }
        return Self.unique(Self.regular(routes) + others)
    }

    /// Who is told of new acts, and when.
    ///
    /// A recipient hears at once, as every route that leads to him by one of the topics allows it, of an error, of a date
    /// that comes soon after his digest would, or, where that is weekly, of a duty whose date is past.
    func addressees(
        of occasion: AlertOccasion, on today: CivilDate, hours: AlertHours, now: UTCInstant
    ) throws -> Addressees {
        guard tree.root.all.contains(where: { $0.digest != .never }) else {
            return Addressees(atOnce: try recipients(of: occasion))
        }
        let topics = try occasion.topics()
        guard !topics.isEmpty else { return Addressees(atOnce: Self.unique(Self.regular([tree.root]))) }
        var addressees = Addressees()
        for recipient in recipients(of: topics) {
            let moments = topics.flatMap { topic in
                tree.routes(for: [topic]).filter { $0.leads(to: recipient.address) }.map { route in
                    DigestChoice(route.digest, topic, hours: hours, today: today, now: now)
                }
            }
            if let digest = moments.min(), let moment = digest.moment {
                addressees.digests.append(
                    DigestPlan(recipient: recipient, sendAt: moment, isWeekly: digest.frequency == .weekly))
            } else {
                addressees.atOnce.append(recipient)
            }
        }
        return addressees
    }

    private static func regular(_ routes: [Route]) -> [AlertRecipient] {
        routes.flatMap { route in route.recipients.map { AlertRecipient($0.address, route: route.path) } }
    }

    /// Who takes care of it, if that is an address.
    private static func assigned(_ standing: DeadlineStanding) -> [AlertRecipient] {
        guard let assignee = standing.assignee, let address = try? EmailAddress(assignee) else { return [] }
        return [AlertRecipient(address.address)]
    }

    private static func escalated(
        _ routes: [Route], _ standing: DeadlineStanding, on day: CivilDate
    ) -> [AlertRecipient] {
        routes.flatMap { route -> [AlertRecipient] in
            guard let escalation = route.escalation, escalation.isDue(standing, on: day) else { return [] }
            return escalation.recipients.map { AlertRecipient($0.address, route: route.path, isEscalation: true) }
        }
    }

    private static func unique(_ recipients: [AlertRecipient]) -> [AlertRecipient] {
        var seen: Set<String> = []
        return recipients.filter { seen.insert($0.address.lowercased()).inserted }
    }
}

/// Who is told of new acts at once, and who later.
struct Addressees {
    var atOnce: [AlertRecipient] = []
    var digests: [DigestPlan] = []
}

/// When one route tells of one topic; the soonest is the least.
private struct DigestChoice: Comparable {
    let frequency: DigestFrequency
    /// Nil for at once.
    let moment: UTCInstant?

    /// A date up to so many days after a digest is near: who reads it then has little time. The next morning's digest may tell
    /// of what is due later, and of a duty whose date is past: the days before are lost already.
    private static func nearDays(_ frequency: DigestFrequency) -> Int { frequency == .weekly ? 7 : 1 }

    init(_ frequency: DigestFrequency, _ topic: AlertTopic, hours: AlertHours, today: CivilDate, now: UTCInstant) {
        self.frequency = frequency
        let later = hours.digestMoment(isWeekly: frequency == .weekly, after: now)
        let isNear = topic.due.map { due in
            due >= today
                ? due <= ParisTime.civil(at: later).date + Self.nearDays(frequency)
                : topic.isDuty && frequency == .weekly
        }
        let isAtOnce = frequency == .never || topic.subject == .finding(.error) || isNear == true
        moment = isAtOnce ? nil : later
    }

    static func < (left: Self, right: Self) -> Bool {
        guard let later = right.moment else { return false }
        return left.moment.map { $0 < later } ?? true
    }
}

extension Route {
    /// Whether it tells somebody.
    func leads(to address: String) -> Bool {
        recipients.contains { $0.address.lowercased() == address.lowercased() }
    }
}

extension Escalation {
    /// Whether they are told of a duty that stands so.
    func isDue(_ standing: DeadlineStanding, on day: CivilDate) -> Bool {
        guard standing.isDuty, let due = standing.due else { return false }
        if day > due { return day - due >= daysOverdue }
        guard let daysUnanswered, !standing.isAnswered else { return false }
        return due - day <= daysUnanswered
    }
}
