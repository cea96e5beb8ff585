import JSONCodec

/// What the register compares among documents, each fact with the words that say it: it need not read the Extracts.
public struct ComparedFacts: Hashable, Codable, JSONObject {
    /// Which organ deliberated.
    public var organ: Organ
    /// The session's proxies; nil if the document has no list of them, empty if it says that there is none.
    public var proxies: [ComparedProxy]?
    /// The grants to bodies that are not surely public.
    public var grants: [ComparedGrant]
    /// Where the acts' numbers are printed.
    public var numbers: [ComparedNumber]

    /// Facts of an organ.
    public init(
        organ: Organ, proxies: [ComparedProxy]? = nil, grants: [ComparedGrant] = [], numbers: [ComparedNumber] = []
    ) {
        self.organ = organ
        self.proxies = proxies
        self.grants = grants
        self.numbers = numbers
    }

    public init(blank: JSONBlank) {
        self.init(organ: .assembly)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("organ", &organ)
        visitor.optional("proxies", &proxies)
        visitor.required("grants", &grants)
        visitor.required("numbers", &numbers)
    }
}

/// A member who votes for another.
public struct ComparedProxy: Hashable, Codable, JSONObject {
    /// Who gives it.
    public var giver: String
    /// Who votes for the giver.
    public var holder: String
    /// The words that say so.
    public var evidence: Evidence?

    /// A proxy.
    public init(giver: String, holder: String, evidence: Evidence? = nil) {
        self.giver = giver
        self.holder = holder
        self.evidence = evidence
    }

    public init(blank: JSONBlank) {
        self.init(giver: "", holder: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("giver", &giver)
        visitor.required("holder", &holder)
        visitor.optional("evidence", &evidence)
    }
}

/// A grant of a deliberation.
public struct ComparedGrant: Hashable, Codable, JSONObject {
    /// The index of the deliberation.
    public var deliberation: Int
    /// Who receives it, as written.
    public var beneficiary: String
    /// How much, in euro cents.
    public var cents: Int
    /// Whether a convention with the beneficiary is joined or mentioned.
    public var hasConvention: Bool
    /// The words that say the amount.
    public var evidence: Evidence?

    /// A grant.
    public init(deliberation: Int, beneficiary: String, cents: Int, hasConvention: Bool, evidence: Evidence? = nil) {
        self.deliberation = deliberation
        self.beneficiary = beneficiary
        self.cents = cents
        self.hasConvention = hasConvention
        self.evidence = evidence
    }

    public init(blank: JSONBlank) {
        self.init(deliberation: 0, beneficiary: "", cents: 0, hasConvention: false)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("deliberation", &deliberation)
        visitor.required("beneficiary", &beneficiary)
        visitor.required("cents", &cents)
        visitor.required("hasConvention", &hasConvention)
        visitor.optional("evidence", &evidence)
    }
}

/// Where an act's number is printed.
public struct ComparedNumber: Hashable, Codable, JSONObject {
    /// The index of the deliberation.
    public var deliberation: Int
    /// The words.
    public var evidence: Evidence

    /// A printed number.
    public init(deliberation: Int, evidence: Evidence) {
        self.deliberation = deliberation
        self.evidence = evidence
    }

    public init(blank: JSONBlank) {
        self.init(deliberation: 0, evidence: Evidence(blank: blank))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("deliberation", &deliberation)
        visitor.required("evidence", &evidence)
    }
}
