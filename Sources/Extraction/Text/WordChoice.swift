/// Literals of which one may stand at a place, and the bytes they begin with, to turn most places away at once.
struct WordChoice: Sendable, ExpressibleByArrayLiteral {
    /// The literals in the order in which they are tried. Each begins with a letter or digit.
    let literals: [StaticString]
    /// The letters they begin with, a bit each, and the digits after them.
    private var firsts: UInt64 = 0

    /// A choice of `literals`.
    init(arrayLiteral literals: StaticString...) {
        self.literals = literals
        for literal in literals { firsts |= Self.bit(literal.utf8Start[0]) }
    }

    /// Whether one of the literals begins with `byte`.
    @inline(__always)
    func mayBegin(with byte: UInt8) -> Bool { firsts & Self.bit(byte) != 0 }

    @inline(__always)
    private static func bit(_ byte: UInt8) -> UInt64 {
        if byte.isLetter { return 1 << UInt64(byte &- 97) }
        return byte.isDigit ? 1 << UInt64(byte &- 48 &+ 26) : 0
    }
}
