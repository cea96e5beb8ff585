/// The byte classes of the first three bytes of a word, five bits each: tells most words apart without looking at them.
///
/// A digit leads to no wording, as what is neither letter, blank nor one of few marks: all are ``ByteClasses/dead``.
enum WordHead {
    /// How many heads there are.
    static let count = 1 << 15

    /// The head of each word that begins at one of `starts`.
    static func heads(of starts: [UInt32], in folded: [UInt8]) -> [UInt16] {
        folded.withUnsafeBufferPointer { bytes in
            ByteClasses.table.withUnsafeBufferPointer { classes in
                [UInt16](unsafeUninitializedCapacity: starts.count) { heads, count in
                    for start in starts {
                        heads[count] = head(at: Int(start), bytes, classes)
                        count &+= 1
                    }
                }
            }
        }
    }

    /// The head of a word whose first three bytes have these classes.
    @inline(__always)
    static func head(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt16 {
        UInt16(first) << 10 | UInt16(second) << 5 | UInt16(third)
    }

    /// What the heads of words that begin like `literal` have in common, and in which bits: those of its first bytes, up
    /// to three, until one is no letter.
    static func beginning(_ literal: StaticString) -> (head: UInt16, mask: UInt16) {
        var (head, mask): (UInt16, UInt16) = (0, 0)
        for index in 0..<min(3, literal.utf8CodeUnitCount) {
            let byte = literal.utf8Start[index]
            guard byte.isLetter else { break }
            head |= UInt16(ByteClasses.table[Int(byte)]) << UInt16(10 - 5 * index)
            mask |= 31 << UInt16(10 - 5 * index)
        }
        return (head, mask)
    }

    /// Marks in `table`, of ``count`` places, the heads of words that begin like `word`. What is no letter in it may be any
    /// other that is none, as may what follows it.
    static func mark(_ word: String, in table: inout [Bool]) {
        let noLetter = 26...ByteClasses.dead
        let classes = word.utf8.prefix(3).map { byte in
            byte.isLetter ? ByteClasses.table[Int(byte)]...ByteClasses.table[Int(byte)] : noLetter
        }
        guard let first = classes.first else { return }
        for second in classes.count > 1 ? classes[1] : noLetter {
            for third in classes.count > 2 ? classes[2] : classes.count > 1 ? noLetter : 0...ByteClasses.dead {
                table[Int(head(first.lowerBound, second, third))] = true
            }
        }
    }

    private static let ones: UInt64 = 0x0001_0001_0001_0001

    /// The index in `range` of the first of `heads` that is `head` in the bits of `mask`, looked for four at a time.
    @inline(__always)
    static func first(
        in range: Range<Int>, of heads: UnsafeBufferPointer<UInt16>, _ head: UInt16, _ mask: UInt16
    ) -> Int? {
        let raw = UnsafeRawBufferPointer(heads)
        let (wanted, bits) = (ones &* UInt64(head), ones &* UInt64(mask))
        var index = range.lowerBound
        while index &+ 4 <= range.upperBound {
            let four = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 2 &* index, as: UInt64.self))
            // A head has fifteen bits: the sixteenth stays clear where nothing differs.
            let same = ~(((four & bits) ^ wanted) &+ ones &* 0x7FFF) & (ones &* 0x8000)
            if same != 0 { return index &+ same.trailingZeroBitCount >> 4 }
            index &+= 4
        }
        while index < range.upperBound {
            if heads[index] & mask == head { return index }
            index &+= 1
        }
        return nil
    }

    /// Whether the word begins with a digit.
    @inline(__always)
    static func isNumber(_ head: UInt16) -> Bool { head >> 10 == UInt16(ByteClasses.dead) }

    @inline(__always)
    private static func head(
        at position: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>
    ) -> UInt16 {
        guard position &+ 2 < bytes.count else {
            let second = position &+ 1 < bytes.count ? classes[Int(bytes[position &+ 1])] : ByteClasses.dead
            return head(classes[Int(bytes[position])], second, ByteClasses.dead)
        }
        return head(
            classes[Int(bytes[position])], classes[Int(bytes[position &+ 1])], classes[Int(bytes[position &+ 2])])
    }
}
