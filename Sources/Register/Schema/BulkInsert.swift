import Storage

/// Rows of one table on their way into it, many with one statement: a statement costs more than a row.
struct BulkInsert {
    private let columns: Int
    /// The statements for so many rows at once, the most first: few, so that they stay prepared.
    private let statements: [(rows: Int, text: String)]
    private var values: [SQLValue] = []

    private static let sizes = [32, 8, 1]

    /// Rows for these columns of `table`.
    init(into table: StaticString, columns: [String]) {
        let head = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
        let group = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
        statements = Self.sizes.map { ($0, head + Array(repeating: group, count: $0).joined(separator: ", ")) }
        self.columns = columns.count
    }

    /// Adds a row with a value for every column.
    mutating func add(_ row: [SQLValue]) {
        values.append(contentsOf: row)
    }

    /// Writes the rows.
    mutating func flush(to sql: SQLTransaction) throws(StorageError) {
        guard !values.isEmpty else { return }
        var start = 0
        for (rows, text) in statements {
            while values.count - start >= rows * columns {
                try sql.enqueue(text, Array(values[start..<(start + rows * columns)]))
                start += rows * columns
            }
        }
        values.removeAll(keepingCapacity: true)
    }
}
