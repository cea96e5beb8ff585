import JSONCodec
import Storage

/// One line of the audit trail.
public struct AuditListing: Hashable, JSONObject {
    /// Its number: the order in which things happened.
    public var id = 0
    /// When, in seconds since 1970 UTC.
    public var at = 0
    /// The program or person.
    public var actor = ""
    /// What: "deadline.moved".
    public var action = ""
    /// To what: "deadline/12".
    public var subject = ""
    /// More of it.
    public var detail = ""

    public init(blank: JSONBlank) {}

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("at", &at)
        visitor.required("actor", &actor)
        visitor.required("action", &action)
        visitor.required("subject", &subject)
        visitor.required("detail", &detail)
    }

    fileprivate init(_ row: SQLRow) throws {
        id = try row.count(0)
        at = try row.count(1)
        actor = try row.text(2)
        action = try row.text(3)
        subject = try row.text(4)
        detail = try row.text(5)
    }
}

extension Register {
    /// The audit trail, of everything or of one subject ("deadline/12"), the oldest line first.
    public func audit(of subject: String? = nil, limit: Int = 1_000) throws -> [AuditListing] {
        var condition = SQLCondition()
        if let subject {
            condition.add("subject = ?", [.text(subject)])
            // Only documents are registered; of everything else the index has all lines.
            if !subject.hasPrefix("document/") { condition.add("action <> 'document.registered'", []) }
        }
        return try database.read { sql in
            try sql.query(
                "SELECT id, at, actor, action, subject, detail FROM audit" + condition.clause + " ORDER BY id LIMIT ?",
                condition.values + [.integer(limit)]
            ) { try AuditListing($0) }
        }
    }
}
