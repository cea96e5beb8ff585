/// Reads JSON text (RFC 8259) from UTF-8 bytes, strictly: no byte order mark, no comments, integers only, no known member
/// twice, bounded nesting. A member's name may be escaped like any string; unknown members are passed over.
public struct JSONReader {
    /// How deeply values may be nested.
    public static let maximumDepth = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    /// Whether all of it is UTF-8, so that its strings need no second look.
    private let isUTF8: Bool
    /// The offset of the next byte.
    public private(set) var position = 0
    private var depth = 0

    /// Reads from `bytes`, which must outlive the reader.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        isUTF8 = UTF8Check.isValid(bytes)
    }

    /// Refuses anything but white space up to the end.
    public mutating func expectEnd() throws(JSONError) {
        skipSpaces()
        if position < bytes.count { throw JSONError(.trailing, at: position) }
    }

    /// The next byte that is no white space, without passing it.
    public mutating func peek() throws(JSONError) -> UInt8 { try nextByte() }

    /// As ``peek()``, put in place wherever this module looks at the next byte.
    @inline(__always)
    private mutating func nextByte() throws(JSONError) -> UInt8 {
        if position < bytes.count, bytes[position] > 0x20 { return bytes[position] }
        return try nextByteAfterSpaces()
    }

    @inline(never)
    private mutating func nextByteAfterSpaces() throws(JSONError) -> UInt8 {
        skipSpaces()
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
        let byte = try nextByte()
        if byte == close {
            position += 1
            depth -= 1
            return false
        }
        if isFirst { return true }
        guard byte == UInt8(ascii: ",") else { throw missing(UInt8(ascii: ",")) }
        position += 1
        return true
    }

    /// Passes `null` if it is next.
    public mutating func skipNull() throws(JSONError) -> Bool {
        guard try nextByte() == UInt8(ascii: "n") else { return false }
        try literal("null")
        return true
    }

    /// Reads `true` or `false`.
    public mutating func boolean() throws(JSONError) -> Bool {
        switch try peek() {
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"):
            try literal("false")
            return false
        default: throw JSONError(.expected("true or false"), at: position)
        }
        return true
    }

    /// Reads an integer without fraction or exponent.
    public mutating func integer() throws(JSONError) -> Int {
        let isNegative = try nextByte() == UInt8(ascii: "-")
        let start = position
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
        switch bytes[position] {
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return true
        default: return false
        }
    }

    /// Reads a string.
    public mutating func string() throws(JSONError) -> String {
        let content = try stringContent()
        let raw = UnsafeBufferPointer(rebasing: bytes[content.range])
        if content.hasEscapes { return try unescape(raw, from: content.range.lowerBound) }
        if isUTF8 {
            var words = UTF8Span(unchecked: raw.span)
            _ = words.checkForASCII()
            return String(copying: words)
        }
        guard let text = String(validating: raw, as: UTF8.self) else {
            throw JSONError(.badString, at: content.range.lowerBound)
        }
        return text
    }

    /// Reads a member's name as it stands, escapes included, and the `:` after it. That it is UTF-8 is not checked.
    @usableFromInline
    mutating func memberName() throws(JSONError) -> (raw: UnsafeBufferPointer<UInt8>, hasEscapes: Bool) {
        let content = try stringContent()
        try expect(UInt8(ascii: ":"))
        return (UnsafeBufferPointer(rebasing: bytes[content.range]), content.hasEscapes)
    }

    /// Passes the member's name and the `:` after it if they are next, without a space, and the name is `name`.
    @usableFromInline
    mutating func passName(_ name: StaticString) -> Bool {
        let length = name.utf8CodeUnitCount
        let end = position + length + 3
        guard end <= bytes.count, let start = bytes.baseAddress, bytes[position] == UInt8(ascii: "\""),
            bytes[end - 2] == UInt8(ascii: "\""), bytes[end - 1] == UInt8(ascii: ":")
        else { return false }
        guard Self.areEqual(UnsafeRawPointer(start + position + 1), UnsafeRawPointer(name.utf8Start), length) else {
            return false
        }
        position = end
        return true
    }

    /// Whether `count` bytes are the same at both places: four or eight at a time, the last of them perhaps twice.
    @inline(__always)
    private static func areEqual(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
        func isSame<Word: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _: Word.Type) -> Bool {
            left.loadUnaligned(fromByteOffset: offset, as: Word.self)
                == right.loadUnaligned(fromByteOffset: offset, as: Word.self)
        }
        if count >= 8 {
            var offset = 0
            while offset + 8 < count {
                if !isSame(offset, UInt64.self) { return false }
                offset += 8
            }
            return isSame(count - 8, UInt64.self)
        }
        if count >= 4 { return isSame(0, UInt32.self) && isSame(count - 4, UInt32.self) }
        return (0..<count).allSatisfy { isSame($0, UInt8.self) }
    }

    /// A name that ``memberName()`` has just read, escapes undone.
    @usableFromInline
    func unescapedName(_ raw: UnsafeBufferPointer<UInt8>) throws(JSONError) -> [UInt8] {
        Array(try unescape(raw, from: position).utf8)
    }

    /// Passes the value of a member that nobody knows, whose name ``memberName()`` has read.
    @usableFromInline
    mutating func skipMember(_ raw: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        guard isUTF8 || String(validating: raw, as: UTF8.self) != nil else { throw JSONError(.badString, at: position) }
        try skipValue()
    }

    /// Reads a member's name, escapes undone, and the `:` after it.
    public mutating func name() throws(JSONError) -> String {
        let name = try string()
        try expect(UInt8(ascii: ":"))
        return name
    }

    /// Reads a member's name as ``name()`` does, and appends its UTF-8 to `names`.
    public mutating func name(appendingTo names: inout [UInt8]) throws(JSONError) {
        let content = try stringContent()
        let raw = UnsafeBufferPointer(rebasing: bytes[content.range])
        if content.hasEscapes || !isUTF8 {
            names.append(contentsOf: try unescape(raw, from: content.range.lowerBound).utf8)
        } else {
            names.append(contentsOf: raw)
        }
        try expect(UInt8(ascii: ":"))
    }

    /// Passes one value of any kind.
    public mutating func skipValue() throws(JSONError) {
        switch try peek() {
        case UInt8(ascii: "{"):
            try begin(UInt8(ascii: "{"))
            var isFirst = true
            while try next(orEnd: UInt8(ascii: "}"), isFirst: isFirst) {
                isFirst = false
                _ = try name()
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
        _ = skip(["-"])
        let hasLeadingZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
        let digits = skipDigits()
        var isNumber = digits == 1 || digits > 1 && !hasLeadingZero
        if skip(["."]) { isNumber = skipDigits() > 0 && isNumber }
        if skip(["e", "E"]) {
            _ = skip(["+", "-"])
            isNumber = skipDigits() > 0 && isNumber
        }
        if !isNumber { throw JSONError(.expected("a value"), at: start) }
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        return position - start
    }

    private mutating func skip(_ tokens: [Unicode.Scalar]) -> Bool {
        guard position < bytes.count, tokens.contains(Unicode.Scalar(bytes[position])) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func expect(_ token: UInt8) throws(JSONError) {
        guard try nextByte() == token else { throw missing(token) }
        position += 1
    }

    @inline(never)
    private func missing(_ token: UInt8) -> JSONError {
        JSONError(.expected("\"\(Character(UnicodeScalar(token)))\""), at: position)
    }

    private mutating func literal(_ text: StaticString) throws(JSONError) {
        let end = position + text.utf8CodeUnitCount
        for index in position..<min(end, bytes.count) where bytes[index] != text.utf8Start[index - position] {
            throw JSONError(.expected("\(text)"), at: position)
        }
        if end > bytes.count { throw JSONError(.truncated, at: bytes.count) }
        position = end
    }

    private mutating func stringContent() throws(JSONError) -> (range: Range<Int>, hasEscapes: Bool) {
        try expect(UInt8(ascii: "\""))
        let start = position
        var hasEscapes = false
        while true {
            position = JSONStringScan.firstSpecial(in: bytes, from: position)
            guard position < bytes.count else { break }
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return (start..<(position - 1), hasEscapes)
            }
            if byte < 0x20 { throw JSONError(.badString, at: position) }
            hasEscapes = true
            position += 2
        }
        throw JSONError(.truncated, at: bytes.count)
    }
}
