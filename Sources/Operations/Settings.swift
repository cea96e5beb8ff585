import Foundation
import Yams

/// The raw values of the configuration's keys, and where each was set: file, environment or command line, the later
/// overriding the earlier.
public struct Settings: Sendable {
    struct Setting: Sendable {
        var value: String
        var elements: [String]
        var place: String
        var folder: String?
    }

    private(set) var settings: [String: Setting] = [:]
    /// The routing tree, which no other place than a file can hold.
    private(set) var routes: RouteConfiguration?
    private(set) var problems: [ConfigurationError.Problem] = []

    /// Nothing set.
    public init() {}

    /// Reads a YAML file.
    /// - Parameter isRequired: whether its absence is a problem.
    public mutating func read(file path: String, isRequired: Bool) {
        guard let data = FileManager.default.contents(atPath: path) else {
            if isRequired || FileManager.default.fileExists(atPath: path) {
                note(path, nil, "cannot be read: check that it exists and that you may read it")
            }
            return
        }
        guard let text = String(data: data, encoding: .utf8) else {
            note(path, nil, "is not UTF-8 text")
            return
        }
        do {
            guard let root = try Yams.compose(yaml: text) else { return }
            let name = URL(fileURLWithPath: path).lastPathComponent
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            flatten(root, path: [], file: name, folder: folder)
        } catch {
            note(path, nil, "is not YAML: \(String(describing: error).prefix(300))")
        }
    }

    /// Reads the variables called `GREFFIER_…` of an environment; `GREFFIER_NOW` belongs to the clock.
    public mutating func read(environment: [String: String]) {
        let names = Dictionary(uniqueKeysWithValues: ConfigurationKey.all.map { ($0.environmentName, $0) })
        let foreign: Set = [
            "GREFFIER_NOW", "GREFFIER_CONFIG", "GREFFIER_BROKER", "GREFFIER_PROGRAMS", "GREFFIER_RECORD",
            InputEnd.variable,
        ]
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("GREFFIER_") {
            if let key = names[name] {
                set(key, value, place: "the environment's \(name)", folder: nil)
            } else if !foreign.contains(name) {
                note("the environment", name, "is no configuration key; `greffier config check --keys` lists them")
            }
        }
    }

    /// Sets a key from a command-line flag.
    public mutating func set(_ path: String, _ value: String?, flag: String) {
        guard let value else { return }
        guard let key = ConfigurationKey.named(path) else {
            note(flag, path, "no such key")
            return
        }
        set(key, value, place: flag, folder: nil)
    }

    private mutating func set(_ key: ConfigurationKey, _ value: String, place: String, folder: String?) {
        let elements =
            key.kind == .list
            ? value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty } : []
        settings[key.path] = Setting(value: value, elements: elements, place: place, folder: folder)
    }

    private mutating func readRoutes(_ node: Node, file: String) {
        var reader = RouteReader(file: file)
        routes = reader.route(node)
        problems += reader.problems
    }

    private mutating func flatten(_ node: Node, path: [String], file: String, folder: String) {
        let place = node.mark.map { "\(file):\($0.line)" } ?? file
        let name = path.joined(separator: ".")
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                if path.isEmpty, key.string == "routes" {
                    readRoutes(value, file: file)
                    continue
                }
                flatten(value, path: path + [key.string ?? "?"], file: file, folder: folder)
            }
        case .sequence(let sequence):
            guard let key = known(name, place: place) else { return }
            let elements = sequence.compactMap(\.string)
            settings[key.path] = Setting(
                value: elements.joined(separator: ", "), elements: elements, place: place, folder: folder)
        case .scalar(let scalar):
            if path.isEmpty {
                note(place, nil, "expected keys and values, such as `data: /var/lib/greffier`")
            } else if let key = known(name, place: place) {
                set(key, scalar.string, place: place, folder: folder)
                if key.kind == .list { settings[key.path]?.elements = [scalar.string] }
            }
        case .alias:
            note(place, name, "aliases are not used here")
        }
    }

    private mutating func known(_ name: String, place: String) -> ConfigurationKey? {
        if let key = ConfigurationKey.named(name) { return key }
        let cure = ConfigurationKey.nearest(to: name).map { "did you mean `\($0)`?" } ?? "remove it"
        note(place, name, "no such key: \(cure)")
        return nil
    }

    mutating func note(_ place: String, _ key: String?, _ message: String) {
        problems.append(.init(place: place, key: key, message: message))
    }
}
