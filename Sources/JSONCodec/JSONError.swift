/// Why some bytes are not the JSON that a type expects.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// The text ends inside a value.
        case truncated
        /// Another character stands where this was expected.
        case expected(String)
        /// Something follows the value.
        case trailing
        /// A string is not UTF-8, holds a raw control character, a bad escape or a lone surrogate.
        case badString
        /// A number is no integer of 64 bits.
        case badInteger
        /// Values are nested more deeply than ``JSONReader/maximumDepth``.
        case tooDeep
        /// A member that the type needs is missing.
        case missing(String)
        /// A member stands twice.
        case duplicate(String)
        /// A value is of the right JSON type and still not one of this type's, such as an unknown case or an impossible date.
        case unacceptable(String)
    }

    /// What is wrong.
    public var reason: Reason
    /// The offset of the byte at which it was noticed.
    public var offset: Int

    /// An error noticed at the byte `offset`.
    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// An error about a string that is no `wanted`; however long the string is, the error is short.
    public init(unacceptable text: String, wanted: String, at offset: Int) {
        let beginning = String(String.UnicodeScalarView(text.unicodeScalars.prefix(40)))
        self.init(.unacceptable("\"\(beginning)\" is no \(wanted)"), at: offset)
    }

    public var description: String {
        let what =
            switch reason {
            case .truncated: "the JSON text ends too early"
            case .expected(let token): "expected \(token)"
            case .trailing: "something follows the JSON value"
            case .badString: "a string is not valid UTF-8 or has a bad escape"
            case .badInteger: "a number is not an integer of 64 bits"
            case .tooDeep: "values are nested too deeply"
            case .missing(let name): "the member \"\(name)\" is missing"
            case .duplicate(let name): "the member \"\(name)\" stands twice"
            case .unacceptable(let text): "\(text)"
            }
        return "bad JSON at byte \(offset): \(what)"
    }
}
