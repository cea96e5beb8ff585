import Deadlines
import Deliberations
import Register

/// Who is told of something, each once however many routes lead to him, by the first of them.
struct AlertRouter: Sendable {
    let tree: RoutingTree

    /// Who is told of `topics`.
    func recipients(of topics: [AlertTopic]) -> [AlertRecipient] {
        Self.unique(Self.regular(tree.routes(for: topics)))
    }

    /// Who is told of something that happened.
    ///
    /// - Parameter today: the day on which a reminder leaves.
    func recipients(of occasion: AlertOccasion) throws -> [AlertRecipient] {
        let routes = tree.routes(for: tree.root.routes.isEmpty ? [] : try occasion.topics())
        guard case .reminder(_, let reminder, let standing) = occasion.event else {
            return Self.unique(Self.regular(routes))
        }
        return Self.unique(Self.regular(routes) + Self.escalated(routes, standing, on: reminder.sendOn))
    }

    private static func regular(_ routes: [Route]) -> [AlertRecipient] {
        routes.flatMap { route in route.recipients.map { AlertRecipient($0.address, route: route.path) } }
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

extension Escalation {
    /// Whether they are told of a duty that stands so.
    func isDue(_ standing: DeadlineStanding, on day: CivilDate) -> Bool {
        guard standing.isDuty, let due = standing.due else { return false }
        if day > due { return day - due >= daysOverdue }
        guard let daysUnanswered, !standing.isAnswered else { return false }
        return due - day <= daysUnanswered
    }
}
