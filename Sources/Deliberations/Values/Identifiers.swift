import JSONCodec

/// The number of an item of the agenda (rapport, question, point), as printed: "64", "2.1", "7 bis".
public struct AgendaItem: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral, JSONStringValue {
    /// The number as printed.
    public let text: String

    /// The item that is printed as `text`.
    public init(_ text: String) {
        self.text = text
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }

    public init?(jsonString: String) {
        self.init(jsonString)
    }

    public var jsonString: String { text }

    public static var jsonPattern: String? { nil }

    public var description: String { text }
}

/// The number of an act (numéro de délibération), as printed: "2024/2024.00318", "DEL-2024-031".
public struct ActNumber: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral, JSONStringValue {
    /// The number as printed.
    public let text: String

    /// The act that is numbered `text`.
    public init(_ text: String) {
        self.text = text
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }

    public init?(jsonString: String) {
        self.init(jsonString)
    }

    public var jsonString: String { text }

    public static var jsonPattern: String? { nil }

    public var description: String { text }
}
