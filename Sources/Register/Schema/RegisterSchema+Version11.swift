/// What changed with the eleventh version: reminders leave together, and staff are told what a correction says otherwise.
extension RegisterSchema {
    /// `mail` is the Message-ID of a mail of several alerts, which is that of the first of them; NULL for one that leaves
    /// alone, or may still leave in another mail.
    static let sharedMails = [
        "ALTER TABLE alerts ADD COLUMN mail TEXT",
        // From here on, a failure without a refusal is no server's.
        "UPDATE alerts SET refused_at = finished_at WHERE state = 'failed' AND refused_at IS NULL",
        "CREATE INDEX alerts_by_mail ON alerts (mail) WHERE mail IS NOT NULL",
        "CREATE INDEX alerts_by_token ON alerts (token) WHERE token IS NOT NULL",
        """
        CREATE INDEX alerts_to_share ON alerts (recipient, route, escalation, wake_at)
            WHERE kind = 'reminder' AND wake_at IS NOT NULL
        """,
    ]

    /// Mails take out of calendars what people ended since the last one.
    static let handling = [
        "CREATE INDEX deadlines_by_handling ON deadlines (handled_at) WHERE handled_at IS NOT NULL"
    ]

    /// How many mails were claimed in a minute since 1970: the workers of a register share its rate.
    static let mailRate = [
        "CREATE TABLE claimed_mails (minute BIGINT NOT NULL PRIMARY KEY, mails BIGINT NOT NULL)"
    ]

    /// What a document, `cause`, says otherwise of an act that staff know: `detail` is an ActCorrection in JSON. With a
    /// `deadline`, that no document states it any more; `former_due` is the date that staff know. `announce_at` is when they
    /// are to be told, `mail` the mail that tells it.
    static let notices = [
        """
        CREATE TABLE notices (id BIGINT PRIMARY KEY, cause BYTEA NOT NULL, act BIGINT NOT NULL, deadline BIGINT,
            former_due BIGINT, announce_at BIGINT, mail BIGINT, detail TEXT NOT NULL)
        """,
        "CREATE INDEX notices_to_announce ON notices (announce_at) WHERE announce_at IS NOT NULL",
        "CREATE INDEX notices_by_mail ON notices (mail) WHERE mail IS NOT NULL",
        "CREATE INDEX notices_by_act ON notices (act)",
        "CREATE INDEX notices_by_cause ON notices (cause)",
        "CREATE INDEX notices_by_deadline ON notices (deadline) WHERE deadline IS NOT NULL",
        "INSERT INTO counters (name, last) VALUES ('notice', 0)",
    ]
}
