/// Folds UTF-8 for comparison: upper case, without accents, ligatures opened; whatever is neither letter nor digit is a
/// space, and what has no width (combining marks, soft hyphens) is dropped.
enum LatinFolding {
    /// One character folded.
    struct Folded {
        /// An upper-case letter, a digit, a space, or 0 for nothing.
        var first: UInt8
        /// The second letter of an opened ligature, or 0.
        var second: UInt8 = 0
        /// How many bytes the character has.
        var length: Int
    }

    static let space = UInt8(ascii: " ")

    /// The letters of U+00C0…U+00DF without their accents; U+00E0…U+00FF are the same in lower case.
    private static let latin1: StaticString = "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTS"

    /// The character that begins at `index` of `bytes`.
    @inline(__always)
    static func character(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Folded {
        let byte = bytes[index]
        if byte < 0x80 { return Folded(first: ascii(byte), length: 1) }
        let length = length(ofCharacterFrom: byte)
        guard index + length <= bytes.count else { return Folded(first: space, length: bytes.count - index) }
        guard length == 2 else { return Folded(first: space, length: length) }
        return twoBytes(byte, bytes[index + 1])
    }

    /// A letter in upper case, a digit, or a space.
    @inline(__always)
    static func ascii(_ byte: UInt8) -> UInt8 {
        let upper = byte & 0xDF
        if upper &- 0x41 < 26 { return upper }
        return byte &- 0x30 < 10 ? byte : space
    }

    /// What ``ascii(_:)`` makes of each byte below 0x80, for loops over whole texts.
    static let asciiLetters: [UInt8] = (0..<0x80).map { ascii($0) }

    /// Whether `needle` occurs in `folded`, both folded.
    static func contains(_ folded: [UInt8], _ needle: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: needle.utf8Start, count: needle.utf8CodeUnitCount)
        return folded.withUnsafeBufferPointer { contains($0, wanted) }
    }

    /// Whether one of `needles` occurs in `folded`, all folded.
    static func contains(_ folded: [UInt8], anyOf needles: [StaticString]) -> Bool {
        needles.contains { contains(folded, $0) }
    }

    /// Whether `needle` occurs in `folded`, both folded.
    static func contains(_ folded: [UInt8], _ needle: [UInt8]) -> Bool {
        folded.withUnsafeBufferPointer { bytes in needle.withUnsafeBufferPointer { contains(bytes, $0) } }
    }

    private static func contains(_ bytes: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = needle.first, bytes.count >= needle.count else { return needle.isEmpty }
        for start in 0...(bytes.count - needle.count) where bytes[start] == first {
            var index = 1
            while index < needle.count, bytes[start + index] == needle[index] { index += 1 }
            if index == needle.count { return true }
        }
        return false
    }

    /// How many bytes a character has that begins with `byte`.
    @inline(__always)
    static func length(ofCharacterFrom byte: UInt8) -> Int {
        byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    }

    private static func twoBytes(_ lead: UInt8, _ trail: UInt8) -> Folded {
        switch lead {
        case 0xC3:
            let index = Int(trail & 0x1F)
            if trail == 0xBF { return Folded(first: UInt8(ascii: "Y"), length: 2) }
            return Folded(first: latin1.utf8Start[index], second: index == 6 ? UInt8(ascii: "E") : 0, length: 2)
        case 0xC2:
            return Folded(first: trail == 0xAD ? 0 : space, length: 2)
        case 0xC5:
            return latinExtended(trail)
        case 0xCC, 0xCD:
            return Folded(first: 0, length: 2)
        default:
            return Folded(first: space, length: 2)
        }
    }

    private static func latinExtended(_ trail: UInt8) -> Folded {
        switch trail {
        case 0x92, 0x93: Folded(first: UInt8(ascii: "O"), second: UInt8(ascii: "E"), length: 2)
        case 0xA0, 0xA1: Folded(first: UInt8(ascii: "S"), length: 2)
        case 0xB8: Folded(first: UInt8(ascii: "Y"), length: 2)
        case 0xBD, 0xBE: Folded(first: UInt8(ascii: "Z"), length: 2)
        default: Folded(first: space, length: 2)
        }
    }

    /// `text` folded, spaces single and none at the ends.
    static func fold(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { fold($0) }
    }

    /// `bytes` folded, spaces single and none at the ends.
    static func fold(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        // Appended, not made with a size: for that the standard library looks up the type of the array each time.
        var folded: [UInt8] = []
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { result in
            let count = asciiLetters.withUnsafeBufferPointer { fold(bytes, into: result, asciiLetters: $0) }
            folded.append(contentsOf: UnsafeBufferPointer(rebasing: result[..<count]))
        }
        return folded
    }

    /// Writes `bytes` folded into `result`, which has room for as many, and says how many there are.
    private static func fold(
        _ bytes: UnsafeBufferPointer<UInt8>, into result: UnsafeMutableBufferPointer<UInt8>,
        asciiLetters: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var count = 0
        var index = 0
        var followsSpace = true
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                // Written always and kept only if it counts, without a branch that depends on the words.
                let letter = asciiLetters[Int(byte)]
                let isSpace = letter == space
                result[count] = letter
                count &+= isSpace && followsSpace ? 0 : 1
                followsSpace = isSpace
                index &+= 1
                continue
            }
            let folded = character(bytes, at: index)
            index += folded.length
            if folded.first == 0 || (folded.first == space && followsSpace) { continue }
            followsSpace = folded.first == space
            result[count] = folded.first
            count += 1
            if folded.second != 0 {
                result[count] = folded.second
                count += 1
            }
        }
        return count > 0 && followsSpace ? count - 1 : count
    }
}
