import JSONCodec

/// A day of the Gregorian calendar, without time or zone, from 0001-01-01 to 9999-12-31. Written `yyyy-MM-dd`.
public struct CivilDate: Hashable, Sendable, Comparable, CustomStringConvertible, JSONStringValue {
    /// Days since 1970-01-01, which may be negative.
    public let daysSince1970: Int

    /// The first day, 0001-01-01, and the last, 9999-12-31, in days since 1970-01-01.
    private static let bounds = -719_162...2_932_896

    /// The day so many days after 1970-01-01; beyond the first or the last day it is that one.
    public init(daysSince1970: Int) {
        self.daysSince1970 = min(max(daysSince1970, Self.bounds.lowerBound), Self.bounds.upperBound)
    }

    /// The day `day` of `month` in `year`, or nil if there is no such day or the year is not within 1 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.numberOfDays(inMonth: month, of: year)
        else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSince1970 = era * 146_097 + dayOfEra - 719_468
    }

    public init?(jsonString: String) {
        var text = jsonString
        let fields: (year: Int, month: Int, day: Int)? = text.withUTF8 { digits in
            guard digits.count == 10, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-"),
                let year = Self.number(digits, 0..<4), let month = Self.number(digits, 5..<7),
                let day = Self.number(digits, 8..<10)
            else { return nil }
            return (year, month, day)
        }
        guard let fields else { return nil }
        self.init(year: fields.year, month: fields.month, day: fields.day)
    }

    private static func number(_ digits: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        var value = 0
        for index in range {
            let digit = digits[index] &- UInt8(ascii: "0")
            if digit > 9 { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    /// Year, month (1 to 12) and day of the month.
    public var components: (year: Int, month: Int, day: Int) {
        let days = daysSince1970 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The year.
    public var year: Int { components.year }

    /// The month, 1 to 12.
    public var month: Int { components.month }

    /// The day of the month, 1 to 31.
    public var day: Int { components.day }

    /// The day of the week.
    public var weekday: Weekday {
        let shifted = (daysSince1970 + 3) % 7
        return Weekday.allCases[shifted < 0 ? shifted + 7 : shifted]
    }

    /// The day so many days later, or earlier, but not beyond the first or the last day.
    public static func + (date: Self, days: Int) -> Self {
        let (sum, overflow) = date.daysSince1970.addingReportingOverflow(days)
        return Self(daysSince1970: overflow ? (days < 0 ? .min : .max) : sum)
    }

    /// The day so many days earlier, but not beyond the first or the last day.
    public static func - (date: Self, days: Int) -> Self {
        let (difference, overflow) = date.daysSince1970.subtractingReportingOverflow(days)
        return Self(daysSince1970: overflow ? (days < 0 ? .max : .min) : difference)
    }

    /// How many days `right` lies before `left`.
    public static func - (left: Self, right: Self) -> Int { left.daysSince1970 - right.daysSince1970 }

    public static func < (left: Self, right: Self) -> Bool { left.daysSince1970 < right.daysSince1970 }

    public var jsonString: String {
        let (year, month, day) = components
        return String(unsafeUninitializedCapacity: 10) { text in
            func write(_ value: Int, _ range: Range<Int>) {
                var rest = value
                for index in range.reversed() {
                    text[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
            }
            write(year, 0..<4)
            text[4] = UInt8(ascii: "-")
            write(month, 5..<7)
            text[7] = UInt8(ascii: "-")
            write(day, 8..<10)
            return 10
        }
    }

    public static var jsonPattern: String? { "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" }

    public var description: String { jsonString }

    /// How many days a month of a year has.
    public static func numberOfDays(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

/// A day of the week, as the French week has them: Monday first.
public enum Weekday: String, JSONStringEnumeration, Codable {
    case monday = "lundi"
    case tuesday = "mardi"
    case wednesday = "mercredi"
    case thursday = "jeudi"
    case friday = "vendredi"
    case saturday = "samedi"
    case sunday = "dimanche"
}
