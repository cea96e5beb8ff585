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
        guard container.isAtEnd, 0 <= start, start <= end else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: Self.wanted)
        }
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
        try reader.begin(UInt8(ascii: "["))
        var range = Self(0, 0)
        var count = 0
        while try reader.next(orEnd: UInt8(ascii: "]"), isFirst: count == 0) {
            let number = try reader.integer()
            if count == 0 { range.start = number } else { range.end = number }
            count += 1
        }
        guard count == 2, 0 <= range.start, range.start <= range.end else {
            throw JSONError(.unacceptable(wanted), at: position)
        }
        return range
    }

    private static let wanted = "a range is two numbers, the first not negative, the second not less than the first"

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema {
        .tuple(of: .boundedInteger(minimum: 0), count: 2)
    }
}
