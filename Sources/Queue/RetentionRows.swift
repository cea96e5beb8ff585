import GreffierProtocol
import Storage

/// How long the bytes of documents stay that have ended: the document itself and its results.
public struct Purge: Sendable, Hashable {
    /// Only documents that ended before, seconds since 1970 UTC.
    public var endedBefore: Int
    /// So many of them at most.
    public var limit: Int
}

extension QueueTransaction {
    /// Gives up the bytes of documents that ended long ago. Their rows stay: they are known for ever.
    mutating func purge(_ purge: Purge) throws -> StoreAnswer {
        let ended = try sql.query(
            """
            SELECT number, stage, generation, body, extract, converted, report, state, source, size FROM documents
            WHERE body IS NOT NULL AND state IN ('registered', 'refused', 'dropped') AND since < ?
            ORDER BY since LIMIT ?\(sql.dialect.claiming)
            """, [.integer(purge.endedBefore), .integer(purge.limit)]
        ) { row in
            (
                number: try row.integer(0), stage: try row.stage(1), generation: Int(try row.integer(2)),
                records: try (3..<7).compactMap { try row.optionalText($0).flatMap(SegmentReference.init) },
                state: try row.state(7), source: ExactName(try row.text(8)), size: Int(try row.integer(9))
            )
        }
        for document in ended {
            try sql.execute(
                "UPDATE documents SET body = NULL, extract = NULL, converted = NULL, report = NULL WHERE number = ?",
                [.integer(document.number)])
            giveUp(document.records)
            tallies.add(SourceBytes(-document.size, document.state), to: document.source)
            try note(
                document.number,
                HistoryEntry(
                    at: time.wallSeconds, what: "purged", stage: document.stage, generation: document.generation))
        }
        return .purged(ended.count)
    }

    /// Gives up a row's uses of records, and erases those that the row does not use for something else too.
    func giveUp(_ records: [SegmentReference], keeping kept: SegmentReference? = nil) {
        var erased: Set<SegmentReference> = []
        for record in records {
            if record == kept || !erased.insert(record).inserted {
                store.release(record)
            } else {
                store.erase(record)
            }
        }
    }
}
