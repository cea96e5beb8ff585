import GRDB

/// The statements of one transaction. It is handed to a closure and must not leave it.
///
/// Statements are plain SQL that both SQLite 3.40 and PostgreSQL 15 take, with `?` for each value in turn; each
/// distinct text is prepared once a connection.
public struct SQLTransaction {
    let database: Database
    let path: String

    /// Runs a statement that returns no rows; answers how many rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ values: [SQLValue] = []) throws(StorageError) -> Int {
        do {
            return try SQLStatement(sql, in: database).execute(values)
        } catch {
            throw storageError(error)
        }
    }

    /// Runs a query and maps each row in turn.
    public func query<Element>(
        _ sql: String, _ values: [SQLValue] = [], _ transform: (SQLRow) throws -> Element
    ) throws(StorageError) -> [Element] {
        var elements: [Element] = []
        try forEach(sql, values) { elements.append(try transform($0)) }
        return elements
    }

    /// Runs a query and maps its first row, or answers nil when there is none.
    public func first<Element>(
        _ sql: String, _ values: [SQLValue] = [], _ transform: (SQLRow) throws -> Element
    ) throws(StorageError) -> Element? {
        do {
            var element: Element?
            try SQLStatement(sql, in: database).forEach(values) { row in
                element = try transform(row)
                return false
            }
            return element
        } catch {
            throw storageError(error)
        }
    }

    /// Runs a query and hands each row to a closure, holding one row at a time in memory.
    public func forEach(
        _ sql: String, _ values: [SQLValue] = [], _ body: (SQLRow) throws -> Void
    ) throws(StorageError) {
        do {
            try SQLStatement(sql, in: database).forEach(values) { row in
                try body(row)
                return true
            }
        } catch {
            throw storageError(error)
        }
    }

    /// Runs a part of the transaction that is undone alone when it throws; the rest of the transaction stands.
    @discardableResult
    public func nested<Result>(_ body: (SQLTransaction) throws -> Result) throws -> Result {
        try execute("SAVEPOINT part")
        do {
            let result = try body(self)
            try execute("RELEASE SAVEPOINT part")
            return result
        } catch {
            // SQLite itself may have rolled the whole transaction back (a full disk, an I/O error): then there is no
            // savepoint any more, and the error that says so must not hide the first one.
            guard database.isInsideTransaction else { throw StorageError.rolledBack(by: error, path: path) }
            _ = try? execute("ROLLBACK TO SAVEPOINT part")
            _ = try? execute("RELEASE SAVEPOINT part")
            throw error
        }
    }

    private func storageError(_ error: any Error) -> StorageError {
        switch error {
        case let error as StorageError: error
        case let error as DatabaseError: StorageError(error, path: path)
        default: .statement(message: String("\(error)".prefix(300)), sql: "")
        }
    }
}
