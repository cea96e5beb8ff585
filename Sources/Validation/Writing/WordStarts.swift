/// Finds where the words of a text begin, eight bytes at a time.
///
/// Each byte's answer is the highest bit of its place in a number, so that sums and shifts treat eight bytes at once.
enum WordStarts {
    private static let high: UInt64 = 0x8080_8080_8080_8080
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Writes where the words of `bytes` begin into `starts`, which has room for half as many and two, and says how many
    /// there are. A byte that continues a character is of a word if the character is: its letters are ``LatinFolding``'s.
    static func note(of bytes: UnsafeBufferPointer<UInt8>, in starts: UnsafeMutableBufferPointer<Int32>) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var count = 0
        var wasInside: UInt64 = 0
        var index = 0
        while index < raw.count {
            let inside = insides(eight(raw, at: index), following: wasInside)
            var found = inside.all & ~(inside.all << 8 | wasInside << 7) & ~inside.continuing
            wasInside = inside.all >> 63
            while found != 0 {
                starts[count] = Int32(truncatingIfNeeded: index + found.trailingZeroBitCount / 8)
                count += 1
                found &= found - 1
            }
            index += 8
        }
        return count
    }

    /// The eight bytes at `index`, the first of them lowest; spaces after the last.
    @inline(__always)
    private static func eight(_ raw: UnsafeRawBufferPointer, at index: Int) -> UInt64 {
        if index + 8 <= raw.count {
            return UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        }
        var last = UInt64(LatinFolding.space) * ones
        for offset in index..<raw.count {
            let shift = UInt64(8 * (offset - index))
            last = last & ~(0xFF << shift) | UInt64(raw[offset]) << shift
        }
        return last
    }

    /// Which of eight bytes are of words, and which of them continue a character.
    @inline(__always)
    private static func insides(_ bytes: UInt64, following wasInside: UInt64) -> (all: UInt64, continuing: UInt64) {
        let low = bytes & ~high
        let lower = low | 0x20 * ones
        let letters = (lower + 0x1F * ones) & ~(lower + 0x05 * ones)
        let digits = (low + 0x50 * ones) & ~(low + 0x46 * ones)
        let plain = (letters | digits) & ~bytes & high
        if bytes & high == 0 { return (plain, 0) }
        let continuing = bytes & ~(bytes << 1) & high
        var all = plain | equal(bytes, 0xC3) | equal(bytes, 0xC5)
        var reached = all
        repeat {
            all = reached
            reached = all | continuing & (all << 8 | wasInside << 7)
        } while reached != all
        return (all, continuing)
    }

    /// Which of eight bytes are `byte`.
    private static func equal(_ bytes: UInt64, _ byte: UInt64) -> UInt64 {
        let difference = bytes ^ byte * ones
        return ~(((difference & ~high) + ~high) | difference) & high
    }
}
