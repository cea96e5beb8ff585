import GRDB

/// One row of an answer, valid only inside the closure that received it. Columns are read by position, without a
/// dictionary; a value of another type than asked for is an error, never a crash.
public struct SQLRow {
    private let row: Row

    init(_ row: Row) {
        self.row = row
    }

    /// How many columns the row has.
    public var count: Int { row.count }

    /// The value of a column, whatever its type.
    public subscript(column: Int) -> SQLValue {
        guard column >= 0, column < row.count else { return .null }
        let value: DatabaseValue = row[column]
        return switch value.storage {
        case .null: .null
        case .int64(let integer): .integer(integer)
        case .double(let double): .double(double)
        case .string(let text): .text(text)
        case .blob(let data): .blob([UInt8](data))
        }
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
        let name = column >= 0 && column < row.count ? Array(row.columnNames)[column] : "beyond the row"
        return .unexpectedValue(column: "\(column) (\(name))", wanted: wanted)
    }
}
