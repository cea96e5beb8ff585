/// Finds the lines of a text, eight bytes at a time.
enum Lines {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    private static let newline = UInt8(ascii: "\n")

    /// Calls `body` with where each line begins and ends, its newline not included; the last may be empty.
    static func forEach(of bytes: UnsafeBufferPointer<UInt8>, _ body: (_ start: Int, _ end: Int) -> Void) {
        let raw = UnsafeRawBufferPointer(bytes)
        var start = 0
        var index = 0
        while index + 8 <= raw.count {
            let eight = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            var found = newlines(in: eight)
            while found != 0 {
                let end = index + found.trailingZeroBitCount / 8
                body(start, end)
                start = end + 1
                found &= found - 1
            }
            index += 8
        }
        while index < raw.count {
            if raw[index] == newline {
                body(start, index)
                start = index + 1
            }
            index += 1
        }
        body(start, raw.count)
    }

    /// The highest bit of each of eight bytes that is a newline.
    private static func newlines(in eight: UInt64) -> UInt64 {
        let difference = eight ^ UInt64(newline) * ones
        return ~(((difference & low) + low) | difference) & ~low
    }
}
