import JSONCodec

/// The fencing token of a lease: every lease of the store has a higher one than all before it, and a result is taken
/// only with the token of the lease that stands.
public struct LeaseToken: Hashable, Sendable, Comparable, Codable, CustomStringConvertible, JSONValue {
    /// The number, 1 or more.
    public let value: Int

    /// The token with this number.
    public init(_ value: Int) {
        self.value = value
    }

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Int.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    public func write(to writer: inout JSONWriter) { writer.integer(value) }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self { Self(try reader.integer()) }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema { .integer }

    public var description: String { String(value) }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
