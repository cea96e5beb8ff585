import Deliberations
import GreffierProtocol
import JSONCodec
import Storage

/// Fills the index of words of a copied register from its rows: each engine has an index of its own kind, which is not
/// copied.
struct SearchIndexCopy {
    let database: SQLDatabase

    private static let batchRows = 500

    /// Takes out what an interrupted run left, and enters every row.
    func run() throws {
        try database.write { try SearchedTexts.index.clear($0) }
        var last: Int64 = -1
        while let row = try database.write({ try copyBatch(after: last, $0) }) { last = row }
    }

    /// Enters some rows; answers the last of them.
    private func copyBatch(after last: Int64, _ sql: SQLTransaction) throws -> Int64? {
        let entries = try sql.query(
            """
            SELECT search, summary, beneficiaries, people FROM entries WHERE search > ? ORDER BY search LIMIT ?
            """, [.integer(last), .integer(Self.batchRows)]
        ) { row in
            let summary = try? ActSummary(json: Array(try row.text(1).utf8))
            let texts = SearchedTexts(
                subject: summary?.subject ?? "", beneficiaries: try row.optionalText(2),
                people: try row.optionalText(3))
            return (row: try row.integer(0), texts: texts)
        }
        for entry in entries { try SearchedTexts.index.add(entry.row, entry.texts.folded, to: sql) }
        return entries.last?.row
    }
}
