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

    /// Sets rows right of segments that are written no more: a former version left them short when a batch went on in
    /// another segment. Nothing follows their records but space that was reserved, so that they end with the file at most.
    static func mend(
        _ rows: [(number: Int64, end: Int64)], in folder: String, _ sql: SQLTransaction
    ) throws(StorageError) {
        for row in rows.dropLast() {
            guard let bytes = SegmentFile.bytes(SegmentStore.path(row.number, in: folder)), bytes > row.end else {
                continue
            }
            try sql.execute(
                "UPDATE segments SET written = ? WHERE number = ?", [.integer(bytes), .integer(row.number)])
        }
    }

    /// Synchronizes the records, then brings the rows up to date; answers which segments are of no use now.
    static func settle(
        _ references: ReferenceChanges, _ segments: SegmentStore, _ sql: SQLTransaction
    ) throws(StorageError) -> [Int64] {
        try segments.synchronize()
        var dead: [Int64] = []
        for (segment, change) in references.uses {
            let end: Int64 = references.ends[segment] ?? 0
            try sql.execute(
                """
                INSERT INTO segments (number, uses, written) VALUES (?, ?, ?)
                ON CONFLICT (number) DO UPDATE SET uses = segments.uses + excluded.uses,
                    written = CASE WHEN excluded.written > 0 THEN excluded.written ELSE segments.written END
                """, [.integer(segment), .integer(change), .integer(end)])
        }
        let newest = segments.newest
        for segment in references.uses.keys where segment != newest {
            if try sql.execute("DELETE FROM segments WHERE number = ? AND uses <= 0", [.integer(segment)]) > 0 {
                dead.append(segment)
            }
        }
        return dead
    }
}
