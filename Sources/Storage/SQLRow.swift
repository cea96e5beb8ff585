internal import GRDBSQLite
import PostgreSQL

/// One row of an answer, valid only inside the closure that received it. Columns are read by position; a value of another
/// type than asked for is an error, never a crash.
public struct SQLRow {
    private enum Source {
        case sqlite(OpaquePointer)
        case postgreSQL(PostgreSQLRow)
    }

    private let source: Source

    init(_ statement: OpaquePointer) {
        source = .sqlite(statement)
    }

    init(_ row: PostgreSQLRow) {
        source = .postgreSQL(row)
    }

    /// How many columns the row has.
    public var count: Int {
        switch source {
        case .sqlite(let statement): Int(sqlite3_data_count(statement))
        case .postgreSQL(let row): row.count
        }
    }

    /// The value of a column, whatever its type; NULL beyond the row.
    public subscript(column: Int) -> SQLValue {
        switch source {
        case .sqlite(let statement): value(column, of: statement)
        case .postgreSQL(let row): SQLValue(row.value(column))
        }
    }

    private func value(_ column: Int, of statement: OpaquePointer) -> SQLValue {
        // SQLite gives NULL for a column beyond the row.
        let index = Int32(clamping: column)
        return switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: .double(sqlite3_column_double(statement, index))
        case SQLITE_TEXT: .text(text(at: index, of: statement))
        case SQLITE_BLOB: .blob(blob(at: index, of: statement))
        default: .null
        }
    }

    private func text(at index: Int32, of statement: OpaquePointer) -> String {
        // The text first: asking for it may change how many bytes there are.
        guard let bytes = sqlite3_column_text(statement, index) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, index))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    private func blob(at index: Int32, of statement: OpaquePointer) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(statement, index) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, index))))
    }

    /// An integer; throws when the column is NULL or of another type.
    public func integer(_ column: Int) throws(StorageError) -> Int64 {
        guard let value = try optionalInteger(column) else { throw unexpected(column, "an integer") }
        return value
    }

    /// An integer or nil for NULL.
    public func optionalInteger(_ column: Int) throws(StorageError) -> Int64? {
        switch self[column] {
        case .integer(let value): return value
        case .null: return nil
        default: throw unexpected(column, "an integer")
        }
    }

    /// A text; throws when the column is NULL or of another type.
    public func text(_ column: Int) throws(StorageError) -> String {
        guard let value = try optionalText(column) else { throw unexpected(column, "a text") }
        return value
    }

    /// A text or nil for NULL.
    public func optionalText(_ column: Int) throws(StorageError) -> String? {
        switch self[column] {
        case .text(let value): return value
        case .null: return nil
        default: throw unexpected(column, "a text")
        }
    }

    /// Bytes; throws when the column is NULL or of another type.
    public func blob(_ column: Int) throws(StorageError) -> [UInt8] {
        guard let value = try optionalBlob(column) else { throw unexpected(column, "bytes") }
        return value
    }

    /// Bytes or nil for NULL.
    public func optionalBlob(_ column: Int) throws(StorageError) -> [UInt8]? {
        switch self[column] {
        case .blob(let value): return value
        case .null: return nil
        default: throw unexpected(column, "bytes")
        }
    }

    /// A floating-point number (an integer is taken as one); throws when the column is NULL or of another type.
    public func double(_ column: Int) throws(StorageError) -> Double {
        switch self[column] {
        case .double(let value): return value
        case .integer(let value): return Double(value)
        default: throw unexpected(column, "a number")
        }
    }

    /// An integer that is not 0; throws when the column is NULL or of another type.
    public func boolean(_ column: Int) throws(StorageError) -> Bool {
        try integer(column) != 0
    }

    private func unexpected(_ column: Int, _ wanted: String) -> StorageError {
        let name =
            switch source {
            case .sqlite(let statement):
                sqlite3_column_name(statement, Int32(clamping: column)).map { String(cString: $0) }
            case .postgreSQL(let row): row.name(column)
            }
        return .unexpectedValue(column: "\(column) (\(name ?? "beyond the row"))", wanted: wanted)
    }
}
