import JSONCodec

/// One decision of the assembly.
public struct Deliberation: Hashable, Codable, JSONObject {
    /// The act's number, as printed.
    public var number: ActNumber?
    /// The item of the agenda.
    public var item: AgendaItem?
    /// What it is about: the title.
    public var subject: String
    /// Who presents the item.
    public var rapporteur: Person?
    /// The matter's code of the @CTES nomenclature ("7.5"), if printed.
    public var matterCode: String?
    /// Opinions of committees and of the bureau.
    public var opinions: [Opinion]?
    /// The reasons: "Vu…", "Considérant…".
    public var recitals: [String]?
    /// What is decided, decision by decision.
    public var decisions: [String]?
    /// The vote on the whole, or the last one.
    public var vote: Vote?
    /// All votes, where there are several.
    public var votes: [PartialVote]?
    /// The budget line.
    public var budget: BudgetLine?
    /// The grants it awards.
    public var grants: [Grant]?
    /// Counts that the text restates for this item.
    public var stated: StatedCounts?
    /// Attendance that the text restates for this item.
    public var attendance: Attendance?
    /// Who presides over this item, where the text names another than the session's president.
    public var president: Person?
    /// Its transmission and publicity.
    public var act: ActRecord?
    /// How it can be appealed against.
    public var appeal: Appeal?
    /// Who signs.
    public var signatories: [Person]?

    /// A deliberation on `subject` of which nothing else is known.
    public init(subject: String) {
        self.subject = subject
    }

    public init(blank: JSONBlank) {
        self.init(subject: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("number", &number)
        visitor.optional("item", &item)
        visitor.required("subject", &subject)
        visitor.optional("rapporteur", &rapporteur)
        visitor.optional("matterCode", &matterCode)
        visitor.optional("opinions", &opinions)
        visitor.optional("recitals", &recitals)
        visitor.optional("decisions", &decisions)
        visitor.optional("vote", &vote)
        visitor.optional("votes", &votes)
        visitor.optional("budget", &budget)
        visitor.optional("grants", &grants)
        visitor.optional("stated", &stated)
        visitor.optional("attendance", &attendance)
        visitor.optional("president", &president)
        visitor.optional("act", &act)
        visitor.optional("appeal", &appeal)
        visitor.optional("signatories", &signatories)
    }
}

/// What a committee or the bureau thinks of the item.
public struct Opinion: Hashable, Codable, JSONObject {
    /// Which body: "Commission n°2", "Bureau".
    public var body: String
    /// When.
    public var date: CivilDate?
    /// The opinion as written: "Favorable".
    public var opinion: String

    /// An opinion.
    public init(body: String, date: CivilDate? = nil, opinion: String) {
        self.body = body
        self.date = date
        self.opinion = opinion
    }

    public init(blank: JSONBlank) {
        self.init(body: "", opinion: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("body", &body)
        visitor.optional("date", &date)
        visitor.required("opinion", &opinion)
    }
}

/// The act's transmission to the prefect and its publicity, as stamped on the document.
public struct ActRecord: Hashable, Codable, JSONObject {
    /// The identifier given by the transmission: "025-242500361-20240926-D00723510-DE".
    public var prefectureID: String?
    /// When it was sent to the prefecture.
    public var sentOn: CivilDate?
    /// When the prefecture received it.
    public var receivedOn: CivilDate?
    /// When it was published.
    public var publishedOn: CivilDate?
    /// When it is certified to be executory.
    public var executoryOn: CivilDate?
    /// How it was published, as written: "mis en ligne", "affiché".
    public var publicationMode: String?

    /// A record of which nothing is known.
    public init() {}

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("prefectureID", &prefectureID)
        visitor.optional("sentOn", &sentOn)
        visitor.optional("receivedOn", &receivedOn)
        visitor.optional("publishedOn", &publishedOn)
        visitor.optional("executoryOn", &executoryOn)
        visitor.optional("publicationMode", &publicationMode)
    }
}

/// How an act can be appealed against, as the text says.
public struct Appeal: Hashable, Codable, JSONObject {
    /// The court named: "Tribunal administratif de Besançon".
    public var court: String
    /// Within how many months.
    public var months: Int
    /// From what: "publication", "notification"…
    public var start: Anchor?

    /// An appeal.
    public init(court: String, months: Int, start: Anchor? = nil) {
        self.court = court
        self.months = months
        self.start = start
    }

    public init(blank: JSONBlank) {
        self.init(court: "", months: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("court", &court)
        visitor.required("months", &months)
        visitor.optional("start", &start)
    }
}
