import GreffierProtocol

/// Names that peers choose, kept short.
enum BoundedName {
    /// The longest name that is kept, in bytes of UTF-8.
    static let bytes = 200

    /// `name`, cut as a ``BoundedText`` is if it is too long.
    static func cut(_ name: String) -> String { BoundedText.cut(name, bytes: bytes) }
}
