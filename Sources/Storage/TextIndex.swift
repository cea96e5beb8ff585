/// An index of words: which rows of a table have texts with given words. A migration makes it by
/// `CREATE TEXT INDEX name`, which is no SQL: each engine has its own way, and none of it shows above this type.
///
/// Texts and questions are words in lower case without accents, with one space between them: what folds them is the
/// caller's, so that every engine finds the same.
public struct TextIndex: Sendable {
    private let name: String

    /// The index of that name.
    public init(_ name: StaticString) {
        self.name = "\(name)"
    }

    /// Enters the text of a row.
    public func add(_ row: Int64, _ words: String, to sql: SQLTransaction) throws(StorageError) {
        try sql.enqueue("INSERT INTO \(name) (rowid, words) VALUES (?, ?)", [.integer(row), .text(words)])
    }

    /// Takes out the text of a row.
    public func remove(_ row: Int64, from sql: SQLTransaction) throws(StorageError) {
        try sql.enqueue("DELETE FROM \(name) WHERE rowid = ?", [.integer(row)])
    }

    /// The condition that a column holds a row whose text has all of these words, each at least as the beginning of one.
    public func condition(
        column: String, words: [String], in sql: SQLTransaction
    ) -> (text: String, value: SQLValue) {
        switch sql.dialect {
        case .sqlite:
            (
                "\(column) IN (SELECT rowid FROM \(name) WHERE \(name) MATCH ?)",
                .text(SQLiteDialect.textQuestion(words))
            )
        case .postgreSQL:
            (
                "\(column) IN (SELECT rowid FROM \(name) WHERE \(PostgreSQLDialect.textVector) @@ to_tsquery('simple', ?))",
                .text(PostgreSQLDialect.textQuestion(words))
            )
        }
    }

    /// Takes out what is left of texts that were removed: SQLite's index only marks them at first.
    public func purge(_ sql: SQLTransaction) throws(StorageError) {
        guard sql.dialect == .sqlite else { return }
        try sql.execute("INSERT INTO \(name) (\(name)) VALUES ('optimize')")
    }

    /// Does a part of ``purge(_:)``, so that no writer waits for long.
    public func merge(pages: Int, _ sql: SQLTransaction) throws(StorageError) {
        guard sql.dialect == .sqlite else { return }
        try sql.execute("INSERT INTO \(name) (\(name), rank) VALUES ('merge', \(-pages))")
    }

    /// Takes everything out.
    public func clear(_ sql: SQLTransaction) throws(StorageError) {
        try sql.execute("DELETE FROM \(name)")
    }
}
