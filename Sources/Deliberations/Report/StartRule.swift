import JSONCodec

/// How an open deadline gets its date once the day of the event that it waits for is known.
public struct StartRule: Hashable, Codable, JSONObject {
    /// What the event is known by, the same for all deadlines of an act that wait for it; nil if no other deadline can mean
    /// this one.
    public var event: String?
    /// The event before its day, in French: "publiée le".
    public var words: String
    /// How many months after the event.
    public var months: Int
    /// How many days after the months.
    public var days: Int
    /// How they are counted.
    public var counting: Counting
    /// Whether the wording can also mean one day more, as worked days that are called clear.
    public var isDoubtful: Bool?
    /// The zone whose holidays count; nil where none do.
    public var zone: HolidayZone?
    /// Whether Good Friday is worked there although its zone knows it as a holiday.
    public var worksOnGoodFriday: Bool?
    /// The first day on which the event can happen.
    public var notBefore: CivilDate?
    /// What is to be said after the date, in French.
    public var note: String?

    /// A way of counting.
    public enum Counting: String, JSONStringEnumeration, Codable {
        /// Ordinary months and days (Code de procédure civile 640 to 642).
        case ordinary
        /// Clear months and days (délai franc).
        case clear
        /// Clear months and days to go to court, extended to a working day (Code de justice administrative R421-1).
        case court
        /// Worked days (jours ouvrés): Monday to Friday, no holiday.
        case worked
        /// Workable days (jours ouvrables): Monday to Saturday, no holiday.
        case workable
        /// A duration: its last certain day is the one before.
        case duration
        /// The event is itself what is owed: its day ends the deadline.
        case fulfilled
    }

    /// A rule for an event that `words` name.
    public init(event: String?, words: String, months: Int = 0, days: Int = 0, counting: Counting = .ordinary) {
        self.event = event
        self.words = words
        self.months = months
        self.days = days
        self.counting = counting
    }

    public init(blank: JSONBlank) {
        self.init(event: nil, words: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("event", &event)
        visitor.required("words", &words)
        visitor.required("months", &months)
        visitor.required("days", &days)
        visitor.required("counting", &counting)
        visitor.optional("isDoubtful", &isDoubtful)
        visitor.optional("zone", &zone)
        visitor.optional("worksOnGoodFriday", &worksOnGoodFriday)
        visitor.optional("notBefore", &notBefore)
        visitor.optional("note", &note)
    }
}
