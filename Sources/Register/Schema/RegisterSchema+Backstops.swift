/// Legal deadlines that stand behind an earlier one of a convention.
extension RegisterSchema {
    /// `backstop_of` is the `scope_key` of the deadline of the same act behind which a row stands; `asleep_until` the day before
    /// which it reminds nobody, because that one is not overdue yet.
    static let backstops = [
        "ALTER TABLE deadlines ADD COLUMN backstop_of TEXT", "ALTER TABLE deadlines ADD COLUMN asleep_until BIGINT",
    ]
}
