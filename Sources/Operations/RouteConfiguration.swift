import Yams

/// A node of the routing tree as the configuration file has it: texts with their places, not yet read.
public struct RouteConfiguration: Hashable, Sendable {
    /// The words that stand at one key.
    public struct Value: Hashable, Sendable {
        /// The words.
        public var words: [String]
        /// Where: "greffier.yaml:12".
        public var place: String

        /// Words at a place.
        public init(words: [String], place: String) {
            self.words = words
            self.place = place
        }
    }

    /// Where it begins: "greffier.yaml:10".
    public var place: String
    /// What is set, by the names of `keys`.
    public var values: [String: Value] = [:]
    /// The routes below, in their order.
    public var routes: [RouteConfiguration] = []

    /// The keys of a route, with those of its inner mappings: "match.kind".
    public static let keys = [
        "name", "match.authority", "match.kind", "match.severity", "match.amountFrom", "match.amountBelow",
        "match.matter", "to", "continue", "digest", "escalate.to", "escalate.after", "escalate.unanswered",
    ]
    static let innerMappings = ["match", "escalate"]
    /// How deep routes may lie in each other.
    static let deepest = 8
}

/// Reads the routing tree of a YAML file, and collects what is wrong.
struct RouteReader {
    let file: String
    private(set) var problems: [ConfigurationError.Problem] = []

    init(file: String) {
        self.file = file
    }

    mutating func route(_ node: Node, depth: Int = 1) -> RouteConfiguration {
        var route = RouteConfiguration(place: place(node))
        guard case .mapping(let mapping) = node else {
            note(node, "routes", "expected a route: a mapping with `to`, `match` and `routes`")
            return route
        }
        for (key, value) in mapping {
            let name = key.string ?? "?"
            if name == "routes" {
                route.routes = routes(value, depth: depth)
            } else if RouteConfiguration.innerMappings.contains(name), case .mapping(let inner) = value {
                for (key, value) in inner { read(value, as: "\(name).\(key.string ?? "?")", at: key, into: &route) }
            } else {
                read(value, as: name, at: key, into: &route)
            }
        }
        return route
    }

    private mutating func routes(_ node: Node, depth: Int) -> [RouteConfiguration] {
        guard case .sequence(let sequence) = node else {
            note(node, "routes", "expected a list of routes, each beginning with `-`")
            return []
        }
        guard depth < RouteConfiguration.deepest else {
            note(node, "routes", "lie more than \(RouteConfiguration.deepest) deep in each other")
            return []
        }
        return sequence.map { route($0, depth: depth + 1) }
    }

    private mutating func read(_ node: Node, as name: String, at key: Node, into route: inout RouteConfiguration) {
        guard RouteConfiguration.keys.contains(name) else {
            let known = RouteConfiguration.keys.joined(separator: ", ")
            return note(key, "routes", "no such key in a route: \(name); known: \(known), routes")
        }
        switch node {
        case .scalar(let scalar):
            route.values[name] = .init(words: [scalar.string], place: place(key))
        case .sequence(let sequence):
            let words = sequence.compactMap { $0.scalar?.string }
            if words.count != sequence.count { note(node, "routes", "`\(name)` is a list of plain words") }
            route.values[name] = .init(words: words, place: place(key))
        case .mapping, .alias:
            note(node, "routes", "`\(name)` is a word or a list of words")
        }
    }

    private func place(_ node: Node) -> String { node.mark.map { "\(file):\($0.line)" } ?? file }

    private mutating func note(_ node: Node, _ key: String, _ message: String) {
        problems.append(.init(place: place(node), key: key, message: message))
    }
}
