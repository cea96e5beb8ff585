/// The identity of an event for the whole life of its deadline (RFC 5545 section 3.8.4.7).
public struct CalendarIdentifier: Sendable, Hashable {
    /// `deadline@host`, printable ASCII without spaces, 200 bytes at most.
    public let text: String

    /// - Throws: `MailError.invalidCalendarIdentifier`.
    public init(_ text: String) throws(MailError) {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && ![0x2C, 0x3B, 0x5C].contains($0) }
        guard isPlain, (1...200).contains(text.utf8.count) else { throw .invalidCalendarIdentifier(text: text) }
        self.text = text
    }
}

/// How sure an event is (RFC 5545 section 3.8.1.11).
public enum CalendarStatus: String, Sendable {
    /// The date is written or computed.
    case confirmed = "CONFIRMED"
    /// The date is deduced: a person should look.
    case tentative = "TENTATIVE"
    /// Done, superseded or withdrawn: clients remove it.
    case cancelled = "CANCELLED"
}

/// One display alarm, counted from the start of the day of the event.
public struct CalendarAlarm: Sendable, Equatable {
    /// 0 is the day itself.
    public let daysBefore: Int
    /// The hour of that day at which it rings, 0 to 23. Nine o'clock, so that no telephone rings at midnight.
    public let hour: Int
    /// What the alarm says.
    public let text: String

    /// Days are kept within 0…3,650 and hours within 0…23.
    public init(daysBefore: Int, hour: Int = 9, text: String) {
        self.daysBefore = min(max(daysBefore, 0), 3650)
        self.hour = min(max(hour, 0), 23)
        self.text = text
    }

    /// The duration from midnight of the event's day: `-P30D`, `-P29DT15H` (nine o'clock, 30 days before), `PT9H`.
    var trigger: String {
        if daysBefore == 0 { return "PT\(hour)H" }
        if hour == 0 { return "-P\(daysBefore)D" }
        return daysBefore == 1 ? "-PT\(24 - hour)H" : "-P\(daysBefore - 1)DT\(24 - hour)H"
    }
}

/// One deadline as an all-day event.
public struct CalendarEvent: Sendable, Equatable {
    /// Stable for life.
    public var identifier: CalendarIdentifier
    /// 0 at first, one more at each change.
    public var sequence: Int
    /// When this version was made.
    public var stamp: Instant
    /// When the deadline last changed, if not at `stamp`.
    public var lastModified: Instant?
    /// The last day on which the duty can be done.
    public var day: CalendarDay
    /// One line: what is due.
    public var summary: String
    /// The duty, its article, its act, how the date was computed.
    public var description: String
    /// Where the act can be read.
    public var url: String?
    /// `ECHEANCE`, the rule.
    public var categories: [String]
    /// How sure it is.
    public var status: CalendarStatus
    /// One for each reminder.
    public var alarms: [CalendarAlarm]

    /// An event; `url`, categories and alarms may stay away.
    public init(
        identifier: CalendarIdentifier, sequence: Int = 0, stamp: Instant, lastModified: Instant? = nil,
        day: CalendarDay, summary: String, description: String, url: String? = nil, categories: [String] = [],
        status: CalendarStatus = .confirmed, alarms: [CalendarAlarm] = []
    ) {
        self.identifier = identifier
        self.sequence = max(sequence, 0)
        self.stamp = stamp
        self.lastModified = lastModified
        self.day = day
        self.summary = summary
        self.description = description
        self.url = url
        self.categories = categories
        self.status = status
        self.alarms = alarms
    }
}
