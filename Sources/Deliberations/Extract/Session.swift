import JSONCodec

/// The session (séance) in which the assembly deliberated.
public struct Session: Hashable, Codable, JSONObject {
    /// Its day.
    public var date: CivilDate
    /// The day of the week that the text prints beside the date.
    public var weekday: Weekday?
    /// When it was opened.
    public var openedAt: TimeOfDay?
    /// When it was closed.
    public var closedAt: TimeOfDay?
    /// Where it sat, as written.
    public var place: String?
    /// When the notice was sent.
    public var convokedOn: CivilDate?
    /// When the extract or the minutes were published.
    public var publishedOn: CivilDate?
    /// Whom the text says presides.
    public var president: Person?
    /// The secretary of the session.
    public var secretary: Person?
    /// The secretaries, where there are several.
    public var secretaries: [Person]?
    /// How many members are in office.
    public var membersInOffice: Int?
    /// In which order the items were taken.
    public var orderOfPassage: [AgendaItem]?
    /// Whether it sat on a second notice, for want of a quorum at the first (CGCT L2121-17).
    public var secondConvocation: Bool?
    /// Whether it was convoked urgently (CGCT L2121-11, L2121-12).
    public var urgency: Bool?
    /// The counts as the text states them.
    public var stated: StatedCounts

    /// A session on `date` of which nothing else is known.
    public init(date: CivilDate) {
        self.date = date
        stated = StatedCounts()
    }

    public init(blank: JSONBlank) {
        self.init(date: CivilDate(daysSince1970: 0))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("date", &date)
        visitor.optional("weekday", &weekday)
        visitor.optional("openedAt", &openedAt)
        visitor.optional("closedAt", &closedAt)
        visitor.optional("place", &place)
        visitor.optional("convokedOn", &convokedOn)
        visitor.optional("publishedOn", &publishedOn)
        visitor.optional("president", &president)
        visitor.optional("secretary", &secretary)
        visitor.optional("secretaries", &secretaries)
        visitor.optional("membersInOffice", &membersInOffice)
        visitor.optional("orderOfPassage", &orderOfPassage)
        visitor.optional("secondConvocation", &secondConvocation)
        visitor.optional("urgency", &urgency)
        visitor.required("stated", &stated)
    }
}

/// Counts as the text prints them, whatever the lists say.
public struct StatedCounts: Hashable, Codable, JSONObject {
    /// The quorum.
    public var quorum: Int?
    /// Members present.
    public var present: Int?
    /// Members represented by a proxy.
    public var represented: Int?
    /// Members absent.
    public var absent: Int?
    /// Members voting.
    public var voters: Int?

    /// No count.
    public init(
        quorum: Int? = nil, present: Int? = nil, represented: Int? = nil, absent: Int? = nil, voters: Int? = nil
    ) {
        self.quorum = quorum
        self.present = present
        self.represented = represented
        self.absent = absent
        self.voters = voters
    }

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("quorum", &quorum)
        visitor.optional("present", &present)
        visitor.optional("represented", &represented)
        visitor.optional("absent", &absent)
        visitor.optional("voters", &voters)
    }
}
