import Deadlines
import Deliberations
import Foundation

/// The one clock that everything that depends on the date reads.
///
/// It may start elsewhere (`--now`, `GREFFIER_NOW`) and then goes on at its normal pace, so that a reminder of another
/// year can be seen today.
public struct WallClock: Sendable {
    /// How far it is ahead of the system's clock, in seconds.
    public let offsetSeconds: Int

    /// The system's clock.
    public init() {
        offsetSeconds = 0
    }

    /// A clock that shows `seconds` since 1970 UTC now.
    public init(startingAt seconds: Int) {
        offsetSeconds = seconds - Int(Date().timeIntervalSince1970)
    }

    private init(offsetSeconds: Int) {
        self.offsetSeconds = offsetSeconds
    }

    /// The clock that `text` asks for; nil or an empty text asks for the system's.
    ///
    /// `2025-04-23`, `2025-04-23T08:00` or `2025-04-23T08:00:30` in Paris time, `@1745388000` in seconds since 1970 UTC,
    /// or `+3600`, an offset in seconds from the system's clock.
    /// - Throws: ``ConfigurationError`` when it is none of these.
    public init(_ text: String?, place: String) throws {
        guard let text, !text.isEmpty else {
            self.init()
            return
        }
        if text.hasPrefix("+") || text.hasPrefix("-"), let offset = Int(text) {
            self.init(offsetSeconds: offset)
        } else if text.hasPrefix("@"), let seconds = Int(text.dropFirst()) {
            self.init(startingAt: seconds)
        } else if let seconds = Self.parisSeconds(text) {
            self.init(startingAt: seconds)
        } else {
            let message = "\"\(text.prefix(40))\" is no time: write 2025-04-23 or 2025-04-23T08:00 (Paris time)"
            throw ConfigurationError(problems: [.init(place: place, key: nil, message: message)])
        }
    }

    /// The time now, in seconds since 1970 UTC.
    public func now() -> Int {
        Int(Date().timeIntervalSince1970) + offsetSeconds
    }

    /// What `GREFFIER_NOW` must be for another process to have the same clock.
    public var environmentValue: String {
        offsetSeconds < 0 ? "\(offsetSeconds)" : "+\(offsetSeconds)"
    }

    /// The day in Paris now.
    public func today() -> CivilDate {
        ParisTime.civil(at: UTCInstant(secondsSince1970: now())).date
    }

    /// The beginning of a day in Paris, in seconds since 1970 UTC.
    /// - Throws: ``ConfigurationError`` when `text` is no day such as 2026-01-31.
    public static func seconds(ofDay text: String, option: String) throws -> Int {
        guard let date = CivilDate(jsonString: text), let seconds = parisSeconds("\(date)") else {
            throw ConfigurationError(
                problems: [
                    .init(place: option, key: nil, message: "\"\(text.prefix(40))\" is no day: write 2026-01-31")
                ])
        }
        return seconds
    }

    private static func parisSeconds(_ text: String) -> Int? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let date = CivilDate(jsonString: parts[0]) else { return nil }
        let clock = parts.count == 2 ? parts[1] : "00:00"
        guard let time = TimeOfDay(jsonString: String(clock.prefix(5))) else { return nil }
        let seconds = clock.dropFirst(5)
        guard seconds.isEmpty || seconds.first == ":", let extra = seconds.isEmpty ? 0 : Int(seconds.dropFirst()),
            (0...59).contains(extra)
        else { return nil }
        return ParisTime.instant(of: date, at: time).secondsSince1970 + extra
    }
}
