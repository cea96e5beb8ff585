import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// An act with what the document that is believed most says of it.
public struct RegisteredAct: Sendable {
    /// Its number in the register.
    public let id: ActID
    /// The authority.
    public let authority: Authority
    /// The day of the session.
    public let session: CivilDate
    /// What its documents say, put together.
    public let facts: ActSummary
    /// The document that is believed most.
    public let document: DocumentID
    /// What that document says; nil when its Extract cannot be read any more.
    public let statement: Statement?

    /// An act.
    public init(
        id: ActID, authority: Authority, session: CivilDate, facts: ActSummary, document: DocumentID,
        statement: Statement?
    ) {
        self.id = id
        self.authority = authority
        self.session = session
        self.facts = facts
        self.document = document
        self.statement = statement
    }

    /// A deliberation within its Extract.
    public struct Statement: Sendable {
        /// The Extract.
        public let extract: Extract
        /// Which of its deliberations.
        public let position: Int

        /// The deliberation at `position` of `extract`; nil when there is none.
        public init?(extract: Extract, position: Int) {
            guard extract.deliberations.indices.contains(position) else { return nil }
            self.extract = extract
            self.position = position
        }

        /// The deliberation.
        public var deliberation: Deliberation { extract.deliberations[position] }

        /// The conventions that belong to the deliberation.
        public var conventions: [Convention] {
            (extract.conventions ?? []).filter { convention in
                convention.deliberation == position
                    || (convention.deliberation == nil && extract.deliberations.count == 1)
            }
        }
    }
}

extension Register {
    /// Hands over acts, the earliest session first, a page at a time: whatever the register holds, memory stays bounded,
    /// and workers go on registering between two pages.
    public func forEachAct(_ filter: ActFilter, _ body: (RegisteredAct) throws -> Void) throws {
        var reader = ActReader(bodies: bodies, filter: filter)
        var left = filter.limit
        while left > 0 {
            let page = try database.read { sql in try reader.page(atMost: min(left, 100), sql) }
            if page.isEmpty { return }
            left -= page.count
            for act in page { try body(act) }
        }
    }
}

/// Reads acts in the order of their sessions.
private struct ActReader {
    let bodies: BodyStore
    let filter: ActFilter
    private var last: (day: CivilDate, act: ActID)?
    /// Minutes state many acts of one session: their Extract is decoded once.
    private var latest: (document: DocumentID, extract: Extract?)?

    init(bodies: BodyStore, filter: ActFilter) {
        self.bodies = bodies
        self.filter = filter
    }

    private struct Row {
        let id: ActID
        let authority: Authority
        let session: CivilDate
        let facts: ActSummary
    }

    /// The next acts; empty at the end.
    mutating func page(atMost count: Int, _ sql: SQLTransaction) throws -> [RegisteredAct] {
        let rows = try rows(atMost: count, sql)
        if let row = rows.last { last = (row.session, row.id) }
        return try rows.compactMap { row in
            guard let best = try best(of: row.id, sql) else { return nil }
            let extract = extract(of: best.document, at: best.reference)
            return RegisteredAct(
                id: row.id, authority: row.authority, session: row.session, facts: row.facts, document: best.document,
                statement: extract.flatMap { RegisteredAct.Statement(extract: $0, position: best.position) })
        }
    }

    private func rows(atMost count: Int, _ sql: SQLTransaction) throws -> [Row] {
        var condition = SQLCondition()
        condition.add("a.state = 'live'", [])
        condition.add(sessionsOf: filter)
        if let last {
            condition.add(
                "a.session_day > ? OR a.session_day = ? AND a.id > ?",
                [.init(last.day), .init(last.day), .init(last.act)])
        }
        return try sql.readAll(
            """
            SELECT a.id, u.name, u.kind, u.siren, u.department, a.session_day, a.facts
            FROM acts a JOIN authorities u ON u.id = a.authority
            """ + condition.clause + " ORDER BY a.session_day, a.id LIMIT ?", condition.values + [.integer(count)]
        ) { row in
            let id = ActID(try row.integer(0))
            guard let facts = try? ActSummary(json: Array(try row.text(6).utf8)) else {
                throw RegisterError.damagedRow(table: "acts", id: "\(id)")
            }
            let authority = Authority(
                name: try row.text(1), kind: Authority.Kind(rawValue: try row.text(2)) ?? .other,
                siren: try row.optionalText(3), department: try row.optionalText(4))
            return Row(id: id, authority: authority, session: try row.day(5), facts: facts)
        }
    }

    private func best(
        of act: ActID, _ sql: SQLTransaction
    ) throws -> (document: DocumentID, position: Int, reference: String)? {
        try sql.first(
            """
            SELECT e.document, e.position, c.extract FROM entries e JOIN documents c ON c.id = e.document
            WHERE e.act = ? ORDER BY e.rank DESC, e.accepted_at DESC, e.document DESC LIMIT 1
            """, [.init(act)]
        ) { (document: try $0.document(0), position: try $0.count(1), reference: try $0.text(2)) }
    }

    private mutating func extract(of document: DocumentID, at reference: String) -> Extract? {
        if let latest, latest.document == document { return latest.extract }
        let extract = BodyReference(reference).flatMap { reference in
            (try? bodies.read(reference)).flatMap { try? Extract(json: $0) }
        }
        latest = (document, extract)
        return extract
    }
}
