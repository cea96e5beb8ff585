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
        let parts = jsonString.utf8.split(separator: UInt8(ascii: ":"))
        guard jsonString.utf8.count == 5, parts.count == 2, let hour = Int(String(parts[0]) ?? ""),
            let minute = Int(String(parts[1]) ?? "")
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    public var jsonString: String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }

    public static var jsonPattern: String? { "^[0-2][0-9]:[0-5][0-9]$" }

    public var description: String { jsonString }

    public static func < (left: Self, right: Self) -> Bool { left.minutes < right.minutes }
}
