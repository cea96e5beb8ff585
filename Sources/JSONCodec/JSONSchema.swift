/// What a JSON Schema (draft 2020-12) says of one value.
public indirect enum JSONSchema: Sendable, Equatable {
    /// A string, of a pattern if one is given.
    case string(pattern: String? = nil)
    /// One of these strings.
    case enumeration([String])
    /// An integer of 64 bits.
    case integer
    /// An integer of 64 bits, not less than `minimum` and not more than `maximum` if there is one.
    case boundedInteger(minimum: Int, maximum: Int? = nil)
    /// `true` or `false`.
    case boolean
    /// An array of such elements.
    case array(of: JSONSchema)
    /// An array of so many such elements.
    case tuple(of: JSONSchema, count: Int)
    /// An object whose members all have such values.
    case dictionary(of: JSONSchema)
    /// An object with these members; others are allowed, as later versions may add them.
    case object([Member])
    /// One of these.
    case oneOf([JSONSchema])
    /// A type that is defined once under this name.
    case reference(String)

    /// One member of an object.
    public struct Member: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Whether it must be there.
        public var isRequired: Bool
        /// What its value is.
        public var schema: JSONSchema

        /// A member.
        public init(_ name: String, isRequired: Bool, schema: JSONSchema) {
            self.name = name
            self.isRequired = isRequired
            self.schema = schema
        }
    }
}

/// The types that a schema defines once and refers to by name.
public struct JSONSchemaDefinitions: Sendable {
    /// The types by their names.
    public private(set) var definitions: [String: JSONSchema] = [:]
    private var owners: [String: ObjectIdentifier] = [:]

    /// No definitions.
    public init() {}

    /// Defines `name`, the name of `type`, by what `body` returns, unless that is done already. Two types of one document
    /// must not have one name.
    public mutating func define(_ name: String, as type: Any.Type, _ body: (inout Self) -> JSONSchema) -> JSONSchema {
        if let owner = owners[name] {
            precondition(owner == ObjectIdentifier(type), "two types of one JSON Schema are called \(name)")
        } else {
            owners[name] = ObjectIdentifier(type)
            definitions[name] = body(&self)
        }
        return .reference(name)
    }

    /// The whole schema document of `type`, as JSON text that people can read.
    /// - Parameter descriptions: what to say of types and members, by `Type` and `Type.member`.
    public static func document<Value: JSONValue>(
        for type: Value.Type, id: String, title: String, descriptions: [String: String] = [:]
    ) -> String {
        var definitions = Self()
        let root = Value.schema(in: &definitions)
        var printer = JSONSchemaPrinter(descriptions: descriptions)
        return printer.document(root: root, definitions: definitions.definitions, id: id, title: title)
    }
}

/// Collects the members of an object for its schema.
struct JSONSchemaVisitor: JSONMemberVisitor {
    var definitions: JSONSchemaDefinitions
    private var members: [JSONSchema.Member] = []

    init(definitions: JSONSchemaDefinitions) {
        self.definitions = definitions
    }

    var schema: JSONSchema { .object(members) }

    mutating func required<Value: JSONValue>(_ name: StaticString, _ value: inout Value) {
        members.append(.init("\(name)", isRequired: true, schema: Value.schema(in: &definitions)))
    }

    mutating func optional<Value: JSONValue>(_ name: StaticString, _ value: inout Value?) {
        members.append(.init("\(name)", isRequired: false, schema: Value.schema(in: &definitions)))
    }
}
