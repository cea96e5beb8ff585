/// Joins what a converter has torn: an empty line within a sentence is the end of a line, no more.
///
/// Texts of scanners often have an empty line after every line. A paragraph never begins with a small letter after a
/// word or a comma, so that these two lines belong together.
enum BrokenParagraphs {
    /// Takes the second newline out of `folded` and its origins wherever a sentence goes on.
    static func join(_ folded: inout [UInt8], _ origin: inout [UInt32], _ source: [UInt8]) {
        let torn = tornLines(folded, origin, source)
        guard !torn.isEmpty else { return }
        remove(torn, from: &folded)
        remove(torn, from: &origin)
    }

    /// Takes the elements at `positions`, in order, out of `elements`.
    private static func remove<Element>(_ positions: [Int], from elements: inout [Element]) {
        elements.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for (index, position) in positions.enumerated() {
                let next = index + 1 < positions.count ? positions[index + 1] : buffer.count
                (base + (position - index)).update(from: base + (position + 1), count: next - position - 1)
            }
        }
        elements.removeLast(positions.count)
    }

    /// The second newlines of empty lines within sentences.
    private static func tornLines(_ folded: [UInt8], _ origin: [UInt32], _ source: [UInt8]) -> [Int] {
        folded.withUnsafeBufferPointer { bytes in
            var torn: [Int] = []
            var from = 1
            while let position = ByteSearch.first(
                in: from ..| (bytes.count - 3), of: bytes, { ByteSearch.marks(of: FoldedByte.newline, in: $0) })
            {
                from = position + 1
                if bytes[position + 1] == FoldedByte.newline, bytes[position + 2].isLetter,
                    bytes[position - 1].isLetter || bytes[position - 1] == UInt8(ascii: ","),
                    isSmall(source, at: Int(origin[position + 2])), bytes[position + 3].isLetter,
                    source[Int(origin[position])] == FoldedByte.newline
                {
                    torn.append(position + 1)
                    from = position + 2
                }
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
