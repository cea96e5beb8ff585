import JSONCodec

/// A person as the text names them.
public struct Person: Hashable, Codable, JSONObject {
    /// `M.`, `Mme`… as written.
    public var civility: String?
    /// First and family name as written, without civility.
    public var name: String
    /// Office or quality as written: "Présidente", "Conseillère communautaire".
    public var role: String?

    /// A person.
    public init(civility: String? = nil, name: String, role: String? = nil) {
        self.civility = civility
        self.name = name
        self.role = role
    }

    public init(blank: JSONBlank) {
        self.init(name: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("civility", &civility)
        visitor.required("name", &name)
        visitor.optional("role", &role)
    }
}

/// Items of the agenda from one to another, both included, or times from one to another.
public struct ItemRange: Hashable, Codable, JSONObject {
    /// The first item; nil means from the opening.
    public var from: AgendaItem?
    /// The last item; nil means until the end.
    public var through: AgendaItem?
    /// The time from which.
    public var fromTime: TimeOfDay?
    /// The time until which.
    public var untilTime: TimeOfDay?

    /// A range.
    public init(
        from: AgendaItem? = nil, through: AgendaItem? = nil, fromTime: TimeOfDay? = nil, untilTime: TimeOfDay? = nil
    ) {
        self.from = from
        self.through = through
        self.fromTime = fromTime
        self.untilTime = untilTime
    }

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("from", &from)
        visitor.optional("through", &through)
        visitor.optional("fromTime", &fromTime)
        visitor.optional("untilTime", &untilTime)
    }
}

/// A member of the assembly in the list of present or absent members.
public struct Member: Hashable, Codable, JSONObject {
    /// `M.`, `Mme`… as written.
    public var civility: String?
    /// First and family name as written, without civility.
    public var name: String
    /// Office or quality as written.
    public var role: String?
    /// The commune that the member represents, as written.
    public var locality: String?
    /// Whether the member sits as the substitute (suppléant) of another.
    public var substitute: Bool
    /// Whether the text calls an absent member excused.
    public var excused: Bool
    /// When the member was there; empty means the whole session.
    public var presence: [ItemRange]

    /// A member.
    public init(
        _ person: Person, locality: String? = nil, substitute: Bool = false, excused: Bool = false,
        presence: [ItemRange] = []
    ) {
        civility = person.civility
        name = person.name
        role = person.role
        self.locality = locality
        self.substitute = substitute
        self.excused = excused
        self.presence = presence
    }

    /// The member as a person.
    public var person: Person { Person(civility: civility, name: name, role: role) }

    public init(blank: JSONBlank) {
        self.init(Person(name: ""))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("civility", &civility)
        visitor.required("name", &name)
        visitor.optional("role", &role)
        visitor.optional("locality", &locality)
        visitor.required("substitute", &substitute)
        visitor.required("excused", &excused)
        visitor.required("presence", &presence)
    }
}

/// A written power (procuration, pouvoir) of one member to another (CGCT L2121-20).
public struct Proxy: Hashable, Codable, JSONObject {
    /// Who gives it.
    public var giver: Person
    /// Who votes for the giver.
    public var holder: Person
    /// The giver's commune, as written.
    public var locality: String?
    /// For which items; nil means for the whole session.
    public var during: ItemRange?

    /// A proxy.
    public init(giver: Person, holder: Person, locality: String? = nil, during: ItemRange? = nil) {
        self.giver = giver
        self.holder = holder
        self.locality = locality
        self.during = during
    }

    public init(blank: JSONBlank) {
        self.init(giver: Person(name: ""), holder: Person(name: ""))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("giver", &giver)
        visitor.required("holder", &holder)
        visitor.optional("locality", &locality)
        visitor.optional("during", &during)
    }
}

/// Who sat, and who held whose proxy. A list that the text does not give is nil; an empty one says that there is nobody.
public struct Attendance: Hashable, Codable, JSONObject {
    /// Members listed as present, late arrivals and early leavers among them.
    public var present: [Member]?
    /// Members listed under a heading of absents or excused.
    public var absent: [Member]?
    /// Proxies whose giver and holder are both named.
    public var proxies: [Proxy]?
    /// Members said to be represented whose holder is not named.
    public var giversWithoutHolder: [Person]?

    /// An attendance.
    public init(
        present: [Member]? = nil, absent: [Member]? = nil, proxies: [Proxy]? = nil,
        giversWithoutHolder: [Person]? = nil
    ) {
        self.present = present
        self.absent = absent
        self.proxies = proxies
        self.giversWithoutHolder = giversWithoutHolder
    }

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("present", &present)
        visitor.optional("absent", &absent)
        visitor.optional("proxies", &proxies)
        visitor.optional("giversWithoutHolder", &giversWithoutHolder)
    }
}
