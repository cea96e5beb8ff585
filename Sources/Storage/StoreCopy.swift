/// Copies the rows of one store into another, of the other engine or the same: table by table in the order of their keys, a
/// bounded number a transaction, and compares them afterwards row by row. What was interrupted goes on where it stopped.
///
/// Nothing else may write to either store meanwhile; comparing finds out if something did.
public struct StoreCopy {
    /// How a store's rows pass to another: what refers to bytes beside the rows refers to others there.
    public struct Passage {
        /// Runs one transaction on the target, beside one on the source.
        public var transact:
            (_ source: SQLTransaction, _ body: (SQLTransaction, Adaptation) throws -> Void) throws -> Void
        /// Turns a source's row into the target's.
        public typealias Adaptation = (CopiedTable, [SQLValue]) throws -> [SQLValue]
        /// A value for comparing, with what it refers to in the place of the reference.
        public var resolved: (CopiedTable, Side, SQLTransaction, [SQLValue]) throws -> [SQLValue]

        /// A passage.
        public init(
            transact: @escaping (SQLTransaction, (SQLTransaction, Adaptation) throws -> Void) throws -> Void,
            resolved: @escaping (CopiedTable, Side, SQLTransaction, [SQLValue]) throws -> [SQLValue]
        ) {
            self.transact = transact
            self.resolved = resolved
        }
    }

    /// Which of the two stores.
    public enum Side: Sendable {
        case source, target
    }

    private let source: SQLDatabase
    private let target: SQLDatabase
    private let passage: Passage
    private let progress: (String) throws -> Void

    /// So many rows are copied in one transaction, and in memory, at a time: each may refer to a large document.
    private static let batchRows = 50

    /// A copy of `source`, which `passage` hands to `target`.
    public init(
        from source: SQLDatabase, to target: SQLDatabase, passage: Passage, progress: @escaping (String) throws -> Void
    ) {
        self.source = source
        self.target = target
        self.passage = passage
        self.progress = progress
    }

    /// Copies what is not copied yet, and compares everything. Answers how many rows there are. Until ``finish()`` the target
    /// is a copy under way, which may be run again. With `isCopied` an earlier run has copied all of it, and it is only compared.
    /// - Throws: ``CopyError``, `StorageError`.
    public func run(isCopied: Bool = false) throws -> Int {
        let (from, to) = (try source.schemaVersion(), try target.schemaVersion())
        guard from == to else { throw CopyError.otherSchema(source: from, target: to) }
        let tables = try CopiedTable.all(source.dialect == .sqlite ? source : target)
        if !isCopied {
            try begin()
            for table in tables { try copy(table) }
        }
        var rows = 0
        for table in tables { rows += try compare(table) }
        return rows
    }

    /// Makes a store of its own of a copy that ran to its end.
    public func finish() throws {
        try target.write { try $0.execute("DROP TABLE store_copy") }
    }

    /// Refuses a target that holds anything but the beginning of this very copy.
    private func begin() throws {
        try target.write { sql in
            let isBegun = try sql.first(sql.dialect.tableExists, ["store_copy"]) { _ in true } ?? false
            if isBegun {
                let other = try sql.first(
                    "SELECT source FROM store_copy WHERE source <> ? LIMIT 1", [.text(source.path)]
                ) { try $0.text(0) }
                if let other { throw CopyError.otherCopy(target: target.path, source: other) }
                return
            }
            let isFilled = try sql.first("SELECT 1 FROM documents LIMIT 1") { _ in true } ?? false
            guard !isFilled else {
                throw CopyError.notEmpty(target: target.path)
            }
            try sql.execute(
                sql.dialect.definition(
                    "CREATE TABLE store_copy (source TEXT NOT NULL, name TEXT NOT NULL PRIMARY KEY, copied BIGINT NOT NULL)"
                ))
        }
    }

    private func copy(_ table: CopiedTable) throws {
        let done = try target.read { sql in
            try sql.first("SELECT copied FROM store_copy WHERE name = ?", [.text(table.name)]) {
                Int(try $0.integer(0))
            }
        }
        var position = 0
        var batch: [[SQLValue]] = []
        try source.read { sql in
            try sql.forEach(table.selection) { row in
                position += 1
                guard position > done ?? 0 else { return }
                batch.append(table.columns.indices.map { row[$0] })
                guard batch.count == Self.batchRows else { return }
                try write(batch, of: table, first: done == nil && position == batch.count, upTo: position, sql)
                batch = []
            }
            try write(batch, of: table, first: done == nil && position == batch.count, upTo: position, sql)
        }
        try progress("\(table.name): \(position) rows copied")
    }

    /// Before the first rows of a table, those go that the schema itself begins with.
    private func write(
        _ rows: [[SQLValue]], of table: CopiedTable, first isFirst: Bool, upTo position: Int, _ source: SQLTransaction
    ) throws {
        try passage.transact(source) { sql, adapt in
            if isFirst { try sql.execute("DELETE FROM \(table.name)") }
            for row in rows { try sql.enqueue(table.insertion, try adapt(table, row)) }
            try sql.execute(
                """
                INSERT INTO store_copy (source, name, copied) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET copied = excluded.copied
                """, [.text(self.source.path), .text(table.name), .integer(position)])
        }
    }

    /// Goes through both stores side by side.
    private func compare(_ table: CopiedTable) throws -> Int {
        var count = 0
        var last: [SQLValue]?
        try target.read { there in
            try source.read { here in
                var expected: [[SQLValue]] = []
                func check() throws {
                    let found = try there.query(table.page(after: last), (last ?? []) + [.integer(expected.count)]) {
                        row in table.columns.indices.map { row[$0] }
                    }
                    for (index, row) in expected.enumerated() {
                        let copy = index < found.count ? try passage.resolved(table, .target, there, found[index]) : []
                        guard try passage.resolved(table, .source, here, row) == copy else {
                            throw CopyError.different(table: table.name, key: table.description(of: row))
                        }
                    }
                    last = expected.last.map(table.key) ?? last
                    count += expected.count
                    expected = []
                }
                try here.forEach(table.selection) { row in
                    expected.append(table.columns.indices.map { row[$0] })
                    if expected.count == Self.batchRows { try check() }
                }
                try check()
                let more = try there.first(table.page(after: last), (last ?? []) + [1]) { _ in true }
                guard more == nil else { throw CopyError.more(table: table.name) }
            }
        }
        return count
    }
}

/// A table that is copied, as both stores have it.
public struct CopiedTable: Sendable, Hashable {
    /// The table.
    public let name: String
    /// Its columns.
    public let columns: [String]
    /// The columns of its primary key.
    let keys: [String]

    /// What a store keeps about itself, its other programs and its bytes: the other store has its own.
    private static let kept: Set = [
        "schema_version", "segments", "records", "bodies", "copied_bodies", "store_writers", "store_copy", "brokers",
        "erasures",
    ]

    /// The tables of an SQLite store, but for those that an index of full texts is made of.
    static func all(_ database: SQLDatabase) throws -> [CopiedTable] {
        try database.read { sql in
            let names = try sql.query(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name"
            ) { try $0.text(0) }
            return try names.filter { !kept.contains($0) && !$0.hasPrefix("sqlite_") }.map { name in
                let columns = try sql.query("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", [.text(name)]) {
                    (name: try $0.text(0), key: try $0.integer(1))
                }
                let keys = columns.filter { $0.key > 0 }.sorted { $0.key < $1.key }.map(\.name)
                guard !keys.isEmpty else { throw CopyError.withoutKey(table: name) }
                return CopiedTable(name: name, columns: columns.map(\.name), keys: keys)
            }
        }
    }

    private var order: String { keys.joined(separator: ", ") }

    var selection: String { "SELECT \(columns.joined(separator: ", ")) FROM \(name) ORDER BY \(order)" }

    var insertion: String {
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        return "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(places))"
    }

    /// The rows behind a key, the last value being how many.
    func page(after last: [SQLValue]?) -> String {
        let places = keys.map { _ in "?" }.joined(separator: ", ")
        let condition = last == nil ? "" : "WHERE (\(order)) > (\(places)) "
        return "SELECT \(columns.joined(separator: ", ")) FROM \(name) \(condition)ORDER BY \(order) LIMIT ?"
    }

    func key(of row: [SQLValue]) -> [SQLValue] {
        keys.compactMap { key in columns.firstIndex(of: key).map { row[$0] } }
    }

    func description(of row: [SQLValue]) -> String {
        String(key(of: row).map { "\($0)" }.joined(separator: ", ").prefix(200))
    }
}

/// Why a store cannot be copied, each with what a person can do about it.
public enum CopyError: Error, Hashable, Sendable {
    /// The target holds documents.
    case notEmpty(target: String)
    /// The target holds the beginning of another copy.
    case otherCopy(target: String, source: String)
    /// The two stores are of different versions.
    case otherSchema(source: Int, target: Int)
    /// A row is not what it is in the source.
    case different(table: String, key: String)
    /// The target has rows that the source has not.
    case more(table: String)
    /// A table's rows have no order.
    case withoutKey(table: String)
    /// A program works with the store.
    case inUse(store: String)
    /// The store is copied just now, or is the beginning of a copy.
    case underWay(store: String)
    /// What a row refers to cannot be copied.
    case missing(reference: String, reason: String)
}

extension CopyError: CustomStringConvertible {
    /// One English sentence for an operator: what failed and the cure.
    public var description: String {
        switch self {
        case .notEmpty(let target): "\(target) holds documents already: copy into an empty database or folder"
        case .otherCopy(let target, let source):
            "\(target) holds an unfinished copy of \(source): finish that one, or copy into an empty database or folder"
        case .otherSchema(let source, let target):
            "the source has schema version \(source) and the target \(target): "
                + "start this version of Greffier once with the older one"
        case .different(let table, let key):
            "row \(key) of \(table) is another in the copy: stop everything that uses either store, and copy anew"
        case .more(let table):
            "the copy's \(table) has rows that the source has not: stop everything that uses it, and copy anew"
        case .withoutKey(let table): "table \(table) has no primary key: this is a defect of the program"
        case .inUse(let store):
            "a broker or a notify worker works with \(store): stop it, wait ten seconds, then copy"
        case .underWay(let store):
            "\(store) is being copied, or is the beginning of a copy: let `greffier store copy` end, or run it again until it "
                + "does"
        case .missing(let reference, let reason):
            "\(reference) cannot be copied (\(reason)): run `greffier doctor` on the source"
        }
    }
}
