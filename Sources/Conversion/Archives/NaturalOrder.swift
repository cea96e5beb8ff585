/// The order in which people number files: `page 2` before `page 10`.
enum NaturalOrder {
    /// Whether `left` stands before `right`: runs of digits compare as numbers, all else by its bytes.
    static func precedes(_ left: String, _ right: String) -> Bool {
        var (left, right) = (Array(left.utf8)[...], Array(right.utf8)[...])
        while let first = left.first, let other = right.first {
            if isDigit(first), isDigit(other) {
                let (one, two) = (takeNumber(from: &left), takeNumber(from: &right))
                if one != two {
                    return one.count == two.count ? one.lexicographicallyPrecedes(two) : one.count < two.count
                }
            } else if first != other {
                return first < other
            } else {
                left = left.dropFirst()
                right = right.dropFirst()
            }
        }
        return left.isEmpty && !right.isEmpty
    }

    /// The digits at the start without the zeros before them.
    private static func takeNumber(from text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = text.prefix(while: isDigit)
        text = text[digits.endIndex...]
        return digits.drop { $0 == 0x30 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
