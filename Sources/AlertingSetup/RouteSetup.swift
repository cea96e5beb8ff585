import Alerting
import Deliberations
import Foundation
import Mail
import Operations

/// Turns the routing tree of the configuration into the one that alerts use: addresses, matchers and what routes inherit from
/// those above them.
struct RouteSetup {
    /// Who is told where the root route names nobody: `mail.recipients`.
    let standard: [EmailAddress]
    /// How often news that can wait comes where no route says it: `mail.digest`.
    let digest: DigestFrequency
    var problems = SetupProblems()

    init(standard: [EmailAddress], digest: DigestFrequency) {
        self.standard = standard
        self.digest = digest
    }

    /// The tree; nil when something is wrong, which `problems` has.
    mutating func tree(_ configuration: RouteConfiguration?) -> RoutingTree? {
        guard let configuration else {
            return problems.found == nil ? RoutingTree(top) : nil
        }
        for key in configuration.values.keys.sorted() where key.hasPrefix("match.") || key == "continue" {
            note(
                configuration, key,
                "the first route takes everything that no other takes: move `match` to a route below")
        }
        let root = route(configuration, below: top, path: "")
        if root.recipients.isEmpty {
            note(
                configuration, "to",
                "is missing: the first route catches what no other takes; name who gets it here or in mail.recipients")
        }
        return problems.found == nil ? RoutingTree(root) : nil
    }

    /// What the first route inherits.
    private var top: Route {
        var route = Route(recipients: standard)
        route.digest = digest
        return route
    }

    private mutating func route(_ configuration: RouteConfiguration, below parent: Route, path: String) -> Route {
        var route = Route(path: path, recipients: parent.recipients)
        if let to = configuration.values["to"] { route.recipients = addresses(to, "to") }
        route.matcher = matcher(configuration)
        route.continues = boolean(configuration.values["continue"])
        route.escalation = escalation(configuration, else: parent.escalation)
        route.digest =
            choices(configuration, "digest", among: DigestFrequency.allCases.map(\.rawValue)).first
            .flatMap { DigestFrequency(rawValue: $0) } ?? parent.digest
        let names = childNames(configuration)
        for (name, child) in zip(names, configuration.routes) {
            let childPath = path.isEmpty ? name : "\(path)/\(name)"
            let below = self.route(child, below: route, path: childPath)
            if below.matcher.isEmpty {
                note(child, "match", "is missing: without it the route \(childPath) would take all that comes to it")
            }
            route.routes.append(below)
        }
        return route
    }

    /// The names of the routes below, each its own.
    private mutating func childNames(_ configuration: RouteConfiguration) -> [String] {
        var names: [String] = []
        for (index, child) in configuration.routes.enumerated() {
            let name = child.values["name"]?.words.first ?? "\(index + 1)"
            let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
            if name.isEmpty || name.count > 40 || !isPlain {
                note(
                    child, "name", "\"\(name.prefix(60))\" is no name: write up to 40 letters, digits, spaces, - and _")
            } else if names.contains(name) {
                note(child, "name", "two routes beside each other are called \(name): rename one")
            }
            names.append(name)
        }
        return names
    }

    private mutating func matcher(_ configuration: RouteConfiguration) -> RouteMatcher {
        var matcher = RouteMatcher()
        matcher.authorities = configuration.values["match.authority"]?.words ?? []
        matcher.kinds = Set(
            choices(configuration, "match.kind", among: RouteMatcher.Kind.words).compactMap { RouteMatcher.Kind($0) })
        matcher.severities = Set(
            choices(configuration, "match.severity", among: Severity.allCases.map(\.rawValue))
                .compactMap { Severity(rawValue: $0) })
        matcher.amountFrom = cents(configuration.values["match.amountFrom"], "match.amountFrom")
        matcher.amountBelow = cents(configuration.values["match.amountBelow"], "match.amountBelow")
        matcher.matters = matters(configuration.values["match.matter"])
        return matcher
    }

    private mutating func matters(_ value: RouteConfiguration.Value?) -> [String] {
        guard let value else { return [] }
        for word in value.words where word.wholeMatch(of: #/[0-9](\.[0-9]{1,2}){0,2}/#) == nil {
            note(
                value, "match.matter",
                "\"\(word.prefix(40))\" is no code of the @CTES nomenclature: write \"7.5\", quoted")
        }
        return value.words
    }

    private mutating func choices(
        _ configuration: RouteConfiguration, _ key: String, among known: [String]
    ) -> [String] {
        guard let value = configuration.values[key] else { return [] }
        for word in value.words where !known.contains(word) {
            note(value, key, "\"\(word.prefix(40))\" is not one of \(known.joined(separator: ", "))")
        }
        if value.words.isEmpty { note(value, key, "is empty: the route would take nothing") }
        return value.words
    }

    private mutating func escalation(_ configuration: RouteConfiguration, else inherited: Escalation?) -> Escalation? {
        let values = configuration.values.filter { $0.key.hasPrefix("escalate.") }
        guard let first = values.values.first else { return inherited }
        guard let to = values["escalate.to"] else {
            note(first, "escalate.to", "is missing: name who is told when nobody acts")
            return inherited
        }
        return Escalation(
            recipients: addresses(to, "escalate.to"),
            daysOverdue: days(values["escalate.after"], "escalate.after") ?? 0,
            daysUnanswered: days(values["escalate.unanswered"], "escalate.unanswered"))
    }

    private mutating func addresses(_ value: RouteConfiguration.Value, _ key: String) -> [EmailAddress] {
        if value.words.isEmpty { note(value, key, "is empty, so nobody would be told: name at least one address") }
        var addresses: [EmailAddress] = []
        for word in value.words {
            guard let address = problems.address(word, key: "routes: \(key)", place: value.place) else { continue }
            if addresses.contains(where: { $0.address.lowercased() == address.address.lowercased() }) {
                note(value, key, "the address \(address.address) stands twice: remove one of the two")
            }
            addresses.append(address)
        }
        return addresses
    }

    private mutating func boolean(_ value: RouteConfiguration.Value?) -> Bool {
        guard let value else { return false }
        guard let word = value.words.first, ["true", "false"].contains(word) else {
            note(value, "continue", "is neither true nor false")
            return false
        }
        return word == "true"
    }

    /// "23000", "23 000 €", "23000.50".
    private mutating func cents(_ value: RouteConfiguration.Value?, _ key: String) -> Int? {
        guard let value else { return nil }
        let text = (value.words.first ?? "").filter { !$0.isWhitespace && $0 != "€" && $0 != "_" }
        let parts = text.replacing(",", with: ".").split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? (parts[1] + "00").prefix(2) : "00"
        guard (1...2).contains(parts.count), parts.last.map({ parts.count == 1 || $0.count <= 2 }) == true,
            let euros = Int(parts[0]), let rest = Int(decimals), (0...1_000_000_000_000).contains(euros), rest >= 0
        else {
            note(value, key, "\"\(text.prefix(40))\" is no amount in euros: write 23000")
            return nil
        }
        return euros * 100 + rest
    }

    /// "7 d", "7".
    private mutating func days(_ value: RouteConfiguration.Value?, _ key: String) -> Int? {
        guard let value else { return nil }
        let text = (value.words.first ?? "").filter { $0 != " " }
        guard let days = Int(text.hasSuffix("d") ? text.dropLast() : text[...]), (0...366).contains(days) else {
            note(value, key, "\"\(text.prefix(40))\" is no number of days from 0 to 366: write 7 d")
            return nil
        }
        return days
    }

    private mutating func note(_ configuration: RouteConfiguration, _ key: String, _ message: String) {
        note(configuration.values[key] ?? .init(words: [], place: configuration.place), key, message)
    }

    private mutating func note(_ value: RouteConfiguration.Value, _ key: String, _ message: String) {
        problems.add(SetupProblems.problem("routes: \(key)", message, place: value.place))
    }
}
