/// Reads the members of one object in whatever order they stand.
///
/// For each name in the text the object's member list is walked until the name is found; lists are short, and
/// comparing a length and a few bytes is quicker than any table. A first error stops all further reading.
///
/// A name with escapes is undone first: `"\u0069d"` is the member `id`, so that no other reader sees another document.
@usableFromInline
struct JSONReadingVisitor: JSONMemberVisitor {
    @usableFromInline
    var reader: JSONReader
    @usableFromInline
    var name = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    @usableFromInline
    var index = 0
    @usableFromInline
    var seen: UInt64 = 0
    @usableFromInline
    var mode = Mode.finding
    @usableFromInline
    var error: JSONError?

    @usableFromInline
    enum Mode {
        case finding
        case found
        case checking
    }

    @inlinable
    init(_ reader: JSONReader) {
        self.reader = reader
    }

    /// The most members that one object may have: as many as ``seen`` has bits.
    @usableFromInline
    static var maximumMembers: Int { UInt64.bitWidth }

    @inlinable
    mutating func readObject<Value: JSONObject>(into value: inout Value) throws(JSONError) {
        try reader.begin(UInt8(ascii: "{"))
        var isFirst = true
        while try reader.next(orEnd: UInt8(ascii: "}"), isFirst: isFirst) {
            isFirst = false
            let found = try reader.memberName()
            if found.hasEscapes {
                let unescaped = try reader.unescapedName(found.raw)
                unescaped.withUnsafeBufferPointer { visit($0, of: &value) }
            } else {
                visit(found.raw, of: &value)
            }
            if let error { throw error }
            if mode == .finding { try reader.skipMember(found.raw) }
        }
        mode = .checking
        index = 0
        value.visitMembers(&self)
        precondition(index <= Self.maximumMembers, "\(Value.self) has more members than the codec can keep count of")
        if let error { throw error }
    }

    /// Reads the value of the member with this name, if there is one.
    @inlinable
    mutating func visit<Value: JSONObject>(_ name: UnsafeBufferPointer<UInt8>, of value: inout Value) {
        self.name = name
        index = 0
        mode = .finding
        value.visitMembers(&self)
    }

    @inlinable
    mutating func required<Value: JSONValue>(_ name: StaticString, _ value: inout Value) {
        if mode == .checking {
            if seen & (1 << UInt64(index)) == 0, error == nil {
                error = JSONError(.missing("\(name)"), at: reader.position)
            }
        } else if matches(name) {
            do throws(JSONError) {
                value = try Value.read(from: &reader)
            } catch {
                self.error = error
            }
        }
        index += 1
    }

    @inlinable
    mutating func optional<Value: JSONValue>(_ name: StaticString, _ value: inout Value?) {
        if matches(name) {
            do throws(JSONError) {
                value = try reader.skipNull() ? nil : Value.read(from: &reader)
            } catch {
                self.error = error
            }
        }
        index += 1
    }

    @usableFromInline
    mutating func matches(_ candidate: StaticString) -> Bool {
        guard mode == .finding, candidate.utf8CodeUnitCount == name.count else { return false }
        for offset in name.indices where name[offset] != candidate.utf8Start[offset] { return false }
        mode = .found
        let bit: UInt64 = 1 << UInt64(index)
        if seen & bit != 0 {
            error = JSONError(.duplicate("\(candidate)"), at: reader.position)
            return false
        }
        seen |= bit
        return true
    }
}
