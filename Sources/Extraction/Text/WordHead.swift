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
