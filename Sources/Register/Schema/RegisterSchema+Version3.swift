/// What changed with the third version: numbers keep their separators, deadlines refer to the Reports that state them, and
/// people act on them. What SQL alone cannot fill in, `RegisterUpgrade` does.
extension RegisterSchema {
    /// `number_key` is the number that an entry goes by, `compact_key` the one that its document writes, if without
    /// separators; `digits_key` is the same for all that may be spellings of one number.
    static let entryKeys = [
        "ALTER TABLE entries ADD COLUMN compact_key TEXT", "ALTER TABLE entries ADD COLUMN digits_key TEXT",
        "DROP INDEX entries_by_subject",
        "CREATE INDEX entries_by_subject ON entries (authority, session_day, subject_key, digits_key, ordinal, act)",
    ]

    /// A deadline belongs to its act, or, if there is a `scope`, to a whole session or authority. `stated_…` and the three
    /// columns after them are what the best document, `source`, says; its words stand at `position` among the deadlines of
    /// the Report at `report`. `state` and `due` are how it stands, which people change. `change` is what staff are to be
    /// told of it, `former_due` the date that they know, `change_step` the reminder that told it. `handled…` and `note` are
    /// the last thing that a person did. `detail` has the words of rows older than this version.
    static let rarerDeadlines = [
        "ALTER TABLE deadlines RENAME TO former_deadlines",
        """
        CREATE TABLE deadlines (id BIGINT PRIMARY KEY, scope TEXT, scope_key TEXT NOT NULL, act BIGINT NOT NULL,
            state TEXT NOT NULL, due BIGINT, stated_state TEXT NOT NULL, stated_due BIGINT, direction TEXT NOT NULL,
            reminders TEXT NOT NULL, started BIGINT NOT NULL, version BIGINT NOT NULL, source BYTEA NOT NULL, report TEXT,
            position BIGINT, archive BIGINT NOT NULL, known_at BIGINT NOT NULL, last_step TEXT, next_step TEXT,
            next_at BIGINT, change TEXT, former_due BIGINT, change_step TEXT, handled TEXT, handled_by TEXT,
            handled_at BIGINT, note TEXT, assignee TEXT, snoozed_until BIGINT, entered_due BIGINT, entered_how TEXT,
            detail TEXT)
        """,
        """
        INSERT INTO deadlines (id, scope, scope_key, act, state, due, stated_state, stated_due, direction, reminders,
            started, version, source, archive, known_at, last_step, next_step, next_at, detail)
        SELECT id, CASE WHEN scope LIKE 'act/%' THEN NULL ELSE scope END, scope_key, act, state, due,
            CASE WHEN due IS NULL THEN 'open' ELSE 'scheduled' END, due, direction, 'none', 0, version, source, archive,
            known_at, last_step, next_step, next_at, detail
        FROM former_deadlines
        """,
        "DROP TABLE former_deadlines",
        "CREATE UNIQUE INDEX deadlines_by_scope ON deadlines (scope, scope_key) WHERE scope IS NOT NULL",
        "CREATE INDEX deadlines_by_act ON deadlines (act)",
        "CREATE INDEX deadlines_by_reminder ON deadlines (next_at) WHERE next_at IS NOT NULL",
        "CREATE INDEX deadlines_by_due ON deadlines (due) WHERE due IS NOT NULL",
    ]

    /// Which documents state the duties of a whole session or authority, and where in their Reports.
    static let sharedStatements = [
        """
        CREATE TABLE shared_statements (deadline BIGINT NOT NULL, document BYTEA NOT NULL, position BIGINT NOT NULL,
            dated BIGINT NOT NULL, PRIMARY KEY (deadline, document))
        """,
        "CREATE INDEX shared_statements_by_document ON shared_statements (document)",
    ]

    /// That a document was registered is most of the trail, and its own row says it too: an index on it would cost a page
    /// a document.
    static let auditIndex = [
        "DROP INDEX audit_by_subject",
        "CREATE INDEX audit_by_subject ON audit (subject) WHERE action <> 'document.registered'",
    ]
}
