import Foundation

extension SQLDatabase {
    /// The segment files that the rows know, and how many bytes of each hold records.
    public func segmentFiles() throws -> [(name: String, bytes: Int)] {
        try read { sql in
            try SegmentRows.all(sql).map { row in
                (
                    name: URL(fileURLWithPath: SegmentStore.path(row.number, in: "")).lastPathComponent,
                    bytes: Int(row.end)
                )
            }
        }
    }
}
