extension CalendarDay {
    private static let weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
    private static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]

    /// `mercredi 30 avril 2025`, the day and its month kept together.
    public var frenchLong: String {
        let ordinal = day == 1 ? "1er" : String(day)
        return "\(Self.weekdays[weekdayIndex]) \(ordinal)\u{A0}\(Self.months[month - 1]) \(year)"
    }

    /// `30/04/2025`.
    public var frenchShort: String { "\(day.padded(2))/\(month.padded(2))/\(year.padded(4))" }

    /// `mercredi`.
    public var frenchWeekday: String { Self.weekdays[weekdayIndex] }

    /// `avril`.
    public var frenchMonth: String { Self.months[month - 1] }
}
