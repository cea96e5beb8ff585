import JSONCodec

/// Finds which optional members of the objects in a value are nowhere set.
public struct MemberCoverage: JSONMemberVisitor {
    private var type = ""
    private var seen: Set<String> = []
    private var known: Set<String> = []

    /// Nothing seen yet.
    public init() {}

    /// The optional members, as `Type.member`, that no object seen so far has, and the lists that all of them have empty.
    public var unset: [String] { known.subtracting(seen).sorted() }

    /// Looks at `object` and all that is in it.
    public mutating func see(_ object: some JSONObject) {
        let outer = type
        type = String(describing: Swift.type(of: object))
        var copy = object
        copy.visitMembers(&self)
        type = outer
    }

    public mutating func required<Value: JSONValue>(_ name: StaticString, _ value: inout Value) {
        see(member: "\(type).\(name)", value)
    }

    public mutating func optional<Value: JSONValue>(_ name: StaticString, _ value: inout Value?) {
        known.insert("\(type).\(name)")
        if let value { see(member: "\(type).\(name)", value) }
    }

    private mutating func see(member: String, _ value: any JSONValue) {
        known.insert(member)
        if let list = value as? [any JSONValue] {
            if !list.isEmpty { seen.insert(member) }
            for element in list { see(member: member, element) }
        } else {
            seen.insert(member)
            if let object = value as? any JSONObject { see(object) }
        }
    }
}

/// Takes away whatever may be left out.
public struct MemberStripper: JSONMemberVisitor {
    /// A visitor that sets optional members to nil.
    public init() {}

    public mutating func required<Value: JSONValue>(_ name: StaticString, _ value: inout Value) {}

    public mutating func optional<Value: JSONValue>(_ name: StaticString, _ value: inout Value?) { value = nil }
}
