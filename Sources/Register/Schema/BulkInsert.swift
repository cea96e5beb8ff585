import Storage

/// Rows of one table on their way into it, many with one statement: a statement costs more than a row.
struct BulkInsert {
    private let head: String
    private let group: String
    private let columns: Int
    private var values: [SQLValue] = []

    /// Rows for these columns of `table`.
    init(into table: StaticString, columns: [String]) {
        head = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
        group = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
        self.columns = columns.count
    }

    /// Adds a row with a value for every column.
    mutating func add(_ row: [SQLValue]) {
        values.append(contentsOf: row)
    }

    /// Writes the rows, in groups of a few sizes so that the statements stay prepared.
    mutating func flush(to sql: SQLTransaction) throws(StorageError) {
        var start = 0
        for size in [16, 4, 1] {
            while values.count - start >= size * columns {
                let statement = head + Array(repeating: group, count: size).joined(separator: ", ")
                try sql.execute(statement, Array(values[start..<(start + size * columns)]))
                start += size * columns
            }
        }
        values.removeAll(keepingCapacity: true)
    }
}
