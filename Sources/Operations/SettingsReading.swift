import Foundation

/// Turns raw settings into typed values and collects every problem on the way.
struct SettingsReader {
    private var settings: Settings
    /// What was wrong so far.
    var problems: [ConfigurationError.Problem] { settings.problems }
    /// The routing tree of the file, if it has one.
    var routes: RouteConfiguration? { settings.routes }

    init(_ settings: Settings) {
        self.settings = settings
    }

    mutating func text(_ path: String) -> String? {
        value(path)?.value
    }

    mutating func text(_ path: String, else standard: String) -> String {
        text(path) ?? standard
    }

    mutating func choice(_ path: String) -> String {
        guard let setting = value(path), case .choice(let words) = ConfigurationKey.named(path)?.kind else { return "" }
        if !words.contains(setting.value) {
            problem(path, setting, "\"\(setting.value)\" is not one of \(words.joined(separator: ", "))")
        }
        return setting.value
    }

    mutating func boolean(_ path: String) -> Bool {
        guard let setting = value(path) else { return false }
        if !["true", "false"].contains(setting.value) {
            problem(path, setting, "\"\(setting.value)\" is neither true nor false")
        }
        return setting.value == "true"
    }

    mutating func list(_ path: String) -> [String] {
        value(path)?.elements ?? []
    }

    mutating func path(_ path: String) -> String? {
        guard let setting = value(path) else { return nil }
        let expanded = NSString(string: setting.value).expandingTildeInPath
        if expanded.hasPrefix("/") { return expanded }
        let folder = setting.folder ?? FileManager.default.currentDirectoryPath
        return URL(fileURLWithPath: expanded, relativeTo: URL(fileURLWithPath: folder, isDirectory: true))
            .standardizedFileURL.path
    }

    mutating func number(_ path: String) -> Int {
        guard let setting = value(path), case .number(let range) = ConfigurationKey.named(path)?.kind else { return 0 }
        guard let number = Int(setting.value), range.contains(number) else {
            problem(
                path, setting,
                "\"\(setting.value)\" is not a whole number from \(range.lowerBound) to \(range.upperBound)")
            return range.lowerBound
        }
        return number
    }

    mutating func bytes(_ path: String) -> Int {
        let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40), ("B", 1), ("", 1)]
        return measured(path, units: units, example: "64 MiB")
    }

    mutating func bytes(_ path: String, else standard: Int) -> Int {
        value(path) == nil ? standard : bytes(path)
    }

    private static let timeUnits = [("ms", 1), ("s", 1_000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000)]

    mutating func milliseconds(_ path: String) -> Int {
        measured(path, units: Self.timeUnits, example: "10 s")
    }

    /// A time as a person writes it; nil for anything else.
    static func milliseconds(_ text: String) -> Int? { amount(text, units: timeUnits) }

    private mutating func measured(_ path: String, units: [(name: String, factor: Int)], example: String) -> Int {
        guard let setting = value(path) else { return 0 }
        if let amount = Self.amount(setting.value, units: units) { return amount }
        let names = units.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
        problem(path, setting, "\"\(setting.value)\" is not a number above 0 with a unit (\(names)): write \(example)")
        return 1
    }

    private static func amount(_ text: String, units: [(name: String, factor: Int)]) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).trimmingCharacters(in: .whitespaces)
        guard let number = Int(digits), let match = units.first(where: { $0.name == unit }) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: match.factor)
        return !overflow && product > 0 ? product : nil
    }

    mutating func require(_ path: String, because reason: String) {
        if value(path) == nil { settings.note("the configuration", path, "is missing: \(reason)") }
    }

    /// A key whose default is not good enough here.
    mutating func requireSet(_ path: String, because reason: String) {
        if settings.settings[path] == nil { settings.note("the configuration", path, "is missing: \(reason)") }
    }

    mutating func problem(_ path: String, _ message: String) {
        settings.note(value(path)?.place ?? "the configuration", path, message)
    }

    /// Notes what is wrong with a value of the right form; of one that is not, that has been said already.
    mutating func unfit(_ path: String, _ message: String) {
        guard !problems.contains(where: { $0.key == path }) else { return }
        problem(path, message)
    }

    private mutating func problem(_ path: String, _ setting: Settings.Setting, _ message: String) {
        settings.note(setting.place, path, message)
    }

    private func value(_ path: String) -> Settings.Setting? {
        if let setting = settings.settings[path] { return setting }
        guard let key = ConfigurationKey.named(path), let standard = key.standard else { return nil }
        return Settings.Setting(value: standard, elements: [], place: "the default", folder: nil)
    }
}
