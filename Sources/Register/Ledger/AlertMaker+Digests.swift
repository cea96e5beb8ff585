import Deadlines
import Deliberations
import GreffierProtocol
import Storage

extension AlertMaker {
    /// Puts a document into the digest of a recipient: into that of its day if it has not begun to leave, else into another
    /// one of that day.
    mutating func add(_ document: AnnouncedDocument, to digest: DigestPlan) throws {
        let day = ParisTime.civil(at: digest.sendAt).date
        let last = try sql.first(
            """
            SELECT version, state, doubts FROM alerts WHERE subject = ? AND kind = 'digest' AND recipient = ?
            ORDER BY version DESC LIMIT 1
            """, [.text(AlertSubject.digest(day).key), .text(digest.recipient.address)]
        ) { row in
            let waits = try row.text(1) == AlertState.pending.rawValue && row.count(2) == 0
            return (version: try row.count(0), waits: waits)
        }
        let version = last.map { $0.waits ? $0.version : $0.version + 1 } ?? 0
        try add(
            .digest, .digest(day), version: version, step: digest.isWeekly ? DigestRhythm.weekly : DigestRhythm.daily,
            plan: AlertPlan(recipients: [digest.recipient], sendAt: digest.sendAt))
        try sql.execute(
            """
            INSERT INTO digest_items (recipient, day, version, document, generation) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (recipient, day, version, document) DO UPDATE SET generation = excluded.generation
            """,
            [
                .text(digest.recipient.address), .init(day), .integer(version), .init(document.id),
                .integer(document.generation),
            ])
    }
}

/// How a digest's alert says how often it comes.
public enum DigestRhythm {
    /// Every worked day.
    public static let daily = "jour"
    /// Every week.
    public static let weekly = "semaine"
}

extension Register {
    /// What the digest of a day tells a recipient, in the order in which the documents were accepted: the acts that
    /// documents still state. Empty when nothing is left of it.
    public func digest(of day: CivilDate, version: Int, recipient: String) throws -> [Announcement] {
        let stated = StatedDeadlines(bodies)
        return try database.read { sql in
            let items = try sql.query(
                """
                SELECT i.document, i.generation FROM digest_items i JOIN documents c ON c.id = i.document
                WHERE i.recipient = ? AND i.day = ? AND i.version = ? ORDER BY c.accepted_at, i.document
                """, [.text(recipient), .init(day), .integer(version)]
            ) { AnnouncedDocument(id: try $0.document(0), generation: try $0.count(1)) }
            return try items.compactMap { item in
                try AnnouncementReader(
                    sql: sql, bodies: bodies, document: item.id, generation: item.generation, stated: stated
                ).read()
            }
        }
    }
}
