/// A type with one JSON form, written and read without Foundation's containers.
///
/// Foundation's coder takes milliseconds for an Extract of 250 citations; a cluster that reads 800 documents a second
/// cannot afford it. Types conform to ``JSONObject`` by naming each of their fields once; the same list writes them,
/// reads them and describes them as a JSON Schema.
public protocol JSONValue: Sendable {
    /// Appends this value.
    func write(to writer: inout JSONWriter)

    /// Reads one value.
    /// - Throws: ``JSONError`` with the byte where the text stops being what this type expects.
    static func read(from reader: inout JSONReader) throws(JSONError) -> Self

    /// What a JSON Schema says of this type.
    static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema
}

/// Permission to make an object whose fields are about to be read. Only this module can make one, so that nobody else
/// can build a value whose required fields are missing.
public struct JSONBlank: Sendable {
    @usableFromInline
    init() {}
}

/// A type that is a JSON object with known members.
public protocol JSONObject: JSONValue {
    /// A value to be overwritten member by member; never seen outside the codec.
    init(blank: JSONBlank)

    /// Names every member once, in the order in which they are written; at most 64.
    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor)
}

/// What is done with each member of an object: written, read, or described.
public protocol JSONMemberVisitor {
    /// A member that must be there.
    mutating func required<Value: JSONValue>(_ name: StaticString, _ value: inout Value)

    /// A member that is left out when it is nil.
    mutating func optional<Value: JSONValue>(_ name: StaticString, _ value: inout Value?)
}

extension JSONObject {
    @inlinable
    public func write(to writer: inout JSONWriter) {
        var value = self
        writer.beginObject()
        value.visitMembers(&writer)
        writer.endObject()
    }

    @inlinable
    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        var value = Self(blank: JSONBlank())
        var visitor = JSONReadingVisitor(reader)
        try visitor.readObject(into: &value)
        reader = visitor.reader
        return value
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema {
        definitions.define(String(describing: Self.self), as: Self.self) { definitions in
            var value = Self(blank: JSONBlank())
            var visitor = JSONSchemaVisitor(definitions: definitions)
            value.visitMembers(&visitor)
            definitions = visitor.definitions
            return visitor.schema
        }
    }

    /// The value as one line of JSON text in UTF-8.
    @inlinable
    public func jsonBytes(reserving capacity: Int = 1_024) -> [UInt8] {
        var writer = JSONWriter(reserving: capacity)
        write(to: &writer)
        return writer.bytes
    }

    /// The value that `bytes` hold, which must be one JSON object in UTF-8 without a byte order mark and nothing after it.
    /// - Throws: ``JSONError``.
    @inlinable
    public init(json bytes: [UInt8]) throws(JSONError) {
        let outcome = bytes.withUnsafeBufferPointer { buffer -> Result<Self, JSONError> in
            do throws(JSONError) {
                var reader = JSONReader(buffer)
                let value = try Self.read(from: &reader)
                try reader.expectEnd()
                return .success(value)
            } catch {
                return .failure(error)
            }
        }
        self = try outcome.get()
    }
}
