import JSONCodec

/// Where each fact of an Extract was read: JSON Pointers (RFC 6901) into the Extract, and the bytes of the converted text.
///
/// Two are equal that cite the same, in whatever order.
public struct Provenance: Hashable, Sendable {
    /// A fact and where it was read.
    public struct Citation: Hashable, Sendable {
        /// The JSON Pointer of the fact.
        public var pointer: String
        /// Where it was read.
        public var range: TextRange
    }

    /// The citations in the order in which they were noted; no pointer stands twice.
    public private(set) var citations: [Citation] = []

    /// No citation.
    public init() {}

    /// Notes where the fact at `pointer` was read. The caller notes each pointer once.
    public mutating func cite(_ pointer: String, _ range: TextRange) {
        citations.append(Citation(pointer: pointer, range: range))
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.citations == right.citations
            || left.citations.count == right.citations.count && left.byPointer() == right.byPointer()
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(citations.count)
    }

    /// The citations by pointer, for many look-ups.
    public func byPointer() -> [String: TextRange] {
        Dictionary(citations.lazy.map { ($0.pointer, $0.range) }, uniquingKeysWith: { first, _ in first })
    }

    /// Where the fact at `pointer` was read.
    public subscript(pointer: String) -> TextRange? {
        citations.first { $0.pointer == pointer }?.range
    }
}

extension Provenance: Codable, JSONValue {
    public init(from decoder: any Decoder) throws {
        let ranges = try decoder.singleValueContainer().decode([String: TextRange].self)
        for (pointer, range) in ranges.sorted(by: { $0.key < $1.key }) { cite(pointer, range) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(byPointer())
    }

    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for citation in citations {
            writer.name(citation.pointer)
            citation.range.write(to: &writer)
        }
        writer.endObject()
    }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        var provenance = Self()
        try reader.begin(UInt8(ascii: "{"))
        while try reader.next(orEnd: UInt8(ascii: "}"), isFirst: provenance.citations.isEmpty) {
            let pointer = try reader.name()
            provenance.cite(pointer, try TextRange.read(from: &reader))
        }
        if let twice = provenance.firstRepeatedPointer { throw JSONError(.duplicate(twice), at: reader.position) }
        return provenance
    }

    private var firstRepeatedPointer: String? {
        var seen = Set<String>(minimumCapacity: citations.count)
        return citations.first { !seen.insert($0.pointer).inserted }.map { String($0.pointer.prefix(80)) }
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema {
        .dictionary(of: TextRange.schema(in: &definitions))
    }
}
