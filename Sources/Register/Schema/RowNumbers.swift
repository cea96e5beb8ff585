import Storage

/// Gives numbers to the new rows of one transaction.
///
/// Taking it locks the counters until the transaction ends, so that two registrations never look for one act at the same
/// time and both make it; SQLite does so anyway, PostgreSQL by the row locks of this first statement.
struct RowNumbers {
    /// The tables that are numbered.
    enum Table: String, CaseIterable {
        case authority
        case act
        case deadline
        case alert
        case audit
    }

    private var last: [Table: Int64] = [:]
    private var changed: Set<Table> = []

    init(_ sql: SQLTransaction) throws(StorageError) {
        try sql.execute("UPDATE counters SET last = last")
        let rows = try sql.query("SELECT name, last FROM counters") { (try $0.text(0), try $0.integer(1)) }
        for (name, number) in rows {
            if let table = Table(rawValue: name) { last[table] = number }
        }
    }

    /// The next number of a table.
    mutating func next(_ table: Table) -> Int64 {
        changed.insert(table)
        let number = last[table, default: 0] + 1
        last[table] = number
        return number
    }

    /// Writes back how far the numbers went.
    func save(to sql: SQLTransaction) throws(StorageError) {
        for table in Table.allCases where changed.contains(table) {
            try sql.execute(
                "UPDATE counters SET last = ? WHERE name = ?",
                [.integer(last[table, default: 0]), .text(table.rawValue)])
        }
    }
}
