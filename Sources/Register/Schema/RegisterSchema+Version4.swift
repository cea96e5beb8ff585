/// What changed with the fourth version: the register compares documents with each other, and tells what a document
/// changes of known acts in one mail.
extension RegisterSchema {
    /// Equal numbers are looked up over all sessions of an authority.
    static let numberIndex = [
        "DROP INDEX entries_by_number",
        "CREATE INDEX entries_by_number ON entries (authority, number_key, session_day, act)",
    ]

    /// The proxies of a session as some of its documents list them, `uses` many: the lists of one session seldom differ.
    /// `digest` is the same for the same proxies; documents refer to it.
    static let proxies = [
        """
        CREATE TABLE session_proxies (authority BIGINT NOT NULL, organ TEXT NOT NULL, session_day BIGINT NOT NULL,
            digest BIGINT NOT NULL, uses BIGINT NOT NULL, proxies TEXT NOT NULL,
            PRIMARY KEY (authority, organ, session_day, digest))
        """,
        "ALTER TABLE documents ADD COLUMN organ TEXT", "ALTER TABLE documents ADD COLUMN proxies BIGINT",
    ]

    /// The grants that a document states, by authority, year and folded beneficiary. `detail` is the grant in JSON.
    static let grants = [
        """
        CREATE TABLE grants (document BYTEA NOT NULL, place BIGINT NOT NULL, position BIGINT NOT NULL,
            authority BIGINT NOT NULL, year BIGINT NOT NULL, beneficiary BIGINT NOT NULL, detail TEXT NOT NULL,
            PRIMARY KEY (document, place))
        """,
        "CREATE INDEX grants_by_beneficiary ON grants (authority, year, beneficiary)",
    ]

    /// What comparing documents found: of an act, or of a session when `act` is NULL. `subject` is the same for what is
    /// found again; `cause` the document by which it came to light; `told` whether staff know of it, `announce_at` when
    /// they are to be told in a mail of its own, `mail` which that was.
    static let findings = [
        """
        CREATE TABLE findings (id BIGINT PRIMARY KEY, rule TEXT NOT NULL, subject TEXT NOT NULL,
            authority BIGINT NOT NULL, session_day BIGINT NOT NULL, act BIGINT, state TEXT NOT NULL,
            cause BYTEA NOT NULL, found_at BIGINT NOT NULL, told BIGINT NOT NULL, announce_at BIGINT, mail BIGINT,
            detail TEXT NOT NULL)
        """,
        "CREATE UNIQUE INDEX findings_by_subject ON findings (rule, subject)",
        "CREATE INDEX findings_by_act ON findings (act) WHERE act IS NOT NULL",
        "CREATE INDEX findings_by_session ON findings (authority, session_day) WHERE act IS NULL",
        "CREATE INDEX findings_by_cause ON findings (cause)",
        "CREATE INDEX findings_to_announce ON findings (announce_at) WHERE announce_at IS NOT NULL",
        "CREATE INDEX findings_by_mail ON findings (mail) WHERE mail IS NOT NULL",
        "INSERT INTO counters (name, last) VALUES ('finding', 0), ('mail', 0)",
    ]

    /// `change_mail` is the mail that tells how a deadline changed.
    static let changeMails = [
        "ALTER TABLE deadlines ADD COLUMN change_mail BIGINT",
        "CREATE INDEX deadlines_by_change_mail ON deadlines (change_mail) WHERE change_mail IS NOT NULL",
    ]
}
