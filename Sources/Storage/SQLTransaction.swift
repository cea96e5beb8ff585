import GRDB
import PostgreSQL

/// The statements of one transaction. It is handed to a closure and must not leave it.
///
/// Statements are plain SQL that both SQLite 3.40 and PostgreSQL 15 take, with `?` for each value in turn; each
/// distinct text is prepared once a connection.
public struct SQLTransaction {
    enum Session {
        case sqlite(Database)
        case postgreSQL(PostgreSQLSession)
    }

    let session: Session
    let name: String

    /// Whose words the database understands, for the few statements that both engines cannot take alike.
    public var dialect: SQLDialect {
        switch session {
        case .sqlite: .sqlite
        case .postgreSQL: .postgreSQL
        }
    }

    /// Runs a statement that returns no rows; answers how many rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ values: [SQLValue] = []) throws(StorageError) -> Int {
        do {
            switch session {
            case .sqlite(let database): return try SQLStatement(sql, in: database).execute(values)
            case .postgreSQL(let session): return try session.execute(sql, values.map(\.postgreSQL))
            }
        } catch {
            throw storageError(error)
        }
    }

    /// Runs a statement whose answer nobody needs: with PostgreSQL it is on its way while the next ones are made. What it
    /// fails of, a later statement or the commit throws.
    public func enqueue(_ sql: String, _ values: [SQLValue] = []) throws(StorageError) {
        guard case .postgreSQL(let session) = session else {
            try execute(sql, values)
            return
        }
        do {
            try session.enqueue(sql, values.map(\.postgreSQL))
        } catch {
            throw storageError(error)
        }
    }

    /// Runs a query and maps each row in turn. All rows are in memory.
    public func query<Element>(
        _ sql: String, _ values: [SQLValue] = [], _ transform: (SQLRow) throws -> Element
    ) throws(StorageError) -> [Element] {
        var elements: [Element] = []
        try rows(sql, values) { row in
            elements.append(try transform(row))
            return true
        }
        return elements
    }

    /// Runs a query and maps its first row, or answers nil when there is none.
    public func first<Element>(
        _ sql: String, _ values: [SQLValue] = [], _ transform: (SQLRow) throws -> Element
    ) throws(StorageError) -> Element? {
        var element: Element?
        try rows(sql, values) { row in
            element = try transform(row)
            return false
        }
        return element
    }

    /// Runs a query and hands each row to a closure, holding few rows at a time in memory.
    public func forEach(
        _ sql: String, _ values: [SQLValue] = [], _ body: (SQLRow) throws -> Void
    ) throws(StorageError) {
        guard case .postgreSQL(let session) = session, PostgreSQLDialect.isQuery(sql) else {
            return try rows(sql, values) { row in
                try body(row)
                return true
            }
        }
        do {
            try session.forEach(sql, values.map(\.postgreSQL)) { try body(SQLRow($0)) }
        } catch {
            throw storageError(error)
        }
    }

    /// Runs a part of the transaction that is undone alone when it throws; the rest of the transaction stands.
    @discardableResult
    public func nested<Result>(_ body: (SQLTransaction) throws -> Result) throws -> Result {
        switch session {
        case .sqlite(let database): return try nested(in: database, body)
        case .postgreSQL(let session):
            do {
                return try session.nested { try body(self) }
            } catch let error as PostgreSQLError {
                throw StorageError(error, server: name)
            }
        }
    }

    private func nested<Result>(in database: Database, _ body: (SQLTransaction) throws -> Result) throws -> Result {
        try execute("SAVEPOINT part")
        do {
            let result = try body(self)
            try execute("RELEASE SAVEPOINT part")
            return result
        } catch {
            // SQLite itself may have rolled the whole transaction back (a full disk, an I/O error): then there is no
            // savepoint any more, and the error that says so must not hide the first one.
            guard database.isInsideTransaction else { throw StorageError.rolledBack(by: error, path: name) }
            _ = try? execute("ROLLBACK TO SAVEPOINT part")
            _ = try? execute("RELEASE SAVEPOINT part")
            throw error
        }
    }

    /// Runs a query and hands over its rows until `body` answers false.
    private func rows(
        _ sql: String, _ values: [SQLValue], _ body: (SQLRow) throws -> Bool
    ) throws(StorageError) {
        do {
            switch session {
            case .sqlite(let database): try SQLStatement(sql, in: database).forEach(values) { try body($0) }
            case .postgreSQL(let session): try session.query(sql, values.map(\.postgreSQL)) { try body(SQLRow($0)) }
            }
        } catch {
            throw storageError(error)
        }
    }

    private func storageError(_ error: any Error) -> StorageError {
        switch error {
        case let error as StorageError: error
        case let error as DatabaseError: StorageError(error, path: name)
        case let error as PostgreSQLError: StorageError(error, server: name)
        default: .statement(message: String("\(error)".prefix(300)), sql: "")
        }
    }
}
