import GreffierProtocol
import Storage

/// How long the bytes of documents stay that have ended: the document itself and its results.
public struct Purge: Sendable, Hashable {
    /// Only documents that ended before, seconds since 1970 UTC.
    public var endedBefore: Int
    /// So many of them at most.
    public var limit: Int
    /// Lines of the trail of acts, and of the history of documents that ended, from before this moment go too; nil keeps
    /// them for ever.
    public var toldBefore: Int?
}

/// How far one batch came with what is old in the history.
public enum HistoryPurge: Sendable, Hashable {
    /// It was not asked to look.
    case untouched
    /// There may be more at once.
    case more
    /// All of it was looked through.
    case looked
}

extension QueueTransaction {
    /// Gives up the bytes of documents that ended long ago. Their rows stay: they are known for ever.
    mutating func purge(_ purge: Purge) throws -> StoreAnswer {
        try KeptClock.believe(time.wallSeconds, sql)
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
        return .purged(ended.count, history: try purge.toldBefore.map { try purgeHistory(before: $0) } ?? .untouched)
    }

    /// Remembers a clock by which nothing is given up.
    func doubt(_ clock: ClockTrust.Doubt) throws -> StoreAnswer {
        try KeptClock.doubt(clock, sql)
        return .purged(0, history: .untouched)
    }

    /// How many lines of the trail, and the histories of how many documents, are looked at.
    private static let lines = 1_000
    private static let documents = 200

    /// Takes old lines out of the trail of acts, and the history of documents that ended long ago.
    private func purgeHistory(before: Int) throws -> HistoryPurge {
        let gone = try sql.execute(
            """
            DELETE FROM history WHERE document = \(Self.audit) AND at < ? AND position IN (
                SELECT position FROM history WHERE document = \(Self.audit) ORDER BY position LIMIT \(Self.lines))
            """, [.integer(before)])
        let last = try Settings.number(Self.historyMark, sql) ?? 0
        let page = try sql.query(
            "SELECT number, state, since FROM documents WHERE number > ? ORDER BY number LIMIT \(Self.documents)",
            [.integer(last)]
        ) { (number: try $0.integer(0), isOld: try $0.state(1).isFinal && $0.integer(2) < before) }
        for document in page where document.isOld {
            try sql.enqueue("DELETE FROM history WHERE document = ?", [.integer(document.number)])
        }
        let isWhole = page.count < Self.documents
        try Settings.set(Self.historyMark, "\(isWhole ? 0 : page.last?.number ?? 0)", sql)
        return isWhole && gone < Self.lines ? .looked : .more
    }

    /// The document up to which this pass has looked at histories.
    private static let historyMark = "history-purged"

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

/// What is known of the wall clock, kept among the settings for the next start.
enum KeptClock {
    private static let believed = "believed-clock"
    private static let doubted = "doubted-clock"

    /// How far what is kept may be behind, in seconds: not every look is a commit.
    private static let precision = 3_600

    /// What is kept; in a queue of a former version, the end of the document that ended last and has bytes still.
    static func read(_ sql: SQLTransaction, _ settings: [String: String]) throws -> ClockTrust.Memory {
        let doubt = settings[doubted].map { $0.split(separator: " ").compactMap { Int($0) } } ?? []
        var memory = ClockTrust.Memory(believed: settings[believed].flatMap { Int($0) })
        if doubt.count == 2 { memory.doubted = ClockTrust.Doubt(shown: doubt[0], lasted: doubt[1]) }
        if memory.believed == nil { memory.believed = try lastEnd(sql) }
        return memory
    }

    private static func lastEnd(_ sql: SQLTransaction) throws -> Int? {
        try sql.first(
            """
            SELECT MAX(since) FROM documents
            WHERE body IS NOT NULL AND state IN ('registered', 'refused', 'dropped')
            """
        ) { try $0.optionalInteger(0).map { Int($0) } } ?? nil
    }

    static func believe(_ now: Int, _ sql: SQLTransaction) throws {
        if let saved = try Settings.number(believed, sql), abs(now - Int(saved)) < precision { return }
        try Settings.set(believed, "\(now)", sql)
        try Settings.remove(doubted, sql)
    }

    static func doubt(_ clock: ClockTrust.Doubt, _ sql: SQLTransaction) throws {
        try Settings.set(doubted, "\(clock.shown) \(clock.lasted)", sql)
    }
}
