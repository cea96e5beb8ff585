import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// Which acts to list.
public struct ActFilter: Hashable, Sendable {
    /// Part of the authority's name, or its SIREN.
    public var authority: String?
    /// The first day of the session.
    public var from: CivilDate?
    /// The last day of the session.
    public var until: CivilDate?
    /// The most rows.
    public var limit = 1_000

    /// All acts.
    public init() {}
}

/// An act as a list shows it.
public struct ActListing: Hashable, JSONObject {
    /// Its number in the register.
    public var id = ActID(0)
    /// The authority.
    public var authority = ""
    /// The day of the session.
    public var session = CivilDate(daysSince1970: 0)
    /// What its documents say, put together.
    public var facts = ActSummary(subject: "")
    /// How many documents state it.
    public var documents = 0
    /// The document that brought it.
    public var introducedBy = DocumentID(of: [])

    init(_ row: SQLRow) throws {
        id = ActID(try row.integer(0))
        authority = try row.text(1)
        session = try row.day(2)
        guard let facts = try? ActSummary(json: Array(try row.text(3).utf8)) else {
            throw RegisterError.damagedRow(table: "acts", id: "\(id)")
        }
        self.facts = facts
        documents = try row.count(4)
        introducedBy = try row.document(5)
    }

    static let query = """
        SELECT a.id, u.name, a.session_day, a.facts, (SELECT COUNT(*) FROM entries e WHERE e.act = a.id), a.introduced_by
        FROM acts a JOIN authorities u ON u.id = a.authority
        """

    public init(blank: JSONBlank) {}

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("authority", &authority)
        visitor.required("session", &session)
        visitor.required("facts", &facts)
        visitor.required("documents", &documents)
        visitor.required("introducedBy", &introducedBy)
    }
}

extension Register {
    /// Acts, the latest session first.
    public func acts(_ filter: ActFilter = ActFilter()) throws -> [ActListing] {
        var condition = SQLCondition()
        condition.add("a.state = 'live'", [])
        condition.add(sessionsOf: filter)
        return try database.read { sql in
            try sql.readAll(
                ActListing.query + condition.clause + " ORDER BY a.session_day DESC, a.id LIMIT ?",
                condition.values + [.integer(filter.limit)]
            ) { try ActListing($0) }
        }
    }
}
