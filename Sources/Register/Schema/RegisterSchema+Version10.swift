/// What changed with the tenth version: people give the day of the event that a deadline waits for.
extension RegisterSchema {
    /// `entered_start` is the day of the event, if a person gave that and not the date itself; `entered_event` the event, the
    /// same for all deadlines of a scope that wait for it; `entered_alternative` the other reading of the date.
    static let enteredStarts = [
        "ALTER TABLE deadlines ADD COLUMN entered_start BIGINT", "ALTER TABLE deadlines ADD COLUMN entered_event TEXT",
        "ALTER TABLE deadlines ADD COLUMN entered_alternative BIGINT",
    ]
}
