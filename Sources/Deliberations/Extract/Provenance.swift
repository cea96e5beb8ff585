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

    /// Where a pointer ends among all of them, and the range that it stands for.
    private struct Entry: Hashable, Sendable {
        var pointerEnd: Int
        var range: TextRange
    }

    /// The pointers in UTF-8, one after the other.
    private var pointers: [UInt8] = []
    private var entries: [Entry] = []
    /// The entries by pointer, where they have been indexed.
    private var index: PointerIndex?

    /// No citation.
    public init() {}

    /// The citations in the order in which they were noted; no pointer stands twice.
    public var citations: [Citation] {
        entries.indices.map {
            Citation(pointer: String(decoding: pointers[pointerRange($0)], as: UTF8.self), range: entries[$0].range)
        }
    }

    /// Notes where the fact at `pointer` was read. The caller notes each pointer once.
    public mutating func cite(_ pointer: String, _ range: TextRange) {
        var pointer = pointer
        pointer.withUTF8 { pointers.append(contentsOf: $0) }
        entries.append(Entry(pointerEnd: pointers.count, range: range))
        index = nil
    }

    /// Notes where the element `index`, not below 0, of the list at `list` was read, without making a string of it.
    public mutating func cite(_ list: StaticString, _ index: Int, _ range: TextRange) {
        list.withUTF8Buffer { pointers.append(contentsOf: $0) }
        pointers.append(UInt8(ascii: "/"))
        Self.forEachDigit(of: index) { pointers.append($0) }
        entries.append(Entry(pointerEnd: pointers.count, range: range))
        self.index = nil
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.pointers == right.pointers && left.entries == right.entries
            || left.entries.count == right.entries.count && left.byPointer() == right.byPointer()
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(entries.count)
    }

    /// The citations by pointer.
    private func byPointer() -> [String: TextRange] {
        Dictionary(citations.lazy.map { ($0.pointer, $0.range) }, uniquingKeysWith: { first, _ in first })
    }

    /// The same citations, ready for many look-ups. Those that were read from JSON are so already.
    public func indexed() -> Self {
        if index != nil { return self }
        var copy = self
        _ = copy.indexEntries()
        return copy
    }

    /// Where the fact at `pointer` was read.
    public subscript(pointer: String) -> TextRange? {
        var pointer = pointer
        return pointer.withUTF8 { find($0) }
    }

    /// Where the fact at `pointer`, or the nearest fact that contains it, was read.
    public func nearest(_ pointer: String) -> TextRange? {
        var pointer = pointer
        return pointer.withUTF8 { nearest($0) }
    }

    /// As ``nearest(_:)``, of the element `index`, not below 0, of the list at `list`, without making a string of it.
    public func nearest(_ list: String, _ index: Int) -> TextRange? {
        Self.withPointer(list, index) { nearest($0) }
    }

    /// Where the element `index`, not below 0, of the list at `list` was read, without making a string of it.
    public subscript(list: String, index: Int) -> TextRange? {
        Self.withPointer(list, index) { find($0) }
    }

    private func nearest(_ pointer: UnsafeBufferPointer<UInt8>) -> TextRange? {
        var path = pointer
        while !path.isEmpty {
            if let range = find(path) { return range }
            guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return nil }
            path = UnsafeBufferPointer(rebasing: path[..<slash])
        }
        return nil
    }

    /// Calls `body` with the pointer of the element `index` of the list at `list`.
    private static func withPointer(
        _ list: String, _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> TextRange?
    ) -> TextRange? {
        var list = list
        return list.withUTF8 { list in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: list.count + 20) { pointer in
                _ = pointer.update(fromContentsOf: list)
                pointer[list.count] = UInt8(ascii: "/")
                var count = list.count + 1
                forEachDigit(of: index) { digit in
                    pointer[count] = digit
                    count += 1
                }
                return body(UnsafeBufferPointer(rebasing: pointer[..<count]))
            }
        }
    }

    /// Calls `body` with each decimal digit of `number`, not below 0, in ASCII.
    @inline(__always)
    private static func forEachDigit(of number: Int, _ body: (UInt8) -> Void) {
        var power = 1
        while number / power >= 10 { power *= 10 }
        while power > 0 {
            body(UInt8(48 + number / power % 10))
            power /= 10
        }
    }

    private func find(_ pointer: UnsafeBufferPointer<UInt8>) -> TextRange? {
        pointers.withUnsafeBufferPointer { pointers in
            entries.withUnsafeBufferPointer { entries in
                let isPointer = { (entry: Int) in
                    let start = entry == 0 ? 0 : entries[entry - 1].pointerEnd
                    return PointerIndex.areEqual(pointers[start..<entries[entry].pointerEnd], pointer[...])
                }
                let found = index.map { $0.find(pointer, isPointer) } ?? entries.indices.first(where: isPointer)
                return found.map { entries[$0].range }
            }
        }
    }

    private func pointerRange(_ entry: Int) -> Range<Int> {
        (entry == 0 ? 0 : entries[entry - 1].pointerEnd)..<entries[entry].pointerEnd
    }

    /// Indexes the entries; the result is the first pointer that stands twice, if any does.
    private mutating func indexEntries() -> String? {
        var index = PointerIndex(capacity: entries.count)
        var repeated: Int?
        pointers.withUnsafeBufferPointer { pointers in
            for entry in entries.indices {
                let pointer = pointers[pointerRange(entry)]
                let isNew = index.insert(entry, UnsafeBufferPointer(rebasing: pointer)) { other in
                    PointerIndex.areEqual(pointers[pointerRange(other)], pointer)
                }
                if !isNew, repeated == nil { repeated = entry }
            }
        }
        self.index = index
        return repeated.map { String(decoding: pointers[pointerRange($0)], as: UTF8.self) }
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
        for entry in entries.indices {
            writer.name(utf8: pointers[pointerRange(entry)])
            entries[entry].range.write(to: &writer)
        }
        writer.endObject()
    }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        var provenance = Self()
        try reader.begin(UInt8(ascii: "{"))
        while try reader.next(orEnd: UInt8(ascii: "}"), isFirst: provenance.entries.isEmpty) {
            try reader.name(appendingTo: &provenance.pointers)
            let range = try TextRange.read(from: &reader)
            provenance.entries.append(Entry(pointerEnd: provenance.pointers.count, range: range))
        }
        if let twice = provenance.indexEntries() {
            throw JSONError(.duplicate(String(twice.prefix(80))), at: reader.position)
        }
        return provenance
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema {
        .dictionary(of: TextRange.schema(in: &definitions))
    }
}
