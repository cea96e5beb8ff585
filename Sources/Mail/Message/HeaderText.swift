/// Text that may stand in a header: one line, no control character, bounded.
///
/// Whatever it is made from, no value holds CR, LF or another control character: runs of white space and controls become one
/// space. No-break spaces are kept, for French typography.
public struct HeaderText: Sendable, Hashable, CustomStringConvertible {
    /// The longest text kept, in characters; more is cut with an ellipsis.
    public static let limit = 400

    /// The cleaned text.
    public let text: String

    /// Cleans `raw`.
    public init(_ raw: String) {
        var scalars = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in raw.unicodeScalars {
            if Self.separates(scalar) {
                pendingSpace = !scalars.isEmpty
            } else {
                if pendingSpace { scalars.append(" ") }
                pendingSpace = false
                scalars.append(scalar)
            }
        }
        text = String(scalars).cut(to: Self.limit)
    }

    /// The text itself.
    public var description: String { text }

    private static func separates(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: scalar == " "
        }
    }
}
