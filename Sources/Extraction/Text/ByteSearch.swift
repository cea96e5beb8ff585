/// Finds the first of a few bytes, eight bytes at a time.
enum ByteSearch {
    private static let tops: UInt64 = 0x8080_8080_8080_8080
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The top bit of the first byte of `eight` that is `byte`; bytes after it may be marked too.
    @inline(__always)
    static func marks(of byte: UInt8, in eight: UInt64) -> UInt64 {
        let others = eight ^ (ones &* UInt64(byte))
        return (others &- ones) & ~others & tops
    }

    /// Where the first byte stands in `range` that `marks` marks; it is given eight bytes, the first of them lowest.
    ///
    /// Only the first mark is used, so that those after it may be wrong.
    @inline(__always)
    static func first(
        in range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>, _ marks: (UInt64) -> UInt64
    ) -> Int? {
        let raw = UnsafeRawBufferPointer(bytes)
        let upper = min(range.upperBound, bytes.count)
        var position = max(0, range.lowerBound)
        while position &+ 8 <= upper {
            let found = marks(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
            if found != 0 { return position &+ found.trailingZeroBitCount >> 3 }
            position &+= 8
        }
        while position < upper {
            if marks(UInt64(bytes[position])) & 0x80 != 0 { return position }
            position &+= 1
        }
        return nil
    }

    /// Where `byte` last stands in `range`, which lies in `bytes`.
    static func last(_ byte: UInt8, in range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let raw = UnsafeRawBufferPointer(bytes)
        var end = range.upperBound
        while end &- 8 >= range.lowerBound {
            let eight = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self))
            let others = eight ^ (ones &* UInt64(byte))
            // Without its own top bit no byte overflows into the next, so that the last mark is right, too.
            let found = ~(((others & ~tops) &+ ~tops) | others) & tops
            if found != 0 { return end &- 1 &- found.leadingZeroBitCount >> 3 }
            end &-= 8
        }
        while end > range.lowerBound {
            end &-= 1
            if bytes[end] == byte { return end }
        }
        return nil
    }
}
