/// A moment and the zone it is written in: what a Date header says.
public struct Instant: Sendable, Hashable {
    /// Seconds since 01/01/1970 00:00 UTC.
    public let unixSeconds: Int64
    /// Minutes east of UTC: 60 or 120 in Paris.
    public let utcOffsetMinutes: Int

    /// An offset past 14 hours is read as UTC.
    public init(unixSeconds: Int64, utcOffsetMinutes: Int = 0) {
        self.unixSeconds = unixSeconds
        self.utcOffsetMinutes = abs(utcOffsetMinutes) <= 14 * 60 ? utcOffsetMinutes : 0
    }

    /// `Wed, 23 Apr 2025 08:00:00 +0200` (RFC 5322 section 3.3).
    var mailDate: String {
        let (day, seconds) = Self.civil(unixSeconds + Int64(utcOffsetMinutes) * 60)
        let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekdayIndex]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let offset = abs(utcOffsetMinutes)
        let zone = (utcOffsetMinutes < 0 ? "-" : "+") + (offset / 60).padded(2) + (offset % 60).padded(2)
        let time = "\((seconds / 3600).padded(2)):\((seconds / 60 % 60).padded(2)):\((seconds % 60).padded(2))"
        return "\(weekday), \(day.day) \(months[day.month - 1]) \(day.year.padded(4)) \(time) \(zone)"
    }

    /// `20250423T060000Z` (RFC 5545 section 3.3.5, form 2).
    var calendarStamp: String {
        let (day, seconds) = Self.civil(unixSeconds)
        return day.calendarDate + "T" + (seconds / 3600).padded(2) + (seconds / 60 % 60).padded(2)
            + (seconds % 60).padded(2) + "Z"
    }

    private static func civil(_ seconds: Int64) -> (day: CalendarDay, secondOfDay: Int) {
        let bounded = Int(min(max(seconds, -62_000_000_000), 250_000_000_000))
        let days = bounded >= 0 ? bounded / 86_400 : (bounded - 86_399) / 86_400
        return (CalendarDay(daysSinceEpoch: days), bounded - days * 86_400)
    }
}

extension CalendarDay {
    /// `20250430` (RFC 5545 section 3.3.4).
    var calendarDate: String { year.padded(4) + month.padded(2) + day.padded(2) }
}

extension Int {
    /// Decimal digits, with zeros in front up to `width`.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
