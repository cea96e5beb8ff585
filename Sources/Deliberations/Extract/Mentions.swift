import JSONCodec

/// What the text mentions anywhere: for rules about writing, such as weekdays and the form of amounts.
public struct Mentions: Hashable, Codable, JSONObject {
    /// Dates.
    public var dates: [DateMention]
    /// Amounts of money.
    public var amounts: [AmountMention]
    /// References to laws, articles and annexes.
    public var references: [ReferenceMention]
    /// Percentages.
    public var percentages: [PercentageMention]

    /// No mention.
    public init() {
        dates = []
        amounts = []
        references = []
        percentages = []
    }

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("dates", &dates)
        visitor.required("amounts", &amounts)
        visitor.required("references", &references)
        visitor.required("percentages", &percentages)
    }
}

/// A date as written.
public struct DateMention: Hashable, Codable, JSONObject {
    /// The words.
    public var text: String
    /// The date they say, unless there is no such day.
    public var date: CivilDate?
    /// The day of the week beside it.
    public var weekday: Weekday?
    /// Where.
    public var range: TextRange

    /// A mention.
    public init(text: String, date: CivilDate? = nil, weekday: Weekday? = nil, range: TextRange) {
        self.text = text
        self.date = date
        self.weekday = weekday
        self.range = range
    }

    public init(blank: JSONBlank) {
        self.init(text: "", range: TextRange(0, 0))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("text", &text)
        visitor.optional("date", &date)
        visitor.optional("weekday", &weekday)
        visitor.required("range", &range)
    }
}

/// An amount as written.
public struct AmountMention: Hashable, Codable, JSONObject {
    /// The words.
    public var text: String
    /// The amount they say.
    public var money: Money?
    /// Whether it is written in words.
    public var inWords: Bool
    /// What it is the amount of: `grant`, `budget`, `operation`, `total`…
    public var role: String?
    /// Where.
    public var range: TextRange

    /// A mention.
    public init(text: String, money: Money? = nil, inWords: Bool = false, role: String? = nil, range: TextRange) {
        self.text = text
        self.money = money
        self.inWords = inWords
        self.role = role
        self.range = range
    }

    public init(blank: JSONBlank) {
        self.init(text: "", range: TextRange(0, 0))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("text", &text)
        visitor.optional("money", &money)
        visitor.required("inWords", &inWords)
        visitor.optional("role", &role)
        visitor.required("range", &range)
    }
}

/// A reference to a law, an article or an annex, as written.
public struct ReferenceMention: Hashable, Codable, JSONObject {
    /// The words.
    public var text: String
    /// What is referred to.
    public var kind: Kind
    /// Where.
    public var range: TextRange

    /// A kind of reference.
    public enum Kind: String, JSONStringEnumeration, Codable {
        /// A law by its number.
        case law
        /// A decree or an order by its number.
        case decree
        /// An article of a code.
        case codeArticle
        /// An article of the document.
        case article
        /// An annex of the document.
        case annex
        /// Another deliberation.
        case deliberation
    }

    /// A mention.
    public init(text: String, kind: Kind, range: TextRange) {
        self.text = text
        self.kind = kind
        self.range = range
    }

    public init(blank: JSONBlank) {
        self.init(text: "", kind: .law, range: TextRange(0, 0))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("text", &text)
        visitor.required("kind", &kind)
        visitor.required("range", &range)
    }
}

/// A percentage as written.
public struct PercentageMention: Hashable, Codable, JSONObject {
    /// The words.
    public var text: String
    /// The value in hundredths of a percent: 6800 is 68 %.
    public var value: Int
    /// Where.
    public var range: TextRange

    /// A mention.
    public init(text: String, value: Int, range: TextRange) {
        self.text = text
        self.value = value
        self.range = range
    }

    public init(blank: JSONBlank) {
        self.init(text: "", value: 0, range: TextRange(0, 0))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("text", &text)
        visitor.required("value", &value)
        visitor.required("range", &range)
    }
}
