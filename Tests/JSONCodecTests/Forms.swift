import JSONCodec

/// An object with one member of each kind.
struct Form: Hashable, Codable, JSONObject {
    var id = ""
    var count = 0
    var isOpen = false
    var list: [Int] = []
    var inner: Inner?
    var note: String?

    init() {}

    init(blank: JSONBlank) {}

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("count", &count)
        visitor.required("isOpen", &isOpen)
        visitor.required("list", &list)
        visitor.optional("inner", &inner)
        visitor.optional("note", &note)
    }

    struct Inner: Hashable, Codable, JSONObject {
        var colour = Colour.red

        init(blank: JSONBlank) {}

        mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
            visitor.required("colour", &colour)
        }
    }

    enum Colour: String, JSONStringEnumeration, Codable {
        case red
        case green
    }
}

/// How many members a ``Wide`` object has.
protocol Width: Sendable {
    static var members: Int { get }
}

enum Widest: Width { static let members = 64 }
enum TooWide: Width { static let members = 65 }

/// An object with many members, of which only the last has a name of its own.
struct Wide<Size: Width>: JSONObject {
    var value = 0

    init(blank: JSONBlank) {}

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        var other: Int?
        for _ in 1..<Size.members { visitor.optional("other", &other) }
        visitor.required("last", &value)
    }
}
