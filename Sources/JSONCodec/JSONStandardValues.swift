extension String: JSONValue {
    public func write(to writer: inout JSONWriter) { writer.string(self) }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> String { try reader.string() }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema { .string() }
}

extension Int: JSONValue {
    public func write(to writer: inout JSONWriter) { writer.integer(self) }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Int { try reader.integer() }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema { .integer }
}

extension Bool: JSONValue {
    public func write(to writer: inout JSONWriter) { writer.boolean(self) }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Bool { try reader.boolean() }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema { .boolean }
}

extension Array: JSONValue where Element: JSONValue {
    @inlinable
    public func write(to writer: inout JSONWriter) {
        writer.beginArray()
        for element in self { element.write(to: &writer) }
        writer.endArray()
    }

    @inlinable
    public static func read(from reader: inout JSONReader) throws(JSONError) -> [Element] {
        var elements: [Element] = []
        try reader.begin(UInt8(ascii: "["))
        while try reader.next(orEnd: UInt8(ascii: "]"), isFirst: elements.isEmpty) {
            elements.append(try Element.read(from: &reader))
        }
        return elements
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema {
        .array(of: Element.schema(in: &definitions))
    }
}

/// An enumeration whose JSON form is its raw string.
public protocol JSONStringEnumeration: JSONValue, RawRepresentable, CaseIterable where RawValue == String {}

extension JSONStringEnumeration {
    @inlinable
    public func write(to writer: inout JSONWriter) { writer.string(rawValue) }

    @inlinable
    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        let position = reader.position
        let text = try reader.string()
        guard let value = Self(rawValue: text) else {
            throw JSONError(unacceptable: text, wanted: "\(Self.self)", at: position)
        }
        return value
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema {
        .enumeration(allCases.map(\.rawValue))
    }
}

/// A type whose JSON form is a string of a certain pattern, such as a date or a digest.
public protocol JSONStringValue: JSONValue, Codable {
    /// The value as it is written.
    var jsonString: String { get }

    /// The value that `jsonString` says, or nil if it says none.
    init?(jsonString: String)

    /// The regular expression (ECMA 262) that a JSON Schema gives for the string; nil allows any.
    static var jsonPattern: String? { get }
}

extension JSONStringValue {
    @inlinable
    public func write(to writer: inout JSONWriter) { writer.string(jsonString) }

    @inlinable
    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        let position = reader.position
        let text = try reader.string()
        guard let value = Self(jsonString: text) else {
            throw JSONError(unacceptable: text, wanted: "\(Self.self)", at: position)
        }
        return value
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema {
        .string(pattern: jsonPattern)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(jsonString)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(jsonString: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no \(Self.self)")
        }
        self = value
    }
}
