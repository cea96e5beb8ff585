import ArgumentParser
import Foundation

/// The options that every program has.
public struct CommonOptions: ParsableArguments {
    @Option(
        name: .long, help: "The configuration file (default: greffier.yaml here, else /etc/greffier/greffier.yaml).")
    var config: String?

    @Option(name: .long, help: "The data folder; overrides the key `data`.")
    var data: String?

    @Option(name: .long, help: "Where the broker listens; overrides the key `endpoint`.")
    var endpoint: String?

    @Option(name: .long, help: "Start the clock at this time, for trials: 2025-04-23 or 2025-04-23T08:00 (Paris).")
    var now: String?

    @Option(name: .long, help: "Log from this level on: debug, info, notice, warning, error.")
    var logLevel: String?

    /// What was asked for nowhere.
    public init() {}

    /// The settings of file, environment and flags.
    public func settings(environment: [String: String] = ProcessInfo.processInfo.environment) -> Settings {
        var settings = Settings()
        if let path = config ?? environment["GREFFIER_CONFIG"] {
            settings.read(file: path, isRequired: true)
        } else if let path = Self.standardFiles.first(where: FileManager.default.fileExists(atPath:)) {
            settings.read(file: path, isRequired: false)
        }
        settings.read(environment: environment)
        settings.set("data", data, flag: "--data")
        settings.set("endpoint", endpoint, flag: "--endpoint")
        settings.set("log.level", logLevel, flag: "--log-level")
        return settings
    }

    /// The configuration.
    /// - Throws: ``ConfigurationError``.
    public func configuration() throws -> Configuration {
        try Configuration(settings())
    }

    /// The clock.
    /// - Throws: ``ConfigurationError``.
    public func clock(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> WallClock {
        if let now { return try WallClock(now, place: "--now") }
        return try WallClock(environment["GREFFIER_NOW"], place: "the environment's GREFFIER_NOW")
    }

    /// The options that give another program of this Greffier the same configuration and clock.
    public func forwarded(_ configuration: Configuration, clock: WallClock) -> [String] {
        var arguments = ["--data", configuration.dataFolder, "--endpoint", configuration.endpoint.description]
        if let config { arguments += ["--config", config] }
        if let logLevel { arguments += ["--log-level", logLevel] }
        if clock.offsetSeconds != 0 { arguments.append("--now=\(clock.environmentValue)") }
        return arguments
    }

    /// Where a configuration is looked for when none is named.
    public static let standardFiles = ["greffier.yaml", "/etc/greffier/greffier.yaml"]
}
