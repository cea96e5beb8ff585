/// Reads the members of one object in whatever order they stand.
///
/// We write members in the order of the member list, so a first walk of the list takes each member that is the next
/// one in the text. Names that stand elsewhere are looked for one by one in further walks; lists are short, and
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
    /// The members that the type needs, as bits like ``seen``.
    @usableFromInline
    var needed: UInt64 = 0
    @usableFromInline
    var mode = Mode.inOrder
    /// Whether the object's end was passed.
    @usableFromInline
    var isAtEnd = false
    @usableFromInline
    var error: JSONError?

    @usableFromInline
    enum Mode {
        case inOrder
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
        try passSeparator(isFirst: true)
        value.visitMembers(&self)
        precondition(index <= Self.maximumMembers, "\(Value.self) has more members than the codec can keep count of")
        if let error { throw error }
        while !isAtEnd { try readMember(of: &value) }
        if needed & ~seen == 0 { return }
        mode = .checking
        index = 0
        value.visitMembers(&self)
        if let error { throw error }
    }

    /// Reads a member that is not the next one of the list, or passes it if nobody knows it.
    @inlinable
    mutating func readMember<Value: JSONObject>(of value: inout Value) throws(JSONError) {
        let found = try reader.memberName()
        if found.hasEscapes {
            let unescaped = try reader.unescapedName(found.raw)
            unescaped.withUnsafeBufferPointer { visit($0, of: &value) }
        } else {
            visit(found.raw, of: &value)
        }
        if let error { throw error }
        if mode == .finding { try reader.skipMember(found.raw) }
        try passSeparator(isFirst: false)
    }

    /// Goes on to the next member's name, or past the object's end.
    @usableFromInline
    mutating func passSeparator(isFirst: Bool) throws(JSONError) {
        isAtEnd = try !reader.next(orEnd: UInt8(ascii: "}"), isFirst: isFirst)
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
        if mode == .inOrder { needed |= 1 << UInt64(index) }
        if matches(name) {
            do throws(JSONError) {
                value = try Value.read(from: &reader)
                if mode == .inOrder { try passSeparator(isFirst: false) }
            } catch {
                self.error = error
            }
        } else if mode == .checking {
            noteIfMissing(name)
        }
        index += 1
    }

    @inlinable
    mutating func optional<Value: JSONValue>(_ name: StaticString, _ value: inout Value?) {
        if matches(name) {
            do throws(JSONError) {
                value = try reader.skipNull() ? nil : Value.read(from: &reader)
                if mode == .inOrder { try passSeparator(isFirst: false) }
            } catch {
                self.error = error
            }
        }
        index += 1
    }

    @usableFromInline
    mutating func noteIfMissing(_ name: StaticString) {
        guard seen & (1 << UInt64(index)) == 0, error == nil else { return }
        error = JSONError(.missing("\(name)"), at: reader.position)
    }

    /// Whether the value that comes next in the text is that of the member `candidate`.
    @usableFromInline
    mutating func matches(_ candidate: StaticString) -> Bool {
        switch mode {
        case .inOrder:
            guard !isAtEnd, error == nil, reader.passName(candidate) else { return false }
        case .finding:
            guard candidate.utf8CodeUnitCount == name.count else { return false }
            for offset in name.indices where name[offset] != candidate.utf8Start[offset] { return false }
            mode = .found
        case .found, .checking: return false
        }
        let bit: UInt64 = 1 << UInt64(index)
        if seen & bit != 0 {
            error = JSONError(.duplicate("\(candidate)"), at: reader.position)
            return false
        }
        seen |= bit
        return true
    }
}
