import Deliberations
import GreffierProtocol
import Storage

/// What one document changes of acts that staff know: what one mail about changes says.
public struct ChangeNotice: Sendable {
    /// The document.
    public let document: RegisteredDocument
    /// The authority's name.
    public let authority: String
    /// The deadlines that are new or have another date, as they are now.
    public let deadlines: [RegisteredDeadline]
    /// What the rules say only now, each with the act that it concerns; without one, of a session.
    public let findings: [(finding: Finding, act: ActSummary?)]
    /// The deadlines that fell away, each with the date that staff know.
    public var withdrawn: [(deadline: RegisteredDeadline, formerDue: CivilDate?)] = []
    /// The acts that say something else than staff were told.
    public var corrections: [Correction] = []
    /// Whether the document says what it said before, and only the rules or the calendar have changed.
    public internal(set) var isRecomputation = false
    /// The documents that brought the acts: their mails are continued.
    public let introducedBy: [DocumentID]

    /// What an act says otherwise.
    public struct Correction: Sendable {
        /// What it says now.
        public let facts: ActSummary
        /// What it said; nil if that is the same.
        public let former: ActSummary?
        /// What the rules do not say of it any more.
        public let gone: [Finding]
    }
}

extension Register {
    /// Whether the deadlines of a document were computed anew since it was registered.
    private static func isRecomputed(_ document: DocumentID, _ sql: SQLTransaction) throws -> Bool {
        try sql.first(
            """
            SELECT 1 FROM audit a JOIN documents c ON c.id = ? WHERE a.subject = ? AND a.action <> 'document.registered'
                AND a.action = 'document.recomputed' AND a.at >= c.registered_at LIMIT 1
            """, [.init(document), .text(AlertSubject.document(document).key)]
        ) { _ in true } ?? false
    }

    /// What a mail about changes tells, as it is true now; nil when nothing is left of it.
    public func changes(toldBy mail: Int64) throws -> ChangeNotice? {
        let stated = StatedDeadlines(bodies)
        return try database.read { sql in
            let deadlines = try sql.readAll(
                RegisteredDeadline.query + """
                     WHERE d.change_mail = ? AND d.change IS NOT NULL AND d.change_step = 'changement'
                        AND d.last_step = 'changement' AND d.state IN ('open', 'scheduled') ORDER BY d.due NULLS FIRST, d.id
                    """, [.integer(mail)]
            ) { try RegisteredDeadline($0, from: stated) }
            let found = try ChangeFinding.all(of: mail, sql)
            let notices = try NoticeRow.all(of: mail, sql)
            let cause = notices.first?.cause ?? found.first?.cause
            let document = try cause.flatMap { try ChangeFinding.document($0, sql) }
            guard let origin = document ?? deadlines.first.map({ ($0.document, $0.authority) }) else { return nil }
            let news = notices.flatMap { row in
                row.correction.found.map { (finding: $0, act: ActSummary?.some(row.facts)) }
            }
            var notice = ChangeNotice(
                document: origin.0, authority: origin.1, deadlines: deadlines,
                findings: found.map { ($0.finding, $0.act) } + news,
                introducedBy: deadlines.map(\.introducedBy) + found.compactMap(\.introducedBy)
                    + notices.map(\.introducedBy))
            notice.corrections = notices.filter { $0.correction.former != nil || !$0.correction.gone.isEmpty }.map {
                ChangeNotice.Correction(facts: $0.facts, former: $0.correction.former, gone: $0.correction.gone)
            }
            notice.isRecomputation = try Self.isRecomputed(origin.0.id, sql)
            notice.withdrawn = try withdrawn(notices, stated, sql)
            return notice
        }
    }

    private func withdrawn(
        _ notices: [NoticeRow], _ stated: StatedDeadlines, _ sql: SQLTransaction
    ) throws -> [(deadline: RegisteredDeadline, formerDue: CivilDate?)] {
        try notices.compactMap { notice in
            guard let id = notice.deadline else { return nil }
            let row = try sql.readFirst(RegisteredDeadline.query + " WHERE d.id = ?", [.init(id)]) {
                try RegisteredDeadline($0, from: stated)
            }
            return row.map { (deadline: $0, formerDue: notice.formerDue) }
        }
    }
}

/// A finding of a mail about changes.
private struct ChangeFinding {
    let finding: Finding
    let act: ActSummary?
    let introducedBy: DocumentID?
    let cause: DocumentID

    static func all(of mail: Int64, _ sql: SQLTransaction) throws -> [Self] {
        try sql.readAll(
            """
            SELECT f.detail, f.cause, a.facts, a.introduced_by, f.id FROM findings f LEFT JOIN acts a ON a.id = f.act
            WHERE f.mail = ? AND f.state = 'live' ORDER BY f.id
            """, [.integer(mail)]
        ) { row in
            guard let finding = try? Finding(json: Array(try row.text(0).utf8)) else {
                throw RegisterError.damagedRow(table: "findings", id: "\(try row.integer(4))")
            }
            let facts = try row.optionalText(2).flatMap { try? ActSummary(json: Array($0.utf8)) }
            return Self(
                finding: finding, act: facts, introducedBy: try row.optionalDocument(3), cause: try row.document(1))
        }
    }

    static func document(
        _ id: DocumentID, _ sql: SQLTransaction
    ) throws -> (document: RegisteredDocument, authority: String)? {
        try sql.first(
            """
            SELECT c.id, c.name, c.source, c.accepted_at, u.name
            FROM documents c JOIN authorities u ON u.id = c.authority WHERE c.id = ?
            """, [.init(id)]
        ) { row in
            let document = RegisteredDocument(
                id: try row.document(0), name: try row.text(1), source: try row.text(2), acceptedAt: try row.instant(3))
            return (document: document, authority: try row.text(4))
        }
    }
}
