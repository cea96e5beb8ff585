import JSONCodec

/// A convention that the act approves or annexes.
public struct Convention: Hashable, Codable, JSONObject {
    /// The index of the deliberation that it belongs to.
    public var deliberation: Int?
    /// The parties as written.
    public var parties: [String]
    /// Who signs, or is named to sign.
    public var signatories: [Person]
    /// When it was signed.
    public var signedOn: CivilDate?
    /// From when it has effect.
    public var effectiveFrom: CivilDate?
    /// When it ends.
    public var endsOn: CivilDate?
    /// Its articles.
    public var articles: [Article]
    /// The payments that it provides for.
    public var payments: [Payment]
    /// The notice for ending it, in months.
    public var noticeMonths: Int?
    /// In how many originals it is made.
    public var copies: Int?
    /// The court that it names for disputes.
    public var court: String?
    /// Where something was left to be filled in.
    public var blanks: [TextRange]

    /// A convention between `parties`.
    public init(parties: [String]) {
        self.parties = parties
        signatories = []
        articles = []
        payments = []
        blanks = []
    }

    public init(blank: JSONBlank) {
        self.init(parties: [])
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("deliberation", &deliberation)
        visitor.required("parties", &parties)
        visitor.required("signatories", &signatories)
        visitor.optional("signedOn", &signedOn)
        visitor.optional("effectiveFrom", &effectiveFrom)
        visitor.optional("endsOn", &endsOn)
        visitor.required("articles", &articles)
        visitor.required("payments", &payments)
        visitor.optional("noticeMonths", &noticeMonths)
        visitor.optional("copies", &copies)
        visitor.optional("court", &court)
        visitor.required("blanks", &blanks)
    }

    /// An article of a convention.
    public struct Article: Hashable, Codable, JSONObject {
        /// Its number as printed.
        public var number: String
        /// Its title.
        public var title: String
        /// Its heading and text.
        public var range: TextRange

        /// An article.
        public init(number: String, title: String, range: TextRange) {
            self.number = number
            self.title = title
            self.range = range
        }

        public init(blank: JSONBlank) {
            self.init(number: "", title: "", range: TextRange(0, 0))
        }

        public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
            visitor.required("number", &number)
            visitor.required("title", &title)
            visitor.required("range", &range)
        }
    }

    /// A payment.
    public struct Payment: Hashable, Codable, JSONObject {
        /// The share of the whole in hundredths of a percent: 10000 is 100 %.
        public var share: Int?
        /// How much.
        public var amount: Money?
        /// When, as written: "à la signature de la présente convention".
        public var when: String

        /// A payment.
        public init(share: Int? = nil, amount: Money? = nil, when: String) {
            self.share = share
            self.amount = amount
            self.when = when
        }

        public init(blank: JSONBlank) {
            self.init(when: "")
        }

        public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
            visitor.optional("share", &share)
            visitor.optional("amount", &amount)
            visitor.required("when", &when)
        }
    }
}
