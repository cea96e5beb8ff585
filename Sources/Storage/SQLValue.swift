/// A value that a statement binds or a row holds: what SQLite and PostgreSQL have in common.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case double(Double)
    case text(String)
    case blob([UInt8])

    /// An integer of any width; values beyond `Int64` are clamped to its range.
    public static func integer(_ value: some BinaryInteger) -> SQLValue {
        .integer(Int64(clamping: value))
    }

    /// An integer, or NULL for nil.
    public init(_ value: (some BinaryInteger)?) {
        self = value.map { .integer(Int64(clamping: $0)) } ?? .null
    }

    /// A text, or NULL for nil.
    public init(_ value: String?) {
        self = value.map(SQLValue.text) ?? .null
    }

    /// A blob, or NULL for nil.
    public init(_ value: [UInt8]?) {
        self = value.map(SQLValue.blob) ?? .null
    }

    /// A double, or NULL for nil.
    public init(_ value: Double?) {
        self = value.map(SQLValue.double) ?? .null
    }

    /// True as 1 and false as 0, the one form that both engines compare alike.
    public init(_ value: Bool) {
        self = .integer(value ? 1 : 0)
    }
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByNilLiteral
{
    /// A whole number written in the source.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A text written in the source.
    public init(stringLiteral value: String) { self = .text(value) }
    /// True as 1, false as 0.
    public init(booleanLiteral value: Bool) { self = .integer(value ? 1 : 0) }
    /// A floating-point number written in the source.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// NULL.
    public init(nilLiteral: ()) { self = .null }
}
