import Deliberations
import Digest
import JSONCodec

/// Writes random JSON texts that a type accepts, from what the type's schema says.
public struct SampleWriter {
    /// Which optional members are written.
    public enum Choice: Sendable, CaseIterable {
        /// All of them, and no list is empty.
        case everything
        /// None.
        case requiredOnly
        /// Some; and now and then a null in place of one, and members that the type does not know.
        case random
    }

    private let definitions: JSONSchemaDefinitions
    private let root: JSONSchema
    private let choice: Choice
    private var random: SeededRandom

    /// A writer of samples of `type`.
    public init<Value: JSONValue>(of type: Value.Type, _ choice: Choice, seed: UInt64) {
        var definitions = JSONSchemaDefinitions()
        root = Value.schema(in: &definitions)
        self.definitions = definitions
        self.choice = choice
        random = SeededRandom(seed)
    }

    /// Another sample.
    public mutating func sample() -> [UInt8] {
        var writer = JSONWriter()
        write(root, to: &writer)
        return writer.bytes
    }

    private mutating func write(_ schema: JSONSchema, to writer: inout JSONWriter) {
        switch schema {
        case .string(let pattern): writer.string(string(pattern))
        case .enumeration(let cases): writer.string(cases[Int.random(in: cases.indices, using: &random)])
        case .integer: writer.integer(random.integer())
        case .boundedInteger(let minimum, let maximum): writer.integer(integer(minimum, maximum))
        case .boolean: writer.boolean(Bool.random(using: &random))
        case .array(let element): writeArray(element, to: &writer)
        case .tuple(_, let count): writeAscending(count, to: &writer)
        case .dictionary(let value): writeDictionary(value, to: &writer)
        case .object(let members): writeObject(members, to: &writer)
        case .oneOf(let choices): write(choices[Int.random(in: choices.indices, using: &random)], to: &writer)
        case .reference(let name):
            guard let definition = definitions.definitions[name] else { preconditionFailure("no \(name) is defined") }
            write(definition, to: &writer)
        }
    }

    private mutating func string(_ pattern: String?) -> String {
        switch pattern {
        case nil: return random.string()
        case SHA256Digest.jsonPattern: return SHA256Digest(of: Array(random.string().utf8)).hexadecimal
        case CivilDate.jsonPattern:
            return CivilDate(daysSince1970: Int.random(in: -719_162...2_932_896, using: &random)).jsonString
        case TimeOfDay.jsonPattern:
            let hour = Int.random(in: 0...23, using: &random)
            return TimeOfDay(hour: hour, minute: Int.random(in: 0...59, using: &random))?.jsonString ?? ""
        case .some(let other): preconditionFailure("no sample of \(other) is known")
        }
    }

    /// A bounded integer; of the days of a month only those that every month has.
    private mutating func integer(_ minimum: Int, _ maximum: Int?) -> Int {
        Int.random(in: minimum...(maximum == 31 ? 28 : maximum ?? .max), using: &random)
    }

    private mutating func count() -> Int {
        switch choice {
        case .everything: Int.random(in: 1...2, using: &random)
        case .requiredOnly: 0
        case .random: Int.random(in: 0...3, using: &random)
        }
    }

    private mutating func writeArray(_ element: JSONSchema, to writer: inout JSONWriter) {
        writer.beginArray()
        for _ in 0..<count() { write(element, to: &writer) }
        writer.endArray()
    }

    private mutating func writeAscending(_ count: Int, to writer: inout JSONWriter) {
        writer.beginArray()
        for number in (0..<count).map({ _ in Int.random(in: 0...Int.max, using: &random) }).sorted() {
            writer.integer(number)
        }
        writer.endArray()
    }

    private mutating func writeDictionary(_ value: JSONSchema, to writer: inout JSONWriter) {
        writer.beginObject()
        for index in 0..<count() {
            writer.name("/\(index)/\(random.string())")
            write(value, to: &writer)
        }
        writer.endObject()
    }

    private mutating func writeObject(_ members: [JSONSchema.Member], to writer: inout JSONWriter) {
        writer.beginObject()
        for member in choice == .random ? members.shuffled(using: &random) : members {
            if choice == .random, random.once(in: 20) { writeUnknown(to: &writer) }
            if member.isRequired || choice == .everything || choice == .random && Bool.random(using: &random) {
                writer.name(member.name)
                write(member.schema, to: &writer)
            } else if choice == .random, random.once(in: 8) {
                writer.name(member.name)
                writer.raw("null".utf8)
            }
        }
        writer.endObject()
    }

    private mutating func writeUnknown(to writer: inout JSONWriter) {
        writer.name("later\(random.next())")
        let values = ["null", "[]", "{\"a\":[1.5e-3,{\"b\":null}]}", "-0.0", "\"\\ud83d\\ude00\"", "[true,false]"]
        writer.raw(values[Int.random(in: values.indices, using: &random)].utf8)
    }
}
