import GRDB

/// Everything that SQLite wants differently from PostgreSQL: types in migrations, pragmas, placeholders (both
/// engines' statements are written with `?`, which is SQLite's own form).
enum SQLiteDialect {
    /// Types as PostgreSQL names them, and SQLite's names. `INTEGER PRIMARY KEY` makes the key the row's own number.
    private static let types = [
        ("BIGINT", "INTEGER"), ("BYTEA", "BLOB"), ("DOUBLE PRECISION", "REAL"),
    ]

    /// A statement of a migration in SQLite's words.
    static func translate(migration sql: String) -> String {
        guard !sql.hasPrefix(textIndex) else {
            return "CREATE VIRTUAL TABLE \(sql.dropFirst(textIndex.count)) USING fts5(words, \(tokens))"
        }
        return types.reduce(sql) { $0.replacing($1.0, with: $1.1) }
    }

    private static let textIndex = "CREATE TEXT INDEX "
    private static let tokens = "tokenize = 'unicode61 remove_diacritics 0'"

    /// Words as FTS5 asks for rows that have all of them, each at least as the beginning of a word. A word in quotes is a
    /// string and never an operator.
    static func textQuestion(_ words: [String]) -> String {
        words.map { "\"\($0.replacing("\"", with: "\"\""))\" *" }.joined(separator: " AND ")
    }

    static func configuration(_ options: SQLDatabase.Options) -> Configuration {
        var configuration = Configuration()
        configuration.journalMode = options.readOnly ? .default : .wal
        configuration.readonly = options.readOnly
        configuration.busyMode = .timeout(options.busyTimeout)
        configuration.foreignKeysEnabled = true
        configuration.label = "greffier.store"
        return configuration
    }

    /// Durable commits, a bounded page cache, and a write-ahead log that is truncated past its limit. It is copied back
    /// at 4,000 pages (16 MiB), not 1,000: documents' ids touch pages at random, which each copy writes and synchronizes.
    static func pragmas(_ options: SQLDatabase.Options) -> [String] {
        let cache = "PRAGMA cache_size = -\(options.pageCacheKibibytes)"
        guard !options.readOnly else { return [cache] }
        return [
            cache, "PRAGMA synchronous = FULL", "PRAGMA temp_store = MEMORY",
            "PRAGMA wal_autocheckpoint = 4000", "PRAGMA journal_size_limit = 16777216",
        ]
    }
}
