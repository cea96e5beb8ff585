/// Literals of which one may stand at a place, and the bytes they begin with, to turn most places away at once.
struct WordChoice: Sendable, ExpressibleByArrayLiteral {
    /// The literals in the order in which they are tried. Each begins with a letter or digit.
    let literals: [StaticString]
    /// The first two bytes of each literal.
    private var beginnings: [Beginning]
    /// The letters they begin with, a bit each, and the digits after them.
    private var firsts: UInt64 = 0
    /// For the lower five bits of a first byte those of the second ones, a bit each.
    private var seconds = [UInt32](repeating: 0, count: 32)

    /// How a literal begins.
    struct Beginning: Sendable {
        /// Its first byte.
        let first: UInt8
        /// Its second byte; 0 if that may be any in folded text: there is none, or a blank, or it is no ASCII.
        let second: UInt8

        init(_ literal: StaticString) {
            first = literal.utf8Start[0]
            let second = literal.utf8CodeUnitCount > 1 ? literal.utf8Start[1] : 0
            self.second = second > FoldedByte.space && second < 0x80 ? second : 0
        }
    }

    /// A choice of `literals`.
    init(arrayLiteral literals: StaticString...) {
        self.literals = literals
        beginnings = literals.map(Beginning.init)
        for beginning in beginnings {
            firsts |= Self.bit(beginning.first)
            seconds[Int(beginning.first & 31)] |= beginning.second == 0 ? .max : 1 << UInt32(beginning.second & 31)
        }
    }

    /// Whether one of the literals may begin with these bytes.
    @inline(__always)
    func mayBegin(with first: UInt8, _ second: UInt8) -> Bool {
        firsts & Self.bit(first) != 0 && seconds[Int(first & 31)] >> UInt32(second & 31) & 1 == 1
    }

    /// What `body` makes of the first of those literals that may begin with these bytes of which it makes something.
    @inline(__always)
    func first<Result>(with first: UInt8, _ second: UInt8, _ body: (StaticString) -> Result?) -> Result? {
        guard mayBegin(with: first, second) else { return nil }
        for (index, beginning) in beginnings.enumerated()
        where beginning.first == first && (beginning.second == 0 || beginning.second == second) {
            if let result = body(literals[index]) { return result }
        }
        return nil
    }

    @inline(__always)
    private static func bit(_ byte: UInt8) -> UInt64 {
        if byte.isLetter { return 1 << UInt64(byte &- 97) }
        return byte.isDigit ? 1 << UInt64(byte &- 48 &+ 26) : 0
    }
}
