import JSONCodec

/// Text of a limited length, such as the message of an error: whatever is given, at most ``maximumBytes`` of UTF-8 are kept.
///
/// One over-long error text has blocked whole queues elsewhere; here it cannot be made.
public struct BoundedText: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringInterpolation,
    JSONStringValue
{
    /// The longest text, in bytes of UTF-8.
    public static let maximumBytes = 1_000

    /// The text, cut if it was longer.
    public let text: String

    /// `text`; if it is too long, its longest beginning of whole Unicode scalars that leaves room for an ellipsis, and `…`.
    public init(_ text: String) {
        self.text = Self.cut(text, bytes: Self.maximumBytes)
    }

    /// `text`; if it has more than `bytes` bytes of UTF-8 (at least 3), its longest beginning of whole Unicode scalars
    /// that leaves room for an ellipsis, and `…`. A `Character` would be no measure: it may have any number of bytes.
    public static func cut(_ text: String, bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: bytes - 3)
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return text[..<end] + "…"
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
