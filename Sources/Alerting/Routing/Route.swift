import Mail
import Register

/// Who else is told when nobody acts.
public struct Escalation: Hashable, Sendable {
    /// Whom.
    public var recipients: [EmailAddress]
    /// The first reminder so many days after the date of a duty that nobody has done goes to them too, and all after it.
    public var daysOverdue: Int
    /// Reminders of a duty from so many days before its date on go to them too, while nobody has answered any; nil for
    /// never.
    public var daysUnanswered: Int?

    /// An escalation when something is overdue.
    public init(recipients: [EmailAddress], daysOverdue: Int = 0, daysUnanswered: Int? = nil) {
        self.recipients = recipients
        self.daysOverdue = daysOverdue
        self.daysUnanswered = daysUnanswered
    }
}

/// When news that can wait is told.
public enum DigestFrequency: String, CaseIterable, Hashable, Sendable {
    /// At once, a mail each.
    case never
    /// In one mail on the morning of the next worked day.
    case daily
    /// In one mail on the first worked morning of the week.
    case weekly
}

/// A node of the routing tree: what it takes, and who is told.
public struct Route: Hashable, Sendable {
    /// The path of names from the root, "finances/subventions"; empty for the root.
    public var path: String
    /// What it takes of what its parent takes.
    public var matcher: RouteMatcher
    /// Who is told of what no route below takes. Never empty.
    public var recipients: [EmailAddress]
    /// Whether routes after it are asked too for what it takes.
    public var continues: Bool
    /// Who else is told.
    public var escalation: Escalation?
    /// When they are told of new acts without errors and without a near date.
    public var digest: DigestFrequency
    /// The routes below, in the order in which they are asked.
    public var routes: [Route]

    /// A route that takes everything, and tells of it at once.
    public init(path: String = "", recipients: [EmailAddress]) {
        self.path = path
        self.recipients = recipients
        matcher = RouteMatcher()
        continues = false
        digest = .never
        routes = []
    }

    /// The routes that take a topic of which this one is known to take it: those below it that do, or itself if none does.
    func takers(of topic: AlertTopic) -> [Route] {
        var takers: [Route] = []
        for route in routes where route.matcher.matches(topic) {
            takers += route.takers(of: topic)
            if !route.continues { break }
        }
        return takers.isEmpty ? [self] : takers
    }

    /// It and all routes below it.
    public var all: [Route] { [self] + routes.flatMap(\.all) }
}

/// The tree of routes: whatever happens, at least one of them takes it, since its root takes everything.
public struct RoutingTree: Hashable, Sendable {
    /// The catch-all.
    public let root: Route

    /// A tree. Nothing is asked of the root, whatever it says.
    public init(_ root: Route) {
        var root = root
        root.matcher = RouteMatcher()
        root.path = ""
        self.root = root
    }

    /// The routes that take any of `topics`, in the order of the tree; the root for none.
    public func routes(for topics: [AlertTopic]) -> [Route] {
        guard !root.routes.isEmpty else { return [root] }
        let taken = Set(topics.flatMap { root.takers(of: $0) }.map(\.path))
        return taken.isEmpty ? [root] : root.all.filter { taken.contains($0.path) }
    }

    /// Everybody whom any route names, each once, as first written.
    public var everybody: [EmailAddress] {
        Self.unique(root.all.flatMap { $0.recipients + ($0.escalation?.recipients ?? []) })
    }

    /// Everybody who is told even when all goes well, each once.
    public var regulars: [EmailAddress] { Self.unique(root.all.flatMap(\.recipients)) }

    private static func unique(_ addresses: [EmailAddress]) -> [EmailAddress] {
        var seen: Set<String> = []
        return addresses.filter { seen.insert($0.address.lowercased()).inserted }
    }
}
