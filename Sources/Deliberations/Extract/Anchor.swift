import JSONCodec

/// What a delay runs from: a happening with a name of its own, another event, or a day.
public enum Anchor: Hashable, Sendable {
    case signature
    case publication
    case notification
    case adoption
    case session
    case yearEnd
    case programmeEnd
    case transmission
    case receipt
    case letter
    /// Another event, in the text's words.
    case event(String)
    /// A day.
    case date(CivilDate)

    private static let names: [(name: String, anchor: Anchor)] = [
        ("signature", .signature), ("publication", .publication), ("notification", .notification),
        ("adoption", .adoption), ("session", .session), ("yearEnd", .yearEnd), ("programmeEnd", .programmeEnd),
        ("transmission", .transmission), ("receipt", .receipt), ("letter", .letter),
    ]

    private var string: String? {
        if case .date(let date) = self { return date.jsonString }
        return Self.names.first { $0.anchor == self }?.name
    }

    private init?(string: String) {
        if let named = Self.names.first(where: { $0.name == string }) {
            self = named.anchor
        } else if let date = CivilDate(jsonString: string) {
            self = .date(date)
        } else {
            return nil
        }
    }

    private struct EventMember: Codable, JSONObject {
        var event: String

        init(event: String) {
            self.event = event
        }

        init(blank: JSONBlank) {
            self.init(event: "")
        }

        mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
            visitor.required("event", &event)
        }
    }
}

extension Anchor: Codable, JSONValue {
    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            guard let anchor = Self(string: text) else {
                let context = DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "no anchor: \(text)")
                throw DecodingError.dataCorrupted(context)
            }
            self = anchor
        } else {
            self = .event(try EventMember(from: decoder).event)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if case .event(let event) = self {
            try EventMember(event: event).encode(to: encoder)
        } else {
            var container = encoder.singleValueContainer()
            try container.encode(string)
        }
    }

    public func write(to writer: inout JSONWriter) {
        if case .event(let event) = self {
            EventMember(event: event).write(to: &writer)
        } else if let string {
            writer.string(string)
        }
    }

    public static func read(from reader: inout JSONReader) throws(JSONError) -> Self {
        if try reader.peek() == UInt8(ascii: "{") { return .event(try EventMember.read(from: &reader).event) }
        let position = reader.position
        let text = try reader.string()
        guard let anchor = Self(string: text) else {
            throw JSONError(unacceptable: text, wanted: "anchor of a delay", at: position)
        }
        return anchor
    }

    public static func schema(in definitions: inout JSONSchemaDefinitions) -> JSONSchema {
        definitions.define("Anchor", as: Self.self) { definitions in
            .oneOf([
                .enumeration(names.map(\.name)),
                CivilDate.schema(in: &definitions),
                .object([.init("event", isRequired: true, schema: .string())]),
            ])
        }
    }
}
