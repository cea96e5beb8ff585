import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// What a mail about changes tells beside dates that move and what comparing documents found.
struct NoticeRow {
    let cause: DocumentID
    let act: ActID
    /// The deadline that fell away; nil for what is said of an act.
    let deadline: DeadlineID?
    /// The date of it that staff know.
    let formerDue: CivilDate?
    let correction: ActCorrection
    /// What the act says now.
    let facts: ActSummary
    let introducedBy: DocumentID
    let authority: String
    let siren: String?

    private static let query = """
        SELECT n.cause, n.act, n.deadline, n.former_due, n.detail, a.facts, a.introduced_by, u.name, u.siren, n.id
        FROM notices n JOIN acts a ON a.id = n.act JOIN authorities u ON u.id = a.authority
        """

    private init(_ row: SQLRow) throws {
        cause = try row.document(0)
        act = ActID(try row.integer(1))
        deadline = try row.optionalInteger(2).map { DeadlineID($0) }
        formerDue = try row.optionalDay(3)
        let detail = try row.text(4)
        guard let facts = try? ActSummary(json: Array(try row.text(5).utf8)),
            let correction = detail.isEmpty ? ActCorrection() : try? ActCorrection(json: Array(detail.utf8))
        else { throw RegisterError.damagedRow(table: "notices", id: "\(try row.integer(9))") }
        self.facts = facts
        self.correction = correction
        introducedBy = try row.document(6)
        authority = try row.text(7)
        siren = try row.optionalText(8)
    }

    static func row(_ id: Int64, _ sql: SQLTransaction) throws -> NoticeRow? {
        try sql.readFirst(query + " WHERE n.id = ?", [.integer(id)]) { try NoticeRow($0) }
    }

    /// What a mail tells that is still so: acts of which the document still speaks, and deadlines that nobody states.
    static func all(of mail: Int64, _ sql: SQLTransaction) throws -> [NoticeRow] {
        try sql.readAll(
            query + """
                 WHERE n.mail = ? AND CASE WHEN n.deadline IS NULL
                    THEN EXISTS (SELECT 1 FROM entries e WHERE e.document = n.cause AND e.act = n.act)
                    ELSE EXISTS (SELECT 1 FROM deadlines d WHERE d.id = n.deadline AND d.state = 'superseded') END
                ORDER BY n.act, n.id
                """, [.integer(mail)]
        ) { try NoticeRow($0) }
    }
}
