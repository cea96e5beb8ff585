/// What changed with the sixth version: acts are found by words.
extension RegisterSchema {
    /// `search` is an entry's row in the index of words; `beneficiaries` and `people` are what is found there beside the
    /// subject, as the document writes them, a line each. `SearchUpgrade` fills them for entries that are older.
    static let search = [
        "CREATE TEXT INDEX search_words", "ALTER TABLE entries ADD COLUMN search BIGINT",
        "ALTER TABLE entries ADD COLUMN beneficiaries TEXT", "ALTER TABLE entries ADD COLUMN people TEXT",
        "CREATE INDEX entries_by_search ON entries (search) WHERE search IS NOT NULL",
        "INSERT INTO counters (name, last) VALUES ('search', 0)",
    ]
}
