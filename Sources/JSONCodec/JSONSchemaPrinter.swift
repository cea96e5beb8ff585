/// Prints a schema as indented JSON text.
struct JSONSchemaPrinter {
    private let descriptions: [String: String]
    private var text = ""
    private var indentation = 0

    init(descriptions: [String: String]) {
        self.descriptions = descriptions
    }

    mutating func document(root: JSONSchema, definitions: [String: JSONSchema], id: String, title: String) -> String {
        object { printer in
            printer.member("$schema") { $0.string("https://json-schema.org/draft/2020-12/schema") }
            printer.member("$id", isFirst: false) { $0.string(id) }
            printer.member("title", isFirst: false) { $0.string(title) }
            printer.keywords(of: root, isFirst: false)
            printer.member("$defs", isFirst: false) { printer in
                printer.object { printer in
                    for (index, name) in definitions.keys.sorted().enumerated() {
                        printer.member(name, isFirst: index == 0) { printer in
                            printer.schema(definitions[name] ?? .boolean, name: name)
                        }
                    }
                }
            }
        }
        return text + "\n"
    }

    /// Prints what `name` is, a type's own name or a type's and a member's, of which only a type's matters to its members.
    private mutating func schema(_ schema: JSONSchema, name: String = "") {
        object { printer in
            let description = printer.descriptions[name]
            if let description { printer.member("description") { $0.string(description) } }
            printer.keywords(of: schema, isFirst: description == nil, type: name)
        }
    }

    private mutating func keywords(of schema: JSONSchema, isFirst: Bool, type name: String = "") {
        switch schema {
        case .string(let pattern):
            type("string", isFirst: isFirst)
            if let pattern { member("pattern", isFirst: false) { $0.string(pattern) } }
        case .enumeration(let cases):
            member("enum", isFirst: isFirst) { printer in printer.array(cases) { $0.string($1) } }
        case .integer: type("integer", isFirst: isFirst)
        case .boundedInteger(let minimum, let maximum):
            type("integer", isFirst: isFirst)
            member("minimum", isFirst: false) { $0.text += "\(minimum)" }
            if let maximum { member("maximum", isFirst: false) { $0.text += "\(maximum)" } }
        case .boolean: type("boolean", isFirst: isFirst)
        case .array(let element):
            type("array", isFirst: isFirst)
            member("items", isFirst: false) { $0.schema(element) }
        case .tuple(let element, let count):
            type("array", isFirst: isFirst)
            member("items", isFirst: false) { $0.schema(element) }
            member("minItems", isFirst: false) { $0.text += "\(count)" }
            member("maxItems", isFirst: false) { $0.text += "\(count)" }
        case .dictionary(let value):
            type("object", isFirst: isFirst)
            member("additionalProperties", isFirst: false) { $0.schema(value) }
        case .object(let members): objectKeywords(members, isFirst: isFirst, type: name)
        case .oneOf(let choices):
            member("oneOf", isFirst: isFirst) { printer in printer.array(choices) { $0.schema($1) } }
        case .reference(let name): member("$ref", isFirst: isFirst) { $0.string("#/$defs/\(name)") }
        }
    }

    private mutating func objectKeywords(_ members: [JSONSchema.Member], isFirst: Bool, type name: String) {
        type("object", isFirst: isFirst)
        let required = members.filter(\.isRequired).map(\.name)
        if !required.isEmpty {
            member("required", isFirst: false) { printer in printer.array(required) { $0.string($1) } }
        }
        member("properties", isFirst: false) { printer in
            printer.object { printer in
                for (index, entry) in members.enumerated() {
                    printer.member(entry.name, isFirst: index == 0) { printer in
                        printer.schema(entry.schema, name: "\(name).\(entry.name)")
                    }
                }
            }
        }
    }

    private mutating func type(_ name: String, isFirst: Bool) {
        member("type", isFirst: isFirst) { $0.string(name) }
    }

    private mutating func object(_ body: (inout Self) -> Void) {
        text += "{"
        indentation += 1
        body(&self)
        indentation -= 1
        newLine()
        text += "}"
    }

    private mutating func array<Element>(_ elements: [Element], _ body: (inout Self, Element) -> Void) {
        text += "["
        for (index, element) in elements.enumerated() {
            if index > 0 { text += ", " }
            body(&self, element)
        }
        text += "]"
    }

    private mutating func member(_ name: String, isFirst: Bool = true, _ value: (inout Self) -> Void) {
        if !isFirst { text += "," }
        newLine()
        string(name)
        text += ": "
        value(&self)
    }

    private mutating func string(_ value: String) {
        var writer = JSONWriter()
        writer.string(value)
        text += String(decoding: writer.bytes, as: UTF8.self)
    }

    private mutating func newLine() {
        text += "\n" + String(repeating: "  ", count: indentation)
    }
}
