extension SQLDatabase {
    /// What is damaged in the file: nothing in a sound one. Reads the whole file.
    /// - Throws: ``StorageError`` when the file cannot be read at all.
    public func damages(limit: Int = 20) throws -> [String] {
        try read { sql in
            try sql.query("PRAGMA integrity_check(\(max(limit, 1)))") { try $0.text(0) }.filter { $0 != "ok" }
        }
    }
}
