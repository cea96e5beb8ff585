import Storage

extension SQLTransaction {
    /// Runs a query and maps each row in turn. What is wrong with a row comes out as `transform` names it, and not as a failure
    /// of the database: the one is this row's trouble, the other everybody's.
    func readAll<Element>(
        _ sql: String, _ values: [SQLValue] = [], _ transform: (SQLRow) throws -> Element
    ) throws -> [Element] {
        try query(sql, values) { row in Result { try transform(row) } }.map { try $0.get() }
    }

    /// Runs a query and maps its first row, or answers nil when there is none; errors as ``readAll(_:_:_:)``.
    func readFirst<Element>(
        _ sql: String, _ values: [SQLValue] = [], _ transform: (SQLRow) throws -> Element
    ) throws -> Element? {
        try first(sql, values) { row in Result { try transform(row) } }?.get()
    }
}
