/// The rows that say how far each segment file is written and how many uses it has.
enum SegmentRows {
    static let table = """
        CREATE TABLE IF NOT EXISTS segments (number BIGINT PRIMARY KEY, uses BIGINT NOT NULL, written BIGINT NOT NULL)
        """

    /// The segments and where their records end, in their order.
    static func all(_ sql: SQLTransaction) throws(StorageError) -> [(number: Int64, end: Int64)] {
        try sql.query("SELECT number, written FROM segments ORDER BY number") { row in
            (number: try row.integer(0), end: try row.integer(1))
        }
    }

    /// Synchronizes the records, then brings the rows up to date; answers which segments are of no use now.
    static func settle(
        _ references: ReferenceChanges, _ segments: SegmentStore, _ sql: SQLTransaction
    ) throws(StorageError) -> [Int64] {
        try segments.synchronize()
        let newest = segments.newest
        var dead: [Int64] = []
        for (segment, change) in references.uses {
            let written = segment == newest?.number ? newest?.end ?? 0 : 0
            try sql.execute(
                """
                INSERT INTO segments (number, uses, written) VALUES (?, ?, ?)
                ON CONFLICT (number) DO UPDATE SET uses = segments.uses + excluded.uses,
                    written = CASE WHEN excluded.written > 0 THEN excluded.written ELSE segments.written END
                """, [.integer(segment), .integer(change), .integer(written)])
        }
        for segment in references.uses.keys where segment != newest?.number {
            if try sql.execute("DELETE FROM segments WHERE number = ? AND uses <= 0", [.integer(segment)]) > 0 {
                dead.append(segment)
            }
        }
        return dead
    }
}
