internal import CPostgreSQL

/// One row of an answer, valid only inside the closure that received it.
public struct PostgreSQLRow {
    let answer: Answer
    let index: Int32

    /// How many columns the row has.
    public var count: Int { Int(PQnfields(answer.pointer)) }

    /// A column's name, or nil beyond the row.
    public func name(_ column: Int) -> String? {
        PQfname(answer.pointer, Int32(clamping: column)).map { String(cString: $0) }
    }

    /// The value of a column, NULL beyond the row.
    public func value(_ column: Int) -> PostgreSQLValue {
        let position = Int32(clamping: column)
        guard position >= 0, position < PQnfields(answer.pointer),
            PQgetisnull(answer.pointer, index, position) == 0,
            let start = PQgetvalue(answer.pointer, index, position)
        else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(answer.pointer, index, position)))
        return ColumnType(rawValue: PQftype(answer.pointer, position))?.value(bytes)
            ?? .text(String(decoding: bytes, as: UTF8.self))
    }
}

/// The types whose binary form is read as a number, a truth value or bytes (pg_type.dat of PostgreSQL 15); all others that
/// the store's statements answer are texts.
private enum ColumnType: UInt32 {
    case boolean = 16
    case bytes = 17
    case integer8 = 20
    case integer2 = 21
    case integer4 = 23
    case identifier = 26
    case single = 700
    case double = 701
    case numeric = 1700

    func value(_ bytes: UnsafeRawBufferPointer) -> PostgreSQLValue {
        switch self {
        case .boolean: .integer(bytes.first == 0 ? 0 : 1)
        case .bytes: .blob([UInt8](bytes))
        case .integer8: .integer(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
        case .integer2: .integer(Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))))
        case .integer4: .integer(Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))))
        case .identifier: .integer(Int64(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
        case .single: .double(Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))))
        case .double: .double(Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))))
        case .numeric: Self.numeric(bytes)
        }
    }

    /// A `numeric` as sums of BIGINT give it: groups of four decimal digits, the first with its weight (numeric_send).
    private static func numeric(_ bytes: UnsafeRawBufferPointer) -> PostgreSQLValue {
        func word(_ index: Int) -> Int {
            Int(Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self)))
        }
        guard bytes.count >= 8, bytes.count >= 8 + 2 * word(0) else { return .null }
        let (groups, weight, isNegative) = (word(0), word(1), UInt16(truncatingIfNeeded: word(2)) == 0x4000)
        if groups <= weight + 1, weight < 4 {
            let magnitude = (0..<max(weight + 1, 0)).reduce(Int64(0)) { sum, group in
                sum * 10_000 + (group < groups ? Int64(word(4 + group)) : 0)
            }
            return .integer(isNegative ? -magnitude : magnitude)
        }
        var number = 0.0
        for group in (0..<groups).reversed() {
            number = number / 10_000 + Double(word(4 + group))
        }
        for _ in 0..<abs(weight) { number = weight > 0 ? number * 10_000 : number / 10_000 }
        return .double(isNegative ? -number : number)
    }
}

/// libpq's answer to one statement, freed with its last user.
final class Answer {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }
    var rows: Int32 { PQntuples(pointer) }
    /// What was done: `COMMIT`, `INSERT 0 1`.
    var command: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }
    var changed: Int { PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The error that it says, without what the server says of its own source.
    func failure(sql: String) -> PostgreSQLError {
        func field(_ character: Unicode.Scalar) -> String? {
            PQresultErrorField(pointer, Int32(character.value)).map { String(cString: $0) }
        }
        let message = PostgreSQLError.words(
            field("M") ?? PQresultErrorMessage(pointer).map { String(cString: $0) } ?? "")
        guard let code = field("C") else { return .lost(message: message) }
        return .refused(code: code, message: message, sql: String(sql.prefix(300)))
    }
}
