/// Records whose bytes are to leave their segment files: noted in the transaction that gives them up, done after its commit
/// and once more when the store is opened, if a crash came between.
///
/// A record becomes a hole in its file: its blocks go back to the file system at once, though its neighbours stay, and what
/// is left of it reads as zeros. A segment without any record left is deleted whole.
enum Erasures {
    static let table = """
        CREATE TABLE IF NOT EXISTS erasures (
            segment BIGINT NOT NULL, start BIGINT NOT NULL, length BIGINT NOT NULL, PRIMARY KEY (segment, start))
        """

    /// Notes what is to be erased; of segments that are deleted whole nothing is left to do.
    static func note(
        _ records: Set<SegmentReference>, dead segments: [Int64], _ sql: SQLTransaction
    ) throws(StorageError) {
        for segment in segments {
            try sql.execute("DELETE FROM erasures WHERE segment = ?", [.integer(segment)])
        }
        for record in records {
            let place: [SQLValue] = [.integer(record.segment), .integer(record.offset), .integer(record.length)]
            try sql.execute(
                "INSERT INTO erasures (segment, start, length) VALUES (?, ?, ?) ON CONFLICT (segment, start) DO NOTHING",
                place)
        }
    }

    /// Erases records, makes that durable, and forgets that it was to be done.
    static func perform(
        _ records: [SegmentReference], _ segments: SegmentStore, _ database: SQLDatabase
    ) throws {
        guard !records.isEmpty else { return }
        try segments.erase(records)
        try database.write { sql in
            for record in records {
                try sql.execute(
                    "DELETE FROM erasures WHERE segment = ? AND start = ?",
                    [.integer(record.segment), .integer(record.offset)])
            }
        }
    }

    /// Does what a crash left undone. Of files that are gone nothing is left to erase.
    static func resume(_ segments: SegmentStore, _ database: SQLDatabase) throws {
        while true {
            let left = try database.read { sql in
                try sql.query("SELECT segment, start, length FROM erasures ORDER BY segment, start LIMIT 1000") { row in
                    SegmentReference(
                        segment: try row.integer(0), offset: try row.integer(1), length: Int(try row.integer(2)))
                }
            }
            guard !left.isEmpty else { return }
            try perform(left, segments, database)
        }
    }
}
