import Foundation

/// Reads records beside the program that writes them.
public struct RecordReader: Sendable {
    private enum Source {
        case segments(SegmentStore)
        case rows(SQLDatabase)
    }

    private let source: Source

    /// A reader of the segments in a folder.
    public init(segments folder: String) throws(StorageError) {
        source = .segments(try SegmentStore(folder: folder, options: SegmentOptions()))
    }

    /// A reader of the records in a PostgreSQL database.
    public init(rowsOf database: SQLDatabase) {
        source = .rows(database)
    }

    /// Reads a record, checked against its checksum.
    /// - Throws: ``StorageError/damagedRecord(segment:offset:reason:)`` for a damaged record.
    public func read(_ reference: SegmentReference) throws -> [UInt8] {
        switch source {
        case .segments(let segments): try segments.read(reference)
        case .rows(let database): try database.read { try RecordRows.read(reference, $0) }
        }
    }
}

extension SQLDatabase {
    /// Which segments cannot hold what their rows say: files that are missing or too short, each as a sentence. Looks at
    /// no record, so that it takes no time at the start of a program.
    public func shortSegments(in folder: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        let rows = try read { sql in
            try sql.query("SELECT number, written FROM segments WHERE uses > 0 ORDER BY number") {
                (number: try $0.integer(0), end: try $0.integer(1))
            }
        }
        return rows.compactMap { row in
            let path = SegmentStore.path(row.number, in: folder)
            guard let bytes = SegmentFile.bytes(path) else { return "\(path) is missing" }
            return bytes < row.end ? "\(path) has \(bytes) bytes, its records need \(row.end)" : nil
        }
    }
}
