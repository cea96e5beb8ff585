import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// What comparing documents found, as rows have it.
enum RegisterFindings {
    /// What holds of an act.
    static func of(_ act: ActID, _ sql: SQLTransaction) throws -> [Finding] {
        try query("act = ?", [.init(act)], sql)
    }

    /// What holds of sessions and came to light by a document.
    static func causedBy(_ document: DocumentID, _ sql: SQLTransaction) throws -> [Finding] {
        try query("cause = ? AND act IS NULL", [.init(document)], sql)
    }

    /// What holds of an authority's session as a whole.
    static func ofSession(_ authority: Int64, _ day: CivilDate, _ sql: SQLTransaction) throws -> [Finding] {
        try query("authority = ? AND session_day = ? AND act IS NULL", [.integer(authority), .init(day)], sql)
    }

    private static func query(
        _ condition: String, _ values: [SQLValue], _ sql: SQLTransaction
    ) throws -> [Finding] {
        try sql.readAll("SELECT detail, id FROM findings WHERE \(condition) AND state = 'live' ORDER BY id", values) {
            row in
            guard let finding = try? Finding(json: Array(try row.text(0).utf8)) else {
                throw RegisterError.damagedRow(table: "findings", id: "\(try row.integer(1))")
            }
            return finding
        }
    }
}
