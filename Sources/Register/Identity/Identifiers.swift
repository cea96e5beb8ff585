import JSONCodec

/// The number by which people and mails name an act of this register, from 1.
public struct ActID: Hashable, Sendable, Comparable, CustomStringConvertible, JSONValue {
    /// The number.
    public let number: Int64

    /// The act numbered `number`.
    public init(_ number: Int64) {
        self.number = number
    }

    public var description: String { String(number) }

    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    public func write(to writer: inout JSONWriter) { writer.integer(Int(number)) }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        Self(Int64(try reader.integer()))
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema { .integer }
}

/// The number by which people and mails name a deadline of this register, from 1.
public struct DeadlineID: Hashable, Sendable, Comparable, CustomStringConvertible, JSONValue {
    /// The number.
    public let number: Int64

    /// The deadline numbered `number`.
    public init(_ number: Int64) {
        self.number = number
    }

    public var description: String { String(number) }

    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    public func write(to writer: inout JSONWriter) { writer.integer(Int(number)) }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        Self(Int64(try reader.integer()))
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema { .integer }
}

/// The number of an alert in the ledger, from 1.
public struct AlertID: Hashable, Sendable, Comparable, CustomStringConvertible, JSONValue {
    /// The number.
    public let number: Int64

    /// The alert numbered `number`.
    public init(_ number: Int64) {
        self.number = number
    }

    public var description: String { String(number) }

    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    public func write(to writer: inout JSONWriter) { writer.integer(Int(number)) }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        Self(Int64(try reader.integer()))
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema { .integer }
}

/// The id of one register, made at random when it is created: a broker refuses a second register by it.
public struct RegisterID: Hashable, Sendable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits.
    public let text: String

    init(_ text: String) {
        self.text = text
    }

    static func random(using generator: inout some RandomNumberGenerator) -> Self {
        let halves = [
            UInt64.random(in: .min ... .max, using: &generator), .random(in: .min ... .max, using: &generator),
        ]
        return Self(
            halves.map { half in
                let digits = String(half, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined())
    }

    public var description: String { text }
}
