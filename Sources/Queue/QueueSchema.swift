import Storage

/// The queue's tables. `documents` is the truth; `tallies` counts them by stage and state in the same transactions.
enum QueueSchema {
    static let migrations = [
        Migration(version: 1, statements: tables + indexes), Migration(version: 2, statements: [pushers]),
        Migration(
            version: 3, statements: slots + [brokers],
            engineStatements: [.postgreSQL: ["CREATE SEQUENCE document_numbers"]]),
        Migration(version: 4, statements: [resting]), Migration(version: 5, statements: [kept]),
        Migration(version: 6, statements: ["ALTER TABLE brokers ADD COLUMN version TEXT"]),
        Migration(version: 7, statements: sourceBytes),
    ]

    /// Brokers that share the store. `owner` is the incarnation that has its leases: itself while it lives. Of one
    /// name only one lives at a time.
    private static let brokers = """
        CREATE TABLE brokers (
            incarnation BIGINT PRIMARY KEY, owner BIGINT NOT NULL, seen BIGINT NOT NULL, name TEXT NOT NULL)
        """

    /// Each broker counts in a slot of its own, so that they do not wait for each other; sums over the slots count.
    private static let slots = [
        "ALTER TABLE tallies RENAME TO former_tallies",
        """
        CREATE TABLE tallies (
            slot BIGINT NOT NULL, stage TEXT NOT NULL, state TEXT NOT NULL, amount BIGINT NOT NULL,
            bytes BIGINT NOT NULL, PRIMARY KEY (slot, stage, state))
        """,
        "INSERT INTO tallies (slot, stage, state, amount, bytes) SELECT 0, stage, state, amount, bytes FROM former_tallies",
        "DROP TABLE former_tallies",
    ]

    /// Since when the oldest rests in a state is asked for by every `STATUS`.
    private static let resting = """
        CREATE INDEX documents_resting ON documents (state, stage, since)
            WHERE state = 'waiting' OR state = 'delayed' OR state = 'held'
        """

    /// What has ended and has bytes still, the oldest first: they go when their time is over.
    private static let kept = """
        CREATE INDEX documents_kept ON documents (since)
            WHERE body IS NOT NULL AND state IN ('registered', 'refused', 'dropped')
        """

    /// How many bytes each source has in documents that have not ended and in those that are held or were refused and are
    /// kept still; a broker counts in a slot of its own.
    private static let sourceBytes = [
        """
        CREATE TABLE source_bytes (
            source TEXT NOT NULL, slot BIGINT NOT NULL, unfinished BIGINT NOT NULL, kept BIGINT NOT NULL,
            PRIMARY KEY (source, slot))
        """,
        """
        INSERT INTO source_bytes (source, slot, unfinished, kept)
        SELECT source, 0,
            CAST(SUM(CASE WHEN state IN ('waiting', 'leased', 'delayed') THEN size ELSE 0 END) AS BIGINT),
            CAST(SUM(CASE WHEN state = 'held' OR (state = 'refused' AND body IS NOT NULL) THEN size ELSE 0 END) AS BIGINT)
        FROM documents WHERE state IN ('waiting', 'leased', 'delayed', 'held', 'refused') GROUP BY source
        """,
    ]

    /// Who else pushed a document than its source, of those who proved who they are: they may see it too.
    private static let pushers = """
        CREATE TABLE pushers (document BIGINT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (document, source))
        """

    private static let tables = [
        """
        CREATE TABLE documents (
            number BIGINT PRIMARY KEY, id BYTEA NOT NULL UNIQUE,
            name TEXT NOT NULL, media_type TEXT, source TEXT NOT NULL, replaces BYTEA, archive BIGINT,
            size BIGINT NOT NULL, accepted_at BIGINT NOT NULL,
            generation BIGINT NOT NULL, stage TEXT NOT NULL, state TEXT NOT NULL, since BIGINT NOT NULL,
            attempts BIGINT NOT NULL, failures BIGINT NOT NULL, suspect BIGINT NOT NULL,
            due BIGINT, token BIGINT, worker TEXT, code TEXT, message TEXT,
            body TEXT, extract TEXT, converted TEXT, report TEXT)
        """,
        """
        CREATE TABLE history (
            document BIGINT NOT NULL, position BIGINT NOT NULL, at BIGINT NOT NULL, clock BIGINT NOT NULL,
            what TEXT NOT NULL, stage TEXT, generation BIGINT NOT NULL, attempt BIGINT, who TEXT,
            milliseconds BIGINT, code TEXT, message TEXT, PRIMARY KEY (document, position))
        """,
        """
        CREATE TABLE tallies (
            stage TEXT NOT NULL, state TEXT NOT NULL, amount BIGINT NOT NULL, bytes BIGINT NOT NULL,
            PRIMARY KEY (stage, state))
        """,
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ]

    private static let indexes = [
        """
        CREATE INDEX documents_waiting ON documents (stage, suspect, source, number) WHERE state = 'waiting'
        """,
        "CREATE INDEX documents_leased ON documents (number) WHERE state = 'leased'",
        "CREATE INDEX documents_delayed ON documents (due) WHERE state = 'delayed'",
        """
        CREATE INDEX documents_aside ON documents (state, number) WHERE state IN ('held', 'refused', 'dropped')
        """,
    ]
}
