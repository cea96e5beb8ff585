import Deadlines
import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// The acts that a document brought, with what is known of them now: what the mail about new acts says.
public struct Announcement: Sendable {
    /// The document that brought them.
    public let document: RegisteredDocument
    /// The authority's name.
    public let authority: String
    /// The authority's SIREN, where one of its documents prints it.
    public let siren: String?
    /// The day of their session.
    public let sessionDate: CivilDate
    /// The acts, in the order of the document; never empty.
    public let acts: [Act]
    /// What the rules say of the document as a whole, and of its session among others.
    public let generalFindings: [Finding]
    /// Duties of the whole session that these acts brought.
    public let generalDeadlines: [RegisteredDeadline]

    /// One act.
    public struct Act: Sendable {
        /// Its number in the register.
        public let id: ActID
        /// What it says.
        public let facts: ActSummary
        /// What the rules say of it.
        public let findings: [Finding]
        /// Its deadlines that run.
        public let deadlines: [RegisteredDeadline]
    }
}

extension Register {
    /// The acts that a generation of a document brought and that documents still state; nil when there is none.
    public func announcement(of document: DocumentID, generation: Int) throws -> Announcement? {
        let stated = StatedDeadlines(bodies)
        return try database.read { sql in
            try AnnouncementReader(
                sql: sql, bodies: bodies, document: document, generation: generation, stated: stated
            ).read()
        }
    }
}

/// Puts an announcement together in one transaction.
struct AnnouncementReader {
    let sql: SQLTransaction
    let bodies: BodyStore
    let document: DocumentID
    let generation: Int
    let stated: StatedDeadlines

    func read() throws -> Announcement? {
        let header = try sql.first(
            """
            SELECT c.id, c.name, c.source, c.accepted_at, u.name, c.session_day, u.siren
            FROM documents c JOIN authorities u ON u.id = c.authority WHERE c.id = ?
            """, [.init(document)]
        ) { row in
            let document = RegisteredDocument(
                id: try row.document(0), name: try row.text(1), source: try row.text(2), acceptedAt: try row.instant(3))
            return (
                document: document, authority: try row.text(4), day: try row.day(5), siren: try row.optionalText(6)
            )
        }
        let rows = try sql.query(
            "SELECT id, facts FROM acts WHERE introduced_by = ? AND introduced_in = ? AND state = 'live' ORDER BY id",
            [.init(document), .integer(generation)]
        ) { (id: ActID(try $0.integer(0)), facts: try $0.text(1)) }
        guard let header, !rows.isEmpty else { return nil }
        var reports: [DocumentID: Report] = [:]
        var acts: [Announcement.Act] = []
        for (id, facts) in rows {
            guard let facts = try? ActSummary(json: Array(facts.utf8)) else {
                throw RegisterError.damagedRow(table: "acts", id: "\(id)")
            }
            acts.append(
                Announcement.Act(
                    id: id, facts: facts, findings: try findings(of: id, &reports),
                    deadlines: try deadlines(of: id)))
        }
        let general = try report(document, &reports)
        return Announcement(
            document: header.document, authority: header.authority, siren: header.siren, sessionDate: header.day,
            acts: acts,
            generalFindings: (general.summary.acts.count == 1
                ? [] : general.findings.filter { $0.deliberation == nil })
                + (try RegisterFindings.causedBy(document, sql)),
            generalDeadlines: try sharedDeadlines())
    }

    private func findings(of act: ActID, _ reports: inout [DocumentID: Report]) throws -> [Finding] {
        let entries = try sql.query(
            "SELECT rank, accepted_at, document, position FROM entries WHERE act = ?", [.init(act)]
        ) { row in
            let precedence = Precedence(
                rank: try row.count(0), acceptedAt: try row.count(1), document: try row.document(2))
            return (precedence: precedence, position: try row.count(3))
        }
        guard let best = entries.max(by: { $0.precedence < $1.precedence }) else { return [] }
        let report = try report(best.precedence.document, &reports)
        let isOnly = report.summary.acts.count == 1
        return try report.findings.filter { isOnly || $0.deliberation == best.position }
            + RegisterFindings.of(act, sql)
    }

    private func report(_ document: DocumentID, _ reports: inout [DocumentID: Report]) throws -> Report {
        if let report = reports[document] { return report }
        let reference = try sql.first("SELECT report FROM documents WHERE id = ?", [.init(document)]) { try $0.text(0) }
        let report = try StoredReport.read(reference ?? "", of: document, from: bodies)
        reports[document] = report
        return report
    }

    private func deadlines(of act: ActID) throws -> [RegisteredDeadline] {
        try deadlines("d.act = ? AND d.scope IS NULL", [.init(act)])
    }

    /// The session's duties are told once, with the act that brought them, whichever document states them best.
    private func sharedDeadlines() throws -> [RegisteredDeadline] {
        try deadlines(
            "\(DeadlineRow.ofActsBroughtBy) AND d.scope IS NOT NULL", [.init(document), .integer(generation)])
    }

    private func deadlines(_ condition: String, _ values: [SQLValue]) throws -> [RegisteredDeadline] {
        try sql.readAll(Self.deadlines(condition), values) { try RegisteredDeadline($0, from: stated) }
    }

    static func deadlines(_ condition: String) -> String {
        RegisteredDeadline.query + " WHERE \(condition) AND \(DeadlineRow.isRunning) ORDER BY d.due NULLS FIRST, d.id"
    }
}
