/// Joins what a converter has torn: an empty line within a sentence is the end of a line, no more.
///
/// Texts of scanners often have an empty line after every line. A paragraph never begins with a small letter after a
/// word or a comma, so that these two lines belong together.
enum BrokenParagraphs {
    /// `folded` with its origins, without the second newline where a sentence goes on; nil if none does.
    static func joined(_ folded: [UInt8], _ origin: [UInt32], _ source: [UInt8]) -> (folded: [UInt8], origin: [UInt32])?
    {
        let torn = tornLines(folded, origin, source)
        guard !torn.isEmpty else { return nil }
        var newFolded: [UInt8] = []
        var newOrigin: [UInt32] = []
        newFolded.reserveCapacity(folded.count)
        newOrigin.reserveCapacity(origin.count)
        var start = 0
        for position in torn {
            newFolded += folded[start..<position]
            newOrigin += origin[start..<position]
            start = position + 1
        }
        newFolded += folded[start...]
        newOrigin += origin[start...]
        return (newFolded, newOrigin)
    }

    /// The second newlines of empty lines within sentences.
    private static func tornLines(_ folded: [UInt8], _ origin: [UInt32], _ source: [UInt8]) -> [Int] {
        folded.withUnsafeBufferPointer { bytes in
            var torn: [Int] = []
            var position = 1
            while position + 2 < bytes.count {
                if bytes[position] == FoldedByte.newline, bytes[position + 1] == FoldedByte.newline,
                    bytes[position + 2].isLetter, position + 3 < bytes.count,
                    bytes[position - 1].isLetter || bytes[position - 1] == UInt8(ascii: ","),
                    isSmall(source, at: Int(origin[position + 2])), bytes[position + 3].isLetter,
                    source[Int(origin[position])] == FoldedByte.newline
                {
                    torn.append(position + 1)
                    position += 1
                }
                position += 1
            }
            return torn
        }
    }

    /// Whether the character at `start` is a small letter of ASCII or Latin-1.
    private static func isSmall(_ source: [UInt8], at start: Int) -> Bool {
        let byte = source[start]
        if byte < 0x80 { return byte &- 97 < 26 }
        return byte == 0xC3 && start + 1 < source.count && source[start + 1] >= 0x9F
    }
}
