import Digest
import Foundation
import GreffierProtocol
import Storage

/// What is wrong with a queue's rows and segments.
public struct QueueInspection: Hashable, Sendable {
    /// Damages of the database's file, as the database names them.
    public var damages: [String] = []
    /// What does not agree between the rows: defects of the program, or rows that somebody changed.
    public var inconsistencies: [String] = []
    /// Records that are not what was kept.
    public var damagedRecords: [DamagedRecord] = []
    /// How many documents were looked at.
    public var documents = 0
    /// How many records were read.
    public var records = 0

    /// Whether nothing is wrong.
    public var isSound: Bool { damages.isEmpty && inconsistencies.isEmpty && damagedRecords.isEmpty }

    /// A record of a document that cannot be used.
    public struct DamagedRecord: Hashable, Sendable {
        /// The document.
        public var document: DocumentID
        /// What people call it.
        public var name: String
        /// Its state.
        public var state: DocumentState
        /// Which record: `body`, `extract`, `converted` or `report`.
        public var record: String
        /// What is wrong with it.
        public var reason: String
    }

    /// Reads everything in a queue's folder, a page of documents at a time, while a broker may go on.
    /// - Throws: `StorageError` when the rows cannot be read.
    public init(folder: String) throws {
        let database = try SQLDatabase(path: "\(folder)/queue.sqlite", options: .reading)
        damages = try database.damages()
        guard damages.isEmpty else { return }
        try inspect(database, RecordReader(segments: "\(folder)/queue.segments"))
    }

    /// Reads everything in a queue's schema of a PostgreSQL database, while brokers may go on.
    /// - Throws: `StorageError` when the rows cannot be read.
    public init(database address: ServerAddress, schema: String = QueueStore.standardSchema) throws {
        let database = try SQLDatabase(address, schema: schema, options: .reading)
        guard try database.schemaVersion() > 0 else { return }
        try inspect(database, RecordReader(rowsOf: database))
    }

    private mutating func inspect(_ database: SQLDatabase, _ reader: RecordReader) throws {
        inconsistencies = try database.read(QueueConsistency.problems)
        var last: Int64 = 0
        while true {
            let page = try database.read { try KeptRecords.page(after: last, $0) }
            guard let latest = page.last else { return }
            last = latest.number
            documents += page.count
            for kept in page { try inspect(kept, reader, database) }
        }
    }

    /// When the newest change was written, in seconds since 1970 UTC; nil in an empty queue.
    public static func latest(folder: String) throws -> Int? {
        let path = "\(folder)/queue.sqlite"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try SQLDatabase(path: path, options: .reading).read { sql in
            try sql.first("SELECT MAX(since) FROM documents") { try $0.optionalInteger(0).map { Int($0) } } ?? nil
        }
    }

    private mutating func inspect(_ kept: KeptRecords, _ reader: RecordReader, _ database: SQLDatabase) throws {
        for (column, reference) in kept.references {
            records += 1
            guard let reason = Self.problem(of: column, at: reference, kept.id, reader) else { continue }
            // What was given up since the page was read is nobody's damage.
            let now = try database.read { try KeptRecords.page(after: kept.number - 1, limit: 1, $0) }.first
            guard let now, now.number == kept.number, now.references.contains(where: { $0 == (column, reference) })
            else { continue }
            damagedRecords.append(
                DamagedRecord(document: kept.id, name: kept.name, state: now.state, record: column, reason: reason))
        }
    }

    private static func problem(
        of column: String, at text: String, _ id: DocumentID, _ reader: RecordReader
    ) -> String? {
        guard let reference = SegmentReference(text) else { return "its row does not say where it lies" }
        do {
            let bytes = try reader.read(reference)
            return column == "body" && DocumentID(of: bytes) != id ? "its SHA-256 is not the document's id" : nil
        } catch {
            return "\(error)"
        }
    }
}

/// Where the records of one document lie.
private struct KeptRecords {
    let number: Int64
    let id: DocumentID
    let name: String
    let state: DocumentState
    let references: [(column: String, reference: String)]

    private static let columns = ["body", "extract", "converted", "report"]

    static func page(after last: Int64, limit: Int = 200, _ sql: SQLTransaction) throws -> [Self] {
        try sql.query(
            """
            SELECT number, id, name, state, \(columns.joined(separator: ", ")) FROM documents
            WHERE number > ? ORDER BY number LIMIT ?
            """, [.integer(last), .integer(limit)]
        ) { row in
            let references = try columns.indices.compactMap { index in
                try row.optionalText(4 + index).map { (columns[index], $0) }
            }
            return Self(
                number: try row.integer(0), id: try row.documentID(1), name: try row.text(2), state: try row.state(3),
                references: references)
        }
    }
}
