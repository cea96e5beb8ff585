import Foundation
import Logging

/// Writes one line an event to standard error: time, level, program, message, then the metadata as `key=value` or JSON.
public struct StructuredLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    private let program: String
    private let form: Form
    private let stream: LogStream

    /// What a line looks like.
    public enum Form: Sendable {
        /// For a person: time, level, program, message, metadata.
        case text
        /// For a program that collects logs.
        case json
        /// For journald, which knows time and program itself and takes the level from the prefix of sd-daemon(3).
        case journal
    }

    /// A handler for `program`.
    public init(program: String, level: Logger.Level, form: Form) {
        self.init(program: program, level: level, form: form, stream: .standardError)
    }

    init(program: String, level: Logger.Level, form: Form, stream: LogStream) {
        self.program = program
        self.logLevel = level
        self.form = form
        self.stream = stream
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var fields: [(String, String)] = []
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            fields.append((key, Self.bounded("\(value)")))
        }
        stream.write(line(event.level, "\(event.message)", fields)) { lost in
            let fields = [("lines", "\(lost.lines)"), ("reason", lost.reason)]
            return line(.warning, "lines of the log could not be written and are lost", fields)
        }
    }

    private func line(_ level: Logger.Level, _ message: String, _ fields: [(String, String)]) -> String {
        switch form {
        case .text: "\(Self.timestamp()) \(level) \(program): " + sentence(message, fields)
        case .json: jsonLine(level, message, fields)
        case .journal: "<\(level.journalPriority)>" + sentence(message, fields)
        }
    }

    private func sentence(_ message: String, _ fields: [(String, String)]) -> String {
        let tail = fields.map { " \($0.0)=\(Self.quotedIfNeeded($0.1))" }.joined()
        return "\(Self.oneLine(message))\(tail)\n"
    }

    private func jsonLine(_ level: Logger.Level, _ message: String, _ fields: [(String, String)]) -> String {
        var object: [String: String] = Dictionary(fields, uniquingKeysWith: { first, _ in first })
        object["time"] = Self.timestamp()
        object["level"] = "\(level)"
        object["program"] = program
        object["message"] = Self.bounded(message)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(object)) ?? Data()
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private static func timestamp() -> String {
        Date().formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
    }

    private static func bounded(_ text: String) -> String {
        text.utf8.count > 2_000 ? String(text.prefix(500)) + "…" : text
    }

    private static func oneLine(_ text: String) -> String {
        bounded(text).replacing("\n", with: " / ")
    }

    private static func quotedIfNeeded(_ text: String) -> String {
        let text = oneLine(text)
        let isPlain = !text.isEmpty && !text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        return isPlain ? text : "\"" + text.replacing("\"", with: "'") + "\""
    }
}

extension Logger.Level {
    /// The level of syslog(3).
    fileprivate var journalPriority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}

extension StructuredLogHandler {
    /// A logger for `program` as the configuration wants it: JSON if it says so, else for whom standard error leads to.
    public static func logger(program: String, _ log: Configuration.Log) -> Logger {
        let level = Logger.Level(rawValue: log.level) ?? .info
        let form: Form = log.isJSON ? .json : isJournal ? .journal : .text
        return Logger(label: program) { _ in StructuredLogHandler(program: program, level: level, form: form) }
    }

    /// Whether standard error is journald's stream: systemd names the device and inode of the one it gave.
    private static let isJournal: Bool = {
        var status = stat()
        guard let named = ProcessInfo.processInfo.environment["JOURNAL_STREAM"], fstat(STDERR_FILENO, &status) == 0
        else { return false }
        return named == "\(status.st_dev):\(status.st_ino)"
    }()
}
