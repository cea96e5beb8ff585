import Storage

/// The register's tables, in plain SQL for SQLite 3.40 and PostgreSQL 15. Days are days since 1970-01-01, moments seconds
/// since 1970 UTC, truth values 0 or 1.
enum RegisterSchema {
    static let migrations = [
        Migration(version: 1, statements: identity + documents + acts + deadlines + ledger),
        Migration(version: 2, statements: patience),
        Migration(version: 3, statements: entryKeys + rarerDeadlines + sharedStatements + auditIndex),
        Migration(version: 4, statements: answeredMails),
        Migration(version: 5, statements: numberIndex + proxies + grants + findings + changeMails),
        Migration(version: 6, statements: search),
        Migration(version: 7, statements: routedAlerts + digests + schedule + alarms),
        Migration(version: 8, statements: listing), Migration(version: 9, statements: forgetting),
        Migration(version: 10, statements: enteredStarts),
        Migration(version: 11, statements: sharedMails + notices + mailRate + handling),
        Migration(version: 12, statements: retention),
        Migration(version: 13, statements: backstops),
    ]

    /// `counters` gives the numbers of new rows; its rows, taken first, also keep two registrations apart.
    private static let identity = [
        "CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, last BIGINT NOT NULL)",
        "INSERT INTO counters (name, last) VALUES ('authority', 0), ('act', 0), ('deadline', 0), ('alert', 0), ('audit', 0)",
        """
        CREATE TABLE authorities (id BIGINT PRIMARY KEY, name_key TEXT NOT NULL, siren TEXT, name TEXT NOT NULL,
            kind TEXT NOT NULL, department TEXT)
        """,
        "CREATE INDEX authorities_by_name ON authorities (name_key)",
        "CREATE INDEX authorities_by_siren ON authorities (siren)",
        """
        CREATE TABLE audit (id BIGINT PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            subject TEXT NOT NULL, detail TEXT NOT NULL)
        """,
        "CREATE INDEX audit_by_subject ON audit (subject)",
    ]

    /// `announce_at` is when staff are to be told of the acts that the document brought; NULL when nothing is to be told.
    private static let documents = [
        """
        CREATE TABLE documents (id BYTEA NOT NULL PRIMARY KEY, generation BIGINT NOT NULL, name TEXT NOT NULL,
            source TEXT NOT NULL, kind TEXT NOT NULL, authority BIGINT NOT NULL, session_day BIGINT NOT NULL,
            replaces BYTEA, superseded BIGINT NOT NULL, archive BIGINT NOT NULL, accepted_at BIGINT NOT NULL,
            registered_at BIGINT NOT NULL, report TEXT NOT NULL, extract TEXT NOT NULL, errors BIGINT NOT NULL,
            warnings BIGINT NOT NULL, announce_at BIGINT)
        """,
        "CREATE INDEX documents_by_replaced ON documents (replaces) WHERE replaces IS NOT NULL",
        "CREATE INDEX documents_to_announce ON documents (announce_at) WHERE announce_at IS NOT NULL",
    ]

    /// An entry is one deliberation as one document states it; entries of superseded documents are not kept.
    private static let acts = [
        """
        CREATE TABLE acts (id BIGINT PRIMARY KEY, authority BIGINT NOT NULL, session_day BIGINT NOT NULL, number TEXT,
            subject TEXT NOT NULL, facts TEXT NOT NULL, introduced_by BYTEA NOT NULL,
            introduced_in BIGINT NOT NULL, created_at BIGINT NOT NULL, state TEXT NOT NULL)
        """,
        "CREATE INDEX acts_by_session ON acts (authority, session_day)",
        "CREATE INDEX acts_by_introduction ON acts (introduced_by)",
        """
        CREATE TABLE entries (document BYTEA NOT NULL, position BIGINT NOT NULL, act BIGINT NOT NULL,
            authority BIGINT NOT NULL, session_day BIGINT NOT NULL, number_key TEXT, subject_key BIGINT NOT NULL,
            ordinal BIGINT NOT NULL, rank BIGINT NOT NULL, accepted_at BIGINT NOT NULL, summary TEXT NOT NULL,
            PRIMARY KEY (document, position))
        """,
        "CREATE INDEX entries_by_act ON entries (act)",
        "CREATE INDEX entries_by_number ON entries (authority, session_day, number_key)",
        "CREATE INDEX entries_by_subject ON entries (authority, session_day, subject_key)",
    ]

    /// `detail` is the Deadline as its best document states it, in JSON. `known_at` is when its present date became known,
    /// `last_step` the last reminder made for that date, `next_at` when the next one leaves.
    private static let deadlines = [
        """
        CREATE TABLE deadlines (id BIGINT PRIMARY KEY, scope TEXT NOT NULL, scope_key TEXT NOT NULL, act BIGINT NOT NULL,
            authority BIGINT NOT NULL, state TEXT NOT NULL, due BIGINT, direction TEXT NOT NULL,
            version BIGINT NOT NULL, source BYTEA NOT NULL,
            source_rank BIGINT NOT NULL, source_accepted_at BIGINT NOT NULL, archive BIGINT NOT NULL,
            known_at BIGINT NOT NULL, last_step TEXT, next_step TEXT, next_at BIGINT, detail TEXT NOT NULL)
        """,
        "CREATE UNIQUE INDEX deadlines_by_scope ON deadlines (scope, scope_key)",
        "CREATE INDEX deadlines_by_reminder ON deadlines (next_at) WHERE next_at IS NOT NULL",
        "CREATE INDEX deadlines_by_due ON deadlines (due) WHERE due IS NOT NULL",
    ]

    /// `wake_at` is when somebody must look at the alert again: the next attempt, or the end of a claim.
    private static let ledger = [
        """
        CREATE TABLE alerts (id BIGINT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, version BIGINT NOT NULL,
            step TEXT NOT NULL, recipient TEXT NOT NULL, state TEXT NOT NULL, message_id TEXT NOT NULL,
            created_at BIGINT NOT NULL, composed_at BIGINT, wake_at BIGINT, token BIGINT, attempts BIGINT NOT NULL,
            doubts BIGINT NOT NULL, finished_at BIGINT, reply TEXT NOT NULL)
        """,
        "CREATE UNIQUE INDEX alerts_once ON alerts (subject, kind, version, step, recipient)",
        "CREATE INDEX alerts_to_wake ON alerts (wake_at) WHERE wake_at IS NOT NULL",
    ]

    /// `refused_at` is the last attempt if the server refused it for now, `refused_for` for how many seconds it had by then.
    /// An announcement looks for the deadlines of its acts.
    private static let patience = [
        "ALTER TABLE alerts ADD COLUMN refused_at BIGINT",
        "ALTER TABLE alerts ADD COLUMN refused_for BIGINT NOT NULL DEFAULT 0",
        "CREATE INDEX deadlines_by_act ON deadlines (act)",
        "CREATE INDEX alerts_to_mend ON alerts (state) WHERE wake_at IS NULL AND state IN ('failed', 'uncertain')",
    ]
}
