/// What changed with the seventh version: alerts know the route that led to their recipient.
extension RegisterSchema {
    /// `route` is empty where there is only one; `escalation` whether the recipient is told because nobody else has acted.
    static let routedAlerts = [
        "ALTER TABLE alerts ADD COLUMN route TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE alerts ADD COLUMN escalation BIGINT NOT NULL DEFAULT 0",
    ]
}
