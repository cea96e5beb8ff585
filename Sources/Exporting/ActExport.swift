import Deliberations
import GreffierProtocol
import JSONCodec
import Register

/// An act with all that the register knows of it, for other programs: one line of JSON each.
public struct ActExport: JSONObject {
    /// Its number in the register.
    public var id = ActID(0)
    /// The authority.
    public var authority = Authority(name: "", kind: .other)
    /// The day of the session.
    public var session = CivilDate(daysSince1970: 0)
    /// What its documents say, put together.
    public var facts = ActSummary(subject: "")
    /// The document that is believed most.
    public var document = DocumentID(of: [])
    /// What that document says; nil when it cannot be read any more.
    public var deliberation: Deliberation?
    /// Its deadlines, whatever their state.
    public var deadlines: [DeadlineListing] = []

    public init(blank: JSONBlank) {}

    init(_ act: RegisteredAct, deadlines: [DeadlineListing]) {
        id = act.id
        authority = act.authority
        session = act.session
        facts = act.facts
        document = act.document
        deliberation = act.statement?.deliberation
        self.deadlines = deadlines
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("authority", &authority)
        visitor.required("session", &session)
        visitor.required("facts", &facts)
        visitor.required("document", &document)
        visitor.optional("deliberation", &deliberation)
        visitor.required("deadlines", &deadlines)
    }

    /// Hands over a line for each act, the earliest session first.
    ///
    /// - Parameter today: the day on which a deadline is due or overdue.
    /// - Throws: `StorageError`, `RegisterError`, and what `write` throws.
    public static func run(
        _ register: Register, _ filter: ActFilter, today: CivilDate, write: ([UInt8]) throws -> Void
    ) throws {
        try register.forEachAct(filter) { act in
            var ofAct = DeadlineFilter()
            ofAct.act = act.id
            ofAct.states = Set(Deadline.State.allCases)
            let deadlines = try register.deadlines(ofAct, today: today)
            try write(ActExport(act, deadlines: deadlines).jsonBytes() + [UInt8(ascii: "\n")])
        }
    }
}
