import JSONCodec

/// A time of day to the minute, in the local time of the authority. Written `HH:mm`.
public struct TimeOfDay: Hashable, Sendable, Comparable, CustomStringConvertible, JSONStringValue {
    /// Minutes since midnight, 0 to 1,439.
    public let minutes: Int

    /// The time at `hour` (0 to 23) and `minute` (0 to 59), or nil if there is none.
    public init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        minutes = hour * 60 + minute
    }

    public init?(jsonString: String) {
        let units = Array(jsonString.utf8)
        guard units.count == 5, units[2] == UInt8(ascii: ":") else { return nil }
        let digits = [units[0], units[1], units[3], units[4]].map { Int($0) - 48 }
        guard digits.allSatisfy((0...9).contains) else { return nil }
        self.init(hour: digits[0] * 10 + digits[1], minute: digits[2] * 10 + digits[3])
    }

    public var jsonString: String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }

    public static var jsonPattern: String? { "^([01][0-9]|2[0-3]):[0-5][0-9]$" }

    public var description: String { jsonString }

    public static func < (left: Self, right: Self) -> Bool { left.minutes < right.minutes }
}
