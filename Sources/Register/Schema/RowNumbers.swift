import Storage

/// Gives numbers to the new rows of one transaction.
///
/// Taking it locks the counters until the transaction ends, so that two registrations never look for one act at the same
/// time and both make it; SQLite does so anyway, PostgreSQL by the row locks of this first statement.
struct RowNumbers {
    /// The tables that are numbered.
    enum Table: Int, CaseIterable {
        case authority
        case act
        case deadline
        case alert
        case audit
        case finding
        case mail
        case search
        case alarm
        case notice

        /// Its row among the counters.
        var name: String { "\(self)" }
    }

    private var last: [Int64]
    private var saved: [Int64]

    init(_ sql: SQLTransaction) throws(StorageError) {
        try sql.enqueue("UPDATE counters SET last = last")
        let rows = try sql.query("SELECT name, last FROM counters") { (name: try $0.text(0), last: try $0.integer(1)) }
        last = Table.allCases.map { table in rows.first { $0.name == table.name }?.last ?? 0 }
        saved = last
    }

    /// The next number of a table.
    mutating func next(_ table: Table) -> Int64 {
        last[table.rawValue] += 1
        return last[table.rawValue]
    }

    /// Writes back how far the numbers went.
    func save(to sql: SQLTransaction) throws(StorageError) {
        for table in Table.allCases where last[table.rawValue] != saved[table.rawValue] {
            try sql.enqueue(
                "UPDATE counters SET last = ? WHERE name = ?", [.integer(last[table.rawValue]), .text(table.name)])
        }
    }
}
