import JSONCodec

/// A range of bytes `[start, end)` of the converted text in UTF-8. Written as the array `[start, end]`.
public struct TextRange: Hashable, Sendable, Codable, JSONValue {
    /// The offset of the first byte.
    public var start: Int
    /// The offset after the last byte.
    public var end: Int

    /// The bytes from `start` up to, not including, `end`.
    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// The bytes of `range`.
    public init(_ range: Range<Int>) {
        self.init(range.lowerBound, range.upperBound)
    }

    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        start = try container.decode(Int.self)
        end = try container.decode(Int.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(start)
        try container.encode(end)
    }

    public func write(to writer: inout JSONWriter) {
        writer.beginArray()
        writer.integer(start)
        writer.integer(end)
        writer.endArray()
    }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        let position = reader.position
        let numbers = try [Int].read(from: &reader)
        guard numbers.count == 2, 0 <= numbers[0], numbers[0] <= numbers[1] else {
            throw JSONError(.unacceptable("a range is two numbers, the second not less than the first"), at: position)
        }
        return Self(numbers[0], numbers[1])
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema {
        .tuple(of: .integer, count: 2)
    }
}
