/// A random number generator whose numbers are the same in every run (SplitMix64).
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The generator of the numbers that `seed` stands for.
    public init(_ seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// Whether something happens that happens once in `count` times.
    public mutating func once(in count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) == 0
    }

    /// A string of up to `length` scalars from all of Unicode, rich in what JSON must escape.
    public mutating func string(upTo length: Int = 12) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...length, using: &self) {
            scalars.append(scalar())
        }
        return String(scalars)
    }

    private mutating func scalar() -> Unicode.Scalar {
        let ranges: [ClosedRange<UInt32>] = [
            0...0x1F, 0x20...0x7E, 0x22...0x22, 0x5C...0x5C, 0x2F...0x2F, 0x7F...0xFF, 0x2028...0x2029,
            0x300...0x36F, 0xE000...0xFFFF, 0x1_0000...0x10_FFFF, 0x1F600...0x1F64F, 0x100...0xD7FF,
        ]
        let range = ranges[Int.random(in: 0..<ranges.count, using: &self)]
        return Unicode.Scalar(UInt32.random(in: range, using: &self)) ?? "?"
    }

    /// An integer that is often at a bound.
    public mutating func integer() -> Int {
        let special = [0, 1, -1, 9, 10, .max, .min, .max - 1, .min + 1, 1 << 53, -(1 << 53) - 1]
        return once(in: 2)
            ? special[Int.random(in: 0..<special.count, using: &self)]
            : Int(truncatingIfNeeded: next() >> UInt64.random(in: 0..<64, using: &self))
    }
}
