/// Where words begin in folded text, found eight bytes at a time.
enum WordStarts {
    private static let tops: UInt64 = 0x8080_8080_8080_8080
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The positions of all beginnings of words, in order.
    static func find(in folded: [UInt8]) -> [UInt32] {
        folded.withUnsafeBytes { bytes in
            [UInt32](unsafeUninitializedCapacity: bytes.count / 2 + 1) { starts, count in
                var before: UInt64 = 0
                var offset = 0
                while offset < bytes.count {
                    let words = wordBytes(of: eight(bytes, at: offset))
                    var first = words & ~(words << 8 | before)
                    before = words >> 56
                    while first != 0 {
                        starts[count] = UInt32(truncatingIfNeeded: offset &+ first.trailingZeroBitCount >> 3)
                        count &+= 1
                        first &= first &- 1
                    }
                    offset &+= 8
                }
            }
        }
    }

    /// Where runs of digits begin in `range` of `folded`, in order; a run may stand within a word.
    static func ofDigits(in range: Range<Int>, of folded: [UInt8]) -> [Int] {
        folded.withUnsafeBytes { bytes in
            var starts: [Int] = []
            let upper = min(range.upperBound, bytes.count)
            var before: UInt64 = 0
            var offset = range.lowerBound
            while offset < upper {
                if offset &+ 16 <= upper, hasNoDigits(bytes, at: offset) {
                    before = 0
                    offset &+= 16
                    continue
                }
                let digits = digitBytes(of: eight(bytes, at: offset))
                var first = digits & ~(digits << 8 | before)
                before = digits >> 56
                while first != 0 {
                    let position = offset &+ first.trailingZeroBitCount >> 3
                    if position < upper { starts.append(position) }
                    first &= first &- 1
                }
                offset &+= 8
            }
            return starts
        }
    }

    /// Whether the sixteen bytes at `offset` hold no digit: most do not.
    @inline(__always)
    private static func hasNoDigits(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        let first = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let second = bytes.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
        return digitBytes(of: first) | digitBytes(of: second) == 0
    }

    /// The eight bytes at `offset`, the first of them lowest; zeros after the end.
    @inline(__always)
    private static func eight(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
        if offset + 8 <= bytes.count {
            return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        return (offset..<bytes.count).reduce(0) { $0 | UInt64(bytes[$1]) << UInt64(8 * ($1 - offset)) }
    }

    /// The top bit of each byte that is a small letter or a digit.
    ///
    /// Without its own top bit no byte overflows into the next when what is missing to 0x80 is added.
    @inline(__always)
    private static func wordBytes(of eight: UInt64) -> UInt64 {
        let low = eight & ~tops
        let letters = (low &+ ones &* 0x1F) & ~(low &+ ones &* 0x05)
        return letters & ~eight & tops | digitBytes(of: eight)
    }

    /// The top bit of each byte that is a digit.
    @inline(__always)
    private static func digitBytes(of eight: UInt64) -> UInt64 {
        let low = eight & ~tops
        return (low &+ ones &* 0x50) & ~(low &+ ones &* 0x46) & ~eight & tops
    }
}
