/// What changed with the eleventh version: reminders leave together.
extension RegisterSchema {
    /// `mail` is the Message-ID of a mail of several alerts, which is that of the first of them; NULL for one that leaves
    /// alone, or may still leave in another mail.
    static let sharedMails = [
        "ALTER TABLE alerts ADD COLUMN mail TEXT",
        "CREATE INDEX alerts_by_mail ON alerts (mail) WHERE mail IS NOT NULL",
        """
        CREATE INDEX alerts_to_share ON alerts (recipient, route, escalation, wake_at)
            WHERE kind = 'reminder' AND wake_at IS NOT NULL
        """,
    ]
}
