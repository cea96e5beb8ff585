import JSONCodec

/// A duty that the text states. Legal delays are computed by `Deadlines`; deduced dates never stand here.
public struct Obligation: Hashable, Codable, JSONObject {
    /// What it is known by within its Extract.
    public var id: String
    /// The index of the deliberation that it belongs to.
    public var deliberation: Int?
    /// The index of the convention that states it.
    public var convention: Int?
    /// What kind of duty it is.
    public var kind: Kind
    /// Who owes it, as written.
    public var debtor: String?
    /// To whom, as written.
    public var creditor: String?
    /// What is owed, in the text's words.
    public var what: String
    /// The article that states it, as printed.
    public var article: String?
    /// When it is due.
    public var due: Due

    /// A kind of duty.
    public enum Kind: String, JSONStringEnumeration, Codable {
        case report
        case accounts
        case payment
        case notice
        case retention
        case appeal
        case transmission
        case publication
        case deliverable
        case other
    }

    /// A duty.
    public init(id: String, kind: Kind, what: String, due: Due) {
        self.id = id
        self.kind = kind
        self.what = what
        self.due = due
    }

    public init(blank: JSONBlank) {
        self.init(id: "", kind: .other, what: "", due: .whenever(""))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.optional("deliberation", &deliberation)
        visitor.optional("convention", &convention)
        visitor.required("kind", &kind)
        visitor.optional("debtor", &debtor)
        visitor.optional("creditor", &creditor)
        visitor.required("what", &what)
        visitor.optional("article", &article)
        visitor.required("due", &due)
    }
}

/// A dated happening that nobody owes: a fair, another body's session.
public struct Event: Hashable, Codable, JSONObject {
    /// What happens.
    public var what: String
    /// On which day, or from which.
    public var on: CivilDate
    /// The last day, if it has several.
    public var through: CivilDate?
    /// The index of the deliberation whose text names it.
    public var deliberation: Int?

    /// A happening.
    public init(what: String, on: CivilDate, through: CivilDate? = nil, deliberation: Int? = nil) {
        self.what = what
        self.on = on
        self.through = through
        self.deliberation = deliberation
    }

    public init(blank: JSONBlank) {
        self.init(what: "", on: CivilDate(daysSince1970: 0))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("what", &what)
        visitor.required("on", &on)
        visitor.optional("through", &through)
        visitor.optional("deliberation", &deliberation)
    }
}
