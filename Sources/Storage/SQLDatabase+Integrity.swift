extension SQLDatabase {
    /// What is damaged in the file: nothing in a sound one. Reads the whole file. PostgreSQL's files are its operators' to
    /// check (pg_amcheck).
    /// - Throws: ``StorageError`` when the file cannot be read at all.
    public func damages(limit: Int = 20) throws -> [String] {
        guard dialect == .sqlite else { return [] }
        return try read { sql in
            try sql.query("PRAGMA integrity_check(\(max(limit, 1)))") { try $0.text(0) }.filter { $0 != "ok" }
        }
    }
}
