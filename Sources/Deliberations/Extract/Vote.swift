import JSONCodec

/// The vote on the whole of an act, as printed.
public struct Vote: Hashable, Codable, JSONObject {
    /// Voices for; only when printed.
    public var `for`: Int?
    /// Voices against; only when printed.
    public var against: Int?
    /// Abstentions; only when printed.
    public var abstentions: Int?
    /// Members who do not take part by choice; only when printed.
    public var notParticipating: Int?
    /// Blank ballots; only when printed.
    public var blank: Int?
    /// Null ballots; only when printed.
    public var null: Int?
    /// Votes cast; only when printed.
    public var cast: Int?
    /// Whether the text says "à l'unanimité".
    public var unanimous: Bool
    /// The words of the result.
    public var wording: String?
    /// A note under the vote.
    public var note: String?
    /// The result, where the text says it.
    public var outcome: Outcome?
    /// How the vote was taken.
    public var ballot: Ballot?
    /// Who is named as voting for.
    public var supporters: [Person]?
    /// Who is named as voting against.
    public var opponents: [Person]?
    /// Who is named as abstaining.
    public var abstainers: [Person]?
    /// Members who are interested in the matter and take no part (CGCT L2131-11).
    public var interested: [InterestedMember]?
    /// The printed number of interested members, or of their voices.
    public var interestedCount: Int?

    /// A result.
    public enum Outcome: String, JSONStringEnumeration, Codable {
        case adopted
        case rejected
        /// The assembly takes note (prend acte).
        case noted
        case withdrawn
        case postponed
        /// Somebody was elected.
        case elected
    }

    /// How a vote is taken (CGCT L2121-21).
    public enum Ballot: String, JSONStringEnumeration, Codable {
        /// By show of hands.
        case ordinary
        /// By a public ballot, which names everyone.
        case `public`
        /// By a secret ballot.
        case secret
    }

    /// A vote of which nothing is known.
    public init(unanimous: Bool = false) {
        self.unanimous = unanimous
    }

    public init(blank: JSONBlank) {
        self.init()
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("for", &`for`)
        visitor.optional("against", &against)
        visitor.optional("abstentions", &abstentions)
        visitor.optional("notParticipating", &notParticipating)
        visitor.optional("blank", &blank)
        visitor.optional("null", &null)
        visitor.optional("cast", &cast)
        visitor.required("unanimous", &unanimous)
        visitor.optional("wording", &wording)
        visitor.optional("note", &note)
        visitor.optional("outcome", &outcome)
        visitor.optional("ballot", &ballot)
        visitor.optional("supporters", &supporters)
        visitor.optional("opponents", &opponents)
        visitor.optional("abstainers", &abstainers)
        visitor.optional("interested", &interested)
        visitor.optional("interestedCount", &interestedCount)
    }
}

/// A member who is interested in the matter.
public struct InterestedMember: Hashable, Codable, JSONObject {
    /// Who.
    public var person: Person
    /// The printed number of voices that fall: the member's own and those of the proxies.
    public var weight: Int?

    /// An interested member.
    public init(person: Person, weight: Int? = nil) {
        self.person = person
        self.weight = weight
    }

    public init(blank: JSONBlank) {
        self.init(person: Person(name: ""))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("person", &person)
        visitor.optional("weight", &weight)
    }
}

/// One of several votes inside an act.
public struct PartialVote: Hashable, Codable, JSONObject {
    /// What was voted on: a chapter's title, an amendment's number.
    public var label: String?
    /// What kind of part it is.
    public var kind: Kind
    /// Which round of an election.
    public var round: Int?
    /// The vote.
    public var vote: Vote
    /// Who stood, with their voices.
    public var candidates: [Candidacy]?
    /// Who was elected.
    public var elected: [Person]?
    /// The absolute majority as printed.
    public var majority: Int?

    /// A kind of part.
    public enum Kind: String, JSONStringEnumeration, Codable {
        case whole
        case chapter
        case amendment
        case round
        case other
    }

    /// A vote on a part.
    public init(kind: Kind, vote: Vote) {
        self.kind = kind
        self.vote = vote
    }

    public init(blank: JSONBlank) {
        self.init(kind: .other, vote: Vote())
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("label", &label)
        visitor.required("kind", &kind)
        visitor.optional("round", &round)
        visitor.required("vote", &vote)
        visitor.optional("candidates", &candidates)
        visitor.optional("elected", &elected)
        visitor.optional("majority", &majority)
    }
}

/// A candidate, or a list of candidates, and the voices obtained.
public struct Candidacy: Hashable, Codable, JSONObject {
    /// Who stands.
    public var persons: [Person]
    /// The voices obtained.
    public var votes: Int

    /// A candidacy.
    public init(persons: [Person], votes: Int) {
        self.persons = persons
        self.votes = votes
    }

    public init(blank: JSONBlank) {
        self.init(persons: [], votes: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("persons", &persons)
        visitor.required("votes", &votes)
    }
}
