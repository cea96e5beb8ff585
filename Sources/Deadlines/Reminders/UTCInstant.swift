/// A moment, in whole seconds of Universal Time since 1970-01-01 00:00.
public struct UTCInstant: Hashable, Comparable, Sendable, Codable {
    /// Seconds since 1970-01-01 00:00 UTC.
    public let secondsSince1970: Int

    /// The moment so many seconds after 1970-01-01 00:00 UTC.
    public init(secondsSince1970: Int) {
        self.secondsSince1970 = secondsSince1970
    }

    public static func < (left: Self, right: Self) -> Bool { left.secondsSince1970 < right.secondsSince1970 }

    /// The moment so many seconds later.
    public static func + (instant: Self, seconds: Int) -> Self {
        Self(secondsSince1970: instant.secondsSince1970 + seconds)
    }
}
