/// Reads JSON text (RFC 8259) from UTF-8 bytes, strictly: no byte order mark, no comments, integers only, no duplicate
/// members, bounded nesting.
public struct JSONReader {
    /// How deeply values may be nested.
    public static let maximumDepth = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    /// The offset of the next byte.
    public private(set) var position = 0
    private var depth = 0

    /// Reads from `bytes`, which must outlive the reader.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Refuses anything but white space up to the end.
    public mutating func expectEnd() throws(JSONError) {
        skipSpace()
        if position < bytes.count { throw JSONError(.trailing, at: position) }
    }

    /// The next byte that is no white space, without passing it.
    public mutating func peek() throws(JSONError) -> UInt8 {
        skipSpace()
        guard position < bytes.count else { throw JSONError(.truncated, at: position) }
        return bytes[position]
    }

    /// Passes `{` or `[`.
    public mutating func begin(_ token: UInt8) throws(JSONError) {
        try expect(token)
        depth += 1
        if depth > Self.maximumDepth { throw JSONError(.tooDeep, at: position) }
    }

    /// Passes the `,` before a further element, or `close`: then it returns false.
    public mutating func next(orEnd close: UInt8, isFirst: Bool) throws(JSONError) -> Bool {
        let byte = try peek()
        if byte == close {
            position += 1
            depth -= 1
            return false
        }
        if !isFirst { try expect(UInt8(ascii: ",")) }
        return true
    }

    /// Passes `null` if it is next.
    public mutating func skipNull() throws(JSONError) -> Bool {
        guard try peek() == UInt8(ascii: "n") else { return false }
        try literal("null")
        return true
    }

    /// Reads `true` or `false`.
    public mutating func boolean() throws(JSONError) -> Bool {
        if try peek() == UInt8(ascii: "t") {
            try literal("true")
            return true
        }
        try literal("false")
        return false
    }

    /// Reads an integer without fraction or exponent.
    public mutating func integer() throws(JSONError) -> Int {
        let start = position
        let isNegative = try peek() == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let firstDigit = position
        var value = 0
        while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.subtractingReportingOverflow(Int(digit))
            if overflow || carry { throw JSONError(.badInteger, at: start) }
            value = sum
            position += 1
        }
        let digits = position - firstDigit
        let hasLeadingZero = digits > 1 && bytes[firstDigit] == UInt8(ascii: "0")
        if digits == 0 || hasLeadingZero || isFollowedByFraction { throw JSONError(.badInteger, at: start) }
        if isNegative { return value }
        if value == .min { throw JSONError(.badInteger, at: start) }
        return -value
    }

    private var isFollowedByFraction: Bool {
        guard position < bytes.count else { return false }
        return [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[position])
    }

    /// Reads a string.
    public mutating func string() throws(JSONError) -> String {
        let content = try stringContent()
        let raw = UnsafeBufferPointer(rebasing: bytes[content.range])
        if content.hasEscapes { return try unescape(raw, from: content.range.lowerBound) }
        guard let text = String(validating: raw, as: UTF8.self) else {
            throw JSONError(.badString, at: content.range.lowerBound)
        }
        return text
    }

    /// Reads a string and calls `body` with its bytes, which is quicker than making a `String` of an identifier.
    public mutating func withString<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) throws(JSONError) -> Result
    {
        let content = try stringContent()
        guard content.hasEscapes else { return body(UnsafeBufferPointer(rebasing: bytes[content.range])) }
        let raw = UnsafeBufferPointer(rebasing: bytes[content.range])
        var text = try unescape(raw, from: content.range.lowerBound)
        return text.withUTF8(body)
    }

    /// Reads a member's name and the `:` after it.
    @usableFromInline
    mutating func memberName() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        let content = try stringContent()
        try expect(UInt8(ascii: ":"))
        return UnsafeBufferPointer(rebasing: bytes[content.range])
    }

    /// Reads a member's name, escapes undone, and the `:` after it.
    public mutating func name() throws(JSONError) -> String {
        let name = try string()
        try expect(UInt8(ascii: ":"))
        return name
    }

    /// Passes one value of any kind.
    public mutating func skipValue() throws(JSONError) {
        switch try peek() {
        case UInt8(ascii: "{"):
            try begin(UInt8(ascii: "{"))
            var isFirst = true
            while try next(orEnd: UInt8(ascii: "}"), isFirst: isFirst) {
                isFirst = false
                _ = try memberName()
                try skipValue()
            }
        case UInt8(ascii: "["):
            try begin(UInt8(ascii: "["))
            var isFirst = true
            while try next(orEnd: UInt8(ascii: "]"), isFirst: isFirst) {
                isFirst = false
                try skipValue()
            }
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
        case UInt8(ascii: "n"): try literal("null")
        default: try skipNumber()
        }
    }

    private mutating func skipNumber() throws(JSONError) {
        let start = position
        while position < bytes.count, Self.isNumberByte(bytes[position]) { position += 1 }
        if position == start { throw JSONError(.expected("a value"), at: start) }
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position] <= 0x20,
            [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position])
        {
            position += 1
        }
    }

    private mutating func expect(_ token: UInt8) throws(JSONError) {
        guard try peek() == token else {
            throw JSONError(.expected("\"\(Character(UnicodeScalar(token)))\""), at: position)
        }
        position += 1
    }

    private mutating func literal(_ text: StaticString) throws(JSONError) {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count else { throw JSONError(.truncated, at: bytes.count) }
        for offset in 0..<text.utf8CodeUnitCount where bytes[position + offset] != text.utf8Start[offset] {
            throw JSONError(.expected("\(text)"), at: position)
        }
        position = end
    }

    private mutating func stringContent() throws(JSONError) -> (range: Range<Int>, hasEscapes: Bool) {
        try expect(UInt8(ascii: "\""))
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return (start..<(position - 1), hasEscapes)
            }
            if byte < 0x20 { throw JSONError(.badString, at: position) }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position += 1
            }
            position += 1
        }
        throw JSONError(.truncated, at: bytes.count)
    }
}
