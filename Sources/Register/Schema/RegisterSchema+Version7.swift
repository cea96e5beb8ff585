/// What changed with the seventh version: alerts know the route that led to their recipient.
extension RegisterSchema {
    /// `route` is empty where there is only one; `escalation` whether the recipient is told because nobody else has acted.
    static let routedAlerts = [
        "ALTER TABLE alerts ADD COLUMN route TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE alerts ADD COLUMN escalation BIGINT NOT NULL DEFAULT 0",
    ]

    /// Which documents a digest tells of: that of a `day`, the `version`th of that day, to a recipient.
    static let digests = [
        """
        CREATE TABLE digest_items (recipient TEXT NOT NULL, day BIGINT NOT NULL, version BIGINT NOT NULL,
            document BYTEA NOT NULL, generation BIGINT NOT NULL, PRIMARY KEY (recipient, day, version, document))
        """
    ]

    /// When something that comes again and again is done next.
    static let schedule = ["CREATE TABLE schedule (name TEXT NOT NULL PRIMARY KEY, at BIGINT NOT NULL)"]

    /// What has fallen silent: `subject` is "source/ged", `detail` what was known then. An alarm without `ended_at` lasts.
    static let alarms = [
        """
        CREATE TABLE alarms (id BIGINT PRIMARY KEY, subject TEXT NOT NULL, raised_at BIGINT NOT NULL, ended_at BIGINT,
            detail TEXT NOT NULL)
        """,
        "CREATE UNIQUE INDEX alarms_that_last ON alarms (subject) WHERE ended_at IS NULL",
        "CREATE INDEX alerts_taken ON alerts (recipient, finished_at) WHERE state = 'sent'",
        "CREATE INDEX documents_by_source ON documents (source, accepted_at)",
        "INSERT INTO counters (name, last) VALUES ('alarm', 0)",
    ]
}
