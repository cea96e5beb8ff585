import Deadlines
import JSONCodec
import Storage

/// Which alerts to list.
public struct AlertFilter: Hashable, Sendable {
    /// The states; nil for all.
    public var states: Set<AlertState>?
    /// The recipient's address.
    public var recipient: String?
    /// What they are about; nil for anything.
    public var subjects: Set<AlertSubject>?
    /// The most rows.
    public var limit = 1_000

    /// All alerts.
    public init() {}
}

/// An alert as the ledger has it.
public struct AlertListing: Hashable, JSONObject {
    /// Its number.
    public var id = AlertID(0)
    /// What it says.
    public var kind = AlertKind.reminder
    /// What it is about: "document/…" or "deadline/…".
    public var subject = ""
    /// The generation of the document or the version of the deadline.
    public var version = 0
    /// The reminder's step; empty for new acts.
    public var step = ""
    /// The recipient.
    public var recipient = ""
    /// The route that led to the recipient; nil where there is only one.
    public var route: String?
    /// Whether the recipient is told because nobody else has acted.
    public var escalation = false
    /// Where it stands.
    public var state = AlertState.pending
    /// The Message-ID of its mail, without angle brackets: the same for those that left together.
    public var messageID = ""
    /// How many attempts reached the mail server, since it was made or resent.
    public var attempts = 0
    /// How many of the attempts may have reached the recipient without our knowing.
    public var doubts = 0
    /// When it was made, in seconds since 1970 UTC.
    public var createdAt = 0
    /// When it is looked at again, in seconds since 1970 UTC.
    public var wakeAt: Int?
    /// When it came to its end, in seconds since 1970 UTC.
    public var finishedAt: Int?
    /// What the mail server last said.
    public var reply = ""

    public init(blank: JSONBlank) {}

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("kind", &kind)
        visitor.required("subject", &subject)
        visitor.required("version", &version)
        visitor.required("step", &step)
        visitor.required("recipient", &recipient)
        visitor.optional("route", &route)
        visitor.required("escalation", &escalation)
        visitor.required("state", &state)
        visitor.required("messageID", &messageID)
        visitor.required("attempts", &attempts)
        visitor.required("doubts", &doubts)
        visitor.required("createdAt", &createdAt)
        visitor.optional("wakeAt", &wakeAt)
        visitor.optional("finishedAt", &finishedAt)
        visitor.required("reply", &reply)
    }

    fileprivate static let query = """
        SELECT id, kind, subject, version, step, recipient, state, COALESCE(mail, message_id), attempts, doubts, created_at, wake_at,
            finished_at, reply, route, escalation
        FROM alerts
        """

    /// The alert of that number, or nil.
    static func row(_ id: AlertID, _ sql: SQLTransaction) throws -> AlertListing? {
        try sql.readFirst(query + " WHERE id = ?", [.init(id)]) { try AlertListing($0) }
    }

    fileprivate init(_ row: SQLRow) throws {
        id = AlertID(try row.integer(0))
        guard let kind = AlertKind(rawValue: try row.text(1)), let state = AlertState(rawValue: try row.text(6)) else {
            throw RegisterError.damagedRow(table: "alerts", id: "\(id)")
        }
        self.kind = kind
        self.state = state
        subject = try row.text(2)
        version = try row.count(3)
        step = try row.text(4)
        recipient = try row.text(5)
        messageID = try row.text(7)
        attempts = try row.count(8)
        doubts = try row.count(9)
        createdAt = try row.count(10)
        wakeAt = try row.optionalInteger(11).map { Int($0) }
        finishedAt = try row.optionalInteger(12).map { Int($0) }
        reply = try row.text(13)
        let route = try row.text(14)
        self.route = route.isEmpty ? nil : route
        escalation = try row.boolean(15)
    }
}

extension Register {
    /// Alerts, the newest first.
    public func alerts(_ filter: AlertFilter = AlertFilter()) throws -> [AlertListing] {
        var condition = SQLCondition()
        if let states = filter.states {
            let names = states.map(\.rawValue).sorted()
            let marks = names.map { _ in "?" }.joined(separator: ", ")
            condition.add(names.isEmpty ? "1 = 0" : "state IN (\(marks))", names.map(SQLValue.text))
        }
        if let subjects = filter.subjects {
            let keys = subjects.map(\.key).sorted()
            let marks = keys.map { _ in "?" }.joined(separator: ", ")
            condition.add(keys.isEmpty ? "1 = 0" : "subject IN (\(marks))", keys.map(SQLValue.text))
        }
        if let recipient = filter.recipient { condition.add("recipient = ?", [.text(recipient)]) }
        return try database.read { sql in
            try sql.readAll(
                AlertListing.query + condition.clause + " ORDER BY id DESC LIMIT ?",
                condition.values + [.integer(filter.limit)]
            ) { try AlertListing($0) }
        }
    }
}
